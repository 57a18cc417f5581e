package live_test

import (
	"testing"
	"time"

	"usher/live"
)

func TestTheMoreComeTogetherTheLongerTheyAreGathered(t *testing.T) {
	for n, want := range map[int]time.Duration{1: 0, 2: 10 * time.Millisecond, 6: 50 * time.Millisecond, 7: 50 * time.Millisecond} {
		if got := live.Crowded(50 * time.Millisecond)(n); got != want {
			t.Errorf("after %d commands: %v, want %v", n, got, want)
		}
	}
}
