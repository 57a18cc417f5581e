package wire_test

import (
	"context"
	"fmt"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"usher/wire"
)

// audience is a number of clients that read everything and keep nothing, each with a shared subscription.
type audience struct {
	sinks []wire.Sink
	read  atomic.Int64 // bytes
	want  atomic.Int64
	done  chan struct{}
}

func MustGather(t testing.TB, n int) *audience {
	t.Helper()
	a := &audience{done: make(chan struct{}, 1)}
	sinks := make(chan wire.Sink, 1)
	s := MustListen(t, wire.WebSocketConfig{MaxAnonymousPerAddress: n, PingInterval: time.Hour, Share: sharer(func(_ context.Context, out wire.Sink) func() {
		sinks <- out
		return func() {}
	})})
	for range n {
		c := s.MustOpen(t)
		c.Subscribe("0f8fad5b-d9cb-469f-a165-70867728950e", `subscription { events }`)
		a.sinks = append(a.sinks, <-sinks)
		go a.listen(c.NetConn())
	}
	return a
}

func (a *audience) listen(conn net.Conn) {
	b := make([]byte, 64<<10)
	for {
		n, err := conn.Read(b)
		if err != nil {
			return
		}
		if a.read.Add(int64(n)) == a.want.Load() {
			a.done <- struct{}{}
		}
	}
}

// Deliver sends results to all clients and returns when they have read them.
func (a *audience) Deliver(size int, payloads ...[]byte) {
	a.read.Store(0)
	a.want.Store(int64(len(a.sinks) * size))
	for _, out := range a.sinks {
		for !out.Next(payloads...) {
			ready := make(chan struct{})
			out.WhenReady(func() { close(ready) })
			<-ready
		}
	}
	<-a.done
}

// result returns a payload as large as a room's event, and its frame's size for a subscriber with a UUID.
func result() (payload []byte, size int) {
	payload = fmt.Appendf(nil, `{"data":{"events":"%s"}}`, strings.Repeat("x", 250))
	return payload, len(payload) + 4 + len(`{"id":"0f8fad5b-d9cb-469f-a165-70867728950e","type":"next","payload":}`)
}

func BenchmarkFanout(b *testing.B) {
	for _, connections := range []int{1, 100, 1000} {
		for _, batch := range []int{1, 16} {
			b.Run(fmt.Sprintf("connections=%d/batch=%d", connections, batch), func(b *testing.B) {
				a := MustGather(b, connections)
				payload, size := result()
				payloads := make([][]byte, batch)
				for i := range payloads {
					payloads[i] = payload
				}
				b.ReportAllocs()
				b.ResetTimer()
				for range b.N {
					a.Deliver(batch*size, payloads...)
				}
				b.StopTimer()
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*connections*batch), "ns/delivery")
			})
		}
	}
}
