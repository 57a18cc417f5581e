package room

import (
	"strconv"
	"strings"
	"time"

	"usher/ent"
	"usher/ent/participant"
	"usher/problem"
	"usher/role"
)

// RoomEvent is an event as rendered for a sight: one of the types below, or what Kind.Show of another package returns.
type RoomEvent any

// Event has the fields of all events. The objects that an event refers to show their state at delivery.
type Event struct {
	row      *ent.Event
	room     *ent.Room
	sight    Sight
	discreet bool // only those who may moderate read who did it
}

// ID returns an opaque id, the same in every stream and list. A stream that begins with ResyncRequired has the revision of another
// event, so this kind has ids of its own.
func (e Event) ID() string {
	id := "e" + strings.TrimPrefix(e.row.RoomID, "r") + "_" + strconv.Itoa(e.row.Revision)
	if e.row.Kind == resyncRequired.Name {
		id += "_resync"
	}
	return id
}

// Revision returns the event's position in the room's history.
func (e Event) Revision() int { return e.row.Revision }

// At returns when it happened.
func (e Event) At() time.Time { return e.row.At }

// Actor returns the display name of the person who did it, nil if the server did, or if the asker may not know (V10).
func (e Event) Actor() *string {
	if e.discreet && !e.sight.Can(role.Moderate) {
		return nil
	}
	return filled(e.row.Actor)
}

// Subject returns the name, at that moment, of the person whom it is about, nil if it is about nobody or their name was not stored.
func (e Event) Subject() *string {
	if e.sight.Former {
		return nil
	}
	return filled(e.row.Detail.Subject)
}

// Sight returns the rights of those for whom the event is rendered.
func (e Event) Sight() Sight { return e.sight }

// Room returns the room in which it happened.
func (e Event) Room() *Room { return &Room{e.room, e.sight} }

// The events of rooms and their managers.
type (
	RoomUpdated  struct{ Event }
	RoomDeleted  struct{ Event }
	ManagerAdded struct {
		Event
		Manager *Manager
	}
	ManagerRemoved struct {
		Event
		User *User
	}
)

// The events of sessions.
type (
	SessionScheduled struct {
		Event
		Session    *ent.Session
		PlannedFor *time.Time
	}
	SessionRescheduled struct {
		Event
		Session                    *ent.Session
		PreviousStartsAt, StartsAt time.Time
	}
	SessionStarted struct {
		Event
		Session *ent.Session
		Moves   []StateMove
	}
	SessionEnded struct {
		Event
		Session *ent.Session
		Moves   []StateMove
	}
	SessionCancelled struct {
		Event
		Session *ent.Session
		Moves   []StateMove
	}
)

// The events of invitations and their links.
type (
	InvitationCreated struct {
		Event
		Invitation *Invitation
		InvitedAs  *role.RoomRole
	}
	InvitationUpdated struct {
		Event
		Invitation *Invitation
		InvitedAs  *role.RoomRole
	}
	InvitationOpened struct {
		Event
		Invitation *Invitation
	}
	InvitationRedeemed struct {
		Event
		Invitation  *Invitation
		Participant *Participant
		Role        role.RoomRole
		Device      *string
	}
	RedemptionRefused struct {
		Event
		Invitation *Invitation
		Code       problem.Code
	}
	InvitationRevoked struct {
		Event
		Invitation *Invitation
	}
	DeviceReleased struct {
		Event
		Invitation *Invitation
	}
	DeviceMoved struct {
		Event
		Invitation  *Invitation
		Participant *Participant
		Device      *string
	}
	LinkRegenerated struct {
		Event
		Invitation *Invitation
	}
	HostAsked struct {
		Event
		Invitation *Invitation
		Message    *string
	}
)

// The events of participants and their roles.
type (
	ParticipantChanged struct {
		Event
		Participant   *Participant
		PreviousState *participant.State
		State         participant.State
		Role          role.RoomRole
	}
	ParticipantRemoved struct {
		Event
		Participant *Participant
		Blocked     bool
	}
	// RoleChange has the fields of both changes of a role.
	RoleChange struct {
		Event
		Participant        *Participant
		PreviousRole, Role role.RoomRole
		Capabilities       []role.Capability
		RoleRevision       int
	}
	RolePromoted  struct{ RoleChange }
	RoleDemoted   struct{ RoleChange }
	RoleDelivered struct {
		Event
		Participant *Participant
	}
)

// ResyncRequired reports that the requested events are gone. The client reads the room again, and the stream continues after
// its revision.
type ResyncRequired struct{ Event }

// aboutUser renders an event about an account, while that exists.
func aboutUser(show func(h *Happening, e Event) RoomEvent) func(h *Happening, e Event) RoomEvent {
	return func(h *Happening, e Event) RoomEvent {
		if h.User == nil {
			return nil
		}
		return show(h, e)
	}
}

// aboutSession renders an event about a session, while that exists.
func aboutSession(show func(h *Happening, e Event) RoomEvent) func(h *Happening, e Event) RoomEvent {
	return func(h *Happening, e Event) RoomEvent {
		if h.Session == nil {
			return nil
		}
		return show(h, e)
	}
}

// aboutInvitation renders an event about an invitation, while that exists.
func aboutInvitation(show func(h *Happening, e Event, i *Invitation) RoomEvent) func(h *Happening, e Event) RoomEvent {
	return func(h *Happening, e Event) RoomEvent {
		if h.Invitation == nil {
			return nil
		}
		return show(h, e, &Invitation{h.Invitation, e.sight})
	}
}

// aboutParticipant renders an event about a participant, while they exist.
func aboutParticipant(show func(h *Happening, e Event, p *Participant) RoomEvent) func(h *Happening, e Event) RoomEvent {
	return func(h *Happening, e Event) RoomEvent {
		if h.Participant == nil {
			return nil
		}
		return show(h, e, &Participant{h.Participant, e.sight})
	}
}

func roleChange(h *Happening, e Event, p *Participant) RoleChange {
	d := h.Row.Detail
	return RoleChange{e, p, d.PreviousRole, d.Role, d.Capabilities, d.RoleRevision}
}

// filled returns nil for an empty text.
func filled[T ~string](text T) *T {
	if text == "" {
		return nil
	}
	return &text
}
