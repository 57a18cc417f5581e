package room

import (
	"context"
	"fmt"
	"slices"

	"usher/auth"
	"usher/ent"
	"usher/ent/device"
	"usher/ent/invitation"
	"usher/ent/manager"
	"usher/ent/participant"
	"usher/ent/predicate"
	entroom "usher/ent/room"
	"usher/role"
	"usher/text"
)

// placesOf returns the asker's places in all rooms, each with its session. A blocked place is none.
func (s *Rooms) placesOf(ctx context.Context, c *ent.Client, actor auth.Actor) ([]*ent.Participant, error) {
	named, err := s.namedBy(ctx, c, actor)
	return slices.DeleteFunc(named, func(p *ent.Participant) bool { return p.State == participant.StateBlocked }), err
}

// namedBy returns the places that the asker's credentials open now: of the account, and of the invitations that this
// device, or this guest's token, redeemed. Where the request names a place, those of other people in its room are left out.
func (s *Rooms) namedBy(ctx context.Context, c *ent.Client, actor auth.Actor) ([]*ent.Participant, error) {
	named, err := s.everNamedBy(ctx, c, actor)
	if err != nil {
		return nil, err
	}
	named = slices.DeleteFunc(named, func(p *ent.Participant) bool {
		i := p.Edges.Invitation
		return !isTheirs(actor, p) || i != nil && !auth.GivesAccess(i, p.Edges.Session, s.Now())
	})
	return withoutLeft(ctx, c, actor, named)
}

// withoutLeft takes out the places that no invitation gave and that count no more: who has left, or was in a session that is
// over, and is neither manager nor member nor administrator, has none (P6).
func withoutLeft(ctx context.Context, c *ent.Client, actor auth.Actor, named []*ent.Participant) ([]*ent.Participant, error) {
	left := func(p *ent.Participant) bool {
		return p.InvitationID == nil && (p.State == participant.StateLeft || overProblem(p.Edges.Session) != nil)
	}
	var rooms []string
	for _, p := range named {
		if left(p) {
			rooms = append(rooms, p.RoomID)
		}
	}
	if rooms == nil || actor.Admin() {
		return named, nil
	}
	open, err := c.Room.Query().Where(entroom.IDIn(rooms...), entroom.Or(
		entroom.AccessEQ(entroom.AccessMembers), entroom.HasManagersWith(manager.UserID(actor.UserID())),
	)).IDs(ctx)
	if err != nil {
		return nil, fmt.Errorf("read rooms: %w", err)
	}
	return slices.DeleteFunc(named, func(p *ent.Participant) bool { return left(p) && !slices.Contains(open, p.RoomID) }), nil
}

// everNamedBy returns the places that the asker's credentials stand for, also those that open nothing now, each with its
// session and invitation. Those of disabled accounts are none. It goes from each credential to its own few rows, whatever else is kept.
func (s *Rooms) everNamedBy(ctx context.Context, c *ent.Client, actor auth.Actor) ([]*ent.Participant, error) {
	var named []*ent.Participant
	if actor.User != nil {
		var err error
		named, err = c.Participant.Query().Where(participant.UserID(actor.User.ID), auth.Enabled).WithSession().WithInvitation().All(ctx)
		if err != nil {
			return nil, fmt.Errorf("read places: %w", err)
		}
	}
	var redeemed []predicate.Invitation
	if actor.Device != nil {
		redeemed = append(redeemed, invitation.HasDeviceWith(device.SecretHash(actor.Device)))
	}
	if actor.Guest != nil {
		redeemed = append(redeemed, invitation.And(
			invitation.ID(actor.Guest.InvitationID), invitation.DeviceID(actor.Guest.DeviceID)))
	}
	if redeemed == nil {
		return named, nil
	}
	invitations, err := c.Invitation.Query().Where(invitation.Or(redeemed...), auth.Enabled).WithSession().WithParticipant().All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read places: %w", err)
	}
	for _, i := range invitations {
		p := i.Edges.Participant
		if p == nil || containsPlace(named, p) {
			continue
		}
		p.Edges.Session, p.Edges.Invitation = i.Edges.Session, i
		named = append(named, p)
	}
	return named, nil
}

func containsPlace(places []*ent.Participant, p *ent.Participant) bool {
	return slices.ContainsFunc(places, func(q *ent.Participant) bool { return q.ID == p.ID })
}

// sights returns how the asker stands to each of the rooms, in as many queries for one as for many.
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
	places, err := s.placesOf(ctx, c, actor)
	if err != nil {
		return nil, err
	}
	for _, r := range rooms {
		sight := sights[r.ID]
		for _, p := range places {
			if p.RoomID != r.ID || sight.Manages() && p.UserID == nil {
				continue // who manages acts as that, not as the guest that they are too (L7)
			}
			if ranksBefore(r, actor.As, p, sight.Own) {
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

// ranksBefore reports whether of the asker's places in a room p counts before q: the one in the current session, then the one
// that the request names, then a guest's before a member's (L7), then the one redeemed last.
func ranksBefore(r *ent.Room, as *auth.Place, p, q *ent.Participant) bool {
	if q == nil || current(r, p) != current(r, q) {
		return q == nil || current(r, p)
	}
	if isNamed(as, p) || isNamed(as, q) {
		return isNamed(as, p)
	}
	i, j := p.Edges.Invitation, q.Edges.Invitation
	if i == nil || j == nil {
		return i != nil
	}
	return i.RedeemedAt.After(*j.RedeemedAt)
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
func (u *User) Name() string { return text.FullName(u.FirstName, u.LastName) }

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

// MayAskAgain reports whether entering may be asked for once more: who was denied twice may not, until a manager allows it.
func (p *Participant) MayAskAgain() bool { return !deniedForGood(p.Participant) }
