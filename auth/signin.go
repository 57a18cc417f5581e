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

// usedEvery limits the writes of used_at to one in this time. used_at may be this old.
const usedEvery = 5 * time.Minute

// rateKeys is the number of accounts and addresses that each rate remembers.
const rateKeys = 100_000

// signInRates count attempts to sign in that failed or are under way: at an account from one address, from one address, and at an
// account from anywhere. The last rate refuses nobody, so that nobody can lock other people out of their account. These count at one
// server. Attempts that failed also count in the rates everywhere, which all servers share.
type signInRates struct {
	account, address, anywhere *Rates
	everywhere                 [2]SharedRate
	shared                     *SharedRates
	succeeded                  *lru.Cache[string, struct{}] // pairs of an address and an account that signed in from it
}

// mostFailures limits the failures that count at an account. More would put its owner behind earlier attackers.
const mostFailures = 10

func newSignInRates(l Limits, now func() time.Time, shared *SharedRates) signInRates {
	succeeded, _ := lru.New[string, struct{}](rateKeys) // fails only for sizes below 1
	return signInRates{
		succeeded: succeeded,
		shared:    shared,
		everywhere: [2]SharedRate{
			{Name: "wrong passwords from an address", Limit: l.PerAddress, Per: l.Window},
			{Name: "wrong passwords of an account from an address", Limit: l.PerAccount, Per: l.Window},
		},
		account:  NewRates(l.PerAccount, l.Window, l.PerAccount, rateKeys, now),
		address:  NewRates(l.PerAddress, l.Window, l.PerAddress, rateKeys, now),
		anywhere: NewRates(l.PerAddress, l.Window, mostFailures, rateKeys, now),
	}
}

func (r signInRates) allow(address, email string) (retryAfter time.Duration, ok bool) {
	if wait, ok := r.address.Allow(address); !ok {
		return wait, false
	}
	wait, ok := r.account.Allow(address + " " + email)
	if !ok {
		r.address.Restore(address) // a refused attempt must not count against others at the address
		return wait, false
	}
	r.anywhere.Allow(email)
	return 0, true
}

// failures returns the number of recent failures of such an attempt. An account that has signed in from the address before has
// fewer than any other, whatever others do.
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

// failed are the uses that a failed attempt counts as at all servers.
func (r signInRates) failed(address, email string) []Use {
	return []Use{{r.everywhere[0], address}, {r.everywhere[1], address + " " + email}}
}

// begin begins an attempt at an account, which counts here until it is restored. Returns TOO_MANY_ATTEMPTS if it is one too many here,
// or at all servers together.
func (r signInRates) begin(ctx context.Context, at time.Time, address, email string) error {
	if wait, ok := r.allow(address, email); !ok {
		return tooMany(at, wait)
	}
	wait, err := r.shared.Wait(ctx, r.failed(address, email)...)
	if err == nil && wait > 0 {
		err = tooMany(at, wait)
	}
	if err != nil {
		r.restore(address, email)
	}
	return err
}

// fail counts a failed attempt that began at an instant, and returns how it is refused. What cannot be counted is not answered, so that
// nobody guesses while the database fails.
func (r signInRates) fail(ctx context.Context, at time.Time, address, email string, refusal error) error {
	if err := r.shared.Count(ctx, at, r.failed(address, email)...); err != nil {
		return fmt.Errorf("count attempt: %w", err)
	}
	return refusal
}

// SignIn creates a sign-in for the account of an email address with its password. It returns INVALID_CREDENTIALS for any mistake,
// after the same time. It returns TOO_MANY_ATTEMPTS with retryAt after too many failures, and problem.RateLimited if too many
// attempts wait. Of those that wait, accounts go first that have signed in from the address before, then those with the fewest
// failures.
func (a *Authenticator) SignIn(ctx context.Context, actor Actor, typedEmail, password string) (Granted, error) {
	normal, _ := text.NormalizeEmail(typedEmail)
	began := a.log.Now()
	if err := a.rates.begin(ctx, began, actor.Address, normal); err != nil {
		return Granted{}, err
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
		a.rates.restore(actor.Address, normal) // the password was not checked
		return Granted{}, err
	}
	if !right || u == nil {
		return Granted{}, a.rates.fail(ctx, began, actor.Address, normal, problem.New(problem.InvalidCredentials))
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

// CheckOwn returns the asker's account if the password is theirs. It returns INVALID_CREDENTIALS, TOO_MANY_ATTEMPTS and
// problem.RateLimited as SignIn does, and counts with it.
func (a *Authenticator) CheckOwn(ctx context.Context, actor Actor, password string) (*ent.User, error) {
	u, err := a.db.Read.User.Get(ctx, actor.User.ID)
	if err != nil {
		return nil, fmt.Errorf("read account: %w", err)
	}
	began := a.log.Now()
	if err := a.rates.begin(ctx, began, actor.Address, u.Email); err != nil {
		return nil, err
	}
	right, err := a.passwords.Check(ctx, u.PasswordHash, password, func() int { return a.rates.failures(actor.Address, u.Email) })
	if err != nil || right {
		a.rates.restore(actor.Address, u.Email)
	}
	if err != nil {
		return nil, err
	}
	if !right {
		return nil, a.rates.fail(ctx, began, actor.Address, u.Email,
			problem.New(problem.InvalidCredentials).At("currentPassword").Saying("This is not your current password."))
	}
	return u, nil
}

func tooMany(now time.Time, wait time.Duration) *problem.Problem {
	return problem.New(problem.TooManyAttempts).Retry(now.Add(wait)).Then(problem.Wait).
		Saying(fmt.Sprintf("Too many attempts. Try again in %s.", inMinutes(wait)))
}

// inMinutes returns a wait in words, rounded up to minutes.
func inMinutes(wait time.Duration) string {
	minutes := int((wait.Round(time.Second) + time.Minute - time.Second) / time.Minute)
	if minutes <= 1 {
		return "a minute"
	}
	return fmt.Sprintf("%d minutes", minutes)
}

// signedIn returns the valid sign-in that a secret belongs to, or nil.
func (a *Authenticator) signedIn(ctx context.Context, secret string) (*ent.SignIn, error) {
	now := a.log.Now()
	s, err := a.signIns.Of(ctx, string(HashSecret(secret)))
	if err != nil || s == nil || !a.valid(s) {
		return nil, err
	}
	if now.Sub(s.UsedAt) >= usedEvery {
		_ = a.touch(ctx, s.ID) // if this fails, the request goes on, and the next one tries again
	}
	return s, nil
}

func seconds(n int64) time.Duration { return time.Duration(n) * time.Second }
