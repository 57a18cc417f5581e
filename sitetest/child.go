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

// The program as a process of its own, which a test can kill as a power cut does.

// Child is the program in a process of its own.
type Child struct {
	Cmd *exec.Cmd
	URL string
	// Kill ends the process as kill -9 does, and waits until it is gone.
	Kill func()
}

// StartChild starts the program and waits until it is ready. Unless the settings name a port, it chooses one.
func StartChild(t *testing.T, args ...string) *Child {
	t.Helper()
	return StartChildIn(t, []string{"TEST_IN_A_HURRY=1"}, args...)
}

// StartChildIn is StartChild with an environment. Unless that says otherwise, the usual limits of use apply.
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

// readyAt waits until the program prints its address, and returns that. It is empty when the program ends instead.
func readyAt(out io.Reader) (address string) {
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if _, at, ok := strings.Cut(lines.Text(), "Usher is ready at "); ok {
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return at
		}
	}
	return ""
}
