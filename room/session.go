package room

import (
	"context"
	"fmt"
	"strings"
	"time"
	_ "time/tzdata" // zones are judged alike on every machine

	"usher/auth"
	"usher/ent"
	"usher/ent/invitation"
	"usher/ent/participant"
	"usher/ent/predicate"
	"usher/ent/session"
	"usher/live"
	"usher/problem"
	"usher/role"
)

const (
	// reopenTerm limits how long after its end a session can be reopened (S2).
	reopenTerm = 24 * time.Hour
	// maxLength limits how long a session is planned for (E2), and how long one without an end counts as to come.
	maxLength = 24 * time.Hour
	// startLag limits how far in the past a session may be planned to start (E2).
	startLag = 5 * time.Minute
)

// actOn runs a command on a session, and shows its room afterwards.
func (s *Sessions) actOn(
	ctx context.Context, actor auth.Actor, id string, fn func(t *Turn, of *ent.Session) error,
) (shown *Room, err error) {
	err = actOn(ctx, s.core, actor, found[*ent.Session]{
		id: id,
		room: func(ctx context.Context, c *ent.Client, id string) ([]string, error) {
			return c.Session.Query().Where(session.ID(id)).Select(session.FieldRoomID).Strings(ctx)
		},
		read: func(ctx context.Context, tx *live.Tx, id string) (*ent.Session, error) {
			return tx.Session.Get(ctx, id)
		},
		may: func(t *Turn, _ *ent.Session) error {
			if !t.Sight.Can(role.RunSessions) {
				return problem.ErrForbidden
			}
			return nil
		},
	}, func(t *Turn, of *ent.Session) error {
		if err := fn(t, of); err != nil {
			return err
		}
		shown, err = t.Shown()
		return err
	})
	return shown, err
}

// Start opens a session, also before its time. It reopens one that ended at most a day ago. Those who count down or have left
// are then in the lobby. Returns SESSION_CANCELLED, SESSION_ENDED for one that ended earlier, SESSION_EXISTS if another is open
// or to come. An open one stays as it is.
func (s *Sessions) Start(ctx context.Context, actor auth.Actor, sessionID string) (*Room, error) {
	return s.actOn(ctx, actor, sessionID, func(t *Turn, of *ent.Session) error {
		switch of.State {
		case session.StateOpen:
			return nil
		case session.StateCancelled:
			return problem.New(problem.SessionCancelled)
		case session.StateEnded:
			if t.Tx.At.After(of.EndedAt.Add(reopenTerm)) {
				return problem.New(problem.SessionEnded)
			}
			if err := noOtherSession(t, of.ID); err != nil {
				return err
			}
		case session.StateScheduled:
		}
		err := t.Tx.Session.UpdateOneID(of.ID).SetState(session.StateOpen).SetOpenedAt(t.Tx.At).ClearEndedAt().ClearOccupiedAt().Exec(ctx)
		if err != nil {
			return fmt.Errorf("open session: %w", err)
		}
		if err := makeCurrent(t, of.ID); err != nil {
			return err
		}
		err = t.Tx.Participant.Update().
			Where(participant.SessionID(of.ID), participant.StateIn(movedByStart...), holdsPlace()).
			SetState(participant.StateLobby).Exec(ctx)
		if err != nil {
			return fmt.Errorf("move participants: %w", err)
		}
		return t.Emit(sessionStarted, live.Entry{SessionID: of.ID})
	})
}

// holdsPlace selects places without an invitation, and those whose invitation still gives access.
func holdsPlace() predicate.Participant {
	return participant.Or(
		participant.InvitationIDIsNil(),
		participant.HasInvitationWith(invitation.RedeemedAtNotNil(), invitation.RevokedAtIsNil()),
	)
}

// noOtherSession returns SESSION_EXISTS if another session of the room is open or to come (S1).
func noOtherSession(t *Turn, sessionID string) error {
	exists, err := t.Tx.Session.Query().Where(
		session.RoomID(t.Room.ID), session.IDNEQ(sessionID), session.StateIn(session.StateScheduled, session.StateOpen),
	).Exist(t.ctx)
	if err != nil {
		return fmt.Errorf("look for sessions: %w", err)
	}
	if exists {
		return problem.New(problem.SessionExists)
	}
	return nil
}

// End ends an open session, and everyone leaves. Returns SESSION_NOT_OPEN for one that never opened, SESSION_CANCELLED. An ended
// one stays as it is.
func (s *Sessions) End(ctx context.Context, actor auth.Actor, sessionID string) (*Room, error) {
	return s.actOn(ctx, actor, sessionID, func(t *Turn, of *ent.Session) error {
		switch of.State {
		case session.StateScheduled:
			return problem.New(problem.SessionNotOpen).Retry(of.StartsAt)
		case session.StateCancelled:
			return problem.New(problem.SessionCancelled)
		case session.StateEnded:
			return nil
		case session.StateOpen:
		}
		return endSession(t, of)
	})
}

