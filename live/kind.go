package live

// Kind names what happened: the API's event types.
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
	// ResyncRequired is never kept: a stream that cannot go on from where it was asked to begins with it.
	ResyncRequired Kind = "ResyncRequired"
)
