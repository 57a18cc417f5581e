package auth

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"entgo.io/ent/dialect"
	lru "github.com/hashicorp/golang-lru/v2"

	"usher/ent"
	"usher/ent/signin"
	"usher/ent/user"
	"usher/live"
	"usher/problem"
	"usher/text"
)

// Terms are how long sign-ins last and how often they may be tried. The zero value of a duration is no sensible setting.
type Terms struct {
	// Idle ends a sign-in that is unused so long; Absolute ends every one.
	Idle, Absolute time.Duration
	// PerAccount tries at an account from one address, and PerAddress tries from one address, are let through in Window.
	PerAccount, PerAddress int
	Window                 time.Duration
}

// DefaultTerms are those of a site that sets none.
func DefaultTerms() Terms {
	return Terms{Idle: 8 * time.Hour, Absolute: 7 * 24 * time.Hour, PerAccount: 10, PerAddress: 30, Window: 15 * time.Minute}
}

type term struct{ idle, absolute time.Duration }

func (t Terms) signIn() term { return term{t.Idle, t.Absolute} }

// MaxTokenTerm is the longest that a token made on the command line lasts.
const MaxTokenTerm = 365 * 24 * time.Hour

// usedEvery is how stale used_at may be: one write in so long, not one a request.
const usedEvery = 5 * time.Minute

// Granted is a fresh credential: the secret, which is nowhere kept, and until when it lasts at most.
type Granted struct {
	User      *ent.User
	Secret    string
	ExpiresAt time.Time
}

// KeepIn puts the credential into the cookie of a browser.
func (g Granted) KeepIn(jar *Jar, now time.Time) {
	jar.set(signInCookie, g.Secret, int(g.ExpiresAt.Sub(now).Seconds()))
}

// rateKeys is how many accounts and addresses the rates remember.
const rateKeys = 100_000

// signInRates count tries to sign in that fail, or that are under way: at an account from one address, from one address, and at
// an account from anywhere. The last refuses nobody, so that no one can keep a person out of their account.
type signInRates struct {
	account, address, anywhere *Rates
	succeeded                  *lru.Cache[string, struct{}] // accounts, each with an address that it was signed in to from
}

// mostFailures is how many failures at an account make a difference. More of them would put its owner behind those who tried
// earlier.
const mostFailures = 10

func newSignInRates(t Terms, now func() time.Time) signInRates {
	succeeded, _ := lru.New[string, struct{}](rateKeys) // fails only for sizes below 1
	return signInRates{
		succeeded: succeeded,
		account:   NewRates(t.PerAccount, t.Window, t.PerAccount, rateKeys, now),
		address:   NewRates(t.PerAddress, t.Window, t.PerAddress, rateKeys, now),
		anywhere:  NewRates(t.PerAddress, t.Window, mostFailures, rateKeys, now),
	}
}

func (r signInRates) allow(address, email string) (retryAfter time.Duration, ok bool) {
	if wait, ok := r.address.Allow(address); !ok {
		return wait, false
	}
	wait, ok := r.account.Allow(address + " " + email)
	if !ok {
		r.address.Restore(address) // a try that is not let through keeps nobody else at the address out
		return wait, false
	}
	r.anywhere.Allow(email)
	return 0, true
}

// failures is how often a try like this has failed lately. An account that was signed in to from the address before has fewer than
// any other, whatever others do to it.
func (r signInRates) failures(address, email string) int {
	if pair := address + " " + email; r.succeeded.Contains(pair) {
		return r.account.Spent(pair) - mostFailures
	}
	return r.address.Spent(address) + r.anywhere.Spent(email)
}

func (r signInRates) restore(address, email string) {
	r.address.Restore(address)
	r.account.Restore(address + " " + email)
	r.anywhere.Restore(email)
}

