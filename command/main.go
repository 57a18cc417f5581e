package command

import (
	"context"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
)

// Main runs the program on its arguments and environment, and returns its exit status.
func Main() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbagePercent)
	}
	return Run(ctx, os.Args[1:], os.Environ(), Console{os.Stdin, os.Stdout, os.Stderr})
}

// garbagePercent is how much garbage may lie beside what lives on the heap, in percent of it, unless the environment sets Go's
// own GOGC. Most of what lives are connections that wait: with Go's 100 each of them takes 1.3 KB more.
const garbagePercent = 70

// Console is where the program reads from, speaks to people, and writes its log.
type Console struct {
	In       io.Reader
	Out, Err io.Writer
}
