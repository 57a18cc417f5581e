// Package auth finds out who is asking, from sign-ins, tokens, devices and passwords, and counts how much they ask.
// people, room, graph, site and command may import it.
package auth

import (
	"context"
	"encoding/hex"
	"net/http"

	"usher/ent"
	"usher/ent/signin"
	"usher/ent/user"
	"usher/problem"
	"usher/role"
	"usher/text"
)

// Actor is the asker: nobody (the zero value), a signed-in user, a guest, or a user who is also a guest. It is taken from
// the context once, in the resolver, and handed on as a value.
type Actor struct {
	// User is who is signed in, nil for nobody; SignInID is by which sign-in.
	User     *ent.User
	SignInID string
	// Device is the SHA-256 of the device secret sent as a cookie: the guest's one credential in a browser.
	Device []byte
	// DeviceID is the id of that device once it has redeemed a link. It is empty where somebody is signed in.
	DeviceID string
	// Guest is the guest's bearer token, for clients that keep no cookies.
	Guest *ent.GuestToken
	// As is the place that the request acts as, one of the asker's own; nil where it names none (A7).
	As *Place
	// Rejected: a bearer token was sent that is not, or no longer, good.
	Rejected bool
	// Browser names browser and system, as in `Chrome on Windows`. Address is what rates are counted by.
	Browser string
	Address string
}

// UserID returns the id of who is signed in, empty for nobody.
func (actor Actor) UserID() string {
	if actor.User == nil {
		return ""
	}
	return actor.User.ID
}

// Name is the display name of who is signed in, empty for nobody.
func (actor Actor) Name() string {
	if actor.User == nil {
		return ""
	}
	return text.FullName(actor.User.FirstName, actor.User.LastName)
}

// Admin reports whether a site administrator is signed in.
func (actor Actor) Admin() bool { return actor.User != nil && actor.User.SiteRole == role.Admin }

// SignedIn returns who is signed in, or problem.ErrUnauthenticated.
func (actor Actor) SignedIn() (*ent.User, error) {
	if actor.User == nil {
		return nil, problem.ErrUnauthenticated
	}
	return actor.User, nil
}

// AsNow returns the actor with the account as it is now; a connection reads it once, at its start. Returns
// problem.ErrUnauthenticated where the account was disabled since, or its sign-in has ended.
func (actor Actor) AsNow(ctx context.Context, c *ent.Client) (Actor, error) {
	if actor.User == nil {
		return actor, nil
	}
	now := c.User.Query().Where(user.ID(actor.User.ID), user.DisabledAtIsNil())
	if actor.SignInID != "" { // the program itself acts without one
		now.Where(user.HasSignInsWith(signin.ID(actor.SignInID)))
	}
	u, err := now.Only(ctx)
	if ent.IsNotFound(err) {
		return actor, problem.ErrUnauthenticated
	}
	actor.User = u
	return actor, wrapped("read account", err)
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

// WithActor returns a context that carries the actor, for requests whose answer can set no cookies.
func WithActor(ctx context.Context, actor Actor) context.Context {
	return withExchange(ctx, exchange{actor: actor})
}

// Refusal is why nothing of a request may be answered: problem.ErrUnauthenticated where its bearer token is not good, what is
// wrong with the place that it names, or the fault that kept us from finding out who asks.
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

// From returns the actor of a request's context; nobody where there is none.
func From(ctx context.Context) Actor {
	e, _ := ctx.Value(contextKey{}).(exchange)
	return e.actor
}

// Cookies returns where the answer's cookies go. Over a WebSocket and to other origins no cookie can be set:
// problem.BadInput says so.
func Cookies(ctx context.Context) (*Jar, error) {
	e, _ := ctx.Value(contextKey{}).(exchange)
	if e.jar == nil {
		return nil, &problem.BadInput{Message: "credential: COOKIE works only over HTTP, from the site's own pages; use BEARER here"}
	}
	return e.jar, nil
}

// Jar sets the answer's cookies.
type Jar struct {
	header http.Header
	secure bool
}

// NewJar returns a jar that writes into an answer's header. secure: the site is served over https, so that cookies carry
// the __Host- prefix, which binds them to this very host.
func NewJar(header http.Header, secure bool) *Jar { return &Jar{header, secure} }

const (
	signInCookie = "usher_sign_in"
	deviceCookie = "usher_device"
)

func cookieName(name string, secure bool) string {
	if secure {
		return "__Host-" + name
	}
	return name
}

// set adds a cookie that scripts can't read and that no other site's request carries. maxAge is in seconds; negative deletes.
func (j *Jar) set(name, value string, maxAge int) {
	c := http.Cookie{
		Name: cookieName(name, j.secure), Value: value, Path: "/", MaxAge: maxAge,
		HttpOnly: true, Secure: j.secure, SameSite: http.SameSiteStrictMode,
	}
	j.header.Add("Set-Cookie", c.String())
}

// Credentials are the keys of the credentials that were shown: what ends a connection when the last of them ends.
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
