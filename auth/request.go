package auth

import (
	"context"
	"net/http"
	"strings"

	"usher/ent"
)

// Request has the parts of an HTTP request, or of a WebSocket's upgrade and connection_init, that identify the asker.
type Request struct {
	Cookies       []*http.Cookie
	Authorization string // the header, or `authorization` in the payload of connection_init; if given, cookies do not count
	Place         string // the header PlaceHeader, or `place` in the payload of connection_init; may be empty
	UserAgent     string
	Address       string
}

// Actor finds out who asks. It ignores cookies that identify nobody, and marks the actor as rejected for a bearer token that
// identifies nobody. It returns problem.BadInput or problem.ErrNotYourPlace for a place as which the asker cannot act; all other
// errors are faults of the storage.
func (a *Authenticator) Actor(ctx context.Context, r Request, names CookieNames) (Actor, error) {
	actor, err := a.asker(ctx, r, names)
	if err != nil || r.Place == "" || actor.Rejected {
		return actor, err
	}
	actor.As, err = a.named(ctx, actor, r.Place)
	return actor, err
}

// asker finds out whom the credentials identify.
func (a *Authenticator) asker(ctx context.Context, r Request, names CookieNames) (Actor, error) {
	actor := Actor{Browser: Browser(r.UserAgent), Address: r.Address}
	if r.Authorization != "" {
		return actor, a.byBearer(ctx, &actor, r.Authorization)
	}
	if secret, isFormer := names.find(r.Cookies, signInCookie, SignInPrefix); secret != "" {
		s, err := a.signedIn(ctx, secret)
		if err != nil {
			return actor, err
		}
		actor.take(s)
		if isFormer && s != nil {
			actor.outdated = append(actor.outdated, outdated{signInCookie, secret, int(s.ExpiresAt.Sub(a.log.Now()).Seconds())})
		}
	}
	if secret, isFormer := names.find(r.Cookies, deviceCookie, DevicePrefix); secret != "" {
		hash := HashSecret(secret)
		switch {
		case !isFormer:
			actor.Device = hash
		case a.deviceOf(ctx, hash) != "":
			actor.Device = hash
			actor.outdated = append(actor.outdated, outdated{deviceCookie, secret, int(deviceTerm.Seconds())})
		}
	}
	if actor.User == nil && actor.Device != nil {
		actor.DeviceID = a.deviceOf(ctx, actor.Device)
	}
	return actor, nil
}

func (a *Authenticator) byBearer(ctx context.Context, actor *Actor, authorization string) error {
	scheme, token, _ := strings.Cut(authorization, " ")
	token = strings.TrimSpace(token)
	if !strings.EqualFold(scheme, "Bearer") { // RFC 9110 §11.1: the scheme is case-insensitive
		actor.Rejected = true
		return nil
	}
	var err error
	switch {
	case ValidSecret(SignInPrefix, token):
		var s *ent.SignIn
		s, err = a.signedIn(ctx, token)
		actor.take(s)
	case ValidSecret(GuestPrefix, token):
		actor.Guest, err = a.guest(ctx, token)
	}
	actor.Rejected = err == nil && actor.User == nil && actor.Guest == nil
	return err
}

func (actor *Actor) take(s *ent.SignIn) {
	if s != nil {
		actor.User, actor.SignInID = s.Edges.User, s.ID
	}
}

// guest returns a guest's token if it gives access now, else nil.
func (a *Authenticator) guest(ctx context.Context, token string) (*ent.GuestToken, error) {
	g, err := a.guests.Of(ctx, string(HashSecret(token)))
	if err != nil || g == nil {
		return nil, err
	}
	i := g.Edges.Invitation // nil if the account is disabled
	if i == nil || i.DeviceID == nil || *i.DeviceID != g.DeviceID || !GivesAccess(i, i.Edges.Session, a.log.Now()) {
		return nil, nil // released, redeemed again elsewhere, revoked, or over
	}
	bare := *g
	bare.Edges = ent.GuestTokenEdges{} // a connection keeps the token, but not the rows around it
	return &bare, nil
}
