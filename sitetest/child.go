package sitetest

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
)

// Child is the program in its own process, which a test can kill as if by a power cut. Acknowledged changes must survive that, and
// others must be there completely or not at all.
type Child struct {
	Cmd *exec.Cmd
	URL string
	Log *safeBuffer
	// Kill ends the process like kill -9 and waits until it has gone.
	Kill func()
}

// StartChild starts the program and waits until it is ready. It chooses a port unless the settings do.
func StartChild(t *testing.T, args ...string) *Child {
	t.Helper()
	return StartChildIn(t, []string{"TEST_IN_A_HURRY=1"}, args...)
}

// StartChildIn is like StartChild, with variables added to the environment of the test binary. The limits of use apply there.
func StartChildIn(t *testing.T, environment []string, args ...string) *Child {
	t.Helper()
	c := &Child{Cmd: exec.CommandContext(t.Context(), os.Args[0], slices.Concat([]string{"--addr=127.0.0.1:0"}, args)...)}
	c.Kill = sync.OnceFunc(func() {
		_ = c.Cmd.Process.Kill()
		_ = c.Cmd.Wait()
	})
	c.Cmd.Env = append([]string{"TEST_AS_PROGRAM=1"}, environment...)
	c.Log = &safeBuffer{}
	c.Cmd.Stderr = c.Log
	out, err := c.Cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Kill)
	if c.URL = readyAt(out); c.URL == "" {
		t.Fatalf("ended before it was ready: %s", c.Log)
	}
	return c
}

// readyAt waits until the program prints its address. It returns "" if the program ends first.
func readyAt(out io.Reader) (address string) {
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if _, at, ok := strings.Cut(lines.Text(), "Usher is ready at "); ok {
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return at
		}
	}
	return ""
}
