package wire_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"usher/wire"
)

type cookies struct{}

// bearing is an Init that uses connection_init's payload as the asker's credentials.
func bearing(ctx context.Context, _ *http.Request, payload json.RawMessage) (wire.Asker, error) {
	var p struct{ Credentials []string }
	if len(payload) > 0 {
		if err := json.Unmarshal(payload, &p); err != nil {
			return wire.Asker{}, err
		}
	}
	asker := wire.Asker{Context: ctx, Credentials: p.Credentials}
	if len(p.Credentials) > 0 {
		asker.Principal = wire.Principal{Key: p.Credentials[0]}
	}
	return asker, nil
}

// MustOpenWith opens a connection with credentials.
func (s *server) MustOpenWith(t testing.TB, credentials ...string) *client {
	t.Helper()
	c := s.MustDial(t)
	b, err := json.Marshal(credentials)
	if err != nil {
		t.Fatal(err)
	}
	c.Send(`{"type":"connection_init","payload":{"credentials":` + string(b) + `}}`)
	c.Expect(ack)
	return c
}

func TestConnectionsWithoutACredentialAreLimited(t *testing.T) {
	// expect dials from each address and expects it to be accepted (101) or refused with a status.
	expect := func(t *testing.T, s *server, status int, from ...string) (taken []*client) {
		t.Helper()
		for _, f := range from {
			c, response := s.Dial(t, dialing{from: f})
			if response.StatusCode != status {
				t.Fatalf("from %s: %s, want %d", f, response.Status, status)
			}
			if c == nil && response.Header.Get("Retry-After") == "" {
				t.Errorf("no Retry-After")
			}
			taken = append(taken, c)
		}
		return taken
	}
	t.Run("an address has 2,000", func(t *testing.T) {
		bubble(t, wire.WebSocketConfig{Init: bearing}, func(t *testing.T, s *server) {
			var last *client
			for range 2000 {
				last = expect(t, s, 101, "192.0.2.1:1000")[0]
			}
			expect(t, s, 429, "192.0.2.1:1001")
			expect(t, s, 101, "192.0.2.2:1000")
			last.Send(`{"type":"connection_init","payload":{"credentials":["k"]}}`)
			last.Expect(ack)
			expect(t, s, 101, "192.0.2.1:1002") // the last one is somebody now
			expect(t, s, 429, "192.0.2.1:1003")
		})
	})
	t.Run("a server has at most MaxAnonymous of them", func(t *testing.T) {
		config := wire.WebSocketConfig{MaxAnonymous: 200, Principal: func(r *http.Request) wire.Principal { return wire.Principal{Key: r.RemoteAddr[:1], Stranger: true} }}
		bubble(t, config, func(t *testing.T, s *server) {
			for range 100 {
				expect(t, s, 101, "1", "2")
			}
			expect(t, s, 503, "1", "3")
		})
	})
	t.Run("an IPv6 address counts by its network", func(t *testing.T) {
		bubble(t, wire.WebSocketConfig{MaxAnonymousPerAddress: 1}, func(t *testing.T, s *server) {
			expect(t, s, 101, "[2001:db8::1]:1000", "[2001:db8:0:1::1]:1000", "192.0.2.1:1")
			expect(t, s, 429, "[2001:db8::2]:1000", "[2001:db8::ffff:0:0:1]:1000", "[::ffff:192.0.2.1]:2")
		})
	})
	t.Run("who is gone no longer counts, nor who was refused", func(t *testing.T) {
		bubble(t, wire.WebSocketConfig{MaxAnonymousPerAddress: 1}, func(t *testing.T, s *server) {
			for range 3 {
				c := expect(t, s, 101, "192.0.2.1:1")[0]
				expect(t, s, 429, "192.0.2.1:1")
				_ = c.NetConn().Close()
				synctest.Wait()
				if n := s.Len(); n != 0 {
					t.Fatalf("%d connections", n)
				}
			}
		})
	})
	t.Run("who is known at the upgrade counts by themselves", func(t *testing.T) {
		byCookie := func(r *http.Request) wire.Principal {
			if cookie := r.Header.Get("Cookie"); cookie != "" {
				return wire.Principal{Key: cookie}
			}
			return wire.Principal{Key: "address " + r.RemoteAddr, Stranger: true}
		}
		bubble(t, wire.WebSocketConfig{MaxAnonymousPerAddress: 1, MaxPerPrincipal: 3, Principal: byCookie}, func(t *testing.T, s *server) {
			known := dialing{from: "192.0.2.1:1", header: http.Header{"Origin": {"https://usher.example"}, "Cookie": {"k"}}}
			for range 3 {
				c, _ := s.Dial(t, known)
				c.Send(initMessage)
				c.Expect(ack)
			}
			if _, response := s.Dial(t, known); response.StatusCode != 429 {
				t.Errorf("a fourth one is answered %s", response.Status)
			}
			expect(t, s, 101, "192.0.2.1:1")
			expect(t, s, 429, "192.0.2.1:1")
		})
	})
	t.Run("who is known by connection_init has 32, and is closed with 1013 beyond", func(t *testing.T) {
		bubble(t, wire.WebSocketConfig{Init: bearing, MaxAnonymousPerAddress: 2}, func(t *testing.T, s *server) {
			all := make([]*client, 32)
			for i := range all {
				all[i] = s.MustOpenWith(t, "k")
			}
			begin := func() *client {
				c := s.MustDial(t)
				c.Send(`{"type":"connection_init","payload":{"credentials":["k"]}}`)
				return c
			}
			begin().ExpectClose(1013, "Too many connections")
			_ = all[0].NetConn().Close()
			synctest.Wait()
			begin().Expect(ack)
			begin().ExpectClose(1013, "Too many connections")
			s.MustOpenWith(t, "another")
		})
	})
}

