package auth

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"sync"
	"time"

	"usher/ent"
	"usher/live"
	"usher/problem"
	"usher/role"
)

// ErrEmailTaken: the email has an account already.
var ErrEmailTaken = errors.New("this email address has an account already")

// setUpPrefix begins the token of a set-up link.
const setUpPrefix = "usher_a_"

// SetUpTerm is how long a set-up link works.
const SetUpTerm = 30 * time.Minute

// setUpLink is the one link that makes the first administrator. It lives in memory: a new start makes a new one.
type setUpLink struct {
	mu   sync.Mutex
	hash []byte
	ends time.Time
}

// NewSetUpToken makes the one-time token of the link that sets up the first administrator; an earlier one stops working.
func (a *Accounts) NewSetUpToken() string {
	a.setUp.mu.Lock()
	defer a.setUp.mu.Unlock()
	var token string
	token, a.setUp.hash = NewSecret(setUpPrefix, rand.Reader)
	a.setUp.ends = a.log.Now().Add(SetUpTerm)
	return token
}

func (a *Accounts) genuineSetUp(token string) bool {
	a.setUp.mu.Lock()
	defer a.setUp.mu.Unlock()
	return a.setUp.hash != nil && a.log.Now().Before(a.setUp.ends) &&
		subtle.ConstantTimeCompare(a.setUp.hash, HashSecret(token)) == 1
}

// SetUp makes the first administrator of an empty site, by the token of NewSetUpToken, and signs them in. Returns
// LINK_NOT_VALID for any other token and on a site with accounts, or the Problem of the first field that is not acceptable.
func (a *Accounts) SetUp(ctx context.Context, token string, n NewUser) (Granted, error) {
	notValid := problem.New(problem.LinkNotValid).At("token").Then(problem.PasteWholeLink).
		Saying("This set-up link does not work. Open the whole link, or restart Usher for a new one while it has no account.")
	if !a.genuineSetUp(token) {
		return Granted{}, notValid
	}
	if n.Password == "" {
		return Granted{}, problem.New(problem.InvalidPassword).At("password")
	}
	n.Role = role.Admin
	row, err := a.checked(ctx, n)
	if err != nil {
		return Granted{}, err
	}
	var granted Granted
	err = a.log.Write(ctx, func(tx *live.Tx) error {
		if err := tx.LockSite(ctx); err != nil {
			return err
		}
		taken, err := tx.User.Query().Exist(ctx)
		if err != nil {
			return err
		}
		if taken {
			return notValid
		}
		var u *ent.User
		if u, err = a.create(ctx, tx, row); err != nil {
			return err
		}
		granted, err = a.grant(ctx, tx, u, a.terms.signIn())
		return err
	})
	return granted, err
}
