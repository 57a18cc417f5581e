//go:build unix && !race

package graph_test

import "testing"

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
