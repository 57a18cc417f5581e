package people

import (
	"context"
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

// Accounts does for the site's administrators what the command line does for operators. Each method checks in its own transaction that
// the asker is one, and returns problem.ErrForbidden otherwise.
type Accounts struct{ *Directory }

// asAdmin runs fn in a transaction that decides about the site.
func (a Accounts) asAdmin(ctx context.Context, actor auth.Actor, fn func(tx *live.Tx) error) error {
	if err := mayAdminister(actor); err != nil {
		return err
	}
	return a.log.Write(ctx, func(tx *live.Tx) error {
		if err := tx.LockSite(ctx); err != nil {
			return err
		}
		now, err := actor.AsNow(ctx, tx.Client())
		if err != nil {
			return err
		}
		if err := mayAdminister(now); err != nil {
			return err
		}
		return fn(tx)
	})
}

func mayAdminister(actor auth.Actor) error {
	if actor.User == nil {
		return problem.ErrUnauthenticated
	}
	if !actor.Admin() {
		return problem.ErrForbidden
	}
	return nil
}

// Add adds an account without a password. Returns a Problem for the first invalid field, or EMAIL_TAKEN.
func (a Accounts) Add(ctx context.Context, actor auth.Actor, n NewUser) (u *ent.User, err error) {
	if err := mayAdminister(actor); err != nil {
		return nil, err
	}
	row, err := n.row()
	if err != nil {
		return nil, err
	}
	err = a.asAdmin(ctx, actor, func(tx *live.Tx) error {
		u, err = a.create(ctx, tx, row)
		return err
	})
	return u, err
}

// Change changes an account. Nil leaves a value as it is.
type Change struct {
	UserID              string
	FirstName, LastName *string
	OneName             bool // the last name may be empty
	Role                *role.SiteRole
	Disabled            *bool
}

// Change changes an account, all of it or nothing. Returns problem.ErrNotFound, a Problem for the first invalid field, LAST_ADMIN, or
// ACCOUNT_DISABLED if a disabled account should become an administrator.
func (a Accounts) Change(ctx context.Context, actor auth.Actor, c Change) (u *ent.User, err error) {
	err = a.asAdmin(ctx, actor, func(tx *live.Tx) error {
		if u, err = present(ctx, tx, c.UserID); err != nil {
			return err
		}
		if c.FirstName != nil || c.LastName != nil {
			if err := renameTo(ctx, tx, u, c.FirstName, c.LastName, c.OneName); err != nil {
				return err
			}
		}
		if c.Disabled != nil {
			do := EnableWithin
			if *c.Disabled {
				do = DisableWithin
			}
			if err := do(ctx, tx, u.ID); err != nil {
				return err
			}
		}
		if c.Role != nil {
			err := setSiteRole(ctx, tx, u.ID, *c.Role)
			if errors.Is(err, auth.ErrAccountChanged) {
				return isDisabled()
			}
			if err != nil {
				return err
			}
		}
		u, err = tx.User.Get(ctx, u.ID)
		return err
	})
	return u, err
}

func isDisabled() error {
	return problem.New(problem.AccountDisabled).Saying("This account is disabled. Enable it first.").Then()
}

// present returns an account that is not erased, locked, or problem.ErrNotFound.
func present(ctx context.Context, tx *live.Tx, id string) (*ent.User, error) {
	exists, err := tx.User.Query().Where(user.ID(id), user.ErasedAtIsNil()).Exist(ctx)
	if err != nil {
		return nil, fmt.Errorf("look for account: %w", err)
	}
	if !exists {
		return nil, problem.ErrNotFound
	}
	return auth.LockUser(ctx, tx, id)
}

// renameTo changes names. Nil leaves a name as it is. With oneName the last name may be empty.
func renameTo(ctx context.Context, tx *live.Tx, u *ent.User, first, last *string, oneName bool) error {
	to := *u
	if first != nil {
		to.FirstName = *first
	}
	if last != nil {
		to.LastName = *last
	}
	names, wrong := text.CleanNames(to.FirstName, to.LastName, oneName || last == nil)
	if wrong != nil {
		return problem.New(problem.InvalidName).At(wrong.Field).Saying(wrong.Message)
	}
	to.FirstName, to.LastName = names.First, names.Last
	_, err := rename(ctx, tx, u, &to)
	return err
}

// Self does what people do with their own account. Each method returns problem.ErrUnauthenticated to an asker without one.
type Self struct{ *Directory }

// ChangeName changes the asker's own name. Returns INVALID_NAME.
func (d Self) ChangeName(ctx context.Context, actor auth.Actor, first, last string, oneName bool) (u *ent.User, err error) {
	err = d.asSelf(ctx, actor, func(tx *live.Tx, now *ent.User) error {
		if err := renameTo(ctx, tx, now, &first, &last, oneName); err != nil {
			return err
		}
		u, err = tx.User.Get(ctx, now.ID)
		return err
	})
	return u, err
}

// asSelf runs fn in a transaction on the asker's own account, as it is now.
func (d Self) asSelf(ctx context.Context, actor auth.Actor, fn func(tx *live.Tx, now *ent.User) error) error {
	if _, err := actor.SignedIn(); err != nil {
		return err
	}
	return d.log.Write(ctx, func(tx *live.Tx) error {
		if _, err := actor.AsNow(ctx, tx.Client()); err != nil {
			return err
		}
		now, err := auth.LockUser(ctx, tx, actor.User.ID)
		if err != nil {
			return err
		}
		return fn(tx, now)
	})
}
