package auth

import (
	"fmt"
	"net/netip"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func TestRatesAllowABurstAndThenTheRate(t *testing.T) {
	now := time.Date(2030, 1, 1, 12, 0, 0, 0, time.UTC)
	rates := NewRates(10, 15*time.Minute, 10, 100, func() time.Time { return now })

	for n := 1; n <= 10; n++ {
		if wait, ok := rates.Allow("ada"); !ok || wait != 0 {
			t.Fatalf("use %d of 10 is refused for %v", n, wait)
		}
	}
	wait, ok := rates.Allow("ada")
	if ok || wait < 90*time.Second || wait > 90*time.Second+time.Millisecond {
		t.Fatalf("use 11 gives %v, %v; want a refusal for 90 s", wait, ok)
	}
	if again, ok := rates.Allow("ada"); ok || again != wait {
		t.Errorf("a refused use counted: %v, %v", again, ok)
	}
	if _, ok := rates.Allow("bob"); !ok {
		t.Error("one key is refused for another's uses")
	}

	now = now.Add(wait - 2*time.Millisecond)
	if _, ok := rates.Allow("ada"); ok {
		t.Error("the next use came before its time")
	}
	now = now.Add(2 * time.Millisecond)
	if again, ok := rates.Allow("ada"); !ok {
		t.Errorf("who waited as told is refused for %v", again)
	}
	if _, ok := rates.Allow("ada"); ok {
		t.Error("waiting for one use gave two")
	}

	now = now.Add(24 * time.Hour)
	for n := 1; n <= 10; n++ {
		if _, ok := rates.Allow("ada"); !ok {
			t.Fatalf("after a day, use %d of 10 is refused", n)
		}
	}
	if _, ok := rates.Allow("ada"); ok {
		t.Error("a day of rest gave more than the burst")
	}
}

func TestACallerThatWaitsAsLongAsToldIsAllowed(t *testing.T) {
	for _, limit := range []int{1, 3, 7, 30, 3000} {
		for _, per := range []time.Duration{time.Second, time.Minute, 15 * time.Minute, time.Hour} {
			now := time.Date(2030, 1, 1, 12, 0, 0, 1, time.UTC)
			rates := NewRates(limit, per, 1, 1, func() time.Time { return now })
			rates.Allow("ada")
			for range 100 {
				wait, ok := rates.Allow("ada")
				if ok || wait <= 0 {
					t.Fatalf("%d in %v: two at once: %v", limit, per, wait)
				}
				now = now.Add(wait)
				if wait, ok := rates.Allow("ada"); !ok {
					t.Fatalf("%d in %v: refused for another %v", limit, per, wait)
				}
			}
		}
	}
}

func TestRatesKeepTheMostRecentlyUsedKeys(t *testing.T) {
	now := time.Date(2030, 1, 1, 12, 0, 0, 0, time.UTC)
	rates := NewRates(1, time.Hour, 1, 2, func() time.Time { return now })
	for _, key := range []string{"a", "b", "a", "c"} { // c pushes out b, since a was used after it
		rates.Allow(key)
	}
	if _, ok := rates.Allow("a"); ok {
		t.Error("a key in use was forgotten")
	}
	if _, ok := rates.Allow("b"); !ok {
		t.Error("more keys are kept than asked for")
	}
	for n := range 1000 {
		rates.Allow(fmt.Sprint(n))
	}
	if n := rates.buckets.Len(); n != 2 {
		t.Errorf("%d keys are kept, want 2", n)
	}
}

func TestRatesCountExactlyUnderConcurrentUse(t *testing.T) {
	now := time.Date(2030, 1, 1, 12, 0, 0, 0, time.UTC)
	rates := NewRates(30, time.Minute, 30, 10, func() time.Time { return now })
	var allowed atomic.Int64
	var all sync.WaitGroup
	for range 100 {
		all.Go(func() {
			if _, ok := rates.Allow("ada"); ok {
				allowed.Add(1)
			}
		})
	}
	all.Wait()
	if n := allowed.Load(); n != 30 {
		t.Errorf("%d of 100 were let in, want 30", n)
	}
}

func BenchmarkRates(b *testing.B) {
	rates := NewRates(30, time.Minute, 30, 100_000, time.Now)
	for n := 0; b.Loop(); n++ {
		rates.Allow(netip.AddrFrom4([4]byte{192, 0, byte(n >> 8), byte(n)}).String())
	}
}

// TestRatesEarnNothingTwice uses one key from several goroutines while the clock runs.
func TestRatesEarnNothingTwice(t *testing.T) {
	const uses = 20_000
	start := time.Date(2030, 1, 1, 12, 0, 0, 0, time.UTC)
	var milliseconds, allowed atomic.Int64
	rates := NewRates(100, time.Second, 1, 100, func() time.Time {
		return start.Add(time.Duration(milliseconds.Add(1)) * time.Millisecond)
	})
	var users sync.WaitGroup
	for range 8 {
		users.Go(func() {
			for range uses / 8 {
				if _, ok := rates.Allow("ada"); ok {
					allowed.Add(1)
				}
			}
		})
	}
	users.Wait()
	if most := int64(1 + uses/10); allowed.Load() > most {
		t.Errorf("%d uses were allowed, at most %d may be", allowed.Load(), most)
	}
}
