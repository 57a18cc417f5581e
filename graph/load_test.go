package graph

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// TestBatchesReferToEachOther fetches from two batches at once. Each announces keys to the other with what it has fetched.
func TestBatchesReferToEachOther(t *testing.T) {
	var left, right *batch[string]
	var both sync.WaitGroup
	both.Add(2)
	fetch := func(_ context.Context, keys []string) (map[string]string, error) {
		both.Done()
		both.Wait()
		values := map[string]string{}
		for _, key := range keys {
			values[key] = "the value of " + key
		}
		return values, nil
	}
	left = newBatch(new(atomic.Int64), fetch, func(value string) { right.expect(value) })
	right = newBatch(new(atomic.Int64), fetch, func(value string) { left.expect(value) })
	loaded := make(chan string, 2)
	for _, b := range []*batch[string]{left, right} {
		go func() {
			value, err := b.load(t.Context(), "a key")
			if err != nil {
				t.Error(err)
			}
			loaded <- value
		}()
	}
	for range 2 {
		select {
		case value := <-loaded:
			if value != "the value of a key" {
				t.Errorf("loaded %q", value)
			}
		case <-time.After(time.Minute):
			t.Fatal("the batches wait for each other")
		}
	}
	for name, b := range map[string]*batch[string]{"left": left, "right": right} {
		if _, ok := b.wanted["the value of a key"]; !ok || len(b.wanted) != 1 {
			t.Errorf("the %s batch wants %v, not what the other announced", name, b.wanted)
		}
	}
}
