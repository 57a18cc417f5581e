// Package sitetest helps to test the whole program. It runs sites and commands, and sends requests like browsers and programs. Only
// tests import it.
package sitetest

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"usher/command"
	"usher/settings"
	"usher/site"
)

// Root returns the repository's root, which has go.mod. Tests run in the folder of their package.
func Root(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		above := filepath.Dir(dir)
		if above == dir {
			t.Fatal("no folder above has a go.mod")
		}
		dir = above
	}
}

func MustReadFile(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// ports counts the ports that this process has tried.
var ports atomic.Int32

// MustFindPort returns a free address. Its port is not one that systems give to whoever asks for any, and packages that are tested at the same
// time take theirs from other hundreds. So nobody else gets it meanwhile.
func MustFindPort(t *testing.T) (addr string) {
	t.Helper()
	for range 100 {
		addr = fmt.Sprintf("127.0.0.1:%d", 20_000+os.Getpid()%120*100+int(ports.Add(1))%100)
		if listener, err := net.Listen("tcp", addr); err == nil {
			if err := listener.Close(); err != nil {
				t.Fatal(err)
			}
			return addr
		}
	}
	t.Fatalf("no port is free, not even %s", addr)
	return ""
}

// Main runs a package's tests. If the test binary was started as the program, it runs the program instead, for tests that need a
// separate process.
func Main(m *testing.M) (status int) {
	if os.Getenv("TEST_AS_PROGRAM") != "" {
		if os.Getenv("TEST_IN_A_HURRY") != "" {
			site.DefaultLimits = inAHurry
			site.DefaultLimits.MailLease = 4 * time.Second // servers are killed while they send
		}
		return command.Main()
	}
	return m.Run()
}

// Usher is the whole program, running.
type Usher struct {
	URL  string
	Log  *safeBuffer
	Stop func() (status int)
}

// Start starts the program with its own port and folder, and stops it when the test ends.
func Start(t *testing.T, args ...string) *Usher {
	t.Helper()
	return StartWith(t, append([]string{"--addr=127.0.0.1:0", "--database-url=sqlite://" + t.TempDir() + "/usher.db"}, args...))
}

func StartWith(t *testing.T, args []string) *Usher {
	t.Helper()
	return Boot(t, func(ctx context.Context, out command.Console) int { return command.Run(ctx, args, nil, out) })
}

func Boot(t *testing.T, program func(context.Context, command.Console) int) *Usher {
	t.Helper()
	u := launch(t, program)
	if u.URL == "" {
		t.Fatalf("ended with status %d before it was ready: %s", u.Stop(), u.Log)
	}
	return u
}

// launch starts the program and waits until it is ready, or has ended: then it has no URL.
func launch(t *testing.T, program func(context.Context, command.Console) int) *Usher {
	ctx, cancel := context.WithCancel(context.Background())
	reader, writer := io.Pipe()
	u := &Usher{Log: &safeBuffer{}}
	ended := make(chan int, 1)
	go func() {
		ended <- program(ctx, command.Console{In: strings.NewReader(""), Out: writer, Err: u.Log})
		_ = writer.Close()
	}()
	u.Stop = sync.OnceValue(func() int {
		cancel()
		return <-ended
	})
	t.Cleanup(func() { u.Stop() })
	u.URL = readyAt(reader)
	return u
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

// MustListen occupies a port until the test ends.
func MustListen(t *testing.T) (addr string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	return listener.Addr().String()
}

func MustDo(t *testing.T, method, url string, headers ...string) (*http.Response, string) {
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

func MustList(t *testing.T, folder string) (names []string) {
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

// CutHints ends the servers' connections for hints.
func CutHints(t *testing.T, db *sql.DB) (cut int) {
	t.Helper()
	err := db.QueryRowContext(t.Context(), `SELECT count(pg_terminate_backend(pid, 1000)) FROM pg_stat_activity
		WHERE datname = current_database() AND application_name = 'usher hints'`).Scan(&cut)
	if err != nil {
		t.Error(err)
	}
	return cut
}

// Outcome is the result of a run of the program.
type Outcome struct {
	Status   int
	Out, Err string
}

// RunProgram runs the whole program until it ends, with an environment of "NAME=value" pairs.
func RunProgram(t *testing.T, env []string, args ...string) Outcome {
	t.Helper()
	var out, err strings.Builder
	status := command.Run(t.Context(), args, env, command.Console{In: strings.NewReader(""), Out: &out, Err: &err})
	return Outcome{status, out.String(), err.String()}
}

func MustSettings(t *testing.T, env []string, args ...string) *settings.Settings {
	t.Helper()
	var program struct {
		settings.Settings `embed:"" group:"settings"`
	}
	if _, err := program.Parse(&program, args, env); err != nil {
		t.Fatal(err)
	}
	return &program.Settings
}

func MustWrite(t *testing.T, file, text string, mode os.FileMode) string {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
	return file
}
