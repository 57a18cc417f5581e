// Package auth finds out who is asking, from sign-ins, tokens, devices and passwords, and counts how much they ask.
// people, room, graph, site and command may import it.
package auth

import (
	"context"
	"encoding/hex"
	"fmt"
	"slices"

	"usher/ent"
	"usher/ent/signin"
	"usher/ent/user"
	"usher/problem"
	"usher/role"
	"usher/text"
)

// Actor is the asker: nobody (the zero value), a signed-in user, a guest, or a user who is also a guest. Resolvers take it from
// the context once, and pass it on as a value.
type Actor struct {
	// User is the signed-in account, or nil. SignInID is its sign-in.
	User     *ent.User
	SignInID string
	// Device is the SHA-256 of the device secret in the cookie. It is a guest's only credential in a browser.
	Device []byte
	// DeviceID is the id of the device after it has redeemed a link. It is empty if somebody is signed in.
	DeviceID string
	// Guest is a guest's bearer token, which clients without cookies use.
	Guest *ent.GuestToken
	// As is the asker's own place as which the request acts, nil if it names none (A7).
	As *Place
	// Rejected reports that the request has a bearer token that does not work, or no longer.
	Rejected bool
	// Browser names the browser and system, such as `Chrome on Windows`. Address is the key for rates of strangers.
	Browser string
	Address string

	outdated []outdated
}

// UserID returns the id of the signed-in account, or an empty string.
func (actor Actor) UserID() string {
	if actor.User == nil {
		return ""
	}
	return actor.User.ID
}

// Name returns the display name of the signed-in account, or an empty string.
func (actor Actor) Name() string {
	if actor.User == nil {
		return ""
	}
	return text.FullName(actor.User.FirstName, actor.User.LastName)
}

// Admin reports whether a site administrator is signed in.
func (actor Actor) Admin() bool { return actor.User != nil && actor.User.SiteRole == role.Admin }

// SignedIn returns the signed-in account, or problem.ErrUnauthenticated.
func (actor Actor) SignedIn() (*ent.User, error) {
	if actor.User == nil {
		return nil, problem.ErrUnauthenticated
	}
	return actor.User, nil
}

// AsNow returns the actor with the current state of its account, because a connection reads the account only when it opens. It
// returns problem.ErrUnauthenticated if the account is disabled or the sign-in has ended.
func (actor Actor) AsNow(ctx context.Context, c *ent.Client) (Actor, error) {
	if actor.User == nil {
		return actor, nil
	}
	now := c.User.Query().Where(user.ID(actor.User.ID), user.DisabledAtIsNil())
	if actor.SignInID != "" { // commands and scheduled work act without a sign-in
		now.Where(user.HasSignInsWith(signin.ID(actor.SignInID)))
	}
	u, err := now.Only(ctx)
	if ent.IsNotFound(err) {
		return actor, problem.ErrUnauthenticated
	}
	actor.User = u
	return actor, wrapped("read account", err)
}

// AsNowEach is AsNow for many actors, with as many queries as for one. The errors are those of the actors, one for each.
func AsNowEach(ctx context.Context, c *ent.Client, actors []Actor) (now []Actor, refused []error, err error) {
	var users, signIns []string
	for _, actor := range actors {
		if actor.User != nil {
			users = append(users, actor.User.ID)
		}
		if actor.SignInID != "" {
			signIns = append(signIns, actor.SignInID)
		}
	}
	now, refused = slices.Clone(actors), make([]error, len(actors))
	if users == nil {
		return now, refused, nil
	}
	rows, err := c.User.Query().Where(user.IDIn(users...), user.DisabledAtIsNil()).
		WithSignIns(func(q *ent.SignInQuery) { q.Where(signin.IDIn(signIns...)) }).All(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("read accounts: %w", err)
	}
	found := make(map[string]*ent.User, len(rows))
	for _, u := range rows {
		found[u.ID] = u
	}
	for i, actor := range actors {
		if actor.User == nil {
			continue
		}
		u := found[actor.User.ID]
		valid := u != nil && (actor.SignInID == "" || slices.ContainsFunc(u.Edges.SignIns, func(s *ent.SignIn) bool { return s.ID == actor.SignInID }))
		if !valid {
			refused[i] = problem.ErrUnauthenticated
			continue
		}
		now[i].User = u
	}
	return now, refused, nil
}

type contextKey struct{}

type exchange struct {
	actor Actor
	jar   *Jar
	fault error
}

func withExchange(ctx context.Context, e exchange) context.Context {
	return context.WithValue(ctx, contextKey{}, e)
}

// WithActor returns a context with the actor, for requests whose answers cannot set cookies.
func WithActor(ctx context.Context, actor Actor) context.Context {
	return withExchange(ctx, exchange{actor: actor})
}

// Refusal returns the error that refuses a whole request: problem.ErrUnauthenticated for a bearer token that does not work, the
// error of the place that it names, or the fault of finding out who asks.
func Refusal(ctx context.Context) error {
	e, _ := ctx.Value(contextKey{}).(exchange)
	if e.fault != nil {
		return e.fault
	}
	if e.actor.Rejected {
		return problem.ErrUnauthenticated
	}
	return nil
}

// From returns the actor of a request's context, or nobody.
func From(ctx context.Context) Actor {
	e, _ := ctx.Value(contextKey{}).(exchange)
	return e.actor
}

// Cookies returns the jar for the answer's cookies. It returns problem.BadInput for WebSockets and other origins, which get no
// cookies.
func Cookies(ctx context.Context) (*Jar, error) {
	e, _ := ctx.Value(contextKey{}).(exchange)
	if e.jar == nil {
		return nil, &problem.BadInput{Message: "credential: COOKIE works only over HTTP, from the site's own pages; use BEARER here"}
	}
	return e.jar, nil
}

// Credentials returns the keys of the request's credentials. A connection closes when the last of them ends.
func (actor Actor) Credentials() (keys []string) {
	if actor.User != nil {
		keys = append(keys, SignInKey(actor.SignInID))
	}
	if actor.Guest != nil {
		keys = append(keys, guestKey(actor.Guest.ID))
	}
	if actor.Device != nil {
		keys = append(keys, deviceKey(actor.Device))
	}
	return keys
}

func guestKey(tokenID string) string { return "guest " + tokenID }

func deviceKey(secretHash []byte) string { return "device " + hex.EncodeToString(secretHash) }

// SignInKeyPrefix begins the keys of sign-ins among credentials.
const SignInKeyPrefix = "sign-in "

// SignInKey is the key of a sign-in among credentials.
func SignInKey(signInID string) string { return SignInKeyPrefix + signInID }
