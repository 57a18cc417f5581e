package room

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"usher/ent"
	"usher/ent/session"
	"usher/live"
	"usher/problem"
)

const (
	// lapseAfter is how long after its planned end, or its start if it has no end, a session that never opened is cancelled (S3).
	lapseAfter = 24 * time.Hour
	// vacantFor is how long an open session past its end is empty before it ends (S3).
	vacantFor = time.Hour
	// lapseBatch limits the sessions of one run. The next run does the rest.
	lapseBatch = 100
)

// Now returns the server's time.
func (s *Clock) Now() time.Time { return s.now() }

// Lapse cancels the sessions that never opened, and ends those that everyone has left, judged at a time. Each server of
// the site calls it every minute or so. They agree through the database, where each notes that somebody is connected to it.
func (s *Clock) Lapse(ctx context.Context, at time.Time) error {
	stale, err := s.db.Session.Query().Where(
		session.StateEQ(session.StateScheduled),
		session.Or(
			session.EndsAtLT(at.Add(-lapseAfter)),
			session.And(session.EndsAtIsNil(), session.StartsAtLT(at.Add(-lapseAfter))),
		),
	).Limit(lapseBatch).All(ctx)
	if err != nil {
		return fmt.Errorf("look for sessions that never opened: %w", err)
	}
	past, err := s.db.Session.Query().Where(session.StateEQ(session.StateOpen), session.EndsAtLT(at)).All(ctx)
	if err != nil {
		return fmt.Errorf("look for open sessions: %w", err)
	}
	failed := s.occupy(ctx, past, at)
	for _, of := range stale {
		failed = errors.Join(failed, s.bySelf(ctx, of, at, stillScheduled, cancelSession))
	}
	for _, of := range past {
		if vacated(of, at) && !s.presence.Anyone(of.RoomID) {
			failed = errors.Join(failed, s.bySelf(ctx, of, at, vacated, endSession))
		}
	}
	return failed
}

func stillScheduled(of *ent.Session, _ time.Time) bool { return of.State == session.StateScheduled }

// vacated reports whether nobody was connected to an open session for vacantFor.
func vacated(of *ent.Session, at time.Time) bool {
	return of.State == session.StateOpen && of.OccupiedAt != nil && at.Sub(*of.OccupiedAt) >= vacantFor
}

// occupy notes which open sessions past their end have somebody connected. For those never looked at, the time counts from now.
func (s *Clock) occupy(ctx context.Context, past []*ent.Session, at time.Time) error {
	var occupied []string
	for _, of := range past {
		if of.OccupiedAt == nil || s.presence.Anyone(of.RoomID) {
			occupied = append(occupied, of.ID)
		}
	}
	if len(occupied) == 0 {
		return nil
	}
	return s.log.Write(ctx, func(tx *live.Tx) error {
		for batch := range slices.Chunk(occupied, lapseBatch) {
			err := tx.Session.Update().Where(session.IDIn(batch...), session.StateEQ(session.StateOpen)).SetOccupiedAt(at).Exec(ctx)
			if err != nil {
				return fmt.Errorf("note who is there: %w", err)
			}
		}
		return nil
	})
}

// bySelf ends or cancels a session without a request, unless it has changed meanwhile.
func (s *Clock) bySelf(
	ctx context.Context, of *ent.Session, at time.Time, still func(*ent.Session, time.Time) bool, do func(*Turn, *ent.Session) error,
) error {
	err := s.byItself(ctx, of.RoomID, func(t *Turn) error {
		now, err := t.Tx.Session.Get(ctx, of.ID)
		if err != nil || !still(now, at) || !now.StartsAt.Equal(of.StartsAt) {
			return err
		}
		return do(t, now)
	})
	if errors.Is(err, problem.ErrNotFound) {
		return nil // its room is deleted
	}
	return err
}
