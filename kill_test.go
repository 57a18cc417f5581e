package main

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
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

// startChild starts the program, on a port of its own where the settings name none, and waits until it is ready.
func startChild(t *testing.T, args ...string) *child {
	t.Helper()
	return startChildIn(t, []string{"TEST_IN_A_HURRY=1"}, args...)
}

// startChildIn is startChild with what is given in the environment of the test binary; stories may not hurry there.
func startChildIn(t *testing.T, environment []string, args ...string) *child {
	t.Helper()
	c := &child{cmd: exec.CommandContext(t.Context(), os.Args[0], slices.Concat([]string{"--addr=127.0.0.1:0"}, args)...)}
	c.Kill = sync.OnceFunc(func() {
		_ = c.cmd.Process.Kill()
		_ = c.cmd.Wait()
	})
	c.cmd.Env = append([]string{"TEST_AS_PROGRAM=1"}, environment...)
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
	if c.url = readyAt(out); c.url == "" {
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

func TestAnAnswerThatIsLostCostsTheDeviceNothing(t *testing.T) {
	for _, c := range []struct {
		name   string
		bearer bool
	}{{"a browser with its cookie", false}, {"a program with its attemptKey", true}} {
		t.Run(c.name, func(t *testing.T) {
			onEachEmpty(t, func(t *testing.T, h *house) {
				program := h.ServeApart()
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

				h.ServeApart()
				ada.url, grace.url = h.url, h.url
				kept := ticket.Now()
				same(t, "what was committed", kept["status"], "REDEEMED")
				again := grace.Must("redeemInvitation", with, "participant { id } accessToken")
				same(t, "the participant", again.Text("participant.id"), kept.Text("participant.id"))
				same(t, "a fresh credential", again["accessToken"] != nil, c.bearer)
				h.Browser().Refused("USED_ON_OTHER_DEVICE", "redeemInvitation", ticket.Own())
			})
		})
	}
}
