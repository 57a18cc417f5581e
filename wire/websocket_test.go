package wire_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"usher/wire"
)

func TestOrigins(t *testing.T) {
	config := wire.WebSocketConfig{
		Origins: wire.MustOrigins(t,
			[]string{"https://usher.example", "http://localhost:8080", "http://[::1]:8080", "https://default.example"}, "https://partner.example:8443"),
		Init: func(ctx context.Context, r *http.Request, _ json.RawMessage) (wire.Asker, error) {
			return wire.Asker{Context: context.WithValue(ctx, cookies{}, r.Header.Get("Cookie"))}, nil
		},
	}
	for name, test := range map[string]struct {
		header http.Header
		ok     bool
		cookie string // that Init sees
	}{
		"the site's own":                        {http.Header{"Origin": {"https://usher.example"}, "Cookie": {"a=b"}}, true, "a=b"},
		"the site's own with a port":            {http.Header{"Origin": {"http://localhost:8080"}, "Cookie": {"a=b"}}, true, "a=b"},
		"the site's own by address":             {http.Header{"Origin": {"http://[::1]:8080"}, "Cookie": {"a=b"}}, true, "a=b"},
		"the site's own with its scheme's port": {http.Header{"Origin": {"https://default.example"}, "Cookie": {"a=b"}}, true, "a=b"},
		"an allowed one, without its cookie":    {http.Header{"Origin": {"https://partner.example:8443"}, "Cookie": {"a=b"}}, true, ""},
		"none and no cookie":                    {http.Header{}, true, ""},
		"none and no cookie, but a token":       {http.Header{"Authorization": {"Bearer t"}}, true, ""},
		"none but a cookie":                     {http.Header{"Cookie": {"a=b"}}, false, ""},
		"another scheme":                        {http.Header{"Origin": {"http://usher.example"}}, false, ""},
		"another port":                          {http.Header{"Origin": {"https://usher.example:8443"}}, false, ""},
		"an allowed host on another port":       {http.Header{"Origin": {"https://partner.example"}}, false, ""},
		"a subdomain":                           {http.Header{"Origin": {"https://www.usher.example"}}, false, ""},
		"a longer host":                         {http.Header{"Origin": {"https://usher.example.evil.example"}}, false, ""},
		"another site":                          {http.Header{"Origin": {"https://evil.example"}}, false, ""},
		"null":                                  {http.Header{"Origin": {"null"}}, false, ""},
		"empty":                                 {http.Header{"Origin": {""}}, false, ""},
		"two":                                   {http.Header{"Origin": {"https://usher.example", "https://evil.example"}}, false, ""},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, config, func(t *testing.T, s *server) {
				c, response := s.Dial(t, dialing{header: test.header})
				if !test.ok {
					if c != nil || response.StatusCode != http.StatusForbidden {
						t.Fatalf("answered %s, want 403", response.Status)
					}
					return
				}
				c.Send(initMessage)
				c.Expect(ack)
				s.EndWhere(func(a wire.Asker) bool {
					if got := a.Context.Value(cookies{}); got != test.cookie {
						t.Errorf("Init saw the cookie %q, want %q", got, test.cookie)
					}
					return true
				}, wire.Ending{Code: 4403, Reason: "seen"})
				c.ExpectClose(4403, "seen")
			})
		})
	}
}

func TestShutdown(t *testing.T) {
	t.Run("spreads the ends over 5 s", func(t *testing.T) {
		bubble(t, wire.WebSocketConfig{}, func(t *testing.T, s *server) {
			const n = 10
			start, done := time.Now(), make(chan error)
			clients := make([]*client, n)
			for i := range clients {
				clients[i] = s.MustOpen(t)
			}
			go func() { done <- s.Shutdown(context.Background()) }()
			ends := make(chan time.Duration)
			for _, c := range clients {
				go func() {
					_, _, err := c.ReadMessage()
					ends <- time.Since(start)
					if err == nil || !strings.Contains(err.Error(), "1012") {
						t.Errorf("ended with %v", err)
					}
					_ = c.NetConn().Close()
				}()
			}
			for i := range n {
				if at, want := <-ends, time.Duration(i)*500*time.Millisecond; at < want || at > want+100*time.Millisecond {
					t.Errorf("end %d after %v, want %v", i, at, want)
				}
			}
			if err := <-done; err != nil {
				t.Error(err)
			}
			if _, response := s.Dial(t, dialing{}); response.StatusCode != http.StatusServiceUnavailable {
				t.Errorf("a new connection: %s", response.Status)
			}
		})
	})
	t.Run("waits for answers, not for subscriptions", func(t *testing.T) {
		bubble(t, wire.WebSocketConfig{Connections: &wire.Connections{RestartSpread: time.Nanosecond}}, func(t *testing.T, s *server) {
			subscriber, mutator, eager := s.MustOpen(t), s.MustOpen(t), s.MustOpen(t)
			subscriber.Subscribe("1", `subscription { events }`)
			mutator.Subscribe("1", `mutation { held }`)
			eager.Subscribe("1", `mutation { held }`)
			synctest.Wait()
			done := make(chan error)
			go func() { done <- s.Shutdown(context.Background()) }()
			subscriber.ExpectClose(1012, "Restarting")
			mutator.Sync()
			eager.Subscribe("2", `{ hello }`) // not begun, because the connection is ending
			eager.Sync()
			close(s.held)
			for _, c := range []*client{mutator, eager} {
				c.Expect(`{"id":"1","type":"next","payload":{"data":{"held":"released"}}}`, `{"id":"1","type":"complete"}`)
				c.ExpectClose(1012, "Restarting")
			}
			if err := <-done; err != nil {
				t.Error(err)
			}
		})
	})
	t.Run("gives up waiting with its context", func(t *testing.T) {
		bubble(t, wire.WebSocketConfig{Connections: &wire.Connections{RestartSpread: time.Nanosecond}}, func(t *testing.T, s *server) {
			c := s.MustOpen(t)
			c.Subscribe("1", `mutation { held }`)
			<-s.entered
			ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
			defer cancel()
			done := make(chan error)
			go func() { done <- s.Shutdown(ctx) }()
			c.ExpectClose(1012, "Restarting")
			if err := <-done; !errors.Is(err, context.DeadlineExceeded) {
				t.Error(err)
			}
		})
	})
	t.Run("is done at once where nobody is connected, and may be repeated", func(t *testing.T) {
		bubble(t, wire.WebSocketConfig{}, func(t *testing.T, s *server) {
			for range 2 {
				if err := s.Shutdown(t.Context()); err != nil {
					t.Error(err)
				}
			}
		})
	})
}
