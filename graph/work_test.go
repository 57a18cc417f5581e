package graph

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"usher/auth"
	"usher/wire"
)

func TestA8_ExpensiveDocumentsTakeTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWork()
		var done []func()
		begins := func(by auth.Principal, cost int) bool {
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			end, err := w.begin(ctx, by, cost)
			if err != nil {
				if !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("refused with %v", err)
				}
				return false
			}
			done = append(done, end)
			return true
		}
		for n := range 5 { // two documents as expensive as they may be, of each
			by := auth.Principal(rune('a' + n))
			for range 2 {
				if !begins(by, wire.DefaultComplexity) {
					t.Fatalf("%s did not get its turn", by)
				}
			}
			if begins(by, 1) {
				t.Errorf("%s got more than its share", by)
			}
		}
		if begins("another", 1) {
			t.Error("all together got more than there is")
		}
		done[0]()
		if !begins("another", wire.DefaultComplexity) {
			t.Error("what ended left no room")
		}
		waits := make(chan bool)
		go func() { waits <- begins("a", wire.DefaultComplexity) }()
		synctest.Wait()
		done[2]()
		if !<-waits {
			t.Error("who waited did not get its turn")
		}
		for i, end := range done {
			if i != 0 && i != 2 {
				end()
			}
		}
		if len(w.by) > 0 {
			t.Errorf("%d principals are remembered", len(w.by))
		}
	})
}
