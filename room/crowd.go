package room

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"usher/auth"
	"usher/ent"
	"usher/ent/device"
	"usher/ent/invitation"
	"usher/ent/manager"
	"usher/ent/participant"
	entroom "usher/ent/room"
	"usher/live"
	"usher/problem"
	"usher/role"
)

// ownCommand is what somebody does with their own place in a room. p is their place in the current session of, nil if they have none.
// do returns the place afterwards. It changes places only by its turn, so that a refusal leaves nothing behind.
type ownCommand struct {
	actor auth.Actor
	do    func(t *Turn, of *ent.Session, p *ent.Participant) (*ent.Participant, error)
}

// inPlace runs a command on the asker's own place in a room. Commands of a crowd share transactions.
func (s *Places) inPlace(
	ctx context.Context, actor auth.Actor, roomID string, do func(t *Turn, of *ent.Session, p *ent.Participant) (*ent.Participant, error),
) (*Participant, error) {
	return s.crowds.Do(ctx, roomID, ownCommand{actor, do})
}

// crowd is a transaction in which people act on their own places in one room. It locks the room, and then reads the rights of all of
// them with a constant number of queries. What it read stays true, except for what its own commands change, which later knows.
type crowd struct {
	*core
	ctx      context.Context
	tx       *live.Tx
	room     *ent.Room    // nil if it does not exist
	session  *ent.Session // the room's current one, nil if there never was one
	commands []ownCommand
	actors   []auth.Actor // with the present state of their accounts
	refused  []error      // of actors whose accounts or sign-ins ended
	ever     [][]*ent.Participant
	manages  map[string]role.ManagerRole // by account
	inside   []*ent.Participant          // the places in the session of the accounts that act, and the blocked places of their emails
	policy   *ent.SitePolicy             // nil until it is read
	later    *later
}

// beginCrowd locks a room, and reads what commands need that people run on their own places in it.
func (s *core) beginCrowd(ctx context.Context, tx *live.Tx, roomID string, commands []ownCommand) (live.Batch[*Participant], error) {
	c := &crowd{core: s, ctx: ctx, tx: tx, commands: commands, later: newLater()}
	var err error
	if c.room, err = tx.Lock(ctx, roomID); err != nil && !errors.Is(err, problem.ErrNotFound) {
		return nil, err
	}
	actors := make([]auth.Actor, len(commands))
	for i, command := range commands {
		actors[i] = command.actor
	}
	if c.actors, c.refused, err = auth.AsNowEach(ctx, tx.Client(), actors); err != nil {
		return nil, err
	}
	if c.ever, err = everNamedByEach(ctx, tx.Client(), roomID, c.actors); err != nil || c.room == nil {
		return c, err
	}
	if c.room.CurrentSessionID != nil {
		if c.session, err = tx.Session.Get(ctx, *c.room.CurrentSessionID); err != nil {
			return nil, fmt.Errorf("read session: %w", err)
		}
	}
	return c, c.readAccounts()
}

// readAccounts reads what the accounts that act are in the room.
func (c *crowd) readAccounts() error {
	var ids, emails []string
	for _, actor := range c.actors {
		if actor.User != nil {
			ids, emails = append(ids, actor.User.ID), append(emails, actor.User.Email)
		}
	}
	if ids == nil {
		return nil
	}
	managers, err := c.tx.Manager.Query().Where(manager.RoomID(c.room.ID), manager.UserIDIn(ids...)).All(c.ctx)
	if err != nil {
		return fmt.Errorf("read managers: %w", err)
	}
	c.manages = make(map[string]role.ManagerRole, len(managers))
	for _, m := range managers {
		c.manages[m.UserID] = m.Role
	}
	c.inside, err = c.tx.Participant.Query().Where(participant.SessionID(currentID(c.room)), participant.Or(
		participant.UserIDIn(ids...), participant.And(participant.EmailIn(emails...), participant.StateEQ(participant.StateBlocked)),
	)).All(c.ctx)
	return wrapped("read places", err)
}

// Run runs one command by the rights that its asker has now.
func (c *crowd) Run(i int) (*Participant, error) {
	actor, places := c.actors[i], c.places(i)
	switch {
	case actor.User == nil && len(places) == 0:
		return nil, problem.ErrUnauthenticated
	case c.room == nil:
		return nil, problem.ErrNotFound
	case c.refused[i] != nil:
		return nil, c.refused[i]
	}
	t := &Turn{
		Tx: c.tx, Room: c.room, Sight: sightIn(c.room, actor, c.manages[actor.UserID()], places),
		ctx: c.ctx, actor: actor, crowd: c, later: newLater(),
	}
	if !t.Sight.Can(role.SeeRoom) {
		return nil, problem.ErrNotFound
	}
	own := t.Sight.Own
	if own != nil && !current(c.room, own) {
		own = nil
	}
	p, err := c.commands[i].do(t, c.session, own)
	if err != nil {
		return nil, err
	}
	c.later.join(t.later)
	return t.showParticipant(p), nil
}

