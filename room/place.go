package room

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"usher/auth"
	"usher/ent"
	"usher/ent/manager"
	"usher/ent/participant"
	"usher/live"
	"usher/problem"
	"usher/role"
)

// movedByStart are the states of those who are in the lobby once a session starts, and movedByEnd of those who have left once it ends
// or is cancelled (P1).
var (
	movedByStart = []participant.State{participant.StateCountdown, participant.StateLeft}
	movedByEnd   = []participant.State{
		participant.StateCountdown, participant.StateLobby, participant.StateWaiting, participant.StateInRoom,
	}
)

// StateMove says that all participants of a session who were in one state are in another.
type StateMove struct{ From, To participant.State }

// movesTo returns the moves from each of some states.
func movesTo(to participant.State, from []participant.State) []StateMove {
	moves := make([]StateMove, len(from))
	for i, state := range from {
		moves[i] = StateMove{state, to}
	}
	return moves
}

// currentID returns the id of a room's current session, empty if there never was one.
func currentID(r *ent.Room) string {
	if r.CurrentSessionID == nil {
		return ""
	}
	return *r.CurrentSessionID
}

// current reports whether a place is in the room's current session.
func current(r *ent.Room, p *ent.Participant) bool {
	return r.CurrentSessionID != nil && *r.CurrentSessionID == p.SessionID
}

// actOn runs a command on a participant whom the asker may see, but not on the asker. fn returns the participant afterwards.
func (s *Places) actOn(
	ctx context.Context, actor auth.Actor, id string, action role.Action, fn func(t *Turn, p *ent.Participant) (*ent.Participant, error),
) (*Participant, error) {
	return onPlace(ctx, s.core, actor, id, func(t *Turn, p *ent.Participant) (*ent.Participant, error) {
		if !t.Sight.Can(action) || t.isSelf(p) {
			return nil, problem.ErrForbidden // nobody changes, removes or denies themselves (R2)
		}
		return fn(t, p)
	})
}

// ActOn is Act for a command on a participant whom the asker may see. fn checks the asker's rights, and returns the participant
// afterwards.
func ActOn(
	ctx context.Context, s *Rooms, actor auth.Actor, id string, fn func(t *Turn, p *ent.Participant) (*ent.Participant, error),
) (*Participant, error) {
	return onPlace(ctx, s.core, actor, id, fn)
}

func onPlace(
	ctx context.Context, s *core, actor auth.Actor, id string, fn func(t *Turn, p *ent.Participant) (*ent.Participant, error),
) (shown *Participant, err error) {
	err = actOn(ctx, s, actor, found[*ent.Participant]{
		id: id,
		room: func(ctx context.Context, c *ent.Client, id string) ([]string, error) {
			return c.Participant.Query().Where(participant.ID(id)).Select(participant.FieldRoomID).Strings(ctx)
		},
		read: func(ctx context.Context, tx *live.Tx, id string) (*ent.Participant, error) {
			return tx.Participant.Get(ctx, id)
		},
		may: func(t *Turn, p *ent.Participant) error {
			if !t.Sight.Sees(p) {
				return problem.ErrNotFound
			}
			return nil
		},
	}, func(t *Turn, p *ent.Participant) error {
		after, err := fn(t, p)
		if err != nil {
			return err
		}
		shown = t.ShowParticipant(after)
		return nil
	})
	return shown, err
}

// ShowParticipant shows a participant to the asker with their rights after the change: it may be their own place.
func (t *Turn) ShowParticipant(p *ent.Participant) *Participant {
	sight := t.Sight
	if sight.Own == nil || sight.Own.ID == p.ID {
		sight.take(t.Room, p)
	}
	return &Participant{p, sight}
}

// isSelf reports whether a place is the asker's own.
func (t *Turn) isSelf(p *ent.Participant) bool {
	return t.Sight.Own != nil && t.Sight.Own.ID == p.ID || p.UserID != nil && *p.UserID == t.actor.UserID()
}

// managed reports whether a place belongs to a manager of the room.
func (t *Turn) managed(p *ent.Participant) (bool, error) {
	if p.UserID == nil {
		return false, nil
	}
	manages, err := t.Tx.Manager.Query().Where(manager.RoomID(t.Room.ID), manager.UserID(*p.UserID)).Exist(t.ctx)
	return manages, wrapped("look for manager", err)
}

