package command_test

import (
	"bufio"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	. "usher/sitetest"
)

// terminal has the program running in a terminal of its own.
type terminal struct {
	printed   *bufio.Reader
	opened    string // a pipe with what the opener of links gets
	interrupt func()
}

// inTerminal starts the program in a terminal, where the opener of links is a script that writes them to a pipe.
func inTerminal(t *testing.T, args string) terminal {
	t.Helper()
	folder := t.TempDir()
	opened := filepath.Join(folder, "opened")
	if err := syscall.Mkfifo(opened, 0o600); err != nil {
		t.Fatal(err)
	}
	MustWrite(t, filepath.Join(folder, "xdg-open"), "#!/bin/sh\nprintf '%s\\n' \"$#\" \"$@\" >\"$OPENED\"\n", 0o700)
	c := exec.CommandContext(t.Context(), "script", "--quiet", "--return", "--command", "exec "+os.Args[0]+" --addr=127.0.0.1:0 "+args, "/dev/null")
	c.Env = []string{"TEST_AS_PROGRAM=1", "OPENED=" + opened, "DISPLAY=:0", "PATH=" + folder + ":" + os.Getenv("PATH"), "TMPDIR=" + folder}
	c.Cancel = func() error { return c.Process.Signal(syscall.SIGTERM) }
	c.WaitDelay = 10 * time.Second
	in, err := c.StdinPipe() // script's own input stays open
	if err != nil {
		t.Fatal(err)
	}
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	interrupt := sync.OnceFunc(func() { _, _ = io.WriteString(in, "\x03") }) // Ctrl-C
	t.Cleanup(func() {
		interrupt()
		_ = c.Wait()
	})
	return terminal{bufio.NewReader(out), opened, interrupt}
}

// mustRead reads what comes until a line matches, and returns what the pattern's group found there.
func mustRead(t *testing.T, from *bufio.Reader, pattern string) string {
	t.Helper()
	var all string
	wanted := regexp.MustCompile(pattern)
	for {
		line, err := from.ReadString('\n')
		all += line
		if match := wanted.FindStringSubmatch(line); match != nil {
			return strings.TrimSpace(match[1])
		}
		if err != nil {
			t.Fatalf("nothing matches %q in\n%s", pattern, all)
		}
	}
}

// mustBeOpened waits until the opener was started, and returns the link.
func mustBeOpened(t *testing.T, pipe string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	// Opening a pipe for reading and writing does not wait for a writer.
	file, err := os.OpenFile(pipe, os.O_RDWR|syscall.O_NONBLOCK, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	defer context.AfterFunc(ctx, func() { _ = file.SetReadDeadline(time.Now()) })()
	lines := bufio.NewScanner(file)
	if !lines.Scan() || lines.Text() != "1" || !lines.Scan() {
		t.Fatalf("the opener got %q, %v", lines.Text(), lines.Err())
	}
	return lines.Text()
}

func TestAStartInATerminalOpensTheLinkThatItPrints(t *testing.T) {
	for name, c := range map[string]struct{ args, link string }{
		"an empty site": {"--database-url=sqlite://" + t.TempDir() + "/usher.db", `(http://localhost:\d+/setup#usher_a_\S+)`},
		"the demo":      {"--demo", `Manage it:\s+(http://localhost:\d+/demo/usher_d_\S+)`},
	} {
		t.Run(name, func(t *testing.T) {
			program := inTerminal(t, c.args)
			link := mustRead(t, program.printed, c.link)
			Same(t, "the opened link", mustBeOpened(t, program.opened), link)
		})
	}
}

func TestATerminalShowsNoRequestsSoThatLinksStayInSight(t *testing.T) {
	program := inTerminal(t, "--no-open --database-url=sqlite://"+t.TempDir()+"/usher.db")
	site := mustRead(t, program.printed, `Usher is ready at (\S+)`)
	mustRead(t, program.printed, `Create the first administrator(.*)`)
	for _, path := range []string{"/", "/join", "/nothing"} {
		MustDo(t, "GET", site+path)
	}
	program.interrupt()
	rest, err := io.ReadAll(program.printed)
	if err != nil || !strings.Contains(string(rest), "msg=stopping") || strings.Contains(string(rest), "request") {
		t.Errorf("after the links it prints %q, %v", rest, err)
	}
}