// Flush writes what the commands changed.
func (c *crowd) Flush() error {
	if c.room == nil {
		return nil
	}
	return c.later.write(c.ctx, c.tx, c.room.ID)
}

// places is placesOf for an asker of the crowd. Of an account, it knows only places in this room.
func (c *crowd) places(i int) []*ent.Participant {
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
		counts := actor.Admin() || c.manages[actor.UserID()] != "" || c.room != nil && c.room.Access == entroom.AccessMembers
		return p.State == participant.StateBlocked || left(p) && !counts
	})
}

// now returns a place as earlier commands of the crowd left it.
func (c *crowd) now(p *ent.Participant) *ent.Participant {
	if after := c.later.places[p.ID]; after != nil {
		return after
	}
	return p
}

// placeOf returns the place in the session of an account that acts. It returns nil for an account without a place.
func (c *crowd) placeOf(userID string) *ent.Participant {
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
func (c *crowd) blocked(email string) bool {
	return slices.ContainsFunc(c.inside, func(p *ent.Participant) bool { return p.Email == email && p.State == participant.StateBlocked })
}

// readPolicy reads the site's rules once.
func (c *crowd) readPolicy() (_ *ent.SitePolicy, err error) {
	if c.policy == nil {
		c.policy, err = readPolicy(c.ctx, c.tx.Client())
	}
	return c.policy, err
}

// everNamedByEach is everNamedBy for many askers, with a constant number of queries. Of accounts, it reads only places in one room.
func everNamedByEach(ctx context.Context, c *ent.Client, roomID string, actors []auth.Actor) ([][]*ent.Participant, error) {
	var users, guests []string
	var devices [][]byte
	for _, actor := range actors {
		if actor.User != nil {
			users = append(users, actor.User.ID)
		}
		if actor.Device != nil {
			devices = append(devices, actor.Device)
		}
		if actor.Guest != nil {
			guests = append(guests, actor.Guest.InvitationID)
		}
	}
	ofUser := map[string][]*ent.Participant{}
	if users != nil {
		rows, err := c.Participant.Query().Where(participant.UserIDIn(users...), participant.RoomID(roomID), auth.Enabled).
			WithSession().WithInvitation().All(ctx)
		if err != nil {
			return nil, fmt.Errorf("read places: %w", err)
		}
		for _, p := range rows {
			ofUser[*p.UserID] = append(ofUser[*p.UserID], p)
		}
	}
	redeemed, err := redeemedBy(ctx, c, devices, guests)
	if err != nil {
		return nil, err
	}
	each := make([][]*ent.Participant, len(actors))
	for i, actor := range actors {
		each[i] = slices.Clone(ofUser[actor.UserID()])
		for _, in := range redeemed.device[string(actor.Device)] {
			each[i] = withPlaceOf(each[i], in)
		}
		if g := actor.Guest; g != nil {
			if in := redeemed.id[g.InvitationID]; in != nil && in.DeviceID != nil && *in.DeviceID == g.DeviceID {
				each[i] = withPlaceOf(each[i], in)
			}
		}
	}
	return each, nil
}

// redemptions are invitations with their sessions and places: by the secret's hash of the device that redeemed them, and by id.
type redemptions struct {
	device map[string][]*ent.Invitation
	id     map[string]*ent.Invitation
}

// redeemedBy reads the invitations that devices redeemed, and those with the given ids. It omits those of disabled accounts.
func redeemedBy(ctx context.Context, c *ent.Client, devices [][]byte, ids []string) (redemptions, error) {
	found := redemptions{map[string][]*ent.Invitation{}, map[string]*ent.Invitation{}}
	hashes := map[string]string{} // by the device's id
	if devices != nil {
		rows, err := c.Device.Query().Where(device.SecretHashIn(devices...)).All(ctx)
		if err != nil {
			return found, fmt.Errorf("read devices: %w", err)
		}
		for _, d := range rows {
			hashes[d.ID] = string(d.SecretHash)
		}
	}
	if len(hashes) == 0 && ids == nil {
		return found, nil
	}
	rows, err := c.Invitation.Query().Where(invitation.Or(
		invitation.DeviceIDIn(slices.Collect(maps.Keys(hashes))...), invitation.IDIn(ids...)), auth.Enabled,
	).WithSession().WithParticipant().All(ctx)
	if err != nil {
		return found, fmt.Errorf("read places: %w", err)
	}
	for _, i := range rows {
		found.id[i.ID] = i
		if i.DeviceID != nil {
			if hash, ok := hashes[*i.DeviceID]; ok {
				found.device[hash] = append(found.device[hash], i)
			}
		}
	}
	return found, nil
}
