package main

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
)

// TestMain lets the test binary be the program itself, for what only a process of its own can show.
func TestMain(m *testing.M) {
	if os.Getenv("TEST_AS_PROGRAM") != "" {
		main()
	}
	os.Exit(m.Run())
}

// usher is the whole program, running.
type usher struct {
	url  string
	log  *safeBuffer
	stop func() (status int)
}

// start boots the program on a port of its own in a folder of its own, and stops it when the test ends.
func start(t *testing.T, args ...string) *usher {
	t.Helper()
	return startWith(t, append([]string{"--addr=127.0.0.1:0", "--database-url=sqlite://" + t.TempDir() + "/usher.db"}, args...))
}

func startWith(t *testing.T, args []string) *usher {
	t.Helper()
	return boot(t, func(ctx context.Context, out console) int { return run(ctx, args, nil, out) })
}

func boot(t *testing.T, program func(context.Context, console) int) *usher {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	reader, writer := io.Pipe()
	u := &usher{log: &safeBuffer{}}
	ended := make(chan int, 1)
	go func() {
		ended <- program(ctx, console{strings.NewReader(""), writer, u.log})
		_ = writer.Close()
	}()
	u.stop = sync.OnceValue(func() int {
		cancel()
		return <-ended
	})
	t.Cleanup(func() { u.stop() })
	lines := bufio.NewScanner(reader)
	for lines.Scan() {
		if _, url, ok := strings.Cut(lines.Text(), "Usher is ready at "); ok {
			u.url = url
			go func() { _, _ = io.Copy(io.Discard, reader) }()
			return u
		}
	}
	t.Fatalf("ended with status %d before it was ready: %s", u.stop(), u.log)
	return nil
}

// safeBuffer is a log that can be read while it is written.
type safeBuffer struct {
	mu   sync.Mutex
	text strings.Builder
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *safeBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

// mustListen holds a port until the test ends.
func mustListen(t *testing.T) (addr string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	return listener.Addr().String()
}

func mustDo(t *testing.T, method, url string, headers ...string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, header := range headers {
		name, value, _ := strings.Cut(header, ": ")
		r.Header.Set(name, value)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer, string(body)
}

func mustList(t *testing.T, folder string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}

// outcome is what a run of the program left behind.
type outcome struct {
	status   int
	out, err string
}

// runProgram runs the whole program with an environment of "NAME=value" pairs until it ends.
func runProgram(t *testing.T, env []string, args ...string) outcome {
	t.Helper()
	var out, err strings.Builder
	status := run(t.Context(), args, env, console{strings.NewReader(""), &out, &err})
	return outcome{status, out.String(), err.String()}
}

func mustSettings(t *testing.T, env []string, args ...string) *Settings {
	t.Helper()
	_, settings, err := parse(append(args, "config"), env, console{})
	if err != nil {
		t.Fatal(err)
	}
	return settings
}

func mustWrite(t *testing.T, file, text string, mode os.FileMode) string {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
	return file
}
