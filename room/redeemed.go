package room

import (
	"context"
	"fmt"
	"slices"

	"entgo.io/ent/dialect/sql"

	"usher/auth"
	"usher/ent"
	"usher/ent/device"
	"usher/ent/invitation"
	"usher/ent/predicate"
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
	var devices, ids keys
	for _, of := range all {
		devices.add(of.device)
		ids.add(of.invitation)
	}
	read := c.Invitation.Query().Where(auth.Enabled).WithSession().WithParticipant()
	if len(devices) > 0 {
		rows, err := read.Clone().Where(onDevices(devices.list())).All(ctx)
		if err != nil {
			return found, fmt.Errorf("read places of devices: %w", err)
		}
		for _, i := range rows {
			value, err := i.Value(device.FieldSecretHash)
			if err != nil {
				return found, fmt.Errorf("read devices: %w", err)
			}
			hash := string(value.([]byte))
			found.byDevice[hash] = append(found.byDevice[hash], i)
		}
	}
	if len(ids) > 0 {
		rows, err := read.Where(invitation.IDIn(ids.list()...)).All(ctx)
		if err != nil {
			return found, fmt.Errorf("read places of tokens: %w", err)
		}
		for _, i := range rows {
			found.byID[i.ID] = i
		}
	}
	return found, nil
}

// onDevices selects the invitations that devices redeemed, by the hashes of their secrets, each with the hash.
func onDevices(hashes []string) predicate.Invitation {
	values := make([]any, len(hashes))
	for n, hash := range hashes {
		values[n] = []byte(hash)
	}
	return func(s *sql.Selector) {
		d := sql.Dialect(s.Dialect()).Table(device.Table)
		s.Join(d).On(s.C(invitation.FieldDeviceID), d.C(device.FieldID)).AppendSelect(d.C(device.FieldSecretHash)).
			Where(sql.In(d.C(device.FieldSecretHash), values...))
	}
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
