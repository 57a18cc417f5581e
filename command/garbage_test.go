package command

import (
	"math"
	"testing"
)

func TestAServerWithAMemoryLimitUsesItForGarbage(t *testing.T) {
	for limit, want := range map[int64]int{math.MaxInt64: 70, math.MaxInt64 - 1: 400, 768 << 20: 400} {
		if got := garbage(limit); got != want {
			t.Errorf("with a limit of %d bytes: %d %%, want %d %%", limit, got, want)
		}
	}
}
