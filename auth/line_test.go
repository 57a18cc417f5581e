package auth

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"

	"usher/problem"
)

func mustEnter(t *testing.T, l *line, failures int) {
	t.Helper()
	if err := l.enter(t.Context(), func() int { return failures }); err != nil {
		t.Fatal(err)
	}
}

func TestTheWaitingCallerWithTheFewestFailuresGoesFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLine(1, 5)
		mustEnter(t, l, 0)
		turns, sentAway := make(chan string, 10), make(chan string, 10)
		come := func(name string, failures int) {
			go func() {
				switch limited, err := (*problem.RateLimited)(nil), l.enter(t.Context(), func() int { return failures }); {
				case errors.As(err, &limited):
					sentAway <- name
				case err != nil:
					t.Error(err)
				default:
					turns <- name
				}
			}()
			synctest.Wait()
		}
		for i, failures := range []int{3, 0, 1, 3, 0} {
			come(fmt.Sprintf("%d, with %d", i, failures), failures)
		}
		if len(sentAway) > 0 {
			t.Errorf("%s is sent away, where five may wait", <-sentAway)
		}
		come("5, with 2", 2)
		if who := <-sentAway; who != "0, with 3" {
			t.Errorf("%s is sent away", who)
		}
		come("6, with 4", 4)
		if who := <-sentAway; who != "6, with 4" {
			t.Errorf("%s is sent away", who)
		}
		var order []string
		for range 5 {
			l.leave()
			order = append(order, <-turns)
		}
		if want := []string{"4, with 0", "1, with 0", "2, with 1", "5, with 2", "3, with 3"}; !slices.Equal(order, want) {
			t.Errorf("their turns come as %q, want %q", order, want)
		}
		l.leave()
		mustEnter(t, l, 9) // nobody waits
	})
}

func TestACallerThatGivesUpLeavesNothingBehind(t *testing.T) {
	for range 200 { // whichever of the two comes first
		l := newLine(1, 5)
		mustEnter(t, l, 0)
		ctx, cancel := context.WithCancel(t.Context())
		gone := make(chan error)
		go func() { gone <- l.enter(ctx, noFailures) }()
		go cancel()
		l.leave()
		if err := <-gone; err == nil {
			l.leave()
		}
		mustEnter(t, l, 0)
		if len(l.waiting) != 0 {
			t.Fatalf("%d wait", len(l.waiting))
		}
	}
}