func TestEndOfACredential(t *testing.T) {
	bubble(t, wire.WebSocketConfig{Init: bearing}, func(t *testing.T, s *server) {
		holds := func(credential string) bool { return slices.Contains(s.Held(""), credential) }
		guest, again, both := s.MustOpenWith(t, "g"), s.MustOpenWith(t, "g", "g"), s.MustOpenWith(t, "g", "u")
		other, nobody := s.MustOpenWith(t, "x"), s.MustOpenWith(t)
		if !holds("g") || !holds("u") || holds("y") {
			t.Error("the credentials of open connections are not listed")
		}
		s.EndCredential("g", wire.Ending{Code: 4403, Reason: "Invitation revoked"})
		guest.ExpectClose(4403, "Invitation revoked")
		again.ExpectClose(4403, "Invitation revoked")
		both.ExpectClose(4403, "Invitation revoked")
		for _, c := range []*client{guest, again, both} {
			_ = c.NetConn().Close()
		}
		synctest.Wait()
		if holds("g") || holds("u") {
			t.Error("the credentials of closed connections are listed")
		}
		s.EndCredential("g", wire.EndForbidden)
		other.Sync()
		nobody.Sync()
	})
}

func TestTheEndOfACredentialIsSentAfterTheAnswers(t *testing.T) {
	bubble(t, wire.WebSocketConfig{Init: bearing}, func(t *testing.T, s *server) {
		c := s.MustOpenWith(t, "u")
		c.Subscribe("news", `subscription { events }`)
		c.Subscribe("1", `mutation { held }`)
		c.Subscribe("2", `{ held }`)
		<-s.entered
		<-s.entered
		synctest.Wait()
		s.EndCredential("u", wire.EndUnauthorized)
		synctest.Wait()
		if s.ended.Load() != 1 {
			t.Error("the subscription goes on")
		}
		c.Subscribe("3", `{ hello }`)
		c.Sync()
		close(s.held)
		var got []string
		for range 4 {
			got = append(got, c.Read())
		}
		for id := range 2 {
			next := fmt.Sprintf(`{"id":"%d","type":"next","payload":{"data":{"held":"released"}}}`, id+1)
			complete := fmt.Sprintf(`{"id":"%d","type":"complete"}`, id+1)
			if at := slices.Index(got, next); at < 0 || !slices.Contains(got[at:], complete) {
				t.Errorf("operation %d is not answered: %q", id+1, got)
			}
		}
		c.ExpectClose(4401, "Unauthorized")
	})
	bubble(t, wire.WebSocketConfig{Init: bearing}, func(t *testing.T, s *server) {
		c := s.MustOpenWith(t, "u")
		c.Subscribe("1", `{ stubborn }`)
		<-s.entered
		start := time.Now()
		s.EndCredential("u", wire.EndUnauthorized)
		c.ExpectClose(4401, "Unauthorized")
		if waited := time.Since(start); waited < 10*time.Second || waited > 12*time.Second {
			t.Errorf("waited %v for an answer that does not come", waited)
		}
		close(s.held)
	})
}

func TestEndsDuringInitAreNotMissed(t *testing.T) {
	for name, test := range map[string]struct {
		during func(s *server)
		code   int
	}{
		"its credential":            {func(s *server) { s.EndCredential("g", wire.EndForbidden) }, 4403},
		"one of its two":            {func(s *server) { s.EndCredential("u", wire.EndUnauthorized) }, 4401},
		"both, of which the first":  {func(s *server) { s.EndCredential("g", wire.EndForbidden); s.EndCredential("u", wire.EndUnauthorized) }, 4403},
		"another's credential":      {func(s *server) { s.EndCredential("x", wire.EndForbidden) }, 0},
		"the server, by restarting": {func(s *server) { go func() { _ = s.Shutdown(context.Background()) }(); synctest.Wait() }, 1012},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				looking, found := make(chan struct{}), make(chan struct{})
				s := MustServe(t, wire.WebSocketConfig{Init: func(ctx context.Context, _ *http.Request, _ json.RawMessage) (wire.Asker, error) {
					close(looking)
					<-found
					credentials := []string{"g", "u"}
					if strings.HasPrefix(name, "its") {
						credentials = credentials[:1]
					}
					return wire.Asker{Context: ctx, Credentials: credentials}, nil
				}})
				c := s.MustDial(t)
				c.Send(initMessage)
				<-looking
				test.during(s)
				close(found)
				if test.code != 0 {
					c.ExpectClose(test.code, "*")
					return
				}
				c.Expect(ack)
				c.Sync()
			})
		})
	}
}
