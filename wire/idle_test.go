package wire_test

import (
	"bytes"
	"net"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"usher/wire"
)

// rests is whether connections can rest here.
var rests = strings.Contains("linux darwin dragonfly freebsd netbsd openbsd", runtime.GOOS)

// eitherWay runs a story twice: with connections that rest, and with connections that wait on a goroutine each.
func eitherWay(t *testing.T, config wire.WebSocketConfig, story func(t *testing.T, s *server)) {
	t.Helper()
	t.Run("at rest", func(t *testing.T) {
		t.Parallel()
		if !rests {
			t.Skip("no connection rests on this system")
		}
		story(t, MustListen(t, config))
	})
	t.Run("alone", func(t *testing.T) {
		t.Parallel()
		s := MustListen(t, config)
		s.WaitAlone()
		story(t, s)
	})
}

// MustRest connects, and waits until the server has nothing more to do for the connection.
func (s *server) MustRest(t testing.TB) *client {
	t.Helper()
	c := s.MustOpen(t)
	c.Sync()
	if rests && !s.CannotRest() {
		until(t, "all rest", func() bool { return s.Resting() == s.Len() })
	}
	return c
}

// until waits for a condition that comes true by itself.
func until(t testing.TB, what string, done func() bool) {
	t.Helper()
	for limit := time.Now().Add(patience); !done(); runtime.Gosched() {
		if time.Now().After(limit) {
			t.Fatalf("still not: %s", what)
		}
	}
}

func (c *client) Bytes(b ...byte) {
	c.t.Helper()
	if _, err := c.NetConn().Write(b); err != nil {
		c.t.Fatal(err)
	}
}

func TestWhatArrivesForAnIdleConnectionIsRead(t *testing.T) {
	const pongMessage = `{"type":"pong"}`
	eitherWay(t, wire.WebSocketConfig{}, func(t *testing.T, s *server) {
		t.Run("a message byte by byte", func(t *testing.T) {
			c := s.MustRest(t)
			for range 3 {
				for _, b := range wholeText {
					c.Bytes(b)
					runtime.Gosched()
				}
				c.Expect(pongMessage)
			}
		})
		t.Run("many messages in one packet", func(t *testing.T) {
			c := s.MustRest(t)
			for _, n := range []int{2, 50, 1000} {
				c.Bytes(bytes.Repeat(wholeText, n)...)
				for range n {
					c.Expect(pongMessage)
				}
			}
		})
		t.Run("a message and half of the next one", func(t *testing.T) {
			c := s.MustRest(t)
			c.Bytes(append(bytes.Clone(wholeText), wholeText[:9]...)...)
			c.Expect(pongMessage)
			c.Bytes(wholeText[9:]...)
			c.Expect(pongMessage)
		})
		t.Run("pongs without a message", func(t *testing.T) {
			c := s.MustRest(t)
			for range 3 {
				c.Bytes(bytes.Repeat(pong, 20)...)
				c.Bytes(pong[0])
				c.Bytes(pong[1:]...)
			}
			c.Sync()
		})
		t.Run("pings are answered with their payload", func(t *testing.T) {
			c := s.MustRest(t)
			var got []string
			c.SetPongHandler(func(payload string) error { got = append(got, payload); return nil })
			for _, payload := range []string{"", "a", strings.Repeat("b", 125)} {
				if err := c.WriteControl(websocket.PingMessage, []byte(payload), time.Now().Add(patience)); err != nil {
					t.Fatal(err)
				}
			}
			c.Sync()
			if len(got) != 3 || got[1] != "a" || got[2] != strings.Repeat("b", 125) {
				t.Errorf("pongs with %q", got)
			}
		})
		t.Run("a long message in pieces, with a pong between", func(t *testing.T) {
			c := s.MustRest(t)
			text := `{"type":"ping","payload":{"x":"` + strings.Repeat("x", 60_000) + `"}}`
			first, rest := text[:100], text[100:]
			c.Bytes(append([]byte{0x01, 0x80 | 100, 0, 0, 0, 0}, first...)...)
			c.Bytes(pong...)
			c.Bytes(append([]byte{0x80, 0x80 | 126, byte(len(rest) >> 8), byte(len(rest) & 0xff), 0, 0, 0, 0}, rest...)...)
			c.Expect(strings.Replace(text, "ping", "pong", 1))
		})
		t.Run("operations", func(t *testing.T) {
			c := s.MustRest(t)
			for range 20 {
				c.Subscribe("1", `{ hello }`)
				c.Expect(`{"id":"1","type":"next","payload":{"data":{"hello":"hello world"}}}`, `{"id":"1","type":"complete"}`)
			}
		})
	})
}

