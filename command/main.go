package command

import (
	"context"
	"io"
	"math"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	// The certificates of public authorities, for where the system has none, as in an image that has only the program.
	_ "golang.org/x/crypto/x509roots/fallback"
)

// Main runs the program with its arguments and environment, and returns its exit status.
func Main() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbage(debug.SetMemoryLimit(-1)))
	}
	return Run(ctx, os.Args[1:], os.Environ(), Console{os.Stdin, os.Stdout, os.Stderr})
}

// garbage returns how much garbage the heap may contain, in percent of the live data, unless the environment sets GOGC. Most live data are
// idle connections: with Go's default of 100, each takes 1.3 KB more than with 70. A server that was given memory, by GOMEMLIMIT, uses it
// for garbage: then a crowd costs it less processor time.
func garbage(memoryLimit int64) (percent int) {
	if memoryLimit < math.MaxInt64 {
		return 400
	}
	return 70
}

// Console has the program's input, its output for people, and its log.
type Console struct {
	In       io.Reader
	Out, Err io.Writer
}
