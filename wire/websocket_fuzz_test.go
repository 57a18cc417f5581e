package wire_test

import (
	"context"
	"io"
	"log/slog"
	"net"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"usher/wire"
)

// spoken are the parts from which the fuzzer composes connections, besides its own bytes.
var spoken = []string{
	initMessage, initMessage, `{"type":"ping"}`, `{"type":"pong","payload":{}}`,
	subscribe("1", `subscription { events }`), subscribe("2", `subscription { count(to: 3) }`), subscribe("3", `{ hello }`),
	subscribe("1", `{ held }`), subscribe("2", `{ panic }`), subscribe("4", `{ nope`), subscribe("5", `subscription { big(size: 9000) }`),
	`{"id":"1","type":"complete"}`, `{"id":"2","type":"complete"}`, `{"id":"5","type":"complete"}`,
	`{"id":"1","type":"subscribe","payload":{"query":`, `{"id":"9","type":"subscribe","payload":{"variables":[]}}`,
}

// FuzzFrames runs a script of whole and broken frames against a connection. Nothing may panic. After the client has gone nothing may be
// left: the bubble fails on any remaining goroutine.
func FuzzFrames(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte{0, 0, 4, 11, 6})
	f.Add([]byte{1, 0, 4, 20, 20, 11, 23})
	f.Add([]byte{0, 0, 10, 22, 22, 21, 13, 2})
	f.Add([]byte{0, 16, 0x81, 0x82, 0, 0, 0, 0, '{', '}'})
	f.Add([]byte{0, 18, 0x88, 0, 17, 0x09, 3, 'a', 'b', 'c'})
	f.Add([]byte{1, 0, 5, 19, 19, 4, 24, 25, 26})
	f.Fuzz(func(t *testing.T, script []byte) {
		synctest.Test(t, func(t *testing.T) {
			var mu sync.Mutex
			var sinks []wire.Sink
			s := MustServe(t, wire.WebSocketConfig{
				Log: slog.New(alarm{t}),
				Share: sharer(func(_ context.Context, out wire.Sink) func() {
					mu.Lock()
					defer mu.Unlock()
					if len(sinks)%2 == 1 {
						return nil
					}
					sinks = append(sinks, out)
					return func() {}
				}),
			})
			here, there := net.Pipe()
			s.conns <- &piped{there, "192.0.2.1:1", &s.writes}
			_ = here.SetDeadline(time.Now().Add(time.Hour))
			_, _ = io.WriteString(here, "GET /graphql HTTP/1.1\r\nHost: usher.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"+
				"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n")
			if _, err := here.Read(make([]byte, 4096)); err != nil {
				t.Fatal(err)
			}
			if len(script) > 0 && script[0]%4 != 1 { // otherwise it never reads
				go func() { _, _ = io.Copy(io.Discard, here) }()
			}
			p := player{server: s, conn: here, script: script}
			for len(p.script) > 0 {
				mu.Lock()
				p.sinks = sinks
				mu.Unlock()
				p.step()
			}
			_ = here.Close()
			time.Sleep(time.Minute)
			if n := s.Len(); n != 0 {
				t.Errorf("%d connections left", n)
			}
		})
	})
}

type player struct {
	server *server
	conn   net.Conn
	script []byte
	sinks  []wire.Sink
}

func (p *player) next() byte {
	if len(p.script) == 0 {
		return 0
	}
	b := p.script[0]
	p.script = p.script[1:]
	return b
}

func (p *player) step() {
	switch b := int(p.next()); {
	case b < len(spoken):
		p.send(0x81, spoken[b])
	case b == 16: // raw bytes, to the end
		_, _ = p.conn.Write(p.script)
		p.script = nil
	case b == 17: // any frame
		first, n := p.next(), int(p.next())
		n = min(n, len(p.script))
		p.send(first, string(p.script[:n]))
		p.script = p.script[n:]
	case b == 18: // a message in three frames, a ping between
		message := spoken[int(p.next())%len(spoken)]
		p.send(0x01, message[:5])
		p.send(0x89, "between")
		p.send(0x00, message[5:10])
		p.send(0x80, message[10:])
	case b == 19:
		time.Sleep(time.Second)
	case b == 20:
		for _, out := range p.sinks {
			out.Next(event(1), event(2))
		}
	case b == 21:
		for _, out := range p.sinks {
			out.WhenReady(out.Complete)
		}
	case b == 22:
		for _, out := range p.sinks {
			out.Next(make([]byte, 20_000))
		}
	case b == 23:
		p.server.EndWhere(func(wire.Asker) bool { return true }, wire.EndForbidden)
	case b == 24:
		time.Sleep(time.Duration(p.next()) * 100 * time.Millisecond)
	case b == 25:
		for _, out := range p.sinks {
			out.Error(nil)
		}
	case b == 26:
		synctest.Wait()
	}
}

// send writes a frame with the mask 0, so that the payload is unchanged.
func (p *player) send(first byte, payload string) {
	_ = p.conn.SetWriteDeadline(time.Now().Add(20 * time.Second))
	frame := []byte{first, 0x80 | 127, 0, 0, 0, 0, byte(len(payload) >> 24), byte(len(payload) >> 16), byte(len(payload) >> 8), byte(len(payload)), 0, 0, 0, 0}
	_, _ = p.conn.Write(append(frame, payload...))
}

// alarm fails the test on any log entry, except for operations whose source ends without a reason.
type alarm struct{ t *testing.T }

func (a alarm) Enabled(context.Context, slog.Level) bool { return true }
func (a alarm) WithAttrs([]slog.Attr) slog.Handler       { return a }
func (a alarm) WithGroup(string) slog.Handler            { return a }

func (a alarm) Handle(_ context.Context, r slog.Record) error {
	if r.Message != "encode errors" {
		r.Attrs(func(attr slog.Attr) bool {
			a.t.Errorf("%s: %v", r.Message, attr)
			return true
		})
	}
	return nil
}
