package room

import (
	"context"
	"fmt"
	"slices"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"usher/auth"
	"usher/ent"
	"usher/ent/device"
	"usher/ent/invitation"
	"usher/ent/participant"
)

// redeemer is what may have redeemed invitations: a browser's device, a guest's token, or both. The zero value redeemed none.
type redeemer struct {
	device                  string // the secret's SHA-256, of a browser
	invitation, guestDevice string // of a guest's token
}

func redeemerOf(actor auth.Actor) redeemer {
	of := redeemer{device: string(actor.Device)}
	if actor.Guest != nil {
		of.invitation, of.guestDevice = actor.Guest.InvitationID, actor.Guest.DeviceID
	}
	return of
}

// redemptions are invitations with their sessions and places: by the hash of the device's secret, and by id.
type redemptions struct {
	byDevice map[string][]*ent.Invitation
	byID     map[string]*ent.Invitation
}

// readRedeemed reads the invitations of devices and of guests' tokens, many with as many queries as one. It omits those of disabled
// accounts. It goes from each credential to its own few rows, however many others are stored.
func readRedeemed(ctx context.Context, c *ent.Client, all ...redeemer) (redemptions, error) {
	found := redemptions{map[string][]*ent.Invitation{}, map[string]*ent.Invitation{}}
	var ids keys
	var devices [][]byte
	for _, of := range all {
		if ids.add(of.invitation); of.device != "" {
			devices = append(devices, []byte(of.device))
		}
	}
	var rows []*ent.Invitation
	if devices != nil {
		redeemed, err := c.Invitation.Rows(ctx, redeemedByDevice, ent.List(devices))
		if err != nil {
			return found, fmt.Errorf("read what devices redeemed: %w", err)
		}
		for _, i := range redeemed {
			of := ent.TextOf(i, device.FieldSecretHash)
			found.byDevice[of] = append(found.byDevice[of], i)
		}
		rows = redeemed
	}
	if ids != nil {
		redeemed, err := c.Invitation.Rows(ctx, redeemedByToken, ent.List(ids.list()))
		if err != nil {
			return found, fmt.Errorf("read what tokens redeemed: %w", err)
		}
		for _, i := range redeemed {
			found.byID[i.ID] = i
		}
		rows = append(rows, redeemed...)
	}
	return found, readPlacesOf(ctx, c, rows)
}

// The statements of readRedeemed are written once, because each entry and each subscription runs them.
var (
	redeemedByDevice = func() string {
		d := sql.Dialect(dialect.Postgres).Table(device.Table)
		s := auth.SelectInvitations()
		s.Join(d).On(s.C(invitation.FieldDeviceID), d.C(device.FieldID)).AppendSelect(d.C(device.FieldSecretHash))
		query, _ := s.Where(sql.In(d.C(device.FieldSecretHash), sql.Raw("?"))).Query()
		return query
	}()
	redeemedByToken = func() string {
		s := auth.SelectInvitations()
		query, _ := s.Where(sql.In(s.C(invitation.FieldID), sql.Raw("?"))).Query()
		return query
	}()
)

// The statements of readPlacesOfAccounts and of sights are kept for the same reason.
var (
	placesOfAccounts = func() string {
		p := sql.Dialect(dialect.Postgres).Table(participant.Table)
		s := sql.Dialect(dialect.Postgres).SelectExpr(sql.Raw(ent.ParticipantColumns)).From(p)
		auth.Enabled(s)
		query, _ := s.Where(sql.In(p.C(participant.FieldUserID), sql.Raw("?"))).Query()
		return query
	}()
	managersOfRooms = "SELECT " + ent.ManagerColumns + " FROM managers WHERE managers.user_id = ? AND managers.room_id IN (?)"
)

// readPlacesOfAccounts reads the places of accounts that are not disabled, each with its session and invitation. Unless room is empty, it
// reads only places in one room.
func readPlacesOfAccounts(ctx context.Context, c *ent.Client, room string, accounts ...string) ([]*ent.Participant, error) {
	statement, values := placesOfAccounts, []any{ent.List(accounts)}
	if room != "" {
		statement, values = statement+" AND participants.room_id = ?", append(values, room)
	}
	places, err := c.Participant.Rows(ctx, statement, values...)
	if err != nil || len(places) == 0 {
		return nil, wrapped("read places", err)
	}
	var ofPlaces, ofInvitations keys
	for _, p := range places {
		ofPlaces.add(p.SessionID)
		if p.InvitationID != nil {
			ofInvitations.add(*p.InvitationID)
		}
	}
	sessions, err := readSessions(ctx, c, ofPlaces.list())
	if err != nil {
		return nil, err
	}
	invitations, err := readInvitations(ctx, c, ofInvitations.list())
	for _, p := range places {
		p.Edges.Session = sessions[p.SessionID]
		if p.InvitationID != nil {
			p.Edges.Invitation = invitations[*p.InvitationID]
		}
	}
	return places, err
}

// readPlacesOf reads the sessions and places of invitations.
func readPlacesOf(ctx context.Context, c *ent.Client, invitations []*ent.Invitation) error {
	if len(invitations) == 0 {
		return nil
	}
	var sessionIDs keys
	ids := make([]string, len(invitations))
	for n, i := range invitations {
		ids[n] = i.ID
		sessionIDs.add(i.SessionID)
	}
	sessions, err := c.Session.ByIDs(ctx, sessionIDs.list())
	ofInvitation, err := ent.ByKey(sessions, err, "sessions", func(s *ent.Session) string { return s.ID })
	if err != nil {
		return err
	}
	rows, err := c.Participant.By(ctx, participant.FieldInvitationID, ent.List(ids))
	places, err := ent.ByKey(rows, err, "places", func(p *ent.Participant) string { return *p.InvitationID })
	if err != nil {
		return err
	}
	for _, i := range invitations {
		i.Edges.Session, i.Edges.Participant = ofInvitation[i.SessionID], places[i.ID]
	}
	return nil
}

// places adds to others the places that somebody redeemed, each with its session and invitation.
func (r redemptions) places(of redeemer, others []*ent.Participant) []*ent.Participant {
	for _, i := range r.byDevice[of.device] {
		others = withPlaceOf(others, i)
	}
	if i := r.byID[of.invitation]; i != nil && i.DeviceID != nil && *i.DeviceID == of.guestDevice {
		others = withPlaceOf(others, i)
	}
	return others
}

// withPlaceOf adds the place of a redeemed invitation to others, with its session and invitation.
func withPlaceOf(places []*ent.Participant, i *ent.Invitation) []*ent.Participant {
	p := i.Edges.Participant
	if p == nil || containsPlace(places, p) {
		return places
	}
	p.Edges.Session, p.Edges.Invitation = i.Edges.Session, i
	return append(places[:len(places):len(places)], p)
}

func containsPlace(places []*ent.Participant, p *ent.Participant) bool {
	return slices.ContainsFunc(places, func(q *ent.Participant) bool { return q.ID == p.ID })
}
