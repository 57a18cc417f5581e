package room

import (
	"usher/ent"
	"usher/ent/participant"
	"usher/role"
	"usher/text"
)

// Sight is the asker's rights in a room, with their own place. It travels with what the API shows, so that every field knows
// whether it may be read.
type Sight struct {
	role.Standing
	// Quiet makes fields that may not be read empty instead of an error, as in events.
	Quiet bool
	// Former means that the asker may no longer see the room. They still get what happened, but no current state.
	Former bool
	// Own is the asker's own place in the room, if any.
	Own *ent.Participant
}

// take makes p the asker's own place.
func (s *Sight) take(r *ent.Room, p *ent.Participant) {
	s.Own, s.Place = p, p.Role
	s.InRoom = p.State == participant.StateInRoom && current(r, p)
}

// Sees reports whether the asker may see a participant. Managers, and moderators in the room, see everyone. Others in the room
// see its speakers, moderators and managers. Everyone sees themselves.
func (s Sight) Sees(p *ent.Participant) bool {
	return s.Can(role.SeeParticipants) || s.Own != nil && s.Own.ID == p.ID || s.InRoom && p.Role != role.Viewer
}

// Room is a room as one asker sees it.
type Room struct {
	*ent.Room
	Sight Sight
}

// Participant is a place as one asker sees it.
type Participant struct {
	*ent.Participant
	Sight Sight
}

// Invitation is an invitation as one asker sees it.
type Invitation struct {
	*ent.Invitation
	Sight Sight
}

// Name returns the invitee's name for display.
func (i *Invitation) Name() string { return text.FullName(i.FirstName, i.LastName) }

// User is an account as one asker sees it. Its email is for the account itself, administrators, and managers in their room's
// lists.
type User struct {
	*ent.User
	// EmailShown and RoleShown mean that this path in the schema shows the email and the site role.
	EmailShown, RoleShown bool
}

// Name returns the display name.
func (u *User) Name() string { return text.FullName(u.FirstName, u.LastName) }

// Manager is a manager of a room as one asker sees them.
type Manager struct {
	*ent.Manager
	Sight Sight
}

// MyManagerRole returns the asker's manager role in the room, nil if they have none.
func (r *Room) MyManagerRole() *role.ManagerRole {
	if r.Sight.Manager == "" {
		return nil
	}
	return &r.Sight.Manager
}

// MyRights returns what the asker may do in the room, in the API's order.
func (r *Room) MyRights() []role.Action { return r.Sight.Rights() }

// MyParticipant is the asker's own place in the current session, nil if there is none.
func (r *Room) MyParticipant() *Participant {
	if r.Sight.Own == nil || !current(r.Room, r.Sight.Own) {
		return nil
	}
	return &Participant{r.Sight.Own, r.Sight}
}

// Guest reports whether they came by an invitation rather than with an account.
func (p *Participant) Guest() bool { return p.UserID == nil }

// RoleDelivered reports to managers and moderators whether the participant's client has confirmed its role. It returns nil to
// others.
func (p *Participant) RoleDelivered() *bool {
	if !p.Sight.Can(role.SeeParticipants) {
		return nil
	}
	delivered := p.Participant.RoleDelivered == p.RoleRevision
	return &delivered
}

// MayAskAgain reports whether the participant may ask to enter once more. After two denials, only a manager can allow it.
func (p *Participant) MayAskAgain() bool { return !deniedForGood(p.Participant) }
