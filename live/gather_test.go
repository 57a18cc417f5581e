package live_test

import (
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"usher/live"
)

func TestWhoAsksMeanwhileIsAnsweredTogetherByTheNextReading(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const crowd = 100
		begin, readings, answered := make(chan struct{}), 0, atomic.Int64{}
		g := live.NewGather(func(keys []int) (map[int]int, error) {
			<-begin
			readings++
			squares := map[int]int{}
			for _, key := range keys {
				squares[key] = key * key
			}
			return squares, nil
		})
		ask := func(key int) {
			if square, err := g.Of(key); err != nil || square != key*key {
				t.Errorf("%d: %d, %v", key, square, err)
			}
			answered.Add(1)
		}
		go ask(1000)
		synctest.Wait()
		for i := range crowd {
			go ask(i % (crowd / 2)) // some ask for the same
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

func TestAnAnswerIsNeverOlderThanItsQuestion(t *testing.T) {
	t.Parallel()
	now := 0
	g := live.NewGather(func([]string) (map[string]int, error) { return map[string]int{"now": now}, nil })
	for now = range 3 {
		if got, err := g.Of("now"); got != now || err != nil {
			t.Errorf("asked at %d, answered %d, %v", now, got, err)
		}
	}
}

func TestAReadingThatFailsFailsItsAskersAlone(t *testing.T) {
	t.Parallel()
	fault := errors.New("the disk is gone")
	failing := true
	g := live.NewGather(func([]int) (map[int]int, error) {
		if failing {
			return nil, fault
		}
		return nil, nil
	})
	if _, err := g.Of(1); !errors.Is(err, fault) {
		t.Errorf("got %v", err)
	}
	failing = false
	if v, err := g.Of(1); v != 0 || err != nil {
		t.Errorf("got %d, %v where there is nothing", v, err)
	}
}
