package live_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"usher/live"
)

func TestThoseWhoReadTheSameShareTheNextReading(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		begin := map[string]chan struct{}{"slow": make(chan struct{}), "quick": make(chan struct{})}
		readings, answered := map[string]*atomic.Int64{"slow": {}, "quick": {}}, atomic.Int64{}
		s := live.NewShare(func(_ context.Context, key string) (int64, error) {
			<-begin[key]
			return readings[key].Add(1), nil
		})
		ask := func(key string, atLeast int64) {
			if n, err := s.Of(t.Context(), key); err != nil || n < atLeast {
				t.Errorf("%s: got reading %d, %v, want one from %d on", key, n, err, atLeast)
			}
			answered.Add(1)
		}
		go ask("slow", 1)
		go ask("quick", 1)
		synctest.Wait()
		for range 100 {
			go ask("slow", 2) // those who ask during a reading may not get it
			go ask("quick", 2)
		}
		synctest.Wait()
		close(begin["quick"])
		synctest.Wait()
		if n := answered.Load(); n != 101 {
			t.Errorf("%d were answered, want those of the quick key", n)
		}
		close(begin["slow"])
		synctest.Wait()
		if n := answered.Load(); n != 202 || readings["slow"].Load() != 2 || readings["quick"].Load() != 2 {
			t.Errorf("%d answers took %d and %d readings", n, readings["slow"].Load(), readings["quick"].Load())
		}
	})
}

func TestAFaultOfASharedReadingIsForgotten(t *testing.T) {
	t.Parallel()
	fault := errors.New("the disk is gone")
	s := live.NewShare(func(context.Context, string) (int, error) { return 1, fault })
	if _, err := s.Of(t.Context(), "key"); !errors.Is(err, fault) {
		t.Errorf("got %v", err)
	}
	fault = nil
	if n, err := s.Of(t.Context(), "key"); n != 1 || err != nil {
		t.Errorf("got %d, %v", n, err)
	}
}
