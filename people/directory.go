// Package people is the directory of people: it adds, imports, changes and finds accounts, and sets up the first administrator.
// room, graph, site and command may import it; auth may not.
package people

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"sync/atomic"

	"usher/auth"
	"usher/ent"
	"usher/ent/user"
	"usher/live"
	"usher/problem"
	"usher/role"
	"usher/text"
)

// ErrEmailTaken means that the email address already has an account.
var ErrEmailTaken = problem.New(problem.EmailTaken).At("email")

// Directory keeps the accounts of a site.
type Directory struct {
	db        *live.Database
	log       *live.Log
	auth      *auth.Authenticator
	passwords *auth.Passwords
	setUpKey  []byte
	inUse     atomic.Bool // the site has accounts
}

// Options are the parts of a Directory.
type Options struct {
	Database  *live.Database
	Log       *live.Log
	Auth      *auth.Authenticator
	Passwords *auth.Passwords
	// SetUpKey signs set-up links. All servers of a site need the same one. If it is empty, New makes a random one.
	SetUpKey []byte
}

// New returns the directory of the accounts in a database.
func New(o Options) *Directory {
	if len(o.SetUpKey) == 0 {
		o.SetUpKey = make([]byte, sha256.Size)
		_, _ = rand.Read(o.SetUpKey) // never fails
	}
	return &Directory{db: o.Database, log: o.Log, auth: o.Auth, passwords: o.Passwords, setUpKey: o.SetUpKey}
}

// NewUser describes an account to add.
type NewUser struct {
	Email, FirstName, LastName string
	// OneName allows an empty last name.
	OneName bool
	// Password is empty for an account that cannot sign in with a password.
	Password string
	Role     role.SiteRole
}

// row returns the row of a new account, or a Problem for its first invalid field. It uses no storage.
func (n NewUser) row() (*ent.User, error) {
	address, wrong := text.ReadAddress(n.Email)
	if wrong != nil {
		return nil, problem.New(problem.InvalidEmail).At("email").Saying(wrong.Message)
	}
	names, wrong := text.CleanNames(n.FirstName, n.LastName, n.OneName)
	if wrong != nil {
		return nil, problem.New(problem.InvalidName).At(wrong.Field).Saying(wrong.Message)
	}
	return &ent.User{
		Email: address.Normal, EmailTyped: address.Shown, FirstName: names.First, LastName: names.Last, SiteRole: n.Role,
	}, nil
}

// checked returns the row of a new account with its password, or a Problem for its first invalid field.
func (d *Directory) checked(ctx context.Context, n NewUser) (*ent.User, error) {
	u, err := n.row()
	if err != nil {
		return nil, err
	}
	if n.Password == "" {
		return u, nil
	}
	if !auth.AcceptablePassword(n.Password) {
		return nil, problem.New(problem.InvalidPassword).At("password")
	}
	u.PasswordHash, err = d.passwords.Hash(ctx, n.Password)
	return u, err
}

func (d *Directory) create(ctx context.Context, tx *live.Tx, u *ent.User) (*ent.User, error) {
	created, err := tx.User.Create().
		SetEmail(u.Email).SetEmailTyped(u.EmailTyped).SetFirstName(u.FirstName).SetLastName(u.LastName).
		SetSiteRole(u.SiteRole).SetPasswordHash(u.PasswordHash).SetCreatedAt(tx.At).Save(ctx)
	if ent.IsConstraintError(err) {
		return nil, ErrEmailTaken
	}
	if err != nil {
		return nil, fmt.Errorf("create account: %w", err)
	}
	return created, index(ctx, tx, created)
}

// Add adds an account. It returns a Problem for the first invalid field, or ErrEmailTaken.
func (d *Directory) Add(ctx context.Context, n NewUser) (u *ent.User, err error) {
	row, err := d.checked(ctx, n)
	if err != nil {
		return nil, err
	}
	err = d.log.Write(ctx, func(tx *live.Tx) error {
		u, err = d.create(ctx, tx, row)
		return err
	})
	return u, err
}

// ReadAddress returns the email address in a text, with the names beside it, for signed-in users. It returns INVALID_EMAIL.
func ReadAddress(actor auth.Actor, typed string) (text.Address, error) {
	if _, err := actor.SignedIn(); err != nil {
		return text.Address{}, err
	}
	address, wrong := text.ReadAddress(typed)
	if wrong != nil {
		return text.Address{}, problem.New(problem.InvalidEmail).At("text").Saying(wrong.Message)
	}
	return address, nil
}

// ByEmail returns the account of a typed email address. It returns INVALID_EMAIL or problem.ErrNotFound.
func (d *Directory) ByEmail(ctx context.Context, typed string) (*ent.User, error) {
	address, wrong := text.ReadAddress(typed)
	if wrong != nil {
		return nil, problem.New(problem.InvalidEmail).At("email").Saying(wrong.Message)
	}
	u, err := d.db.Read.User.Query().Where(user.Email(address.Normal)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, problem.ErrNotFound
	}
	return u, err
}

// Empty reports whether the site has no accounts yet.
func (d *Directory) Empty(ctx context.Context) (bool, error) {
	if d.inUse.Load() {
		return false, nil // accounts are never deleted
	}
	exists, err := d.db.Read.User.Query().Exist(ctx)
	if err != nil {
		return false, fmt.Errorf("look for accounts: %w", err)
	}
	if exists {
		d.inUse.Store(true)
	}
	return !exists, nil
}

// Administered reports whether the site has an administrator whose account is not disabled.
func (d *Directory) Administered(ctx context.Context) (bool, error) {
	exists, err := d.db.Read.User.Query().Where(user.SiteRoleEQ(role.Admin), user.DisabledAtIsNil()).Exist(ctx)
	if err != nil {
		return false, fmt.Errorf("look for administrators: %w", err)
	}
	return exists, nil
}
