package auth

import (
	"context"
	"slices"
	"sync"
	"time"

	"usher/problem"
)

// line lets a few callers work at a time. Of those that wait, the one with the fewest failures goes first; among equals, the one that
// came last. Callers that have waited long have probably given up, and so a crowd that keeps coming delays a newcomer least.
type line struct {
	mu      sync.Mutex
	free    int
	most    int // that may wait
	waiting []*waiter
}

type waiter struct {
	failures func() int
	answer   chan error // buffered; nil means that it is their turn
}

// lineRetry is the time after which a refused caller should try again.
const lineRetry = 2 * time.Second

func newLine(atWork, waiting int) *line { return &line{free: atWork, most: waiting} }

// enter waits for a turn, which leave gives back. It returns problem.RateLimited if too many others that go first wait, or the
// context's error.
func (l *line) enter(ctx context.Context, failures func() int) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	l.mu.Lock()
	if l.free > 0 {
		l.free--
		l.mu.Unlock()
		return nil
	}
	w := &waiter{failures, make(chan error, 1)}
	l.waiting = append(l.waiting, w)
	if len(l.waiting) > l.most {
		l.take(func(later, earlier int) bool { return later > earlier }).answer <- &problem.RateLimited{RetryAfter: lineRetry, Of: "sign-ins at once"}
	}
	l.mu.Unlock()
	select {
	case err := <-w.answer:
		return err
	case <-ctx.Done():
	}
	l.mu.Lock()
	i := slices.Index(l.waiting, w)
	if i >= 0 {
		l.waiting = slices.Delete(l.waiting, i, i+1)
	}
	l.mu.Unlock()
	if i < 0 && <-w.answer == nil { // its turn came at the same time
		l.leave()
	}
	return ctx.Err()
}

// leave gives a turn to the next.
func (l *line) leave() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.waiting) == 0 {
		l.free++
		return
	}
	l.take(func(later, earlier int) bool { return later <= earlier }).answer <- nil
}

// take removes one of the waiting callers. It prefers a later one to an earlier one if instead returns true for their failures. The
// mutex must be locked.
func (l *line) take(instead func(later, earlier int) bool) *waiter {
	at, has := 0, 0
	for i, w := range l.waiting {
		if failures := w.failures(); i == 0 || instead(failures, has) {
			at, has = i, failures
		}
	}
	w := l.waiting[at]
	l.waiting = slices.Delete(l.waiting, at, at+1)
	return w
}

// length returns the number of callers that wait.
func (l *line) length() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.waiting)
}
