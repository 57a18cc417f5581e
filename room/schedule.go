package room

import (
	"context"
	"fmt"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/ent/invitation"
	"usher/ent/session"
	"usher/live"
	"usher/problem"
	"usher/role"
)

// Schedule plans the room's next session. Returns SESSION_EXISTS where one is open or to come, INVALID_TIME.
func (s *Rooms) Schedule(
	ctx context.Context, actor auth.Actor, roomID string, startsAt time.Time, endsAt *time.Time,
) (planned *ent.Session, shown *Room, err error) {
	err = s.act(ctx, actor, roomID, role.RunSessions, func(t *turn) error {
		if err := t.noOther(""); err != nil {
			return err
		}
		if err := checkTimes(t.At, startsAt, endsAt); err != nil {
			return err
		}
		if planned, err = t.schedule(startsAt, endsAt); err != nil {
			return err
		}
		shown, err = t.shown()
		return err
	})
	return planned, shown, err
}

// EndsAt is what a rescheduling says about the end: nothing (the length stays), or another, or none.
type EndsAt struct {
	Given bool
	At    *time.Time
}

// Reschedule plans a session for another time: invitations that expire with it follow, and an expiry of a link's own moves
// with the start (I5). Returns SESSION_OPEN, SESSION_ENDED, SESSION_CANCELLED, INVALID_TIME.
func (s *Rooms) Reschedule(ctx context.Context, actor auth.Actor, sessionID string, startsAt time.Time, end EndsAt) (*Room, error) {
	return s.actOnSession(ctx, actor, sessionID, func(t *turn, of *ent.Session) error {
		if err := overProblem(of); err != nil {
			return err
		}
		if of.State == session.StateOpen {
			return problem.New(problem.SessionOpen)
		}
		moved := startsAt.Sub(of.StartsAt)
		endsAt := end.At
		if !end.Given && of.EndsAt != nil {
			at := of.EndsAt.Add(moved)
			endsAt = &at
		}
		if moved == 0 && sameTime(endsAt, of.EndsAt) {
			return nil
		}
		if err := checkTimes(t.At, startsAt, endsAt); err != nil {
			return err
		}
		u := t.Session.UpdateOneID(of.ID).SetStartsAt(startsAt).SetNillableEndsAt(endsAt)
		if endsAt == nil {
			u.ClearEndsAt()
		}
		if err := u.Exec(t.ctx); err != nil {
			return fmt.Errorf("reschedule session: %w", err)
		}
		if err := t.moveExpiries(of, moved); err != nil {
			return err
		}
		e := live.Entry{Kind: live.SessionRescheduled, SessionID: of.ID}
		e.Detail.PreviousStartsAt, e.Detail.StartsAt = &of.StartsAt, &startsAt
		return t.emit(e)
	})
}

// moveExpiries moves the links' own expiries with the start. Each keeps its distance to it.
func (t *turn) moveExpiries(of *ent.Session, by time.Duration) error {
	if by == 0 {
		return nil
	}
	own, err := t.Invitation.Query().Where(invitation.SessionID(of.ID), invitation.ExpiresAtNotNil()).All(t.ctx)
	if err != nil {
		return fmt.Errorf("read expiries: %w", err)
	}
	for _, i := range own {
		if err := t.Invitation.UpdateOneID(i.ID).SetExpiresAt(i.ExpiresAt.Add(by)).Exec(t.ctx); err != nil {
			return fmt.Errorf("move expiry: %w", err)
		}
	}
	return nil
}

// Cancel calls a session off before it opens: its links stop, everyone leaves. Returns SESSION_OPEN, SESSION_ENDED. A
// cancelled one stays as it is.
func (s *Rooms) Cancel(ctx context.Context, actor auth.Actor, sessionID string) (*Room, error) {
	return s.actOnSession(ctx, actor, sessionID, func(t *turn, of *ent.Session) error {
		switch of.State {
		case session.StateCancelled:
			return nil
		case session.StateOpen:
			return problem.New(problem.SessionOpen)
		case session.StateEnded:
			return problem.New(problem.SessionEnded)
		case session.StateScheduled:
		}
		return t.cancel(of)
	})
}

func (t *turn) cancel(of *ent.Session) error {
	err := t.Session.UpdateOneID(of.ID).SetState(session.StateCancelled).SetEndedAt(t.At).Exec(t.ctx)
	if err != nil {
		return fmt.Errorf("cancel session: %w", err)
	}
	if err := t.moveAllOut(of.ID); err != nil {
		return err
	}
	return t.emit(live.Entry{Kind: live.SessionCancelled, SessionID: of.ID})
}
