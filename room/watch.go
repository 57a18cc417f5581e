package room

import (
	"context"
	"database/sql"
	"fmt"

	"usher/auth"
	"usher/ent"
	"usher/ent/participant"
	entroom "usher/ent/room"
	"usher/live"
	"usher/problem"
	"usher/role"
)

// Audience is how much of a room's news somebody gets, ascending: whoever gets one level gets those below (V2).
type Audience int

const (
	Everyone   Audience = iota // with a place, or the right to see the room
	InRoom                     // whose place is IN_ROOM
	Moderators                 // in the room
	Managers
	audiences
)

// Audiences are all audiences, ascending.
var Audiences = [audiences]Audience{Everyone, InRoom, Moderators, Managers}

// Sight is how an audience stands to a room: what its members may read of an event, the same for all of them.
func (a Audience) Sight() Sight {
	switch a { //nolint:exhaustive // the lowest is the rest
	case Managers:
		return Sight{Standing: role.Standing{Manager: role.CoPublisher}}
	case Moderators:
		return Sight{Standing: role.Standing{Place: role.Moderator, InRoom: true}}
	case InRoom:
		return Sight{Standing: role.Standing{Place: role.Viewer, InRoom: true}}
	}
	return Sight{Standing: role.Standing{Place: role.Viewer}}
}

// audienceOf is the lowest audience that gets an event; the person concerned gets it in any case.
func audienceOf(e *ent.Event) Audience {
	switch live.Kind(e.Kind) {
	case live.RoomUpdated, live.RoomDeleted, live.SessionScheduled, live.SessionRescheduled, live.SessionStarted,
		live.SessionEnded, live.SessionCancelled, live.ResyncRequired:
		return Everyone
	case live.RolePromoted, live.RoleDemoted:
		return InRoom
	case live.ParticipantChanged:
		if e.Detail.Role != role.Viewer {
			return InRoom
		}
		return Moderators
	case live.ParticipantRemoved, live.RoleDelivered:
		return Moderators
	case live.ManagerAdded, live.ManagerRemoved, live.InvitationCreated, live.InvitationUpdated, live.InvitationOpened,
		live.InvitationRedeemed, live.RedemptionRefused, live.InvitationRevoked, live.DeviceReleased, live.LinkRegenerated,
		live.HostAsked:
		return Managers
	}
	return Managers
}

// Watcher is somebody who watches a room: who they are to it, and how they stand to it at a revision. It follows the log by
// itself, event for event, so that what they see is decided by the log alone and costs no query.
type Watcher struct {
	Actor  auth.Actor
	RoomID string
	// At is the revision of the room when the watcher's standing was read: what it stands by up to there, and follows from there.
	At                          int
	standing                    role.Standing
	participant, invitation, id string // own place, its invitation, own account
}

// Watcher begins to watch a room. problem.ErrUnauthenticated where nobody asks, problem.ErrNotFound where they may not see it.
func (s *Rooms) Watcher(ctx context.Context, actor auth.Actor, roomID string) (*Watcher, error) {
	if err := s.someone(ctx, actor); err != nil {
		return nil, err
	}
	// One snapshot: the standing is that of the revision.
	tx, err := s.db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return nil, fmt.Errorf("begin: %w", err)
	}
	defer func() { _ = tx.Rollback() }()
	r, err := tx.Room.Query().Where(entroom.ID(roomID), entroom.DeletedAtIsNil()).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, problem.ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("read room: %w", err)
	}
	sights, err := s.sights(ctx, tx.Client(), actor, r)
	if err != nil {
		return nil, err
	}
	sight := sights[roomID]
	if !sight.Can(role.SeeRoom) {
		return nil, problem.ErrNotFound
	}
	w := &Watcher{Actor: actor, RoomID: roomID, At: r.Revision, standing: sight.Standing, id: actor.UserID()}
	if own := sight.Own; own != nil {
		w.participant = own.ID
		if own.InvitationID != nil {
			w.invitation = *own.InvitationID
		}
	}
	return w, nil
}

// Audience is the highest audience that the watcher belongs to.
func (w *Watcher) Audience() Audience {
	switch {
	case w.standing.Manages():
		return Managers
	case w.standing.Can(role.SeeParticipants):
		return Moderators
	case w.standing.InRoom:
		return InRoom
	}
	return Everyone
}

// Person is what the watcher's connections are counted by: an account, else a place.
func (w *Watcher) Person() string {
	if w.id != "" {
		return w.id
	}
	return w.participant
}

// Sees reports whether the watcher gets an event: by the audience, or because it is about them.
func (w *Watcher) Sees(e *ent.Event) bool {
	return w.Audience() >= audienceOf(e) || w.concerned(e)
}

func (w *Watcher) concerned(e *ent.Event) bool {
	return w.participant != "" && e.ParticipantID == w.participant ||
		w.invitation != "" && e.InvitationID == w.invitation ||
		w.id != "" && e.UserID == w.id
}

// Follow takes over what an event changes for the watcher. It reports whether they still may see the room: where not, the
// event was their last. Events up to At change nothing.
func (w *Watcher) Follow(e *ent.Event) bool {
	if e.Revision <= w.At {
		return true
	}
	w.At = e.Revision
	switch kind := live.Kind(e.Kind); kind {
	case live.RoomDeleted:
		return false
	case live.RoomUpdated:
		w.standing.Member = w.id != "" && e.Detail.Access == string(entroom.AccessMembers)
	case live.SessionScheduled, live.SessionStarted, live.SessionEnded, live.SessionCancelled:
		w.standing.InRoom = false // P1: nobody is in the room when a session begins or ends
	case live.ManagerAdded:
		if w.id != "" && e.UserID == w.id {
			w.standing.Manager = e.Detail.ManagerRole
		}
	case live.ManagerRemoved:
		if w.id != "" && e.UserID == w.id {
			w.standing.Manager = ""
		}
	case live.InvitationRedeemed, live.ParticipantChanged, live.RolePromoted, live.RoleDemoted:
		w.followPlace(kind, e)
	case live.ParticipantRemoved:
		if w.owns(e) && e.Detail.Blocked {
			w.losePlace()
		}
	case live.InvitationRevoked, live.DeviceReleased, live.LinkRegenerated:
		if w.invitation != "" && e.InvitationID == w.invitation {
			w.losePlace()
		}
	case live.SessionRescheduled, live.InvitationCreated, live.InvitationUpdated, live.InvitationOpened, live.RedemptionRefused,
		live.HostAsked, live.RoleDelivered, live.ResyncRequired:
	}
	return w.standing.Can(role.SeeRoom)
}

func (w *Watcher) owns(e *ent.Event) bool {
	return w.participant != "" && e.ParticipantID == w.participant
}

// followPlace follows the watcher's own place: also one that their account has only got by this event.
func (w *Watcher) followPlace(kind live.Kind, e *ent.Event) {
	if !w.owns(e) {
		if w.standing.Place != "" || w.id == "" || e.UserID != w.id {
			return
		}
		w.participant = e.ParticipantID
	}
	if e.InvitationID != "" {
		w.invitation = e.InvitationID
	}
	if e.Detail.Role != "" {
		w.standing.Place = e.Detail.Role
	}
	if kind != live.ParticipantChanged {
		return
	}
	w.standing.InRoom = e.Detail.State == string(participant.StateInRoom)
	if e.Detail.State == string(participant.StateBlocked) {
		w.losePlace()
	}
}

func (w *Watcher) losePlace() {
	w.standing.Place, w.standing.InRoom = "", false
}
