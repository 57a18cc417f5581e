package auth

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"fmt"

	lru "github.com/hashicorp/golang-lru/v2"

	"usher/ent"
	"usher/ent/user"
	"usher/live"
	"usher/problem"
	"usher/role"
	"usher/text"
)

// Accounts keeps the people with an account on the site and their sign-ins.
type Accounts struct {
	db        *live.Database
	log       *live.Log
	passwords *Passwords
	terms     Terms
	rates     signInRates
	signIns   *live.Gather[string, *ent.SignIn]
	guests    *live.Gather[string, *ent.GuestToken]
	devices   *live.Gather[string, string]
	known     *lru.Cache[string, string] // ids of devices by the SHA-256 of their secrets
	places    *live.Gather[string, *ent.Participant]
	// Ended is told of every sign-in that ends before its time: connections that hold it must close. Set once, before use.
	Ended func(signInID string)
	// SetUpKey signs set-up links, the same at all servers of a site; a random one until it is set, once, before use.
	SetUpKey []byte
}

// NewAccounts returns the accounts kept in db.
func NewAccounts(db *live.Database, log *live.Log, passwords *Passwords, terms Terms) *Accounts {
	key := make([]byte, sha256.Size)
	_, _ = rand.Read(key) // never fails
	a := &Accounts{
		db: db, log: log, passwords: passwords, terms: terms, rates: newSignInRates(terms, log.Now), Ended: func(string) {}, SetUpKey: key,
	}
	a.signIns, a.guests, a.devices = live.NewGather(a.readSignIns), live.NewGather(a.readGuests), live.NewGather(a.readDevices)
	a.known, _ = lru.New[string, string](knownDevices) // fails only for sizes below 1
	a.places = live.NewGather(a.readPlaces)
	return a
}

// Waiting is how many passwords wait to be looked at.
func (a *Accounts) Waiting() int { return a.passwords.line.length() }

// NewUser is what an account is made of.
type NewUser struct {
	Email, FirstName, LastName string
	// Password is empty for an account that cannot sign in by one.
	Password string
	Role     role.SiteRole
}

// checked returns the row to be, or the Problem of the first field that is not acceptable.
func (a *Accounts) checked(ctx context.Context, n NewUser) (*ent.User, error) {
	u := &ent.User{EmailTyped: n.Email, SiteRole: n.Role}
	var ok bool
	if u.Email, ok = text.NormalizeEmail(n.Email); !ok {
		return nil, problem.New(problem.InvalidEmail).At("email")
	}
	if u.FirstName, ok = text.CleanName(n.FirstName); !ok {
		return nil, problem.New(problem.InvalidName).At("firstName")
	}
	if u.LastName, ok = text.CleanName(n.LastName); !ok {
		return nil, problem.New(problem.InvalidName).At("lastName")
	}
	if n.Password == "" {
		return u, nil
	}
	if !AcceptablePassword(n.Password) {
		return nil, problem.New(problem.InvalidPassword).At("password")
	}
	var err error
	u.PasswordHash, err = a.passwords.Hash(ctx, n.Password)
	return u, err
}

func (a *Accounts) create(ctx context.Context, tx *live.Tx, u *ent.User) (*ent.User, error) {
	created, err := tx.User.Create().
		SetEmail(u.Email).SetEmailTyped(text.ShownEmail(u.EmailTyped)).SetFirstName(u.FirstName).SetLastName(u.LastName).
		SetSiteRole(u.SiteRole).SetPasswordHash(u.PasswordHash).SetCreatedAt(tx.At).Save(ctx)
	if ent.IsConstraintError(err) {
		return nil, ErrEmailTaken
	}
	if err != nil {
		return nil, fmt.Errorf("create account: %w", err)
	}
	return created, index(ctx, tx, created)
}

// Add makes an account. Returns a Problem for a field that is not acceptable and ErrEmailTaken where the email has one.
func (a *Accounts) Add(ctx context.Context, n NewUser) (u *ent.User, err error) {
	row, err := a.checked(ctx, n)
	if err != nil {
		return nil, err
	}
	err = a.log.Write(ctx, func(tx *live.Tx) error {
		u, err = a.create(ctx, tx, row)
		return err
	})
	return u, err
}

// ByEmail returns the account of an email as typed, or problem.ErrNotFound.
func (a *Accounts) ByEmail(ctx context.Context, typed string) (*ent.User, error) {
	normal, ok := text.NormalizeEmail(typed)
	if !ok {
		return nil, problem.New(problem.InvalidEmail).At("email")
	}
	u, err := a.db.Read.User.Query().Where(user.Email(normal)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, problem.ErrNotFound
	}
	return u, err
}

// Empty reports whether the site has no account yet.
func (a *Accounts) Empty(ctx context.Context) (bool, error) {
	exists, err := a.db.Read.User.Query().Exist(ctx)
	if err != nil {
		return false, fmt.Errorf("look for accounts: %w", err)
	}
	return !exists, nil
}

// Administered reports whether somebody who is not disabled administers the site.
func (a *Accounts) Administered(ctx context.Context) (bool, error) {
	exists, err := a.db.Read.User.Query().Where(user.SiteRoleEQ(role.Admin), user.DisabledAtIsNil()).Exist(ctx)
	return exists, wrapped("look for administrators", err)
}
