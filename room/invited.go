package room

import (
	"bytes"
	"context"
	"fmt"

	"usher/auth"
	"usher/ent"
	"usher/text"
)

// invited has all rows that looking at the links of some invitations needs. Reading it takes as many statements for one invitation as for
// many.
type invited struct {
	rows     []*ent.Invitation // with the columns of other tables
	policy   *ent.SitePolicy
	rooms    map[string]*ent.Room
	sessions map[string]*ent.Session
	places   map[string]*ent.Participant
	mailOn   bool
	codes    map[string]*codes // of those whose links may need one
}

// Columns of other tables that come with an invitation.
const (
	deviceHash   = "device_hash"
	placeID      = "place_id"
	blockedID    = "blocked_id"  // of a blocked place of the email
	disabledID   = "disabled_id" // of the account of the email, if it is disabled
	inviterFirst = "inviter_first"
	inviterLast  = "inviter_last"
)

// selectInvited selects invitations with all that each look and each redemption needs to know of other tables. It asks for the few places of
// an email, because there may be many blocked ones.
var selectInvited = "SELECT " + ent.InvitationColumns + ", devices.secret_hash AS " + deviceHash + ", places.id AS " + placeID + `,
	(SELECT max(CASE WHEN p.state = 'BLOCKED' THEN p.id END) FROM participants AS p
		WHERE p.session_id = invitations.session_id AND p.email = invitations.email) AS ` + blockedID + `,
	(SELECT u.id FROM users AS u WHERE u.email = invitations.email AND u.disabled_at IS NOT NULL) AS ` + disabledID + `,
	inviters.first_name AS ` + inviterFirst + ", inviters.last_name AS " + inviterLast + `
	FROM invitations
	LEFT JOIN devices ON devices.id = invitations.device_id
	LEFT JOIN participants AS places ON places.invitation_id = invitations.id
	LEFT JOIN users AS inviters ON inviters.id = invitations.invited_by_id
	WHERE `

// The statements of readInvited, which are kept.
var (
	invitedByID       = selectInvited + "invitations.id IN (?)"
	invitedByPublicID = selectInvited + "invitations.public_id IN (?)"
)

// readInvited reads some invitations and what concerns them, by one of its statements. The rows that invitations share are in memory once.
func (s *core) readInvited(ctx context.Context, c *ent.Client, statement string, keys ent.Keys) (*invited, error) {
	v := &invited{mailOn: s.options.Mailing.On}
	var err error
	v.rows, err = c.Invitation.Rows(ctx, statement, keys)
	if err != nil {
		return nil, fmt.Errorf("read invitations: %w", err)
	}
	if len(v.rows) == 0 {
		return v, nil
	}
	if v.policy, err = readPolicy(ctx, c); err != nil {
		return nil, err
	}
	if err := v.readShared(ctx, c); err != nil {
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

// readShared reads the rooms and sessions of the invitations, and the places that they gave.
func (v *invited) readShared(ctx context.Context, c *ent.Client) (err error) {
	var rooms, sessions, places keys
	for _, i := range v.rows {
		rooms.add(i.RoomID)
		sessions.add(i.SessionID)
		places.add(ent.TextOf(i, placeID))
	}
	if v.rooms, err = readRooms(ctx, c, rooms.list()); err != nil {
		return err
	}
	if v.sessions, err = readSessions(ctx, c, sessions.list()); err != nil {
		return err
	}
	rows, err := c.Participant.ByIDs(ctx, places.list())
	v.places, err = ent.ByKey(rows, err, "places", func(p *ent.Participant) string { return p.ID })
	return err
}

// find returns what is known of a genuine link, and of its holder. It returns nil if the invitation was deleted.
func (v *invited) find(actor auth.Actor, device []byte, l link) *held {
	for _, i := range v.rows {
		if bytes.Equal(i.PublicID, l.publicID[:]) {
			return v.hold(i, actor, device, l)
		}
	}
	return nil
}

// hold returns what is known of a link to one of the invitations, and of its holder. It returns nil if the room, the session or the place
// was deleted while they were read.
func (v *invited) hold(i *ent.Invitation, actor auth.Actor, device []byte, l link) *held {
	of, placed := v.places[ent.TextOf(i, placeID)], ent.TextOf(i, placeID) != ""
	if v.rooms[i.RoomID] == nil || v.sessions[i.SessionID] == nil || placed && of == nil {
		return nil
	}
	hash := []byte(ent.TextOf(i, deviceHash))
	return &held{
		invitation: i, room: v.rooms[i.RoomID], session: v.sessions[i.SessionID], participant: of, policy: v.policy,
		inviter: text.FullName(ent.TextOf(i, inviterFirst), ent.TextOf(i, inviterLast)),
		newest:  int(l.generation) == i.Generation, blocked: ent.TextOf(i, blockedID) != "", disabled: ent.TextOf(i, disabledID) != "",
		mine:      i.RedeemedAt != nil && boundTo(i, hash, device, actor.Guest),
		signedIn:  actor.User != nil && actor.User.Email == i.Email,
		byAccount: actor.User != nil,
		mailOn:    v.mailOn, codes: v.codes[i.ID], codeFailed: v.codes[i.ID].failed(askingDevice(device, actor)),
	}
}
