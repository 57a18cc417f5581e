package people

import (
	"context"
	"fmt"

	"usher/auth"
	"usher/ent"
	"usher/ent/signin"
	"usher/ent/user"
	"usher/live"
	"usher/problem"
	"usher/role"
)

// ErrLastAdmin means that the change would leave the site without an administrator (R5).
var ErrLastAdmin = problem.New(problem.LastAdmin)

// SetPassword replaces the password of an account and ends its sign-ins. Tokens keep working. It returns INVALID_PASSWORD.
func (d *Directory) SetPassword(ctx context.Context, u *ent.User, password string) error {
	hash, err := d.newHash(ctx, "password", password)
	if err != nil {
		return err
	}
	return d.log.Write(ctx, func(tx *live.Tx) error {
		_, err := setPassword(ctx, tx, u.ID, hash, "")
		return err
	})
}

// setPassword replaces a password and ends the account's sign-ins, but for one. Links that set its password end too.
func setPassword(ctx context.Context, tx *live.Tx, id, hash, butFor string) (*ent.User, error) {
	u, err := tx.User.UpdateOneID(id).SetPasswordHash(hash).AddCredentialEpoch(1).Save(ctx)
	if err != nil {
		return nil, fmt.Errorf("set password: %w", err)
	}
	return u, endSignIns(ctx, tx, id, butFor)
}

// endSignIns ends the sign-ins of an account, but for one. Tokens keep working.
func endSignIns(ctx context.Context, tx *live.Tx, id, butFor string) error {
	_, err := tx.SignIn.Delete().Where(signin.UserID(id), signin.IdleSecondsGT(0), signin.IDNEQ(butFor)).Exec(ctx)
	if err != nil {
		return fmt.Errorf("end sign-ins: %w", err)
	}
	return nil
}

// SignOutEverywhere ends all sign-ins of the asker's account, this one too. Tokens keep working.
func (d Self) SignOutEverywhere(ctx context.Context, actor auth.Actor) error {
	return d.asSelf(ctx, actor, func(tx *live.Tx, now *ent.User) error {
		if err := tx.User.UpdateOneID(now.ID).AddCredentialEpoch(1).Exec(ctx); err != nil {
			return fmt.Errorf("end sign-ins: %w", err)
		}
		return endSignIns(ctx, tx, now.ID, "")
	})
}

// Disable ends the sign-ins and tokens of an account. It gets no new ones, and searches no longer find it. Places and links of its
// email address give no access while it is disabled. Disabling it twice changes nothing. It returns ErrLastAdmin.
func (d *Directory) Disable(ctx context.Context, u *ent.User) error {
	return d.log.Write(ctx, func(tx *live.Tx) error { return DisableWithin(ctx, tx, u.ID) })
}

// DisableWithin is Disable within the caller's transaction.
func DisableWithin(ctx context.Context, tx *live.Tx, id string) error {
	if err := anotherAdmin(ctx, tx, id); err != nil {
		return err
	}
	n, err := tx.User.Update().Where(user.ID(id), user.DisabledAtIsNil()).SetDisabledAt(tx.At).Save(ctx)
	if err != nil {
		return fmt.Errorf("disable account: %w", err)
	}
	if _, err := auth.EndCredentials(ctx, tx, id); err != nil || n == 0 {
		return err
	}
	return inSearch(ctx, tx, id, unindex)
}

// Enable enables a disabled account. Its owner has to sign in again. Enabling it twice changes nothing.
func (d *Directory) Enable(ctx context.Context, u *ent.User) error {
	return d.log.Write(ctx, func(tx *live.Tx) error { return EnableWithin(ctx, tx, u.ID) })
}

// EnableWithin is Enable within the caller's transaction.
func EnableWithin(ctx context.Context, tx *live.Tx, id string) error {
	n, err := tx.User.Update().Where(user.ID(id), user.DisabledAtNotNil(), user.ErasedAtIsNil()).ClearDisabledAt().AddCredentialEpoch(1).Save(ctx)
	if err != nil {
		return fmt.Errorf("enable account: %w", err)
	}
	if n == 0 {
		return nil
	}
	return inSearch(ctx, tx, id, index)
}

// SetSiteRole makes an account a site administrator, or a member again. Its sign-ins and tokens end when it becomes a member,
// because open connections keep the rights with which they were opened. Setting the same role changes nothing. It returns
// ErrLastAdmin, or auth.ErrAccountChanged if a disabled account should become an administrator.
func (d *Directory) SetSiteRole(ctx context.Context, u *ent.User, to role.SiteRole) error {
	return d.log.Write(ctx, func(tx *live.Tx) error { return setSiteRole(ctx, tx, u.ID, to) })
}

func setSiteRole(ctx context.Context, tx *live.Tx, id string, to role.SiteRole) error {
	if to != role.Admin {
		if err := anotherAdmin(ctx, tx, id); err != nil {
			return err
		}
	}
	now, err := auth.LockUser(ctx, tx, id)
	if err != nil {
		return err
	}
	if to == role.Admin && now.DisabledAt != nil {
		return auth.ErrAccountChanged
	}
	if now.SiteRole == to {
		return nil
	}
	if err := tx.User.UpdateOneID(id).SetSiteRole(to).Exec(ctx); err != nil {
		return fmt.Errorf("set site role: %w", err)
	}
	if to == role.Admin {
		return nil
	}
	_, err = auth.EndCredentials(ctx, tx, id)
	return err
}

// anotherAdmin returns ErrLastAdmin if the account is the only administrator that is not disabled. It locks the site, so that two
// administrators cannot resign at the same time.
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

// inSearch reads an account within the transaction and changes its search words.
func inSearch(ctx context.Context, tx *live.Tx, id string, do func(context.Context, *live.Tx, *ent.User) error) error {
	u, err := tx.User.Get(ctx, id)
	if err != nil {
		return fmt.Errorf("read user: %w", err)
	}
	return do(ctx, tx, u)
}

// Revoke ends all sign-ins and tokens of an account at once, and returns their number.
func (d *Directory) Revoke(ctx context.Context, u *ent.User) (ended int, err error) {
	err = d.log.Write(ctx, func(tx *live.Tx) error {
		ended, err = auth.EndCredentials(ctx, tx, u.ID)
		return err
	})
	return ended, err
}
