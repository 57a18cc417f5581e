package wire_test

import (
	"fmt"
	"io"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"usher/wire"
)

func TestQueuedResultsShareAWrite(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c, out, _ := MustTakeOver(t, wire.WebSocketConfig{})
		before := s.writes.Load()
		out.Next(event(1), event(2), event(3))
		for n := range 3 {
			c.Expect(`{"id":"1","type":"next","payload":` + string(event(n+1)) + `}`)
		}
		if n := s.writes.Load() - before; n != 1 {
			t.Errorf("%d writes", n)
		}
	})
}

func TestReadersThatAreBehind(t *testing.T) {
	big := func(n int) []byte {
		return fmt.Appendf(nil, `{"data":{"events":"%d%s"}}`, n, strings.Repeat(" ", 10_000))
	}
	want := func(n int) string { return `{"id":"1","type":"next","payload":` + string(big(n)) + `}` }

	t.Run("a feeder is asked to wait, and called when all is read", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			_, c, out, _ := MustTakeOver(t, wire.WebSocketConfig{})
			n := 0
			for out.Next(big(n)) {
				n++
			}
			if out.Ready() || n < 3 || n > 6 {
				t.Errorf("%d results of 10 KB accepted, ready: %v", n, out.Ready())
			}
			ready := make(chan struct{})
			out.WhenReady(func() { close(ready) })
			for i := range n {
				select {
				case <-ready:
					t.Error("called early")
				default:
				}
				c.Expect(want(i))
			}
			<-ready
			if !out.Ready() {
				t.Error("called, and not ready")
			}
			again := make(chan struct{})
			out.WhenReady(func() { close(again) })
			<-again
		})
	})
	t.Run("who reads slowly stays, however far behind", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			_, c, out, _ := MustTakeOver(t, wire.WebSocketConfig{})
			go func() {
				for n := range 100 {
					for !out.Next(big(n)) {
						ready := make(chan struct{})
						out.WhenReady(func() { close(ready) })
						<-ready
					}
				}
			}()
			for n := range 100 {
				time.Sleep(4 * time.Second)
				c.Expect(want(n))
			}
			c.Sync()
		})
	})
	t.Run("an operation of its own is pulled no faster than it is read", func(t *testing.T) {
		bubble(t, wire.WebSocketConfig{}, func(t *testing.T, s *server) {
			c := s.MustOpen(t)
			c.Subscribe("1", `subscription { big(size: 10000) }`)
			for range 50 {
				time.Sleep(4 * time.Second)
				c.Expect(`{"id":"1","type":"next","payload":{"data":{"big":"` + strings.Repeat("x", 10_000) + `"}}}`)
			}
		})
	})
	t.Run("who reads nothing for 5 s is closed, and learns why if it wakes up within 1 s", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			_, c, out, stops := MustTakeOver(t, wire.WebSocketConfig{})
			start := time.Now()
			out.Next(big(0), big(1))
			released := make(chan time.Duration, 1)
			for out.Next(big(2)) {
			}
			out.WhenReady(func() { released <- time.Since(start) })
			_, first, err := c.NextReader() // a part of it
			if err != nil {
				t.Fatal(err)
			}
			time.Sleep(9900 * time.Millisecond) // it took something in the first 5 s
			synctest.Wait()
			if stops.Load() != 0 {
				t.Error("closed early")
			}
			time.Sleep(900 * time.Millisecond)
			synctest.Wait()
			if stops.Load() != 1 {
				t.Error("not closed")
			}
			if b, err := io.ReadAll(first); err != nil || string(b) != want(0) {
				t.Errorf("a result that was begun: %v, %.100s", err, b)
			}
			c.ExpectClose(1013, "Too slow")
			if after := <-released; after > 12*time.Second {
				t.Errorf("its feeder waited for %v", after)
			}
		})
	})
	t.Run("who never wakes up is dropped", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			s, _, out, stops := MustTakeOver(t, wire.WebSocketConfig{})
			out.Next(big(0))
			time.Sleep(7100 * time.Millisecond)
			synctest.Wait()
			if stops.Load() != 1 || s.Len() != 0 {
				t.Errorf("stopped %d times, %d connections", stops.Load(), s.Len())
			}
		})
	})
	t.Run("who only pongs and never reads is closed as well", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			s, c, out, _ := MustTakeOver(t, wire.WebSocketConfig{})
			out.Next(big(0))
			start := time.Now()
			for s.Len() > 0 {
				_, _ = c.NetConn().Write([]byte("\x8a\x80\x00\x00\x00\x00"))
				time.Sleep(time.Second)
				if time.Since(start) > patience {
					t.Fatal("it is still connected")
				}
			}
		})
	})
	t.Run("who asks much and reads nothing is read no further", func(t *testing.T) {
		bubble(t, wire.WebSocketConfig{}, func(t *testing.T, s *server) {
			c := s.MustOpen(t)
			ping := `{"type":"ping","payload":{"x":"` + strings.Repeat("x", 10_000) + `"}}`
			var sent atomic.Int32
			go func() {
				for c.WriteMessage(1, []byte(ping)) == nil {
					sent.Add(1)
				}
			}()
			synctest.Wait()
			if n := sent.Load(); n > 8 {
				t.Errorf("%d pings of 10 KB were accepted", n)
			}
		})
	})
	t.Run("a close comes behind what was sent before, at the latest after 5 s", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			_, c, out, _ := MustTakeOver(t, wire.WebSocketConfig{})
			out.Next(big(0), big(1))
			out.EndConnection(wire.Ending{Code: 4403, Reason: "Removed"})
			out.Next(big(2))
			time.Sleep(3 * time.Second)
			c.Expect(want(0), want(1))
			c.ExpectClose(4403, "Removed")
		})
		synctest.Test(t, func(t *testing.T) {
			s, c, out, _ := MustTakeOver(t, wire.WebSocketConfig{})
			for out.Next(big(0)) {
			}
			out.EndConnection(wire.Ending{Code: 4403, Reason: "Removed"})
			var got int
			start := time.Now()
			for s.Len() > 0 { // it goes on reading, slowly
				time.Sleep(100 * time.Millisecond)
				n, _ := c.NetConn().Read(make([]byte, 10))
				got += n
			}
			if took := time.Since(start); took > 13*time.Second {
				t.Errorf("stayed open for %v", took)
			}
		})
	})
}
