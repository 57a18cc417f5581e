package room

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/ent/manager"
	"usher/ent/participant"
	entroom "usher/ent/room"
	"usher/live"
	"usher/problem"
	"usher/role"
)

// placesOf returns the asker's places in all rooms, except blocked ones, each with its session.
func (s *core) placesOf(ctx context.Context, c *ent.Client, actor auth.Actor) ([]*ent.Participant, error) {
	named, err := s.namedBy(ctx, c, actor)
	return slices.DeleteFunc(named, func(p *ent.Participant) bool { return p.State == participant.StateBlocked }), err
}

// namedBy returns the places that the asker's credentials open now: those of the account, and of the invitations that this
// device or this guest's token redeemed. If the request names a place, it omits other people's places in that room.
func (s *core) namedBy(ctx context.Context, c *ent.Client, actor auth.Actor) ([]*ent.Participant, error) {
	named, err := s.everNamedBy(ctx, c, actor)
	if err != nil {
		return nil, err
	}
	return withoutLeft(ctx, c, actor, opened(actor, named, s.now()))
}

// opened returns those of the places that the asker's credentials belong to which they open now.
func opened(actor auth.Actor, ever []*ent.Participant, now time.Time) []*ent.Participant {
	return slices.DeleteFunc(slices.Clone(ever), func(p *ent.Participant) bool {
		i := p.Edges.Invitation
		return !isTheirs(actor, p) || i != nil && !auth.GivesAccess(i, p.Edges.Session, now)
	})
}

// left reports whether a place without an invitation was left, or its session is over. It counts only for managers, members and
// administrators (P6).
func left(p *ent.Participant) bool {
	return p.InvitationID == nil && (p.State == participant.StateLeft || overProblem(p.Edges.Session) != nil)
}

