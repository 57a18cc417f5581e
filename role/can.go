package role

// Action is something that a person may or may not do to a room: a line of the rights table (R1).
type Action string

// The API shows the actions that somebody may do as their rights, by these names.
const (
	SeeRoom Action = "SEE_ROOM"
	// SeeEverything is the managers' view: invitations, all participants, all events.
	SeeEverything Action = "SEE_EVERYTHING"
	// SeeParticipants is the view of managers, and of moderators while in the room: all participants in the room or waiting.
	SeeParticipants Action = "SEE_PARTICIPANTS"
	EditRoom        Action = "EDIT_ROOM"
	DeleteRoom      Action = "DELETE_ROOM"
	ManageManagers  Action = "MANAGE_MANAGERS"
	// TouchOwner is to add, change and remove owners.
	TouchOwner  Action = "MANAGE_OWNERS"
	RunSessions Action = "RUN_SESSIONS"
	Invite      Action = "INVITE"
	SearchUsers Action = "SEARCH_USERS"
	// ChangeRoles is to change the roles that CanChange names.
	ChangeRoles Action = "CHANGE_ROLES"
	Admit       Action = "ADMIT"
	Remove      Action = "REMOVE"
	// UseChat, UseBackchannel and Moderate also depend on Chat & Collaboration, and writing on an open session (T2).
	UseChat        Action = "USE_CHAT"
	UseBackchannel Action = "USE_BACKCHANNEL"
	// Ask is to ask and upvote questions, and Answer to take and answer them. Both depend on the tools as the chat does.
	Ask    Action = "ASK_QUESTIONS"
	Answer Action = "ANSWER_QUESTIONS"
	// Moderate is to hide, pin and clear messages, to pause a person's writing, and to set the room's tools.
	Moderate Action = "MODERATE"
	// Vote is to see and answer polls and other interactions, Initiate to draft, start, stop and share them.
	Vote     Action = "ANSWER_INTERACTIONS"
	Initiate Action = "INITIATE_INTERACTIONS"
	// Unblock is to let people ask again who were blocked, or denied twice.
	Unblock Action = "UNBLOCK"
	// Export is to export what people wrote and did in the room's tools.
	Export Action = "EXPORT"
)

// Actions are all actions, in the API's order.
var Actions = []Action{
	SeeRoom, SeeEverything, SeeParticipants, EditRoom, DeleteRoom, ManageManagers, TouchOwner, RunSessions, Invite, SearchUsers,
	ChangeRoles, Admit, Remove, UseChat, UseBackchannel, Moderate, Unblock, Ask, Answer, Vote, Initiate, Export,
}

// Standing is everything that a person's rights in a room depend on. The zero value is a stranger.
type Standing struct {
	Admin   bool        // a site administrator, who acts as OWNER in every room (R5)
	Manager ManagerRole // empty if not a manager
	Place   RoomRole    // the role of their place in the current session; empty if they have none
	InRoom  bool        // that place is in state IN_ROOM
	Member  bool        // signed in, and the room's access is MEMBERS (P6)
}

// Manages reports whether the person acts as a manager: by a manager role, or as a site administrator.
func (s Standing) Manages() bool { return s.Admin || s.Manager != "" }

// Can reports whether a person with this standing may do a, by the rights table R1 with R2 to R5. It denies everything not listed.
func (s Standing) Can(a Action) bool {
	switch a {
	case SeeRoom:
		return s.Manages() || s.Place != "" || s.Member
	case DeleteRoom, ManageManagers:
		return s.Admin || s.Manager == Owner || s.Manager == CoOwner
	case TouchOwner:
		return s.Admin || s.Manager == Owner
	case EditRoom:
		return s.Admin || s.Manager == Owner || s.Manager == CoOwner || s.Manager == CoEditor
	case SeeEverything, RunSessions, Invite, SearchUsers, Unblock, Export:
		return s.Manages()
	case UseChat, Ask, Vote:
		return s.Manages() || s.InRoom
	case UseBackchannel, Answer:
		return s.Manages() || s.InRoom && s.Place.Rank() >= Speaker.Rank()
	case SeeParticipants, ChangeRoles, Admit, Remove, Moderate, Initiate:
		return s.Manages() || s.Place == Moderator && s.InRoom
	}
	return false
}

// CanRemove reports whether the person may remove, block or mute a participant with role target. Managers may remove anyone but managers,
// moderators only viewers and speakers.
func (s Standing) CanRemove(target RoomRole) bool {
	return s.Can(Remove) && (s.Manages() || target != Moderator)
}

// CanChange reports whether the person may change a participant's role from one to another. Managers may give every role. Moderators may
// make a viewer a speaker, and a speaker a viewer.
func (s Standing) CanChange(from, to RoomRole) bool {
	return s.Can(ChangeRoles) && (s.Manages() || from != Moderator && to != Moderator)
}

// RolesFor returns the roles that the person may give a participant, with the one that they have, in ascending order.
func (s Standing) RolesFor(from RoomRole) []RoomRole {
	roles := []RoomRole{}
	for _, to := range RoomRoles {
		if s.CanChange(from, to) {
			roles = append(roles, to)
		}
	}
	return roles
}

// Rights returns what the person may do, in the API's order; a stranger may do nothing.
func (s Standing) Rights() []Action {
	rights := []Action{}
	for _, a := range Actions {
		if s.Can(a) {
			rights = append(rights, a)
		}
	}
	return rights
}
