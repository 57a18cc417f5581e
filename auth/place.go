package auth

import (
	"context"
	"regexp"

	"usher/ent"
	"usher/problem"
)

// PlaceHeader is the header in which a request names the place that it acts as (A7).
const PlaceHeader = "Usher-Place"

// Place is the place that a request acts as: a participant of a session, known by its id.
type Place struct {
	ID, RoomID, SessionID, Email string
}

// placeID is the form of a participant's id.
var placeID = regexp.MustCompile(`^p_[0-9a-v]{26}$`)

// named returns the place of an id, if it is one of the actor's. Returns problem.BadInput for what is no id, and
// problem.ErrNotYourPlace for any other place, whether it exists or not.
func (a *Authenticator) named(ctx context.Context, actor Actor, id string) (*Place, error) {
	if !placeID.MatchString(id) {
		return nil, &problem.BadInput{Message: "the place must be the id of a participant: p_ followed by 26 letters and digits"}
	}
	p, err := a.places.Of(ctx, id)
	if err != nil {
		return nil, err
	}
	if p == nil || !actor.holds(p) {
		return nil, problem.ErrNotYourPlace
	}
	return &Place{ID: p.ID, RoomID: p.RoomID, SessionID: p.SessionID, Email: p.Email}, nil
}

// holds reports whether a place, read with its invitation and device, belongs to the actor: to the account, or by the device
// or the token that redeemed its invitation.
func (actor Actor) holds(p *ent.Participant) bool {
	if p.UserID != nil && *p.UserID == actor.UserID() {
		return true
	}
	i := p.Edges.Invitation
	if i == nil || i.DeviceID == nil {
		return false
	}
	if g := actor.Guest; g != nil && g.InvitationID == i.ID && g.DeviceID == *i.DeviceID {
		return true
	}
	bound := i.Edges.Device
	return bound != nil && actor.Device != nil && string(bound.SecretHash) == string(actor.Device)
}
