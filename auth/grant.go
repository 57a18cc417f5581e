package auth

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"entgo.io/ent/dialect"

	"usher/ent"
	"usher/ent/signin"
	"usher/ent/user"
	"usher/live"
)

// MaxTokenTerm is the maximum lifetime of a token made on the command line.
const MaxTokenTerm = 365 * 24 * time.Hour

// Granted is a new credential. Its secret is stored nowhere. It ends at ExpiresAt at the latest.
type Granted struct {
	User      *ent.User
	Secret    string
	ExpiresAt time.Time
}

// KeepIn sets the credential as a cookie.
func (g Granted) KeepIn(jar *Jar, now time.Time) {
	jar.set(signInCookie, g.Secret, int(g.ExpiresAt.Sub(now).Seconds()))
}

// ErrAccountChanged means that an account changed since it was checked: it has a new password, its credentials were ended, or it
// was disabled.
var ErrAccountChanged = errors.New("somebody else changed the account at the same time; check it, then try again")

// Grant creates a credential for an account as it was checked. The credential ends after absolute, or earlier if it is unused for
// idle (0: never). It returns ErrAccountChanged if the account changed meanwhile.
func (a *Authenticator) Grant(ctx context.Context, u *ent.User, idle, absolute time.Duration) (granted Granted, err error) {
	err = a.log.Write(ctx, func(tx *live.Tx) error {
		granted, err = a.grant(ctx, tx, u, term{idle, absolute})
		return err
	})
	return granted, err
}

func (a *Authenticator) grant(ctx context.Context, tx *live.Tx, u *ent.User, t term) (Granted, error) {
	now, err := LockUser(ctx, tx, u.ID)
	if err != nil {
		return Granted{}, err
	}
	if now.DisabledAt != nil || now.CredentialEpoch != u.CredentialEpoch || now.PasswordHash != u.PasswordHash {
		return Granted{}, ErrAccountChanged
	}
	if t.idle > 0 { // a person signs in; a token is not used yet
		if err := tx.User.UpdateOneID(u.ID).SetSeenAt(tx.At).Exec(ctx); err != nil {
			return Granted{}, fmt.Errorf("note when it was seen: %w", err)
		}
	}
	secret, hash := NewSecret(SignInPrefix, rand.Reader)
	expires := tx.At.Add(t.absolute)
	err = tx.SignIn.Create().SetUserID(u.ID).SetSecretHash(hash).SetCreatedAt(tx.At).SetUsedAt(tx.At).
		SetIdleSeconds(int64(t.idle.Seconds())).SetExpiresAt(expires).Exec(ctx)
	return Granted{User: now, Secret: secret, ExpiresAt: expires}, err
}

// LockUser returns the current state of an account, and keeps other transactions from changing it until this one ends.
func LockUser(ctx context.Context, tx *live.Tx, id string) (*ent.User, error) {
	q := tx.User.Query().Where(user.ID(id))
	if tx.Dialect() == dialect.Postgres {
		q.ForUpdate()
	}
	u, err := q.Only(ctx)
	return u, wrapped("lock account", err)
}

// SignInWithin signs a user in within the caller's transaction. It returns ErrAccountChanged as Grant does.
func (a *Authenticator) SignInWithin(ctx context.Context, tx *live.Tx, u *ent.User) (Granted, error) {
	return a.grant(ctx, tx, u, a.terms.signIn())
}

// SignOut ends the sign-in of the request, if there is one. A guest keeps their access.
func (a *Authenticator) SignOut(ctx context.Context, actor Actor, jar *Jar) error {
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
		a.ended(actor.SignInID)
	}
	return err
}

// EndCredentials ends all sign-ins and tokens of an account, and returns their number. A new epoch also refuses those that are
// about to be granted.
func EndCredentials(ctx context.Context, tx *live.Tx, userID string) (int, error) {
	if err := tx.User.UpdateOneID(userID).AddCredentialEpoch(1).Exec(ctx); err != nil {
		return 0, fmt.Errorf("end sign-ins: %w", err)
	}
	n, err := tx.SignIn.Delete().Where(signin.UserID(userID)).Exec(ctx)
	return n, wrapped("end sign-ins", err)
}

func wrapped(doing string, err error) error {
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	return nil
}
