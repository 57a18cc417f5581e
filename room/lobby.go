package room

import (
	"context"
	"errors"
	"fmt"

	"usher/auth"
	"usher/ent"
	"usher/ent/participant"
	entroom "usher/ent/room"
	"usher/ent/schema"
	"usher/ent/session"
	"usher/problem"
	"usher/role"
)

// Enter takes the asker from the lobby into the room, or into the queue if somebody has to admit them. Managers get a place by
// entering, and so does every account if access is MEMBERS. A second call changes nothing. Returns SESSION_NOT_OPEN with the
// start, SESSION_ENDED, SESSION_CANCELLED, ROOM_NOT_AVAILABLE, PARTICIPANT_BLOCKED, ENTRY_DENIED.
func (s *Places) Enter(ctx context.Context, actor auth.Actor, roomID string) (*Participant, error) {
	entered, err := s.inPlace(ctx, actor, roomID, func(t *Turn, of *ent.Session, p *ent.Participant) (*ent.Participant, error) {
		if err := mayHavePlace(t, p); err != nil {
			return nil, err
		}
		switch {
		case of == nil || of.State == session.StateEnded || of.State == session.StateCancelled:
			return nil, overProblem(of)
		case of.State == session.StateScheduled:
			return nil, problem.New(problem.SessionNotOpen).Retry(of.StartsAt)
		}
		if p != nil && (p.State == participant.StateInRoom || p.State == participant.StateWaiting && !t.Sight.Manages()) {
			return p, nil
		}
		if err := mayEnter(t, p); err != nil {
			return nil, err
		}
		if p == nil {
			var err error
			if p, err = makeOwnPlace(t, of); err != nil {
				return nil, err
			}
		}
		if deniedForGood(p) {
			return nil, problem.New(problem.EntryDenied)
		}
		to := participant.StateWaiting
		if EntersAtOnce(t.Room, p, t.Sight.Manages()) {
			to = participant.StateInRoom
		}
		return t.move(p, to)
	})
	if err == nil || !errors.Is(err, problem.ErrNotFound) && !errors.Is(err, problem.ErrUnauthenticated) {
		return entered, err
	}
	// A blocked place gives no access, but its holder learns why.
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

// mayHavePlace checks an asker without a place in the session. Returns PARTICIPANT_BLOCKED if their email is blocked in it,
// whatever the way in (L7), and problem.ErrForbidden if they see the room only by a place in another session.
func mayHavePlace(t *Turn, p *ent.Participant) error {
	if p != nil {
		return nil
	}
	if t.actor.User != nil && t.crowd.blocked(t.actor.User.Email) {
		return problem.New(problem.ParticipantBlocked)
	}
	if !t.Sight.Manages() && !t.Sight.Member {
		return problem.ErrForbidden
	}
	return nil
}

// mayEnter returns ROOM_NOT_AVAILABLE to guests while invitations or Chat & Collaboration are off (R7).
func mayEnter(t *Turn, p *ent.Participant) error {
	if t.Sight.Manages() || p == nil || p.InvitationID == nil {
		return nil
	}
	policy, err := t.crowd.readPolicy()
	if err != nil {
		return err
	}
	if !policy.Invitations || !t.Room.ChatAndCollaboration {
		return problem.New(problem.RoomNotAvailable)
	}
	return nil
}

// EntersAtOnce reports whether a participant needs no approval (P2). manages says whether they are a manager of the room. Approval
// holds nobody who may admit others, unless they were removed or denied.
func EntersAtOnce(r *ent.Room, p *ent.Participant, manages bool) bool {
	if manages || p.State == participant.StateInRoom {
		return true
	}
	fresh := p.State == participant.StateCountdown || p.State == participant.StateLobby || p.State == participant.StateLeft
	return fresh && EntersFromLobby(r.Admission, p, manages)
}

// EntersFromLobby reports whether a participant would need no approval in the lobby of a room with this admission.
func EntersFromLobby(admission entroom.Admission, p *ent.Participant, manages bool) bool {
	return manages || p.Admitted || !p.Removed && (admission == entroom.AdmissionAutomatic || mayAdmit(p.Role))
}

// makeOwnPlace gives the signed-in asker a place in the session, with the role MODERATOR for managers and VIEWER for members.
func makeOwnPlace(t *Turn, of *ent.Session) (*ent.Participant, error) {
	u, err := t.actor.SignedIn()
	if err != nil {
		return nil, err
	}
	as := role.Viewer
	if t.Sight.Manages() {
		as = role.Moderator
	}
	if earlier := t.crowd.placeOf(u.ID); earlier != nil { // an invitation had joined it, and no longer gives access (I9)
		if deniedForGood(earlier) {
			return earlier, nil
		}
		back := t.Tx.Participant.UpdateOneID(earlier.ID).ClearInvitationID().SetRole(as)
		if as != earlier.Role {
			back.AddRoleRevision(1)
		}
		p, err := back.Save(t.ctx)
		if err != nil {
			return nil, fmt.Errorf("bring back place: %w", err)
		}
		p.Edges.Session = of
		t.later.know(p)
		return p, nil
	}
	p := &ent.Participant{
		ID: schema.NewID("p"), RoomID: t.Room.ID, SessionID: of.ID, UserID: &u.ID, Email: u.Email, DisplayName: t.actor.Name(), Role: as,
		RoleRevision: 1, State: participant.StateLobby, CreatedAt: t.Tx.At,
	}
	p.Edges.Session = of
	t.later.add(p)
	return p, nil
}

// Leave takes the asker out of the room, or out of the queue into the lobby. Elsewhere it changes nothing.
func (s *Places) Leave(ctx context.Context, actor auth.Actor, roomID string) (*Participant, error) {
	return s.inPlace(ctx, actor, roomID, func(t *Turn, _ *ent.Session, p *ent.Participant) (*ent.Participant, error) {
		if p == nil {
			return nil, problem.ErrNotFound
		}
		switch p.State { //nolint:exhaustive // everywhere else there is nothing to leave
		case participant.StateWaiting:
			return t.move(p, participant.StateLobby)
		case participant.StateInRoom:
			return t.move(p, participant.StateLeft)
		}
		return p, nil
	})
}
