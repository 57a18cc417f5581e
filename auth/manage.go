package auth

import (
	"context"
	"errors"
	"fmt"

	"usher/ent"
	"usher/ent/signin"
	"usher/ent/user"
	"usher/live"
	"usher/problem"
	"usher/role"
)

// ErrLastAdmin: nobody else could administer the site (R5).
var ErrLastAdmin = errors.New("this is the last site administrator; first make somebody else an administrator: usher user admin")

// SetPassword gives an account another password; its sign-ins end, tokens stay. Returns INVALID_PASSWORD.
func (a *Accounts) SetPassword(ctx context.Context, u *ent.User, password string) error {
	if !AcceptablePassword(password) {
		return problem.New(problem.InvalidPassword).At("password")
	}
	hash, err := a.passwords.Hash(ctx, password)
	if err != nil {
		return err
	}
	return a.log.Write(ctx, func(tx *live.Tx) error {
		if err := tx.User.UpdateOneID(u.ID).SetPasswordHash(hash).AddCredentialEpoch(1).Exec(ctx); err != nil {
			return fmt.Errorf("set password: %w", err)
		}
		_, err := tx.SignIn.Delete().Where(signin.UserID(u.ID), signin.IdleSecondsGT(0)).Exec(ctx)
		return wrapped("end sign-ins", err)
	})
}

// Disable ends an account's sign-ins and tokens; it can get no new ones, and is not found any more. Places and links of its email
// give no access as long as it is disabled. A disabled one stays as it is. Returns ErrLastAdmin.
func (a *Accounts) Disable(ctx context.Context, u *ent.User) error {
	return a.log.Write(ctx, func(tx *live.Tx) error {
		if err := anotherAdmin(ctx, tx, u.ID); err != nil {
			return err
		}
		n, err := tx.User.Update().Where(user.ID(u.ID), user.DisabledAtIsNil()).SetDisabledAt(tx.At).Save(ctx)
		if err != nil {
			return fmt.Errorf("disable account: %w", err)
		}
		if _, err := endAll(ctx, tx, u.ID); err != nil || n == 0 {
			return err
		}
		return inSearch(ctx, tx, u.ID, unindex)
	})
}

// Enable gives a disabled account back what it may do; it signs in again. One that is enabled stays as it is.
func (a *Accounts) Enable(ctx context.Context, u *ent.User) error {
	return a.log.Write(ctx, func(tx *live.Tx) error {
		n, err := tx.User.Update().Where(user.ID(u.ID), user.DisabledAtNotNil()).ClearDisabledAt().AddCredentialEpoch(1).Save(ctx)
		if err != nil {
			return fmt.Errorf("enable account: %w", err)
		}
		if n == 0 {
			return nil
		}
		return inSearch(ctx, tx, u.ID, index)
	})
}

// SetSiteRole makes an account a site administrator, or a member again: then its sign-ins and tokens end, since connections
// that are open keep the rights of who opened them. One that has the role stays as it is. Returns ErrLastAdmin, and
// ErrAccountChanged where the account to be an administrator is disabled.
func (a *Accounts) SetSiteRole(ctx context.Context, u *ent.User, to role.SiteRole) error {
	return a.log.Write(ctx, func(tx *live.Tx) error {
		if to != role.Admin {
			if err := anotherAdmin(ctx, tx, u.ID); err != nil {
				return err
			}
		}
		now, err := lockUser(ctx, tx, u.ID)
		if err != nil {
			return err
		}
		if to == role.Admin && now.DisabledAt != nil {
			return ErrAccountChanged
		}
		if now.SiteRole == to {
			return nil
		}
		if err := tx.User.UpdateOneID(u.ID).SetSiteRole(to).Exec(ctx); err != nil {
			return fmt.Errorf("set site role: %w", err)
		}
		if to == role.Admin {
			return nil
		}
		_, err = endAll(ctx, tx, u.ID)
		return err
	})
}

// anotherAdmin returns ErrLastAdmin where an account is the site's one administrator who is not disabled. It locks the site:
// of two at once who would leave the site to each other one is refused.
func anotherAdmin(ctx context.Context, tx *live.Tx, userID string) error {
	if err := tx.LockSite(ctx); err != nil {
		return err
	}
	admins, err := tx.User.Query().Where(user.SiteRoleEQ(role.Admin), user.DisabledAtIsNil()).Limit(2).IDs(ctx)
	if err != nil {
		return fmt.Errorf("read administrators: %w", err)
	}
	if len(admins) == 1 && admins[0] == userID {
		return ErrLastAdmin
	}
	return nil
}

// inSearch does something to the search words of an account as it is in the transaction.
func inSearch(ctx context.Context, tx *live.Tx, id string, do func(context.Context, *live.Tx, *ent.User) error) error {
	u, err := tx.User.Get(ctx, id)
	if err != nil {
		return fmt.Errorf("read user: %w", err)
	}
	return do(ctx, tx, u)
}

// Revoke ends every sign-in and token of an account, at once, and returns how many there were.
func (a *Accounts) Revoke(ctx context.Context, u *ent.User) (ended int, err error) {
	err = a.log.Write(ctx, func(tx *live.Tx) error {
		ended, err = endAll(ctx, tx, u.ID)
		return err
	})
	return ended, err
}

// endAll ends the sign-ins and tokens that there are, and by a new epoch those that are about to be granted.
func endAll(ctx context.Context, tx *live.Tx, userID string) (int, error) {
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
