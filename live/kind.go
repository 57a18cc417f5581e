package live

import (
	"usher/ent/schema"
	"usher/role"
)

// Kind names what happened. The kinds are the API's event types.
type Kind string

const (
	RoomUpdated        Kind = "RoomUpdated"
	RoomDeleted        Kind = "RoomDeleted"
	ManagerAdded       Kind = "ManagerAdded"
	ManagerRemoved     Kind = "ManagerRemoved"
	SessionScheduled   Kind = "SessionScheduled"
	SessionRescheduled Kind = "SessionRescheduled"
	SessionStarted     Kind = "SessionStarted"
	SessionEnded       Kind = "SessionEnded"
	SessionCancelled   Kind = "SessionCancelled"
	InvitationCreated  Kind = "InvitationCreated"
	InvitationUpdated  Kind = "InvitationUpdated"
	InvitationOpened   Kind = "InvitationOpened"
	InvitationRedeemed Kind = "InvitationRedeemed"
	RedemptionRefused  Kind = "RedemptionRefused"
	InvitationRevoked  Kind = "InvitationRevoked"
	DeviceReleased     Kind = "DeviceReleased"
	LinkRegenerated    Kind = "LinkRegenerated"
	HostAsked          Kind = "HostAsked"
	ParticipantChanged Kind = "ParticipantChanged"
	ParticipantRemoved Kind = "ParticipantRemoved"
	RolePromoted       Kind = "RolePromoted"
	RoleDemoted        Kind = "RoleDemoted"
	RoleDelivered      Kind = "RoleDelivered"
	// ResyncRequired is never stored. A stream begins with it if it cannot resume after the requested revision.
	ResyncRequired Kind = "ResyncRequired"
)

// Audience is how much of a room's news somebody gets, in ascending order: each level includes those below (V2). Each event is stored
// with its audience.
type Audience int

const (
	Everyone   Audience = iota // anyone with a place, or the right to see the room
	InRoom                     // places in state IN_ROOM
	Moderators                 // moderators in the room
	Managers
)

// AudienceOf returns the lowest audience that gets an event. The person whom the event is about always gets it.
func AudienceOf(kind Kind, detail schema.EventDetail) Audience {
	switch kind {
	case RoomUpdated, RoomDeleted, SessionScheduled, SessionRescheduled, SessionStarted, SessionEnded, SessionCancelled, ResyncRequired:
		return Everyone
	case RolePromoted, RoleDemoted:
		return InRoom
	case ParticipantChanged:
		if detail.Role != role.Viewer {
			return InRoom
		}
		return Moderators
	case ParticipantRemoved, RoleDelivered:
		return Moderators
	case ManagerAdded, ManagerRemoved, InvitationCreated, InvitationUpdated, InvitationOpened, InvitationRedeemed, RedemptionRefused,
		InvitationRevoked, DeviceReleased, LinkRegenerated, HostAsked:
		return Managers
	}
	return Managers
}
