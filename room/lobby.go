package room

import (
	"context"
	"errors"
	"fmt"

	"usher/auth"
	"usher/ent"
	"usher/ent/participant"
	entroom "usher/ent/room"
	"usher/ent/session"
	"usher/problem"
	"usher/role"
)

// inPlace is act on the asker's own place in a room.
func (s *Rooms) inPlace(
	ctx context.Context, actor auth.Actor, roomID string, fn func(t *turn, of *ent.Session) (*ent.Participant, error),
) (shown *Participant, err error) {
	err = s.act(ctx, actor, roomID, role.SeeRoom, func(t *turn) error {
		of, err := t.session()
		if err != nil {
			return err
		}
		p, err := fn(t, of)
		if err != nil {
			return err
		}
		shown = t.showParticipant(p)
		return nil
	})
	return shown, err
}

// showParticipant shows a participant to the asker as they stand after the change: it may be their own place.
func (t *turn) showParticipant(p *ent.Participant) *Participant {
	sight := t.sight
	if sight.Own == nil || sight.Own.ID == p.ID {
		sight.take(t.room, p)
	}
	return &Participant{p, sight}
}

// take makes p the asker's own place.
func (s *Sight) take(r *ent.Room, p *ent.Participant) {
	s.Own, s.Place = p, p.Role
	s.InRoom = p.State == participant.StateInRoom && current(r, p)
}

// Enter brings the asker one step on: from the lobby into the room, or among those who wait, where admission is by approval.
// Who manages the room, and where access is MEMBERS who is signed in, gets a place by it. Asked again, it changes nothing.
// Returns SESSION_NOT_OPEN with the start, SESSION_ENDED, SESSION_CANCELLED, ROOM_NOT_AVAILABLE, PARTICIPANT_BLOCKED,
// ENTRY_DENIED.
func (s *Rooms) Enter(ctx context.Context, actor auth.Actor, roomID string) (*Participant, error) {
	entered, err := s.inPlace(ctx, actor, roomID, func(t *turn, of *ent.Session) (*ent.Participant, error) {
		p := t.ownPlaceIn(of)
		if err := t.mayHavePlace(p, of); err != nil {
			return nil, err
		}
		switch {
		case of == nil || of.State == session.StateEnded || of.State == session.StateCancelled:
			return nil, overProblem(of)
		case of.State == session.StateScheduled:
			return nil, problem.New(problem.SessionNotOpen).Retry(of.StartsAt)
		}
		if p != nil && (p.State == participant.StateInRoom || p.State == participant.StateWaiting) {
			return p, nil
		}
		if err := t.mayEnter(p); err != nil {
			return nil, err
		}
		if p == nil {
			var err error
			if p, err = t.ownPlaceMade(of); err != nil {
				return nil, err
			}
		}
		if deniedForGood(p) {
			return nil, problem.New(problem.EntryDenied)
		}
		to := participant.StateWaiting
		if t.entersAtOnce(p) {
			to = participant.StateInRoom
		}
		return t.moved(p, to)
	})
	if err == nil || !errors.Is(err, problem.ErrNotFound) && !errors.Is(err, problem.ErrUnauthenticated) {
		return entered, err
	}
	// A blocked place opens nothing, but its holder is told why.
	named, lookErr := s.namedBy(ctx, s.db, actor)
	if lookErr != nil {
		return nil, lookErr
	}
	for _, p := range named {
		if p.RoomID != roomID || p.State != participant.StateBlocked {
			continue
		}
		here, lookErr := s.db.Room.Query().
			Where(entroom.ID(roomID), entroom.CurrentSessionID(p.SessionID), entroom.DeletedAtIsNil()).Exist(ctx)
		if lookErr != nil {
			return nil, fmt.Errorf("read room: %w", lookErr)
		}
		if here {
			return nil, problem.New(problem.ParticipantBlocked)
		}
	}
	return nil, err
}

// mayHavePlace judges who has no place in the session yet: PARTICIPANT_BLOCKED where the email is blocked in it, whatever the
// way in (L7); problem.ErrForbidden to who sees the room by a place in another session alone.
func (t *turn) mayHavePlace(p *ent.Participant, of *ent.Session) error {
	if p != nil {
		return nil
	}
	if t.actor.User != nil && of != nil {
		blocked, err := t.Participant.Query().Where(
			participant.SessionID(of.ID), participant.Email(t.actor.User.Email), participant.StateEQ(participant.StateBlocked),
		).Exist(t.ctx)
		if err != nil {
			return fmt.Errorf("look for block: %w", err)
		}
		if blocked {
			return problem.New(problem.ParticipantBlocked)
		}
	}
	if !t.sight.Manages() && !t.sight.Member {
		return problem.ErrForbidden
	}
	return nil
}

