// Package role defines who may do what in a room, in one pure table without storage, time or transport. Every package may import it; it
// imports only the standard library.
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

// Rank orders room roles: a higher rank allows more. The empty role ranks lowest.
func (r RoomRole) Rank() int { return slices.Index(RoomRoles, r) }

// Higher returns the role with the higher rank.
func (r RoomRole) Higher(other RoomRole) RoomRole {
	if other.Rank() > r.Rank() {
		return other
	}
	return r
}

// ManagerRole is how a user manages a room. It is empty for users who don't.
type ManagerRole string

const (
	Owner       ManagerRole = "OWNER"
	CoOwner     ManagerRole = "CO_OWNER"
	CoEditor    ManagerRole = "CO_EDITOR"
	CoPublisher ManagerRole = "CO_PUBLISHER"
)

// ManagerRoles are all manager roles, descending.
var ManagerRoles = []ManagerRole{Owner, CoOwner, CoEditor, CoPublisher}

// SiteRole is a user's role on the whole site.
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
	ModerateTools        Capability = "MODERATE"
)

// capabilities is the second part of the rights table (R1): each capability with the lowest role that has it, in the API's order.
var capabilities = []struct {
	capability Capability
	from       RoomRole
	chat       bool // part of Chat & Collaboration, so missing while that is off (R7)
}{
	{Chat, Viewer, true},
	{AnswerInteractions, Viewer, true},
	{AskQuestions, Viewer, true},
	{AnswerQuestions, Speaker, true},
	{Backchannel, Speaker, true},
	{InitiateInteractions, Moderator, true},
	{AdmitParticipants, Moderator, false},
	{RemoveParticipants, Moderator, false},
	{ModerateTools, Moderator, true},
}

// Capabilities returns what a role allows, in the API's order, with the room's Chat & Collaboration on or off (R1, R7). Except for
// managers, using them also requires being in the room (R2).
func Capabilities(r RoomRole, chatAndCollaboration bool) []Capability {
	out := make([]Capability, 0, len(capabilities))
	for _, c := range capabilities {
		if r.Rank() >= c.from.Rank() && (chatAndCollaboration || !c.chat) {
			out = append(out, c.capability)
		}
	}
	return out
}
