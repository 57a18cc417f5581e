package room

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"usher/auth"
	"usher/ent"
	"usher/ent/manager"
	"usher/ent/participant"
	entroom "usher/ent/room"
	"usher/live"
	"usher/problem"
	"usher/role"
)

// Crowd is a transaction in which many people act in one room. It locks the room, and then reads the rights of all of them with a
// constant number of queries. What it read stays true, except for what its own commands change, which later knows.
type Crowd struct {
	*core
	Room    *ent.Room    // nil if it does not exist
	Session *ent.Session // the room's current one, nil if there never was one

	ctx     context.Context
	tx      *live.Tx
	actors  []auth.Actor // with the present state of their accounts
	refused []error      // of actors whose accounts or sign-ins ended
	ever    [][]*ent.Participant
	manages map[string]role.ManagerRole // by account
	inside  []*ent.Participant          // the places in the session of the accounts that act, and the blocked places of their emails
	policy  *ent.SitePolicy             // nil until it is read
	later   *later
}

// Crowd begins the turns of many askers in one room.
func (s *core) Crowd(ctx context.Context, tx *live.Tx, roomID string, actors []auth.Actor) (*Crowd, error) {
	c := &Crowd{core: s, ctx: ctx, tx: tx, later: newLater()}
	var err error
	if c.Room, err = tx.Lock(ctx, roomID); err != nil && !errors.Is(err, problem.ErrNotFound) {
		return nil, err
	}
	if c.actors, c.refused, err = auth.AsNowEach(ctx, tx.Client(), actors); err != nil {
		return nil, err
	}
	if c.ever, err = everNamedByEach(ctx, tx.Client(), roomID, c.actors); err != nil || c.Room == nil {
		return c, err
	}
	if c.Room.CurrentSessionID != nil {
		if c.Session, err = tx.Session.Get(ctx, *c.Room.CurrentSessionID); err != nil {
			return nil, fmt.Errorf("read session: %w", err)
		}
	}
	return c, c.readAccounts()
}

// readAccounts reads what the accounts that act are in the room.
func (c *Crowd) readAccounts() error {
	var ids, emails []string
	for _, actor := range c.actors {
		if actor.User != nil {
			ids, emails = append(ids, actor.User.ID), append(emails, actor.User.Email)
		}
	}
	if ids == nil {
		return nil
	}
	managers, err := c.tx.Manager.Query().Where(manager.RoomID(c.Room.ID), manager.UserIDIn(ids...)).All(c.ctx)
	if err != nil {
		return fmt.Errorf("read managers: %w", err)
	}
	c.manages = make(map[string]role.ManagerRole, len(managers))
	for _, m := range managers {
		c.manages[m.UserID] = m.Role
	}
	c.inside, err = c.tx.Participant.Query().Where(participant.SessionID(currentID(c.Room)), participant.Or(
		participant.UserIDIn(ids...), participant.And(participant.EmailIn(emails...), participant.StateEQ(participant.StateBlocked)),
	)).All(c.ctx)
	return wrapped("read places", err)
}

// Turn begins the turn of one asker, with the rights that they have now. Keep ends it, unless it is refused.
func (c *Crowd) Turn(i int) (*Turn, error) {
	actor, places := c.actors[i], c.places(i)
	switch {
	case actor.User == nil && len(places) == 0:
		return nil, problem.ErrUnauthenticated
	case c.Room == nil:
		return nil, problem.ErrNotFound
	case c.refused[i] != nil:
		return nil, c.refused[i]
	}
	t := &Turn{
		Tx: c.tx, Room: c.Room, Sight: sightIn(c.Room, actor, c.manages[actor.UserID()], places),
		ctx: c.ctx, actor: actor, tools: c.options.Tools, crowd: c, before: c.later, later: newLater(),
	}
	if !t.Sight.Can(role.SeeRoom) {
		return nil, problem.ErrNotFound
	}
	return t, nil
}

// Keep leaves what a turn changed to Flush.
func (c *Crowd) Keep(t *Turn) { c.later.join(t.later) }

// Emit leaves an event of the crowd as a whole to Flush, and returns its revision.
func (c *Crowd) Emit(kind *Kind, e live.Entry) (revision int) {
	c.later.emit(kind, e)
	return max(c.Room.Revision, c.tx.Raised(c.Room.ID)) + len(c.later.events)
}

// Flush writes what the commands changed.
func (c *Crowd) Flush() error {
	if c.Room == nil {
		return nil
	}
	return c.later.write(c.ctx, c.tx, c.Room.ID)
}

// places is placesOf for an asker of the crowd. Of an account, it knows only places in this room.
func (c *Crowd) places(i int) []*ent.Participant {
	actor := c.actors[i]
	ever := make([]*ent.Participant, len(c.ever[i]))
	for n, p := range c.ever[i] {
		ever[n] = c.now(p)
	}
	if actor.User != nil {
		if p := c.placeOf(actor.User.ID); p != nil && c.later.places[p.ID] != nil && !containsPlace(ever, p) {
			ever = append(ever, p)
		}
	}
	return slices.DeleteFunc(opened(actor, ever, c.core.now()), func(p *ent.Participant) bool {
		counts := actor.Admin() || c.manages[actor.UserID()] != "" || c.Room != nil && c.Room.Access == entroom.AccessMembers
		return p.State == participant.StateBlocked || left(p) && !counts
	})
}

// now returns a place as earlier commands of the crowd left it.
func (c *Crowd) now(p *ent.Participant) *ent.Participant {
	if after := c.later.places[p.ID]; after != nil {
		return after
	}
	return p
}

// placeOf returns the place in the session of an account that acts. It returns nil for an account without a place.
func (c *Crowd) placeOf(userID string) *ent.Participant {
	for _, id := range c.later.added {
		if p := c.later.places[id]; *p.UserID == userID {
			return p
		}
	}
	for _, p := range c.inside {
		if p.UserID != nil && *p.UserID == userID {
			return c.now(p)
		}
	}
	return nil
}

// blocked reports whether the email of an account that acts is blocked in the session.
func (c *Crowd) blocked(email string) bool {
	return slices.ContainsFunc(c.inside, func(p *ent.Participant) bool { return p.Email == email && p.State == participant.StateBlocked })
}

// readPolicy reads the site's rules once.
func (c *Crowd) readPolicy() (_ *ent.SitePolicy, err error) {
	if c.policy == nil {
		c.policy, err = readPolicy(c.ctx, c.tx.Client())
	}
	return c.policy, err
}

// everNamedByEach is everNamedBy for many askers, with a constant number of queries. Of accounts, it reads only places in one room.
func everNamedByEach(ctx context.Context, c *ent.Client, roomID string, actors []auth.Actor) ([][]*ent.Participant, error) {
	var users []string
	redeemers := make([]redeemer, len(actors))
	for i, actor := range actors {
		if redeemers[i] = redeemerOf(actor); actor.User != nil {
			users = append(users, actor.User.ID)
		}
	}
	ofUser := map[string][]*ent.Participant{}
	if users != nil {
		rows, err := readPlacesOfAccounts(ctx, c, roomID, users...)
		if err != nil {
			return nil, err
		}
		for _, p := range rows {
			ofUser[*p.UserID] = append(ofUser[*p.UserID], p)
		}
	}
	redeemed, err := readRedeemed(ctx, c, redeemers...)
	if err != nil {
		return nil, err
	}
	each := make([][]*ent.Participant, len(actors))
	for i, actor := range actors {
		each[i] = redeemed.places(redeemers[i], ofUser[actor.UserID()])
	}
	return each, nil
}
