package live_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"usher/live"
	"usher/problem"
)

func TestCallersDuringAReadingShareTheNextOne(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const crowd = 100
		begin, readings, answered := make(chan struct{}), 0, atomic.Int64{}
		g := live.NewGather(func(_ context.Context, keys []int) (map[int]int, error) {
			<-begin
			readings++
			squares := map[int]int{}
			for _, key := range keys {
				squares[key] = key * key
			}
			return squares, nil
		})
		ask := func(key int) {
			if square, err := g.Of(t.Context(), key); err != nil || square != key*key {
				t.Errorf("%d: %d, %v", key, square, err)
			}
			answered.Add(1)
		}
		go ask(1000)
		synctest.Wait()
		for i := range crowd {
			go ask(i % (crowd / 2)) // some use the same key
		}
		synctest.Wait()
		if n := answered.Load(); n != 0 {
			t.Fatalf("%d were answered before anything was read", n)
		}
		close(begin)
		synctest.Wait()
		if n := answered.Load(); n != crowd+1 || readings != 2 {
			t.Errorf("%d answers took %d readings", n, readings)
		}
	})
}

func TestAValueIsNeverOlderThanItsCall(t *testing.T) {
	t.Parallel()
	now := 0
	g := live.NewGather(func(context.Context, []string) (map[string]int, error) { return map[string]int{"now": now}, nil })
	for now = range 3 {
		if got, err := g.Of(t.Context(), "now"); got != now || err != nil {
			t.Errorf("asked at %d, answered %d, %v", now, got, err)
		}
	}
}

func TestAFailedReadingFailsOnlyItsOwnCallers(t *testing.T) {
	t.Parallel()
	fault := errors.New("the disk is gone")
	failing := true
	g := live.NewGather(func(context.Context, []int) (map[int]int, error) {
		if failing {
			return nil, fault
		}
		return nil, nil
	})
	if _, err := g.Of(t.Context(), 1); !errors.Is(err, fault) {
		t.Errorf("got %v", err)
	}
	failing = false
	if v, err := g.Of(t.Context(), 1); v != 0 || err != nil {
		t.Errorf("got %d, %v for a missing key", v, err)
	}
}

func TestACancelledCallerLeavesAndDisturbsNobody(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		begin := make(chan struct{})
		g := live.NewGather(func(ctx context.Context, keys []int) (map[int]int, error) {
			<-begin
			return map[int]int{keys[0]: keys[0]}, ctx.Err()
		})
		ctx, leave := context.WithCancel(t.Context())
		gone := make(chan error, 1)
		answered := make(chan int, 2)
		ask := func(ctx context.Context, key int) {
			v, err := g.Of(ctx, key)
			if err != nil {
				t.Errorf("%d: %v", key, err)
			}
			answered <- v
		}
		go ask(ctx, 1) // reads for all callers of key 1
		synctest.Wait()
		go func() {
			_, err := g.Of(ctx, 2)
			gone <- err
		}()
		synctest.Wait()
		go ask(t.Context(), 2)
		synctest.Wait()
		leave()
		if err := <-gone; !errors.Is(err, context.Canceled) {
			t.Errorf("who left got %v", err)
		}
		close(begin)
		if a, b := <-answered, <-answered; a+b != 3 {
			t.Errorf("the others got %d and %d", a, b)
		}
	})
}

func TestCallersDoNotWaitLongForSilentStorage(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := live.NewGather(func(ctx context.Context, _ []int) (map[int]int, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		})
		const crowd = 1000 // each with its own key, which takes five readings
		began, unanswered := time.Now(), make(chan error, crowd)
		for i := range crowd {
			go func() {
				_, err := g.Of(t.Context(), i)
				unanswered <- err
			}()
		}
		impatient := 0
		for range crowd {
			err := <-unanswered
			if !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("got %v", err)
			}
			if errors.Is(err, problem.ErrUnavailable) { // their own patience ended before their reading began
				impatient++
			}
		}
		if took := time.Since(began); took > 15*time.Second || impatient == 0 {
			t.Errorf("somebody waited for %v, %d waited for no reading of their own", took, impatient)
		}
	})
}

func TestCallersOfSeveralKeysShareAReading(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		begin, readings := make(chan struct{}), []int{}
		g := live.NewGather(func(_ context.Context, keys []int) (map[int]int, error) {
			<-begin
			readings = append(readings, len(keys))
			squares := map[int]int{}
			for _, key := range keys {
				if key >= 0 {
					squares[key] = key * key
				}
			}
			return squares, nil
		})
		ask := func(keys ...int) {
			found, err := g.All(t.Context(), keys)
			want := map[int]int{}
			for _, key := range keys {
				if key >= 0 {
					want[key] = key * key
				}
			}
			if err != nil || !maps.Equal(found, want) {
				t.Errorf("%v: %v, %v", keys, found, err)
			}
		}
		go ask(1000)
		synctest.Wait()
		for i := range 100 {
			go ask(i, i+1, -1)
		}
		synctest.Wait()
		close(begin)
		synctest.Wait()
		if !slices.Equal(readings, []int{1, 102}) {
			t.Errorf("readings of %v keys", readings)
		}
		var most []int
		for i := range 257 {
			most = append(most, i)
		}
		ask(most[:256]...)
		ask(most...)
		if !slices.Equal(readings[2:], []int{256, 257}) {
			t.Errorf("readings of %v keys", readings[2:])
		}
	})
}

func TestAReadingTakesNoMoreKeysThanItsLimit(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		begin, readings := make(chan struct{}), []int{}
		g := live.NewGather(func(_ context.Context, keys []int) (map[int]int, error) {
			<-begin
			readings = append(readings, len(keys))
			return nil, nil
		})
		go func() { _, _ = g.All(t.Context(), []int{1}) }()
		synctest.Wait()
		for n := range 3 { // two of them would need more than one reading takes
			many := make([]int, 200)
			for i := range many {
				many[i] = 1000*n + i
			}
			go func() { _, _ = g.All(t.Context(), many) }()
			synctest.Wait()
		}
		close(begin)
		synctest.Wait()
		if len(readings) < 4 || slices.Max(readings) > 256 {
			t.Errorf("readings of %v keys", readings)
		}
	})
}
