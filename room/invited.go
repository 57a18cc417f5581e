package room

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"usher/auth"
	"usher/ent"
	"usher/ent/participant"
	"usher/ent/predicate"
	"usher/text"
)

// invited has all rows that looking at the links of some invitations needs. Reading it takes as many statements for one invitation as for
// many.
type invited struct {
	rows     []*ent.Invitation
	policy   *ent.SitePolicy
	rooms    map[string]*ent.Room
	sessions map[string]*ent.Session
	blocked  map[blockedEmail]bool
	disabled map[string]bool // the emails of disabled accounts
	mailOn   bool
	codes    map[string]*codes // of those whose links may need one
}

type blockedEmail struct{ session, email string }

// readInvited reads some invitations and what concerns them. The rows that invitations share are in memory once.
func (s *core) readInvited(ctx context.Context, c *ent.Client, which predicate.Invitation) (*invited, error) {
	v := &invited{mailOn: s.options.Mailing.On, rooms: map[string]*ent.Room{}, sessions: map[string]*ent.Session{}, blocked: map[blockedEmail]bool{}}
	var err error
	v.rows, err = c.Invitation.Query().Where(which).WithDevice().WithParticipant().All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read invitations: %w", err)
	}
	if len(v.rows) == 0 {
		return v, nil
	}
	if v.policy, err = readPolicy(ctx, c); err != nil {
		return nil, err
	}
	emails := make([]string, len(v.rows))
	for i, row := range v.rows {
		v.rooms[row.RoomID], v.sessions[row.SessionID], emails[i] = nil, nil, row.Email
	}
	if err := v.readShared(ctx, c); err != nil {
		return nil, err
	}
	blocked, err := c.Participant.Query().Where(
		participant.SessionIDIn(slices.Collect(maps.Keys(v.sessions))...), participant.EmailIn(emails...),
		participant.StateEQ(participant.StateBlocked),
	).Select(participant.FieldSessionID, participant.FieldEmail).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("look for blocks: %w", err)
	}
	for _, p := range blocked {
		v.blocked[blockedEmail{p.SessionID, p.Email}] = true
	}
	if v.disabled, err = auth.Disabled(ctx, c, emails...); err != nil {
		return nil, err
	}
	if ids := v.withCodes(); len(ids) > 0 {
		v.codes, err = readCodes(ctx, c, s.now(), ids...)
	}
	return v, err
}

// withCodes returns the invitations whose links may need a code.
func (v *invited) withCodes() (ids []string) {
	for _, row := range v.rows {
		if v.mailOn && (row.RedeemedAt != nil || needsProof(v.policy.Proof, row.Role)) {
			ids = append(ids, row.ID)
		}
	}
	return ids
}

// readShared reads the rooms and sessions of the invitations.
func (v *invited) readShared(ctx context.Context, c *ent.Client) error {
	rooms, err := c.Room.ByIDs(ctx, slices.Collect(maps.Keys(v.rooms)))
	if err != nil {
		return fmt.Errorf("read rooms: %w", err)
	}
	for _, r := range rooms {
		v.rooms[r.ID] = r
	}
	sessions, err := c.Session.ByIDs(ctx, slices.Collect(maps.Keys(v.sessions)))
	if err != nil {
		return fmt.Errorf("read sessions: %w", err)
	}
	for _, of := range sessions {
		v.sessions[of.ID] = of
	}
	return nil
}

// hold returns what is known of a link to one of the invitations, and of its holder. It returns nil if the room or the session was
// deleted while they were read.
func (v *invited) hold(i *ent.Invitation, actor auth.Actor, device []byte, l link) *held {
	if v.rooms[i.RoomID] == nil || v.sessions[i.SessionID] == nil {
		return nil
	}
	return &held{
		invitation: i, room: v.rooms[i.RoomID], session: v.sessions[i.SessionID], participant: i.Edges.Participant, policy: v.policy,
		newest: int(l.generation) == i.Generation, blocked: v.blocked[blockedEmail{i.SessionID, i.Email}], disabled: v.disabled[i.Email],
		mine:      i.RedeemedAt != nil && boundTo(i, device, actor.Guest),
		signedIn:  actor.User != nil && actor.User.Email == i.Email,
		byAccount: actor.User != nil,
		mailOn:    v.mailOn, codes: v.codes[i.ID], codeFailed: v.codes[i.ID].failed(askingDevice(device, actor)),
	}
}

// inviters returns the names of those who invited, by id.
func inviters(ctx context.Context, c *ent.Client, looks ...*InvitationLink) (names map[string]string, err error) {
	names = map[string]string{}
	for _, look := range looks {
		if look != nil && look.held != nil {
			names[look.held.invitation.InvitedByID] = ""
		}
	}
	if len(names) == 0 {
		return names, nil
	}
	rows, err := c.User.ByIDs(ctx, slices.Collect(maps.Keys(names)))
	if err != nil {
		return nil, fmt.Errorf("read inviters: %w", err)
	}
	for _, u := range rows {
		names[u.ID] = text.FullName(u.FirstName, u.LastName)
	}
	return names, nil
}
