package chaos

import (
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	. "usher/sitetest"
)

// cutOff forwards one connection to the program. With the first byte of the answer it kills the program and closes the connection.
// It returns its address.
func cutOff(t *testing.T, c *Child) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	target, err := url.Parse(c.URL)
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

func TestADeviceWhoseAnswerWasLostCanRedeemAgain(t *testing.T) {
	for _, c := range []struct {
		name   string
		bearer bool
	}{{"a browser with its cookie", false}, {"a program with its attemptKey", true}} {
		t.Run(c.name, func(t *testing.T) {
			OnEachUnserved(t, func(t *testing.T, h *House) {
				program := h.ServeApart()
				ada := h.User("ada@example.com")
				ticket := h.Hall(ada, nil).Invite("grace@example.org", nil)
				grace, with := h.Browser(), ticket.Own()
				grace.Look(ticket.Token)
				if c.bearer {
					with["credential"], with["attemptKey"] = "BEARER", "0123456789abcdefghijkl"
				}

				grace.HTTP.Transport = &http.Transport{} // no connection from before that would pass the proxy by
				grace.URL = cutOff(t, program)
				if r, _, err := grace.TryDo(t.Context(), "redeemInvitation", with, ""); err == nil {
					t.Fatalf("the answer was not cut off: %s", r.Raw)
				}
				grace.HTTP.Transport.(*http.Transport).CloseIdleConnections()

				h.ServeApart()
				grace.URL = program.URL
				*ada, *grace = *h.At(ada), *h.At(grace)
				kept := ticket.Now()
				Same(t, "what was committed", kept["status"], "REDEEMED")
				again := grace.Must("redeemInvitation", with, "participant { id } accessToken")
				Same(t, "the participant", again.Text("participant.id"), kept.Text("participant.id"))
				Same(t, "a fresh credential", again["accessToken"] != nil, c.bearer)
				h.Browser().Refused("USED_ON_OTHER_DEVICE", "redeemInvitation", ticket.Own())
			})
		})
	}
}
