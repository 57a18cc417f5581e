//go:build unix

package wire_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"usher/wire"
)

// These tests run over TCP, with buffers that a crowd can fill. Times are only safety limits.

// narrow makes a client's receive buffer small before it connects.
func narrow(_, _ string, raw syscall.RawConn) (err error) {
	if failed := raw.Control(func(fd uintptr) { err = syscall.SetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_RCVBUF, 16<<10) }); failed != nil {
		return failed
	}
	return err
}

// feed is a log of results with readers that follow it, each at its own pace.
type feed struct {
	mu      sync.Mutex
	log     [][]byte
	readers map[*reader]struct{}
}

type reader struct {
	feed *feed
	out  wire.Sink
	mu   sync.Mutex
	at   int
	gone chan struct{}
}

func (f *feed) Publish(payload []byte) {
	f.mu.Lock()
	f.log = append(f.log, payload)
	readers := make([]*reader, 0, len(f.readers))
	for r := range f.readers {
		readers = append(readers, r)
	}
	f.mu.Unlock()
	for _, r := range readers {
		r.advance()
	}
}

func (f *feed) Follow(out wire.Sink) *reader {
	r := &reader{feed: f, out: out, gone: make(chan struct{})}
	f.mu.Lock()
	f.readers[r] = struct{}{}
	f.mu.Unlock()
	return r
}

func (r *reader) stop() {
	r.feed.mu.Lock()
	delete(r.feed.readers, r)
	r.feed.mu.Unlock()
	close(r.gone)
}

func (r *reader) advance() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.feed.mu.Lock()
	news := r.feed.log[r.at:]
	r.feed.mu.Unlock()
	if !r.out.Next(news...) {
		r.out.WhenReady(r.advance)
		return
	}
	r.at += len(news)
}

func TestStalledReadersDoNotDelayOthers(t *testing.T) {
	for name, closeTimeout := range map[string]time.Duration{
		"they wake up and learn why": patience,
		"they never wake up":         time.Millisecond,
	} {
		t.Run(name, func(t *testing.T) {
			before := runtime.NumGoroutine()
			crowd(t, closeTimeout, closeTimeout == patience)
			// A few goroutines come and go by themselves; a leak would be one for each of a hundred readers.
			const few = 10
			for start := time.Now(); runtime.NumGoroutine() > before+few; runtime.Gosched() {
				if time.Since(start) > patience {
					b := make([]byte, 1<<20)
					t.Fatalf("%d goroutines, %d before\n%s", runtime.NumGoroutine(), before, b[:runtime.Stack(b, true)])
				}
			}
		})
	}
}

// crowd publishes to 100 normal readers, 100 that stall and 100 that only pong, until the latter are closed.
func crowd(t *testing.T, closeTimeout time.Duration, wake bool) {
	const each = 100
	f := &feed{readers: map[*reader]struct{}{}}
	followers := make(chan *reader, 1)
	s := MustListen(t, wire.WebSocketConfig{
		// No ping comes due, or a reader whose buffers fill slowly would be dropped for its silence.
		WriteTimeout: time.Second, CloseTimeout: closeTimeout, PingInterval: 2 * patience,
		Share: sharer(func(_ context.Context, out wire.Sink) func() {
			r := f.Follow(out)
			followers <- r
			return r.stop
		}),
	})
	join := func() (*client, *reader) {
		d := websocket.Dialer{Subprotocols: []string{"graphql-transport-ws"}, NetDial: func(_, _ string) (net.Conn, error) {
			return (&net.Dialer{Control: narrow}).Dial("tcp", s.listener.Addr().String())
		}}
		ws, _, err := d.Dial("ws://usher.example/graphql", nil)
		if err != nil {
			t.Fatal(err)
		}
		c := newClient(t, ws)
		c.Send(initMessage)
		c.Expect(ack)
		c.Subscribe("1", `subscription { events }`)
		return c, <-followers
	}

	var clients sync.WaitGroup
	var got atomic.Int64
	received := make(chan struct{}, each)
	payload := func(n int) string { return fmt.Sprintf(`{"data":{"events":"%d%s"}}`, n, strings.Repeat("x", 16<<10)) }
	var normal []*client
	for range each {
		c, _ := join()
		normal = append(normal, c)
		clients.Go(func() {
			for n := 0; ; n++ {
				_, b, err := c.ReadMessage()
				if err != nil {
					return
				}
				if string(b) != `{"id":"1","type":"next","payload":`+payload(n)+`}` {
					t.Errorf("result %d is %.100s", n, b)
				}
				got.Add(1)
				received <- struct{}{}
			}
		})
	}
	var closed sync.WaitGroup
	for i := range 2 * each {
		c, r := join()
		closed.Go(func() { <-r.gone })
		clients.Go(func() {
			defer c.NetConn().Close()
			if i%2 == 0 { // only pongs
				pong := time.NewTicker(100 * time.Millisecond)
				defer pong.Stop()
				for open := true; open; {
					select {
					case <-pong.C:
						_ = c.WriteControl(websocket.PongMessage, nil, time.Now().Add(patience))
					case <-r.gone:
						open = false
					}
				}
			}
			<-r.gone
			if wake {
				c.ExpectClose(1013, "Too slow", true)
			}
		})
	}

	all := make(chan struct{})
	go func() {
		closed.Wait()
		close(all)
	}()
	for n, open := 0, true; open; n++ {
		select {
		case <-all:
			open = false
		default:
		}
		f.Publish([]byte(payload(n)))
		for range each {
			select {
			case <-received:
			case <-time.After(patience):
				t.Fatalf("result %d did not reach everyone: %d deliveries", n, got.Load())
			}
		}
	}
	for _, c := range normal {
		_ = c.NetConn().Close()
	}
	clients.Wait()
	if err := s.Shutdown(t.Context()); err != nil {
		t.Error(err)
	}
	_ = s.http.Close()
}

func TestOverTLS(t *testing.T) {
	f := &feed{readers: map[*reader]struct{}{}}
	followers := make(chan *reader, 1)
	s := mustBuild(t, wire.WebSocketConfig{Share: sharer(func(_ context.Context, out wire.Sink) func() {
		r := f.Follow(out)
		followers <- r
		return r.stop
	})})
	site := httptest.NewUnstartedServer(s.http.Handler)
	site.StartTLS()
	defer site.Close()
	d := websocket.Dialer{
		Subprotocols:    []string{"graphql-transport-ws"},
		TLSClientConfig: site.Client().Transport.(*http.Transport).TLSClientConfig.Clone(),
	}
	ws, _, err := d.Dial("wss"+strings.TrimPrefix(site.URL, "https"), nil)
	if err != nil {
		t.Fatal(err)
	}
	c := newClient(t, ws)
	c.Send(initMessage)
	c.Expect(ack)
	c.Subscribe("q", `{ big(size: 1000000) }`)
	c.Expect(`{"id":"q","type":"next","payload":{"data":{"big":"`+strings.Repeat("x", 1_000_000)+`"}}}`, `{"id":"q","type":"complete"}`)
	c.Subscribe("1", `subscription { events }`)
	r := <-followers
	payload := func(n int) string {
		return fmt.Sprintf(`{"data":{"events":"%d%s"}}`, n, strings.Repeat("x", n*100))
	}
	const results = 300
	go func() {
		for n := range results {
			f.Publish([]byte(payload(n)))
		}
	}()
	for n := range results {
		c.Expect(`{"id":"1","type":"next","payload":` + payload(n) + `}`)
	}
	r.out.EndConnection(wire.Ending{Code: 4403, Reason: "Removed"})
	c.ExpectClose(4403, "Removed")
	<-r.gone
}
