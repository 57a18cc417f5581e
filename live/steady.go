package live

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"
)

// Steady checks the clock that decides what is deleted or cancelled for good. A clock can jump by an NTP fault, or when a virtual
// machine resumes. That must destroy nothing, so Steady compares the clock with the time that has really passed.
type Steady struct {
	now     func(context.Context) (time.Time, error)
	elapsed func() time.Duration
	log     *slog.Logger

	mu    sync.Mutex
	begun *reckoning // both clocks when the trusted time began
}

type reckoning struct {
	wall    time.Time
	elapsed time.Duration
}

// steadyWithin limits how far the two clocks may drift apart.
const steadyWithin = time.Minute

// NewSteady returns a Steady for a clock. elapsed returns the time since a fixed moment, by a clock that nobody can set.
func NewSteady(now func(context.Context) (time.Time, error), elapsed func() time.Duration, log *slog.Logger) *Steady {
	return &Steady{now: now, elapsed: elapsed, log: log}
}

// Look returns the time, and for how long the clock has run evenly. A jump in either direction restarts that period.
func (s *Steady) Look(ctx context.Context) (at time.Time, held time.Duration, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at, err = s.now(ctx)
	if err != nil {
		return at, 0, fmt.Errorf("read the clock: %w", err)
	}
	at = at.UTC().Truncate(time.Millisecond) // drops Go's monotonic reading
	passed := s.elapsed()
	if s.begun != nil {
		held = passed - s.begun.elapsed
		jump := at.Sub(s.begun.wall) - held
		if jump.Abs() <= steadyWithin {
			return at, held, nil
		}
		s.log.WarnContext(ctx, "the clock jumped; nothing is deleted or cancelled until it runs evenly again", "by", jump)
	}
	s.begun = &reckoning{at, passed}
	return at, 0, nil
}

// Clock returns the site's clock: the database's if several servers share it, else now, this machine's.
func (db *Database) Clock(now func() time.Time) func(context.Context) (time.Time, error) {
	if !db.Shared() {
		return func(context.Context) (time.Time, error) { return now(), nil }
	}
	return func(ctx context.Context) (at time.Time, err error) {
		err = db.readDB.QueryRowContext(ctx, "SELECT clock_timestamp()").Scan(&at)
		return at, storageError(err)
	}
}
