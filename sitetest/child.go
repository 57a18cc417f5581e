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

// The program as a process of its own that is killed, as by a power cut: what was acknowledged is there, and what was not is
// there whole or not at all.

// Child is the program in a process of its own.
type Child struct {
	Cmd *exec.Cmd
	URL string
	// Kill ends the process as kill -9 does, and waits until it is gone.
	Kill func()
}

// StartChild starts the program, on a port of its own where the settings name none, and waits until it is ready.
func StartChild(t *testing.T, args ...string) *Child {
	t.Helper()
	return StartChildIn(t, []string{"TEST_IN_A_HURRY=1"}, args...)
}

// StartChildIn is StartChild with what is given in the environment of the test binary; stories may not hurry there.
func StartChildIn(t *testing.T, environment []string, args ...string) *Child {
	t.Helper()
	c := &Child{Cmd: exec.CommandContext(t.Context(), os.Args[0], slices.Concat([]string{"--addr=127.0.0.1:0"}, args)...)}
	c.Kill = sync.OnceFunc(func() {
		_ = c.Cmd.Process.Kill()
		_ = c.Cmd.Wait()
	})
	c.Cmd.Env = append([]string{"TEST_AS_PROGRAM=1"}, environment...)
	said := &safeBuffer{}
	c.Cmd.Stderr = said
	out, err := c.Cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Kill)
	if c.URL = readyAt(out); c.URL == "" {
		t.Fatalf("ended before it was ready: %s", said)
	}
	return c
}

// readyAt waits for the address at which the program says that it is ready; empty where it ends instead.
func readyAt(out io.Reader) (address string) {
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if _, at, ok := strings.Cut(lines.Text(), "Usher is ready at "); ok {
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return at
		}
	}
	return ""
}
