package main

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"
)

// The program as a process of its own that is killed, as by a power cut: what was acknowledged is there, and what was not is
// there whole or not at all.

// child is the program in a process of its own.
type child struct {
	cmd *exec.Cmd
	url string
	// Kill ends the process as kill -9 does, and waits until it is gone.
	Kill func()
}

// startChild starts the program and waits until it is ready.
func startChild(t *testing.T, args ...string) *child {
	t.Helper()
	c := &child{cmd: exec.CommandContext(t.Context(), os.Args[0], append(args, "--addr=127.0.0.1:0")...)}
	c.Kill = sync.OnceFunc(func() {
		_ = c.cmd.Process.Kill()
		_ = c.cmd.Wait()
	})
	c.cmd.Env = []string{"TEST_AS_PROGRAM=1"}
	said := &safeBuffer{}
	c.cmd.Stderr = said
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Kill)
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if _, url, ok := strings.Cut(lines.Text(), "Usher is ready at "); ok {
			c.url = url
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return c
		}
	}
	t.Fatalf("ended before it was ready: %s", said)
	return nil
}

// cutOff stands between a client and the program: it lets requests through, and with the first byte of an answer it kills
// the program and closes the connection. It returns its address.
func cutOff(t *testing.T, c *child) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	target, err := url.Parse(c.url)
	if err != nil {
		t.Fatal(err)
	}
	var done sync.WaitGroup
	done.Go(func() {
		client, err := listener.Accept()
		if err != nil {
			return
		}
		defer client.Close()
		program, err := net.Dial("tcp", "127.0.0.1:"+target.Port())
		if err != nil {
			t.Error(err)
			return
		}
		defer program.Close()
		go func() { _, _ = io.Copy(program, client) }()
		if _, err := program.Read(make([]byte, 1)); err != nil {
			t.Errorf("no answer came: %v", err)
		}
		c.Kill()
	})
	t.Cleanup(func() {
		_ = listener.Close()
		done.Wait()
	})
	return "http://localhost:" + listener.Addr().String()[strings.LastIndexByte(listener.Addr().String(), ':')+1:]
}

// atChild is a house whose program is a process of its own. Its clock is the machine's when it was made.
func atChild(t *testing.T, storage ...string) *house {
	t.Helper()
	return &house{t: t, clock: &clock{at: time.Now()}, storage: storage, usher: &usher{}, wire: &http.Transport{MaxIdleConnsPerHost: 20}}
}

func TestAnAnswerThatIsLostCostsTheDeviceNothing(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		bearer bool
	}{{"a browser with its cookie", false}, {"a program with its attemptKey", true}} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			h := atChild(t, "--database-url=sqlite://"+t.TempDir()+"/usher.db")
			program := startChild(t, h.storage...)
			h.url = program.url
			ada := h.User("ada@example.com")
			ticket := h.Hall(ada, nil).Invite("grace@example.org", nil)
			grace, with := h.Browser(), ticket.Own()
			grace.Look(ticket.token)
			if c.bearer {
				with["credential"], with["attemptKey"] = "BEARER", "0123456789abcdefghijkl"
			}

			grace.http.Transport = &http.Transport{} // no connection from before that would pass the proxy by
			grace.url = cutOff(t, program)
			if r, _, err := grace.TryDo(t.Context(), "redeemInvitation", with, ""); err == nil {
				t.Fatalf("the answer was not cut off: %s", r.raw)
			}
			grace.http.Transport.(*http.Transport).CloseIdleConnections()

			program = startChild(t, h.storage...)
			ada.url, grace.url = program.url, program.url
			kept := ticket.Now()
			same(t, "what was committed", kept["status"], "REDEEMED")
			again := grace.Must("redeemInvitation", with, "participant { id } accessToken")
			same(t, "the participant", again.Text("participant.id"), kept.Text("participant.id"))
			same(t, "a fresh credential", again["accessToken"] != nil, c.bearer)
			h.url = program.url
			h.Browser().Refused("USED_ON_OTHER_DEVICE", "redeemInvitation", ticket.Own())
		})
	}
}
