// Package role decides who may do what in a room, in one table without storage, time or transport.
// Every package of the program may import it; it imports the standard library alone.
package role

import "slices"

// RoomRole is the invitation type: what an invitee may do in the room. The values ascend: VIEWER, SPEAKER, MODERATOR.
type RoomRole string

const (
	Viewer    RoomRole = "VIEWER"
	Speaker   RoomRole = "SPEAKER"
	Moderator RoomRole = "MODERATOR"
)

// RoomRoles are all room roles, ascending.
var RoomRoles = []RoomRole{Viewer, Speaker, Moderator}

// Rank orders room roles: a higher one may more. The empty role ranks below all.
func (r RoomRole) Rank() int { return slices.Index(RoomRoles, r) }

// Higher returns the one of r and other that ranks higher.
func (r RoomRole) Higher(other RoomRole) RoomRole {
	if other.Rank() > r.Rank() {
		return other
	}
	return r
}

// ManagerRole is what a user manages a room as; empty for those who don't.
type ManagerRole string

const (
	Owner       ManagerRole = "OWNER"
	CoOwner     ManagerRole = "CO_OWNER"
	CoEditor    ManagerRole = "CO_EDITOR"
	CoPublisher ManagerRole = "CO_PUBLISHER"
)

// ManagerRoles are all manager roles, descending.
var ManagerRoles = []ManagerRole{Owner, CoOwner, CoEditor, CoPublisher}

// SiteRole is what a user is on the whole site.
type SiteRole string

const (
	Member SiteRole = "MEMBER"
	Admin  SiteRole = "ADMIN"
)

// Capability is one thing that a participant may do in the room.
type Capability string

const (
	Chat                 Capability = "CHAT"
	AnswerInteractions   Capability = "ANSWER_INTERACTIONS"
	AskQuestions         Capability = "ASK_QUESTIONS"
	AnswerQuestions      Capability = "ANSWER_QUESTIONS"
	Backchannel          Capability = "BACKCHANNEL"
	InitiateInteractions Capability = "INITIATE_INTERACTIONS"
	AdmitParticipants    Capability = "ADMIT_PARTICIPANTS"
	RemoveParticipants   Capability = "REMOVE_PARTICIPANTS"
)

// capabilities is the lower half of the rights table (R1), each with the lowest role that has it, in the API's order.
var capabilities = []struct {
	capability Capability
	from       RoomRole
	chat       bool // part of Chat & Collaboration: gone while that is off (R7)
}{
	{Chat, Viewer, true},
	{AnswerInteractions, Viewer, true},
	{AskQuestions, Viewer, true},
	{AnswerQuestions, Speaker, true},
	{Backchannel, Speaker, true},
	{InitiateInteractions, Moderator, true},
	{AdmitParticipants, Moderator, false},
	{RemoveParticipants, Moderator, false},
}

// Capabilities returns what role r allows, in the API's order, with Chat & Collaboration of the room on or off (R1, R7).
// Using them needs to be in the room as well, but for managers (R2).
func Capabilities(r RoomRole, chatAndCollaboration bool) []Capability {
	out := make([]Capability, 0, len(capabilities))
	for _, c := range capabilities {
		if r.Rank() >= c.from.Rank() && (chatAndCollaboration || !c.chat) {
			out = append(out, c.capability)
		}
	}
	return out
}