func TestIdleConnectionsEnd(t *testing.T) {
	// In a bubble of synctest all connections wait alone, and these times are exact: see websocket_begun_test.go.
	config := wire.WebSocketConfig{MessageTimeout: time.Second, InitTimeout: time.Second, PingInterval: time.Hour} // a pong would go on with half a frame
	eitherWay(t, config, func(t *testing.T, s *server) {
		left := func(t *testing.T, open ...*client) {
			for _, c := range open {
				_ = c.NetConn().Close()
			}
			until(t, "no connection is left", func() bool { return s.Len() == 0 })
		}
		for name, begun := range map[string][]byte{
			"half a frame": halfAFrame, "a byte of a frame": wholeText[:1], "half of a pong": pong[:4], "half a message": begunText,
			"a message, then half of one": append(bytes.Clone(wholeText), begunText...),
		} {
			t.Run(name+" and then silence is too slow", func(t *testing.T) {
				c := s.MustRest(t)
				c.Bytes(begun...)
				c.ExpectClose(1013, "Too slow", true)
				left(t, c)
			})
		}
		for name, test := range map[string]struct {
			sent   []byte
			code   int
			reason string
		}{
			"a close is answered":              {[]byte{0x88, 0x82, 0, 0, 0, 0, 3, 0xe8}, 1000, ""},
			"a ping without a mask":            {[]byte{0x89, 0}, 1002, "*"},
			"a pong of 126 bytes":              {[]byte{0x8a, 0x80 | 126, 0, 126, 0, 0, 0, 0}, 1002, "*"},
			"a ping in pieces":                 {[]byte{0x09, 0x80, 0, 0, 0, 0}, 1002, "*"},
			"a pong with a reserved bit":       {[]byte{0xca, 0x80, 0, 0, 0, 0}, 1002, "*"},
			"a frame that continues nothing":   {[]byte{0x80, 0x80, 0, 0, 0, 0}, 1002, "*"},
			"binary":                           {[]byte{0x82, 0x80, 0, 0, 0, 0}, 4400, "*"},
			"no JSON, after a pong and a pong": {append(append(bytes.Clone(pong), pong...), 0x81, 0x81, 0, 0, 0, 0, 'x'), 4400, "*"},
		} {
			t.Run(name, func(t *testing.T) {
				c := s.MustRest(t)
				c.Bytes(test.sent...)
				c.ExpectClose(test.code, test.reason)
				left(t, c)
			})
		}
		t.Run("the client goes away", func(t *testing.T) {
			for _, begun := range [][]byte{nil, halfAFrame, wholeText[:1]} {
				c := s.MustRest(t)
				c.Bytes(begun...)
				_ = c.NetConn().Close()
			}
			left(t)
		})
		t.Run("the client breaks off", func(t *testing.T) {
			c := s.MustRest(t)
			_ = c.NetConn().(*net.TCPConn).SetLinger(0)
			_ = c.NetConn().Close()
			left(t)
		})
		t.Run("the server ends it", func(t *testing.T) {
			c := s.MustRest(t)
			s.EndWhere(func(wire.Asker) bool { return true }, wire.EndForbidden)
			c.ExpectClose(4403, "Forbidden")
			left(t, c)
		})
		t.Run("the server ends it while something arrives", func(t *testing.T) {
			for range 50 {
				c := s.MustRest(t)
				go func() { _, _ = c.NetConn().Write(wholeText) }()
				s.EndWhere(func(wire.Asker) bool { return true }, wire.EndForbidden)
				c.ExpectClose(4403, "Forbidden", true)
				_ = c.NetConn().Close()
			}
			left(t)
		})
		t.Run("no connection_init comes", func(t *testing.T) {
			c := s.MustDial(t)
			c.Sync()
			c.ExpectClose(4408, "Connection initialisation timeout")
			left(t, c)
		})
	})
	t.Run("a client that answers no ping is dropped", func(t *testing.T) {
		eitherWay(t, wire.WebSocketConfig{PingInterval: time.Second}, func(t *testing.T, s *server) {
			s.MustRest(t) // it reads nothing more
			until(t, "it is dropped", func() bool { return s.Len() == 0 })
		})
	})
	t.Run("the server stops", func(t *testing.T) {
		eitherWay(t, wire.WebSocketConfig{}, func(t *testing.T, s *server) {
			s.RestartSpread = time.Millisecond
			var clients []*client
			for range 20 {
				clients = append(clients, s.MustRest(t))
			}
			stopped := make(chan error, 1)
			go func() { stopped <- s.Shutdown(t.Context()) }()
			for _, c := range clients {
				c.ExpectClose(1012, "Restarting")
				_ = c.NetConn().Close()
			}
			if err := <-stopped; err != nil {
				t.Error(err)
			}
		})
	})
}

func TestDescriptorsOfClosedConnectionsAreReused(t *testing.T) {
	eitherWay(t, wire.WebSocketConfig{}, func(t *testing.T, s *server) {
		for range 100 {
			gone, stays := s.MustRest(t), s.MustRest(t)
			_ = gone.NetConn().(*net.TCPConn).SetLinger(0)
			_ = gone.NetConn().Close()
			next := s.MustOpen(t) // perhaps with the descriptor of the one that is gone
			for range 3 {
				stays.Sync()
				next.Sync()
			}
			_ = stays.NetConn().Close()
			_ = next.NetConn().Close()
		}
		until(t, "no connection is left", func() bool { return s.Len() == 0 })
	})
}

func TestIdleConnectionsHoldNoGoroutine(t *testing.T) {
	if !rests {
		t.Skip("no connection rests on this system")
	}
	s := MustListen(t, wire.WebSocketConfig{PingInterval: time.Hour})
	s.MustRest(t) // starts what is there once
	before := runtime.NumGoroutine()
	const more = 300
	var clients []*client
	for range more {
		clients = append(clients, s.MustOpen(t))
	}
	until(t, "all rest", func() bool { return s.Resting() == more+1 })
	until(t, "their goroutines have ended", func() bool { return runtime.NumGoroutine() < before+10 })
	for _, c := range clients {
		c.Sync()
	}
	until(t, "they have ended again", func() bool { return runtime.NumGoroutine() < before+10 })
}
