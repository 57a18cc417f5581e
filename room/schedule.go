package room

import (
	"context"
	"fmt"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/ent/invitation"
	"usher/ent/mail"
	"usher/ent/session"
	"usher/live"
	"usher/problem"
	"usher/role"
)

// ScheduleSessionInput plans the next session of a room.
type ScheduleSessionInput struct {
	RoomID   string
	StartsAt time.Time
	EndsAt   *time.Time
}

// Schedule plans the room's next session. Returns SESSION_EXISTS if one is open or to come, INVALID_TIME.
func (s *Sessions) Schedule(ctx context.Context, actor auth.Actor, in ScheduleSessionInput) (planned *ent.Session, shown *Room, err error) {
	err = s.act(ctx, actor, in.RoomID, role.RunSessions, func(t *Turn) error {
		if err := noOtherSession(t, ""); err != nil {
			return err
		}
		if err := checkTimes(t.Tx.At, in.StartsAt, in.EndsAt); err != nil {
			return err
		}
		if planned, err = planSession(t, in.StartsAt, in.EndsAt); err != nil {
			return err
		}
		shown, err = t.Shown()
		return err
	})
	return planned, shown, err
}

// planSession creates a session and makes it the room's current one.
func planSession(t *Turn, startsAt time.Time, endsAt *time.Time) (*ent.Session, error) {
	created, err := t.Tx.Session.Create().SetRoomID(t.Room.ID).SetStartsAt(startsAt).SetNillableEndsAt(endsAt).
		SetCreatedAt(t.Tx.At).Save(t.ctx)
	if err != nil {
		return nil, fmt.Errorf("create session: %w", err)
	}
	if err := t.tools.planned(t, created); err != nil {
		return nil, err
	}
	if err := makeCurrent(t, created.ID); err != nil {
		return nil, err
	}
	e := live.Entry{SessionID: created.ID}
	e.Detail.StartsAt = &startsAt
	return created, t.Emit(sessionScheduled, e)
}

func makeCurrent(t *Turn, sessionID string) error {
	err := t.Tx.Room.UpdateOneID(t.Room.ID).SetCurrentSessionID(sessionID).Exec(t.ctx)
	if err != nil {
		return fmt.Errorf("set current session: %w", err)
	}
	return nil
}

// Rescheduling plans a session for another time.
type Rescheduling struct {
	SessionID string
	StartsAt  time.Time
	// EndsAt is the new end, nil for none. With KeepLength the session lasts as long as before instead.
	EndsAt     *time.Time
	KeepLength bool
	// Notify emails the new time to those who got an email (D3).
	Notify bool
}

// Reschedule plans a session for another time. Invitations that expire with it follow, and a link's own expiry moves with the
// start (I5). Returns SESSION_OPEN, SESSION_ENDED, SESSION_CANCELLED, INVALID_TIME.
func (s *Sessions) Reschedule(ctx context.Context, actor auth.Actor, in Rescheduling) (*Room, error) {
	return s.actOn(ctx, actor, in.SessionID, func(t *Turn, of *ent.Session) error {
		if err := overProblem(of); err != nil {
			return err
		}
		if of.State == session.StateOpen {
			return problem.New(problem.SessionOpen)
		}
		startsAt, endsAt := in.StartsAt, in.EndsAt
		moved := startsAt.Sub(of.StartsAt)
		if in.KeepLength && of.EndsAt != nil {
			at := of.EndsAt.Add(moved)
			endsAt = &at
		}
		if moved == 0 && sameTime(endsAt, of.EndsAt) {
			return nil
		}
		if err := checkTimes(t.Tx.At, startsAt, endsAt); err != nil {
			return err
		}
		u := t.Tx.Session.UpdateOneID(of.ID).SetStartsAt(startsAt).AddSequence(1)
		setOrClear(u.SetEndsAt, u.ClearEndsAt, endsAt)
		if err := u.Exec(t.ctx); err != nil {
			return fmt.Errorf("reschedule session: %w", err)
		}
		if err := moveExpiries(t, of, moved); err != nil {
			return err
		}
		e := live.Entry{SessionID: of.ID}
		e.Detail.PreviousStartsAt, e.Detail.StartsAt = &of.StartsAt, &startsAt
		if err := t.Emit(sessionRescheduled, e); err != nil || !in.Notify {
			return err
		}
		return s.options.Mailing.followUp(t, mail.KindRescheduled, of)
	})
}

// moveExpiries moves the links' own expiries with the start.
func moveExpiries(t *Turn, of *ent.Session, by time.Duration) error {
	if by == 0 {
		return nil
	}
	own, err := t.Tx.Invitation.Query().Where(invitation.SessionID(of.ID), invitation.ExpiresAtNotNil()).All(t.ctx)
	if err != nil {
		return fmt.Errorf("read expiries: %w", err)
	}
	for _, i := range own {
		if err := t.Tx.Invitation.UpdateOneID(i.ID).SetExpiresAt(i.ExpiresAt.Add(by)).Exec(t.ctx); err != nil {
			return fmt.Errorf("move expiry: %w", err)
		}
	}
	return nil
}

// Cancel cancels a session before it opens: its links stop working, and everyone leaves. With notify, those who got an email get another
// one (D3). Returns SESSION_OPEN, SESSION_ENDED. A
// cancelled one stays as it is.
func (s *Sessions) Cancel(ctx context.Context, actor auth.Actor, sessionID string, notify bool) (*Room, error) {
	return s.actOn(ctx, actor, sessionID, func(t *Turn, of *ent.Session) error {
		switch of.State {
		case session.StateCancelled:
			return nil
		case session.StateOpen:
			return problem.New(problem.SessionOpen)
		case session.StateEnded:
			return problem.New(problem.SessionEnded)
		case session.StateScheduled:
		}
		if notify {
			if err := s.options.Mailing.followUp(t, mail.KindCancelled, of); err != nil {
				return err
			}
		}
		return cancelSession(t, of)
	})
}

func cancelSession(t *Turn, of *ent.Session) error {
	err := t.Tx.Session.UpdateOneID(of.ID).SetState(session.StateCancelled).SetEndedAt(t.Tx.At).AddSequence(1).Exec(t.ctx)
	if err != nil {
		return fmt.Errorf("cancel session: %w", err)
	}
	if err := moveEveryoneOut(t, of); err != nil {
		return err
	}
	return t.Emit(sessionCancelled, live.Entry{SessionID: of.ID})
}
