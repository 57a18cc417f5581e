package room

import (
	"context"
	"fmt"

	"usher/auth"
	"usher/ent"
	"usher/ent/device"
	"usher/ent/invitation"
	"usher/ent/manager"
	"usher/ent/participant"
	"usher/ent/predicate"
	entroom "usher/ent/room"
	"usher/role"
)

// placesOf selects the asker's places. A blocked place is none.
func (s *Rooms) placesOf(actor auth.Actor) predicate.Participant {
	return participant.And(participant.StateNEQ(participant.StateBlocked), s.namedBy(actor))
}

// namedBy selects the places that the asker's credentials stand for: of the account, and of the invitations that this
// device, or this guest's token, redeemed.
func (s *Rooms) namedBy(actor auth.Actor) predicate.Participant {
	access := auth.GivesAccess(s.Now())
	var own []predicate.Participant
	if actor.User != nil {
		own = append(own, participant.And(
			participant.UserID(actor.User.ID),
			participant.Or(participant.InvitationIDIsNil(), participant.HasInvitationWith(access)),
		))
	}
	if actor.Device != nil {
		own = append(own, participant.HasInvitationWith(access, invitation.HasDeviceWith(device.SecretHash(actor.Device))))
	}
	if actor.Guest != nil {
		own = append(own, participant.HasInvitationWith(access,
			invitation.ID(actor.Guest.InvitationID), invitation.DeviceID(actor.Guest.DeviceID)))
	}
	if own == nil {
		return participant.ID("") // nobody has no place
	}
	return participant.Or(own...)
}

// sights returns how the asker stands to each of the rooms, in two queries whatever their number.
func (s *Rooms) sights(ctx context.Context, c *ent.Client, actor auth.Actor, rooms ...*ent.Room) (map[string]Sight, error) {
	sights := make(map[string]Sight, len(rooms))
	ids := make([]string, len(rooms))
	for i, r := range rooms {
		ids[i] = r.ID
		sights[r.ID] = Sight{Standing: role.Standing{
			Admin:  actor.Admin(),
			Member: actor.User != nil && r.Access == entroom.AccessMembers,
		}}
	}
	if actor.User != nil {
		managers, err := c.Manager.Query().Where(manager.UserID(actor.User.ID), manager.RoomIDIn(ids...)).All(ctx)
		if err != nil {
			return nil, fmt.Errorf("read managers: %w", err)
		}
		for _, m := range managers {
			sight := sights[m.RoomID]
			sight.Manager = m.Role
			sights[m.RoomID] = sight
		}
	}
	places, err := c.Participant.Query().Where(s.placesOf(actor), participant.RoomIDIn(ids...)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read places: %w", err)
	}
	for _, r := range rooms {
		sight := sights[r.ID]
		for _, p := range places {
			if p.RoomID == r.ID && ranksBefore(r, p, sight.Own) {
				sight.Own = p
			}
		}
		if sight.Own != nil {
			sight.take(r, sight.Own)
		}
		sights[r.ID] = sight
	}
	return sights, nil
}

// ranksBefore reports whether of the asker's places in a room p counts before q: the one in the current session, then a
// guest's before a member's (L7).
func ranksBefore(r *ent.Room, p, q *ent.Participant) bool {
	if q == nil || current(r, p) != current(r, q) {
		return q == nil || current(r, p)
	}
	return p.InvitationID != nil && q.InvitationID == nil
}

// current reports whether a place is in the room's current session.
func current(r *ent.Room, p *ent.Participant) bool {
	return r.CurrentSessionID != nil && *r.CurrentSessionID == p.SessionID
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

// User is an account as one asker sees it: the email is for themselves, administrators, and managers in their room's lists.
type User struct {
	*ent.User
	// EmailShown, RoleShown: the path that led here shows the email, and the site role.
	EmailShown, RoleShown bool
}

// Name is the display name.
func (u *User) Name() string { return auth.FullName(u.FirstName, u.LastName) }

// Manager is a manager of a room as one asker sees them.
type Manager struct {
	*ent.Manager
	Sight Sight
}

// MyManagerRole is the asker's own manager role in the room, nil where there is none.
func (r *Room) MyManagerRole() *role.ManagerRole {
	if r.Sight.Manager == "" {
		return nil
	}
	return &r.Sight.Manager
}

// MyParticipant is the asker's own place in the current session, nil where there is none.
func (r *Room) MyParticipant() *Participant {
	if r.Sight.Own == nil || !current(r.Room, r.Sight.Own) {
		return nil
	}
	return &Participant{r.Sight.Own, r.Sight}
}

// Guest reports whether they came by an invitation rather than with an account.
func (p *Participant) Guest() bool { return p.UserID == nil }

// RoleDelivered reports whether the participant's client has confirmed its role, to managers and moderators; nil to others.
func (p *Participant) RoleDelivered() *bool {
	if !p.Sight.Can(role.SeeParticipants) {
		return nil
	}
	delivered := p.Participant.RoleDelivered == p.RoleRevision
	return &delivered
}
