//go:build unix && !race

package wire_test

import (
	"runtime"
	"testing"
	"time"

	"usher/wire"
)

// The race detector empties pools at random, so this holds without it only.
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

// Goroutines begin with 2 KB; one that waits deeper down has 4 KB, for as long as the connection stands.
func TestAConnectionWaitsOnTheSmallestStack(t *testing.T) {
	const connections = 500
	s := MustListen(t, wire.WebSocketConfig{MaxAnonymousPerAddress: connections, PingInterval: time.Hour})
	s.MustOpen(t) // what the first one alone needs
	before := stacks()
	for range connections - 1 {
		s.MustOpen(t)
	}
	if each := (stacks() - before) / connections; each > 3<<10 {
		t.Errorf("a connection that waits keeps %d bytes of stack", each)
	}
}

// stacks are the bytes of all stacks that are in use.
func stacks() int {
	runtime.GC() // frees those of goroutines that have ended
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.StackInuse)
}
