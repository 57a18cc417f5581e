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
	// reopenTerm is how long after its end a session can be opened again (S2).
	reopenTerm = 24 * time.Hour
	// maxLength is the longest that a session is planned for (E2), and how long one without an end counts as to come.
	maxLength = 24 * time.Hour
	// startLag is how far in the past a session may be planned to start (E2).
	startLag = 5 * time.Minute
)

// session returns the room's current session, nil where there never was one.
func (t *turn) session() (*ent.Session, error) {
	if t.room.CurrentSessionID == nil {
		return nil, nil
	}
	now, err := t.Session.Get(t.ctx, *t.room.CurrentSessionID)
	if err != nil {
		return nil, fmt.Errorf("read session: %w", err)
	}
	return now, nil
}

// actOnSession is act on the room of a session.
func (s *Rooms) actOnSession(
	ctx context.Context, actor auth.Actor, sessionID string, fn func(t *turn, of *ent.Session) error,
) (shown *Room, err error) {
	if err := s.someone(ctx, actor); err != nil {
		return nil, err
	}
	found, err := s.db.Session.Query().Where(session.ID(sessionID)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, problem.ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("read session: %w", err)
	}
	err = s.act(ctx, actor, found.RoomID, role.RunSessions, func(t *turn) error {
		of, err := t.Session.Get(ctx, sessionID)
		if err != nil {
			return fmt.Errorf("read session: %w", err)
		}
		if err := fn(t, of); err != nil {
			return err
		}
		shown, err = t.shown()
		return err
	})
	return shown, err
}

// Start opens a session, also before its time, and one that ended not more than a day ago again: who counts down, or had
// left, is in the lobby. Returns SESSION_CANCELLED, SESSION_ENDED for one that ended earlier, SESSION_EXISTS where another is
// open or to come. An open one stays as it is.
func (s *Rooms) Start(ctx context.Context, actor auth.Actor, sessionID string) (*Room, error) {
	return s.actOnSession(ctx, actor, sessionID, func(t *turn, of *ent.Session) error {
		switch of.State {
		case session.StateOpen:
			return nil
		case session.StateCancelled:
			return problem.New(problem.SessionCancelled)
		case session.StateEnded:
			if t.At.After(of.EndedAt.Add(reopenTerm)) {
				return problem.New(problem.SessionEnded)
			}
			if err := t.noOther(of.ID); err != nil {
				return err
			}
		case session.StateScheduled:
		}
		err := t.Session.UpdateOneID(of.ID).SetState(session.StateOpen).SetOpenedAt(t.At).ClearEndedAt().ClearOccupiedAt().Exec(ctx)
		if err != nil {
			return fmt.Errorf("open session: %w", err)
		}
		if err := t.makeCurrent(of.ID); err != nil {
			return err
		}
		err = t.Participant.Update().
			Where(participant.SessionID(of.ID), participant.StateIn(participant.StateCountdown, participant.StateLeft), holdsPlace()).
			SetState(participant.StateLobby).Exec(ctx)
		if err != nil {
			return fmt.Errorf("move participants: %w", err)
		}
		return t.emit(live.Entry{Kind: live.SessionStarted, SessionID: of.ID})
	})
}

// holdsPlace selects the places that their invitation, where they have one, still gives.
func holdsPlace() predicate.Participant {
	return participant.Or(
		participant.InvitationIDIsNil(),
		participant.HasInvitationWith(invitation.RedeemedAtNotNil(), invitation.RevokedAtIsNil()),
	)
}

// noOther answers SESSION_EXISTS where a session of the room beside this one is open or to come (S1).
func (t *turn) noOther(sessionID string) error {
	exists, err := t.Session.Query().Where(
		session.RoomID(t.room.ID), session.IDNEQ(sessionID), session.StateIn(session.StateScheduled, session.StateOpen),
	).Exist(t.ctx)
	if err != nil {
		return fmt.Errorf("look for sessions: %w", err)
	}
	if exists {
		return problem.New(problem.SessionExists)
	}
	return nil
}

// End ends an open session: everyone leaves. Returns SESSION_NOT_OPEN for one that never opened, SESSION_CANCELLED. An ended
// one stays as it is.
func (s *Rooms) End(ctx context.Context, actor auth.Actor, sessionID string) (*Room, error) {
	return s.actOnSession(ctx, actor, sessionID, func(t *turn, of *ent.Session) error {
		switch of.State {
		case session.StateScheduled:
			return problem.New(problem.SessionNotOpen).Retry(of.StartsAt)
		case session.StateCancelled:
			return problem.New(problem.SessionCancelled)
		case session.StateEnded:
			return nil
		case session.StateOpen:
		}
		return t.end(of)
	})
}

func (t *turn) end(of *ent.Session) error {
	if err := t.Session.UpdateOneID(of.ID).SetState(session.StateEnded).SetEndedAt(t.At).Exec(t.ctx); err != nil {
		return fmt.Errorf("end session: %w", err)
	}
	if err := t.moveAllOut(of.ID); err != nil {
		return err
	}
	return t.emit(live.Entry{Kind: live.SessionEnded, SessionID: of.ID})
}

// moveAllOut is what the end of a session does to the places in it, with the session's event alone (P1).
func (t *turn) moveAllOut(sessionID string) error {
	err := t.Participant.Update().
		Where(participant.SessionID(sessionID), participant.StateIn(movedByEnd...)).
		SetState(participant.StateLeft).ClearWaitingSince().Exec(t.ctx)
	if err != nil {
		return fmt.Errorf("move participants: %w", err)
	}
	return nil
}

// checkTimes judges when a session is planned for (E2): INVALID_TIME with the field.
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

// linksEnd is the last instant at which a link without an expiry of its own works while the session has not opened: half an
// hour after the planned end, or a day after the start (I5).
func linksEnd(of *ent.Session) time.Time {
	if of.EndsAt != nil {
		return of.EndsAt.Add(auth.GuestGrace)
	}
	return of.StartsAt.Add(maxLength)
}

// knownZone reports whether a name is of the IANA time zone database; `Local` and the empty name are this machine's.
func knownZone(name string) bool {
	if name == "" || strings.EqualFold(name, "local") {
		return false
	}
	_, err := time.LoadLocation(name)
	return err == nil
}
