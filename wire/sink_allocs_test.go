//go:build unix && !race

package wire_test

import (
	"runtime"
	"testing"
	"time"

	"usher/wire"
)

// The race detector empties pools at random, so this test runs only without it.
func TestADeliveryAllocatesNothing(t *testing.T) {
	const connections = 50
	a := MustGather(t, connections)
	payload, size := result()
	one, many := [][]byte{payload}, [][]byte{payload, payload, payload, payload}
	a.Deliver(4*size, many...)
	for _, payloads := range [][][]byte{one, many} {
		perDelivery := testing.AllocsPerRun(100, func() { a.Deliver(len(payloads)*size, payloads...) }) / connections
		if perDelivery > 0.1 {
			t.Errorf("%v allocations a delivery of %d results", perDelivery, len(payloads))
		}
	}
}

// Goroutines start with 2 KB. One that waits in a deeper call has 4 KB for as long as the connection is open.
func TestAConnectionWaitsOnTheSmallestStack(t *testing.T) {
	const connections = 500
	s := MustListen(t, wire.WebSocketConfig{MaxAnonymousPerAddress: connections, PingInterval: time.Hour})
	s.WaitAlone()
	s.MustOpen(t) // one-time allocations
	before := stacks()
	for range connections - 1 {
		s.MustOpen(t)
	}
	if each := (stacks() - before) / connections; each > 3<<10 {
		t.Errorf("a connection that waits keeps %d bytes of stack", each)
	}
}

// stacks returns the bytes of all stacks in use.
func stacks() int {
	runtime.GC() // frees the stacks of ended goroutines
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.StackInuse)
}