// mayEnter answers ROOM_NOT_AVAILABLE to guests while invitations or Chat & Collaboration are off (R7).
func (t *turn) mayEnter(p *ent.Participant) error {
	if t.sight.Manages() || p == nil || p.InvitationID == nil {
		return nil
	}
	policy, err := readPolicy(t.ctx, t.Client())
	if err != nil {
		return err
	}
	if !policy.Invitations || !t.room.ChatAndCollaboration {
		return problem.New(problem.RoomNotAvailable)
	}
	return nil
}

// entersAtOnce reports whether a participant needs nobody's approval (P2).
func (t *turn) entersAtOnce(p *ent.Participant) bool {
	if t.sight.Manages() {
		return true
	}
	fresh := p.State == participant.StateLobby || p.State == participant.StateLeft
	return fresh && (p.Admitted || !p.Removed && t.room.Admission == entroom.AdmissionAutomatic)
}

// ownPlaceIn returns the asker's place in the current session, nil where there is none.
func (t *turn) ownPlaceIn(of *ent.Session) *ent.Participant {
	if own := t.sight.Own; own != nil && of != nil && own.SessionID == of.ID {
		return own
	}
	return nil
}

// ownPlaceMade gives the signed-in asker a place in the session: a manager's with the role MODERATOR, a member's as VIEWER.
func (t *turn) ownPlaceMade(of *ent.Session) (*ent.Participant, error) {
	u, err := t.actor.SignedIn()
	if err != nil {
		return nil, err
	}
	as := role.Viewer
	if t.sight.Manages() {
		as = role.Moderator
	}
	earlier, err := t.Participant.Query().Where(participant.SessionID(of.ID), participant.UserID(u.ID)).Only(t.ctx)
	if err == nil { // an invitation had joined it, and gives it no longer (I9)
		back := t.Participant.UpdateOneID(earlier.ID).ClearInvitationID().SetRole(as)
		if as != earlier.Role {
			back.AddRoleRevision(1)
		}
		p, err := back.Save(t.ctx)
		return p, wrapped("bring back place", err)
	}
	if !ent.IsNotFound(err) {
		return nil, fmt.Errorf("read place: %w", err)
	}
	p, err := t.Participant.Create().SetRoomID(t.room.ID).SetSessionID(of.ID).SetUserID(u.ID).SetEmail(u.Email).
		SetDisplayName(t.actor.Name()).SetRole(as).SetState(participant.StateLobby).SetCreatedAt(t.At).Save(t.ctx)
	return p, wrapped("create participant", err)
}

// moved is move, and the participant afterwards.
func (t *turn) moved(p *ent.Participant, to participant.State) (*ent.Participant, error) {
	if p.State == to {
		return p, nil
	}
	if err := t.move(p, to); err != nil {
		return nil, err
	}
	after, err := t.Participant.Get(t.ctx, p.ID)
	return after, wrapped("read participant", err)
}

// Leave takes the asker back: out of the room, or out of the queue into the lobby. Elsewhere it changes nothing.
func (s *Rooms) Leave(ctx context.Context, actor auth.Actor, roomID string) (*Participant, error) {
	return s.inPlace(ctx, actor, roomID, func(t *turn, of *ent.Session) (*ent.Participant, error) {
		p := t.ownPlaceIn(of)
		if p == nil {
			return nil, problem.ErrNotFound
		}
		switch p.State { //nolint:exhaustive // everywhere else there is nothing to leave
		case participant.StateWaiting:
			return t.moved(p, participant.StateLobby)
		case participant.StateInRoom:
			return t.moved(p, participant.StateLeft)
		}
		return p, nil
	})
}

// actOnParticipant is act on the room of a participant of its current session whom the asker may see.
func (s *Rooms) actOnParticipant(
	ctx context.Context, actor auth.Actor, id string, action role.Action, fn func(t *turn, p *ent.Participant) (*ent.Participant, error),
) (shown *Participant, err error) {
	if err := s.someone(ctx, actor); err != nil {
		return nil, err
	}
	found, err := s.db.Participant.Get(ctx, id)
	if ent.IsNotFound(err) {
		return nil, problem.ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("read participant: %w", err)
	}
	err = s.act(ctx, actor, found.RoomID, role.SeeRoom, func(t *turn) error {
		p, err := t.Participant.Get(ctx, id)
		if err != nil {
			return fmt.Errorf("read participant: %w", err)
		}
		if !t.sight.sees(p) {
			return problem.ErrNotFound
		}
		if !t.sight.Can(action) || t.isSelf(p) {
			return problem.ErrForbidden // nobody changes, removes or denies themselves (R2)
		}
		if p, err = fn(t, p); err != nil {
			return err
		}
		shown = t.showParticipant(p)
		return nil
	})
	return shown, err
}

func (t *turn) isSelf(p *ent.Participant) bool {
	return t.sight.Own != nil && t.sight.Own.ID == p.ID || p.UserID != nil && *p.UserID == t.actor.UserID()
}

// managerless answers ALREADY_MANAGER for the place of one who manages the room (R3).
func (t *turn) managerless(p *ent.Participant) error {
	managed, err := t.managed(p)
	if err == nil && managed {
		err = problem.New(problem.AlreadyManager)
	}
	return err
}
