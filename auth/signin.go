package auth

import (
	"context"
	"errors"
	"fmt"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"usher/ent"
	"usher/ent/user"
	"usher/problem"
	"usher/text"
)

// Terms limit how long sign-ins last.
type Terms struct {
	// Idle ends a sign-in that is unused for so long. Absolute ends every sign-in.
	Idle, Absolute time.Duration
}

// DefaultTerms returns the terms of a site that sets none.
func DefaultTerms() Terms { return Terms{Idle: 8 * time.Hour, Absolute: 7 * 24 * time.Hour} }

// Limits limit how often signing in may be attempted. Successful attempts do not count.
type Limits struct {
	// PerAccount limits attempts at one account from one address, and PerAddress all attempts from one address, within Window.
	PerAccount, PerAddress int
	Window                 time.Duration
}

// DefaultLimits are the limits of every site.
var DefaultLimits = Limits{PerAccount: 10, PerAddress: 30, Window: 15 * time.Minute}

type term struct{ idle, absolute time.Duration }

func (t Terms) signIn() term { return term{t.Idle, t.Absolute} }

// usedEvery is how stale used_at may be: one write in so long, not one a request.
const usedEvery = 5 * time.Minute

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

func newSignInRates(l Limits, now func() time.Time) signInRates {
	succeeded, _ := lru.New[string, struct{}](rateKeys) // fails only for sizes below 1
	return signInRates{
		succeeded: succeeded,
		account:   NewRates(l.PerAccount, l.Window, l.PerAccount, rateKeys, now),
		address:   NewRates(l.PerAddress, l.Window, l.PerAddress, rateKeys, now),
		anywhere:  NewRates(l.PerAddress, l.Window, mostFailures, rateKeys, now),
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
func (a *Authenticator) SignIn(ctx context.Context, actor Actor, typedEmail, password string) (Granted, error) {
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

// signedIn returns the live sign-in of a secret, nil where there is none.
func (a *Authenticator) signedIn(ctx context.Context, secret string) (*ent.SignIn, error) {
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