// SignIn makes a sign-in for the account of an email by its password. Returns INVALID_CREDENTIALS for anything wrong, in the
// same time, and TOO_MANY_ATTEMPTS with retryAt where it was tried too often; tries that succeed are not counted. Where many
// try at once, those go first who have signed in from there before, then those whose address and account have failed least; problem.RateLimited where too many wait.
func (a *Accounts) SignIn(ctx context.Context, actor Actor, typedEmail, password string) (Granted, error) {
	normal, _ := text.NormalizeEmail(typedEmail)
	if wait, ok := a.rates.allow(actor.Address, normal); !ok {
		return Granted{}, problem.New(problem.TooManyAttempts).Retry(a.log.Now().Add(wait)).Then(problem.Wait).
			Saying(fmt.Sprintf("Too many attempts. Try again in %s.", inMinutes(wait)))
	}
	u, err := a.db.Read.User.Query().Where(user.Email(normal), user.DisabledAtIsNil()).Only(ctx)
	if err != nil && !ent.IsNotFound(err) {
		return Granted{}, err
	}
	hash := ""
	if u != nil {
		hash = u.PasswordHash
	}
	right, err := a.passwords.Check(ctx, hash, password, func() int { return a.rates.failures(actor.Address, normal) })
	if err != nil {
		a.rates.restore(actor.Address, normal) // nobody has looked at it
		return Granted{}, err
	}
	if !right || u == nil {
		return Granted{}, problem.New(problem.InvalidCredentials)
	}
	a.rates.restore(actor.Address, normal)
	granted, err := a.Grant(ctx, u, a.terms.Idle, a.terms.Absolute)
	switch {
	case err == nil:
		a.rates.succeeded.Add(actor.Address+" "+normal, struct{}{})
	case errors.Is(err, ErrAccountChanged):
		return Granted{}, problem.New(problem.InvalidCredentials)
	}
	return granted, err
}

// inMinutes says in words how long to wait, rounded up.
func inMinutes(wait time.Duration) string {
	minutes := int((wait.Round(time.Second) + time.Minute - time.Second) / time.Minute)
	if minutes <= 1 {
		return "a minute"
	}
	return fmt.Sprintf("%d minutes", minutes)
}

// ErrAccountChanged: since an account was checked, its password changed, its credentials were ended, or it was disabled.
var ErrAccountChanged = errors.New("somebody else changed the account at the same time; check it, then try again")

// Grant makes a credential for a user as they were checked: it ends when unused for idle (0: never) and after absolute at the
// latest. Returns ErrAccountChanged where the account is another one by now.
func (a *Accounts) Grant(ctx context.Context, u *ent.User, idle, absolute time.Duration) (granted Granted, err error) {
	err = a.log.Write(ctx, func(tx *live.Tx) error {
		granted, err = a.grant(ctx, tx, u, term{idle, absolute})
		return err
	})
	return granted, err
}

func (a *Accounts) grant(ctx context.Context, tx *live.Tx, u *ent.User, t term) (Granted, error) {
	now, err := lockUser(ctx, tx, u.ID)
	if err != nil {
		return Granted{}, err
	}
	if now.DisabledAt != nil || now.CredentialEpoch != u.CredentialEpoch || now.PasswordHash != u.PasswordHash {
		return Granted{}, ErrAccountChanged
	}
	secret, hash := NewSecret(SignInPrefix, rand.Reader)
	expires := tx.At.Add(t.absolute)
	err = tx.SignIn.Create().SetUserID(u.ID).SetSecretHash(hash).SetCreatedAt(tx.At).SetUsedAt(tx.At).
		SetIdleSeconds(int64(t.idle.Seconds())).SetExpiresAt(expires).Exec(ctx)
	return Granted{User: now, Secret: secret, ExpiresAt: expires}, err
}

// lockUser returns an account as it is, and keeps every other transaction from changing it until this one ends.
func lockUser(ctx context.Context, tx *live.Tx, id string) (*ent.User, error) {
	q := tx.User.Query().Where(user.ID(id))
	if tx.Dialect() == dialect.Postgres {
		q.ForUpdate()
	}
	u, err := q.Only(ctx)
	return u, wrapped("lock account", err)
}

// SignOut ends the sign-in that the request was sent with, if any; a guest's access stays.
func (a *Accounts) SignOut(ctx context.Context, actor Actor, jar *Jar) error {
	if jar != nil {
		jar.set(signInCookie, "", -1)
	}
	if actor.SignInID == "" {
		return nil
	}
	err := a.log.Write(ctx, func(tx *live.Tx) error {
		_, err := tx.SignIn.Delete().Where(signin.ID(actor.SignInID)).Exec(ctx)
		return err
	})
	if err == nil {
		a.Ended(actor.SignInID)
	}
	return err
}

// signedIn returns the live sign-in of a secret, nil where there is none.
func (a *Accounts) signedIn(ctx context.Context, secret string) (*ent.SignIn, error) {
	now := a.log.Now()
	s, err := a.signIns.Of(ctx, string(HashSecret(secret)))
	if err != nil || s == nil || !a.holds(s) {
		return nil, err
	}
	if now.Sub(s.UsedAt) >= usedEvery {
		_ = a.touch(ctx, s.ID) // where that can't be written now, reading goes on, and the next use tries again
	}
	return s, nil
}

func seconds(n int64) time.Duration { return time.Duration(n) * time.Second }
