// Package people is the directory of people: it adds, imports, changes and finds accounts, and sets up the first administrator.
// room, graph, site and command may import it; auth may not.
package people

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"

	"usher/auth"
	"usher/ent"
	"usher/ent/user"
	"usher/live"
	"usher/problem"
	"usher/role"
	"usher/text"
)

// ErrEmailTaken means that the email address already has an account.
var ErrEmailTaken = errors.New("this email address already has an account")

// Directory keeps the accounts of a site.
type Directory struct {
	db        *live.Database
	log       *live.Log
	auth      *auth.Authenticator
	passwords *auth.Passwords
	setUpKey  []byte
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
	// Password is empty for an account that cannot sign in with a password.
	Password string
	Role     role.SiteRole
}

// checked returns the row of a new account, or a Problem for its first invalid field.
func (d *Directory) checked(ctx context.Context, n NewUser) (*ent.User, error) {
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
	if !auth.AcceptablePassword(n.Password) {
		return nil, problem.New(problem.InvalidPassword).At("password")
	}
	var err error
	u.PasswordHash, err = d.passwords.Hash(ctx, n.Password)
	return u, err
}

func (d *Directory) create(ctx context.Context, tx *live.Tx, u *ent.User) (*ent.User, error) {
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

// ByEmail returns the account of a typed email address. It returns INVALID_EMAIL or problem.ErrNotFound.
func (d *Directory) ByEmail(ctx context.Context, typed string) (*ent.User, error) {
	normal, ok := text.NormalizeEmail(typed)
	if !ok {
		return nil, problem.New(problem.InvalidEmail).At("email")
	}
	u, err := d.db.Read.User.Query().Where(user.Email(normal)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, problem.ErrNotFound
	}
	return u, err
}

// Empty reports whether the site has no accounts yet.
func (d *Directory) Empty(ctx context.Context) (bool, error) {
	exists, err := d.db.Read.User.Query().Exist(ctx)
	if err != nil {
		return false, fmt.Errorf("look for accounts: %w", err)
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