// managerless returns ALREADY_MANAGER for the place of a manager of the room (R3).
func (t *Turn) managerless(p *ent.Participant) error {
	managed, err := t.managed(p)
	if err == nil && managed {
		err = problem.New(problem.AlreadyManager)
	}
	return err
}

// placeOfUser returns the place of an account in a session, nil if there is none.
func placeOfUser(t *Turn, sessionID, userID string) (*ent.Participant, error) {
	p, err := t.Tx.Participant.Query().Where(participant.SessionID(sessionID), participant.UserID(userID)).Only(t.ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	return p, wrapped("read place", err)
}

// setRole gives a participant another role, with its event, and returns them afterwards. If they wait and may now admit others,
// they are admitted (P4). The same role changes nothing.
func (t *Turn) setRole(p *ent.Participant, to role.RoomRole) (*ent.Participant, error) {
	if p.Role == to {
		return p, nil
	}
	after := *p
	after.Role, after.RoleRevision = to, p.RoleRevision+1
	if p.Role == role.Viewer {
		after.BackchannelFrom = t.Next()
	}
	set := t.Tx.Participant.Update().Where(participant.ID(p.ID)).SetRole(to).SetRoleRevision(after.RoleRevision).
		SetBackchannelFrom(after.BackchannelFrom)
	if err := set.Exec(t.ctx); err != nil {
		return nil, fmt.Errorf("set role: %w", err)
	}
	kind := roleDemoted
	if to.Rank() > p.Role.Rank() {
		kind = rolePromoted
	}
	e := aboutPlace(p)
	e.Detail.PreviousRole, e.Detail.Role, e.Detail.RoleRevision = p.Role, to, after.RoleRevision
	e.Detail.Capabilities = role.Capabilities(to, t.Room.ChatAndCollaboration)
	if err := t.Emit(kind, e); err != nil {
		return nil, err
	}
	if err := t.tools.moved(t, p, &after); err != nil {
		return nil, err
	}
	if after.State == participant.StateWaiting && mayAdmit(to) {
		return admit(t, &after)
	}
	return &after, nil
}

// move changes a participant's state, with its event, and returns them afterwards. with sets what else changes. The same state
// changes nothing.
func (t *Turn) move(p *ent.Participant, to participant.State, with ...func(after *ent.Participant)) (*ent.Participant, error) {
	if p.State == to {
		return p, nil
	}
	after := *p
	for _, set := range with {
		set(&after)
	}
	after.State, after.WaitingSince = to, nil
	if to == participant.StateWaiting {
		after.WaitingSince = &t.Tx.At
	}
	if err := t.Change(&after); err != nil {
		return nil, fmt.Errorf("move participant: %w", err)
	}
	// The event names the role too, because that decides its audience.
	e := aboutPlace(p)
	e.Detail.PreviousState, e.Detail.State, e.Detail.Role = string(p.State), string(to), p.Role
	if err := t.Emit(participantChanged, e); err != nil {
		return nil, err
	}
	return &after, t.tools.moved(t, p, &after)
}

// aboutPlace returns the entry of an event about a participant. It names their account, which may be watching already.
func aboutPlace(p *ent.Participant) live.Entry {
	e := live.Entry{SessionID: p.SessionID, ParticipantID: p.ID}
	e.Detail.Subject = p.DisplayName
	if p.UserID != nil {
		e.UserID = *p.UserID
	}
	return e
}

// Own returns one place for each invitation that was redeemed with the credentials sent, whichever place the request names.
func (s *Places) Own(ctx context.Context, actor auth.Actor) ([]*Participant, error) {
	actor.As = nil
	places, err := s.placesOf(ctx, s.db, actor)
	own := []*Participant{}
	if err != nil || len(places) == 0 {
		return own, err
	}
	slices.SortFunc(places, func(p, q *ent.Participant) int { return strings.Compare(p.ID, q.ID) }) // ids begin with the time
	ids := make([]string, len(places))
	for i, p := range places {
		ids[i] = p.RoomID
	}
	rooms, err := s.visible(ctx, actor, ids)
	if err != nil {
		return nil, err
	}
	for _, p := range places {
		if r := rooms[p.RoomID]; r != nil && p.InvitationID != nil {
			own = append(own, &Participant{p, r.Sight})
		}
	}
	return own, nil
}
