package room

import (
	"context"
	"errors"
	"fmt"
	"time"

	"usher/ent"
	"usher/ent/session"
	"usher/live"
	"usher/problem"
)

const (
	// lapseAfter is how long after its planned end, or its start where it has none, a session that never opened is cancelled
	// by itself (S3).
	lapseAfter = 24 * time.Hour
	// vacantFor is how long nobody is connected to an open session past its end until it ends by itself (S3).
	vacantFor = time.Hour
	// lapseBatch is how many sessions one look takes up; the next look takes up the rest.
	lapseBatch = 100
)

// Lapse cancels the sessions that never opened and ends those that everyone has left, as the clock says. Somebody calls it
// every minute or so; how long nobody was connected is counted from call to call.
func (s *Rooms) Lapse(ctx context.Context) error {
	now := s.Now()
	stale, err := s.db.Session.Query().Where(
		session.StateEQ(session.StateScheduled),
		session.Or(
			session.EndsAtLT(now.Add(-lapseAfter)),
			session.And(session.EndsAtIsNil(), session.StartsAtLT(now.Add(-lapseAfter))),
		),
	).Limit(lapseBatch).All(ctx)
	if err != nil {
		return fmt.Errorf("look for sessions that never opened: %w", err)
	}
	past, err := s.db.Session.Query().Where(session.StateEQ(session.StateOpen), session.EndsAtLT(now)).All(ctx)
	if err != nil {
		return fmt.Errorf("look for open sessions: %w", err)
	}
	var failed error
	for _, of := range stale {
		failed = errors.Join(failed, s.bySelf(ctx, of, session.StateScheduled, (*turn).cancel))
	}
	for _, of := range s.vacated(past, now) {
		failed = errors.Join(failed, s.bySelf(ctx, of, session.StateOpen, (*turn).end))
	}
	return failed
}

// vacated returns those of the open sessions to which nobody was connected for vacantFor.
func (s *Rooms) vacated(open []*ent.Session, now time.Time) (vacated []*ent.Session) {
	s.vacantMu.Lock()
	defer s.vacantMu.Unlock()
	since := make(map[string]time.Time, len(open))
	for _, of := range open {
		if s.Options.Presence.Anyone(of.RoomID) {
			continue
		}
		if before, ok := s.vacant[of.ID]; ok {
			since[of.ID] = before
		} else {
			since[of.ID] = now
		}
		if now.Sub(since[of.ID]) >= vacantFor {
			vacated = append(vacated, of)
		}
	}
	s.vacant = since
	return vacated
}

// bySelf does to a session what nobody asked for, where it is still as it was found.
func (s *Rooms) bySelf(ctx context.Context, of *ent.Session, as session.State, do func(*turn, *ent.Session) error) error {
	err := s.Log.Write(ctx, func(tx *live.Tx) error {
		r, err := tx.Lock(ctx, of.RoomID)
		if err != nil {
			return err
		}
		now, err := tx.Session.Get(ctx, of.ID)
		if err != nil || now.State != as || !now.StartsAt.Equal(of.StartsAt) {
			return err
		}
		return do(&turn{Tx: tx, ctx: ctx, room: r}, now)
	})
	if errors.Is(err, problem.ErrNotFound) {
		return nil // its room is deleted
	}
	return err
}
