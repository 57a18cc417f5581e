package graph

import (
	"testing"
	"time"

	"usher/live"
)

func TestV12_TalliesAreRarerForACrowd(t *testing.T) {
	for connections, want := range map[int]time.Duration{
		0: 500 * time.Millisecond, 8_333: 500 * time.Millisecond, 8_334: 500_040 * time.Microsecond, 19_000: 1_140 * time.Millisecond,
		25_000: 1_500 * time.Millisecond, 25_001: 1_500 * time.Millisecond,
	} {
		if got := between(time.Second, live.Window(connections)); got != want {
			t.Errorf("%d connections: got %v, want %v", connections, got, want)
		}
	}
}
