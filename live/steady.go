package live

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"
)

// Steady watches the clock that decides what is deleted or cancelled for good. A clock that jumps, by a mishap of NTP or when a
// virtual machine resumes, must destroy nothing: Steady compares it with the time that has really passed.
type Steady struct {
	now     func(context.Context) (time.Time, error)
	elapsed func() time.Duration
	log     *slog.Logger

	mu    sync.Mutex
	begun *reckoning // where both clocks stood when the time that is trusted began
}

type reckoning struct {
	wall    time.Time
	elapsed time.Duration
}

// steadyWithin is by how much the two clocks may drift apart.
const steadyWithin = time.Minute

// NewSteady watches a clock. elapsed is the time since some moment, by a clock that nobody sets.
func NewSteady(now func(context.Context) (time.Time, error), elapsed func() time.Duration, log *slog.Logger) *Steady {
	return &Steady{now: now, elapsed: elapsed, log: log}
}

// Look returns the time, and for how long the clock has gone evenly up to now. A jump in either direction restarts that.
func (s *Steady) Look(ctx context.Context) (at time.Time, held time.Duration, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at, err = s.now(ctx)
	if err != nil {
		return at, 0, fmt.Errorf("read the clock: %w", err)
	}
	at = at.UTC().Truncate(time.Millisecond) // without the reading of the other clock that Go keeps in a time
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

// Clock returns the clock of the site: the database's where several servers share it, else this machine's, which is now.
func (db *Database) Clock(now func() time.Time) func(context.Context) (time.Time, error) {
	if !db.Shared() {
		return func(context.Context) (time.Time, error) { return now(), nil }
	}
	return func(ctx context.Context) (at time.Time, err error) {
		err = db.readDB.QueryRowContext(ctx, "SELECT clock_timestamp()").Scan(&at)
		return at, storageError(err)
	}
}