// withoutLeft omits places that were left where they do not count.
func withoutLeft(ctx context.Context, c *ent.Client, actor auth.Actor, named []*ent.Participant) ([]*ent.Participant, error) {
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

// everNamedBy returns the places that the asker's credentials belong to, also those without access now, each with its session
// and invitation. It omits those of disabled accounts. It goes from each credential to its own few rows, however many others
// are stored.
func (s *core) everNamedBy(ctx context.Context, c *ent.Client, actor auth.Actor) ([]*ent.Participant, error) {
	var named []*ent.Participant
	if actor.User != nil {
		var err error
		if named, err = readPlacesOfAccounts(ctx, c, "", actor.User.ID); err != nil {
			return nil, err
		}
	}
	redeemed, err := readRedeemed(ctx, c, redeemerOf(actor))
	if err != nil {
		return nil, err
	}
	return redeemed.places(redeemerOf(actor), named), nil
}

// sights returns the asker's rights in each of the rooms. It takes as many queries for one room as for many.
func (s *core) sights(ctx context.Context, c *ent.Client, actor auth.Actor, rooms ...*ent.Room) (map[string]Sight, error) {
	ids := make([]string, len(rooms))
	for i, r := range rooms {
		ids[i] = r.ID
	}
	manages := map[string]role.ManagerRole{}
	if actor.User != nil {
		managers, err := c.Manager.Rows(ctx, managersOfRooms, actor.User.ID, ent.List(ids))
		if err != nil {
			return nil, fmt.Errorf("read managers: %w", err)
		}
		for _, m := range managers {
			manages[m.RoomID] = m.Role
		}
	}
	places, err := s.placesOf(ctx, c, actor)
	if err != nil {
		return nil, err
	}
	sights := make(map[string]Sight, len(rooms))
	for _, r := range rooms {
		sights[r.ID] = sightIn(r, actor, manages[r.ID], places)
	}
	return sights, nil
}

// sightIn returns the asker's rights in a room: as a manager, if they manage it, and by their places.
func sightIn(r *ent.Room, actor auth.Actor, as role.ManagerRole, places []*ent.Participant) Sight {
	sight := Sight{Standing: role.Standing{
		Admin: actor.Admin(), Manager: as, Member: actor.User != nil && r.Access == entroom.AccessMembers,
	}}
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
	return sight
}

// ranksBefore reports whether p counts before q, two of the asker's places in a room. First comes the one in the current
// session, then the one that the request names, then a guest's before a member's (L7), then the one redeemed last.
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

// isNamed reports whether the request names this place.
func isNamed(as *auth.Place, p *ent.Participant) bool { return as != nil && p.ID == as.ID }

// isTheirs reports whether a place that the asker's credentials open belongs to the person who asks (A7). Without a named
// place, all do. A named place speaks for its own room: there, only itself counts, places of the same email in other
// sessions, and the account's.
func isTheirs(actor auth.Actor, p *ent.Participant) bool {
	as := actor.As
	return as == nil || p.RoomID != as.RoomID || isNamed(as, p) ||
		p.SessionID != as.SessionID && p.Email == as.Email || p.UserID != nil && *p.UserID == actor.UserID()
}

// someone returns problem.ErrUnauthenticated for an asker without an account or a place anywhere (R6).
func (s *core) someone(ctx context.Context, actor auth.Actor) error {
	if actor.User != nil {
		return nil
	}
	if actor.Guest != nil || actor.Device != nil {
		places, err := s.placesOf(ctx, s.db, actor)
		if err != nil || len(places) > 0 {
			return err
		}
	}
	return problem.ErrUnauthenticated
}

// adminOnly returns problem.ErrForbidden unless the asker is a site administrator.
func (s *core) adminOnly(ctx context.Context, actor auth.Actor) error {
	if err := s.someone(ctx, actor); err != nil {
		return err
	}
	if !actor.Admin() {
		return problem.ErrForbidden
	}
	return nil
}

// stillAdmin is adminOnly by the present state of the asker's account.
func stillAdmin(ctx context.Context, tx *live.Tx, actor auth.Actor) error {
	now, err := actor.AsNow(ctx, tx.Client())
	if err == nil && !now.Admin() {
		err = problem.ErrForbidden
	}
	return err
}

// HasCredential reports whether any credential of an asker still opens anything.
func (s *Rooms) HasCredential(ctx context.Context, actor auth.Actor) (bool, error) {
	err := s.someone(ctx, actor)
	if errors.Is(err, problem.ErrUnauthenticated) {
		return false, nil
	}
	return err == nil, err
}

// Sight returns the asker's rights in a room now, with their own place. Whose account was disabled, or whose sign-in has ended, has none.
func (s *Rooms) Sight(ctx context.Context, actor auth.Actor, r *ent.Room) (Sight, error) {
	actor, err := actor.AsNow(ctx, s.db)
	if errors.Is(err, problem.ErrUnauthenticated) {
		return Sight{}, nil
	}
	if err != nil {
		return Sight{}, err
	}
	sights, err := s.sights(ctx, s.db, actor, r)
	return sights[r.ID], err
}

// Get returns a room, nil if there is none or the asker may not see it.
func (s *Rooms) Get(ctx context.Context, actor auth.Actor, id string) (*Room, error) {
	return s.room(ctx, actor, id)
}

func (s *core) room(ctx context.Context, actor auth.Actor, id string) (*Room, error) {
	rooms, err := s.visible(ctx, actor, []string{id})
	return rooms[id], err
}

// visible returns those of the rooms that the asker may see, by id. It takes as many queries for one room as for many.
func (s *core) visible(ctx context.Context, actor auth.Actor, ids []string) (map[string]*Room, error) {
	rows, err := s.db.Room.ByIDs(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("read rooms: %w", err)
	}
	rows = slices.DeleteFunc(rows, isDeleted)
	sights, err := s.sights(ctx, s.db, actor, rows...)
	if err != nil {
		return nil, err
	}
	visible := make(map[string]*Room, len(rows))
	for _, r := range rows {
		if sight := sights[r.ID]; sight.Can(role.SeeRoom) {
			visible[r.ID] = &Room{r, sight}
		}
	}
	return visible, nil
}

func isDeleted(r *ent.Room) bool { return r.DeletedAt != nil }
