package auth

import (
	"context"
	"regexp"

	"usher/problem"
)

// PlaceHeader is the header that names the place as which a request acts (A7).
const PlaceHeader = "Usher-Place"

// Place is the place as which a request acts: a participant of a session.
type Place struct {
	ID, RoomID, SessionID, Email string
}

// placeID matches the id of a participant.
var placeID = regexp.MustCompile(`^p_[0-9a-v]{26}$`)

// named returns the place of an id if it belongs to the actor. It returns problem.BadInput for a malformed id, and
// problem.ErrNotYourPlace for any other place, whether it exists or not.
func (a *Authenticator) named(ctx context.Context, actor Actor, id string) (*Place, error) {
	if !placeID.MatchString(id) {
		return nil, &problem.BadInput{Message: "the place must be the id of a participant: p_ followed by 26 letters and digits"}
	}
	p, err := a.places.Of(ctx, id)
	if err != nil {
		return nil, err
	}
	if p == nil || !actor.owns(p) {
		return nil, problem.ErrNotYourPlace
	}
	return &Place{ID: p.ID, RoomID: p.RoomID, SessionID: p.SessionID, Email: p.Email}, nil
}

// owns reports whether a place belongs to the actor: to the account, the device or the token that redeemed its invitation.
func (actor Actor) owns(p *owned) bool {
	if p.UserID != nil && *p.UserID == actor.UserID() {
		return true
	}
	if p.deviceID == "" {
		return false
	}
	if g := actor.Guest; g != nil && g.InvitationID == *p.InvitationID && g.DeviceID == p.deviceID {
		return true
	}
	return actor.Device != nil && p.secretHash == string(actor.Device)
}