func endSession(t *Turn, of *ent.Session) error {
	if err := t.Tx.Session.UpdateOneID(of.ID).SetState(session.StateEnded).SetEndedAt(t.Tx.At).Exec(t.ctx); err != nil {
		return fmt.Errorf("end session: %w", err)
	}
	if err := moveEveryoneOut(t, of); err != nil {
		return err
	}
	return t.Emit(sessionEnded, live.Entry{SessionID: of.ID})
}

// moveEveryoneOut makes everyone leave a session that is over. The session's own event reports it (P1).
func moveEveryoneOut(t *Turn, of *ent.Session) error {
	if err := t.tools.over(t, of); err != nil {
		return err
	}
	err := t.Tx.Participant.Update().
		Where(participant.SessionID(of.ID), participant.StateIn(movedByEnd...)).
		SetState(participant.StateLeft).ClearWaitingSince().Exec(t.ctx)
	if err != nil {
		return fmt.Errorf("move participants: %w", err)
	}
	return nil
}

// sessionToCome returns the room's session. Returns SESSION_ENDED or SESSION_CANCELLED unless it is open or to come.
func sessionToCome(ctx context.Context, c *ent.Client, r *ent.Room) (*ent.Session, error) {
	if r.CurrentSessionID == nil {
		return nil, overProblem(nil)
	}
	of, err := c.Session.Get(ctx, *r.CurrentSessionID)
	if err != nil {
		return nil, fmt.Errorf("read session: %w", err)
	}
	return of, overProblem(of)
}

// overProblem returns SESSION_ENDED or SESSION_CANCELLED for a session that is over.
func overProblem(of *ent.Session) error {
	switch {
	case of == nil || of.State == session.StateEnded:
		return problem.New(problem.SessionEnded)
	case of.State == session.StateCancelled:
		return problem.New(problem.SessionCancelled)
	}
	return nil
}

// checkTimes checks when a session is planned for (E2). Returns INVALID_TIME with the field.
func checkTimes(now, startsAt time.Time, endsAt *time.Time) error {
	if startsAt.Before(now.Add(-startLag)) {
		return problem.New(problem.InvalidTime).At("startsAt").Saying("Choose a start that is not in the past.")
	}
	if endsAt == nil {
		return nil
	}
	if !endsAt.After(startsAt) {
		return problem.New(problem.InvalidTime).At("endsAt").Saying("Choose an end that is after the start.")
	}
	if endsAt.After(startsAt.Add(maxLength)) {
		return problem.New(problem.InvalidTime).At("endsAt").Saying("A session can last 24 hours at most. Choose an earlier end.")
	}
	return nil
}

// linksEnd returns when a link without an expiry of its own stops working if the session never opens: half an hour after the
// planned end, or a day after the start (I5).
func linksEnd(of *ent.Session) time.Time {
	if of.EndsAt != nil {
		return of.EndsAt.Add(auth.GuestGrace)
	}
	return of.StartsAt.Add(maxLength)
}

// knownZone reports whether a name is in the IANA time zone database. `Local` and the empty name are this machine's.
func knownZone(name string) bool {
	if name == "" || strings.EqualFold(name, "local") {
		return false
	}
	_, err := time.LoadLocation(name)
	return err == nil
}

// List returns the sessions of a room, newest first. It returns none to somebody who may no longer see the room.
func (s *Sessions) List(ctx context.Context, r *Room, page Page) (l List[*ent.Session], err error) {
	if r.Sight.Former {
		return l, nil
	}
	where := []predicate.Session{session.RoomID(r.ID)}
	all := s.db.Session.Query().Where(where...)
	if parts, ok, err := Position(page.After, 2); err != nil {
		return l, err
	} else if ok {
		at, err := positionTime(parts[0])
		if err != nil {
			return l, err
		}
		where = append(where, session.Or(
			session.CreatedAtLT(at), session.And(session.CreatedAtEQ(at), session.IDLT(parts[1])),
		))
	}
	rows, err := s.db.Session.Query().Where(where...).
		Order(ent.Desc(session.FieldCreatedAt, session.FieldID)).Limit(page.First + 1).All(ctx)
	if err != nil {
		return l, fmt.Errorf("list sessions: %w", err)
	}
	total, err := TotalOf(ctx, page, len(rows), all.Count)
	if err != nil {
		return l, fmt.Errorf("count sessions: %w", err)
	}
	l = Cut(rows, page,
		func(r *ent.Session) *ent.Session { return r },
		func(r *ent.Session) string { return Cursor(r.CreatedAt.UTC().Format(cursorTime), r.ID) })
	l.Total = total
	return l, nil
}
