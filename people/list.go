package people

import (
	"context"
	"encoding/base64"
	"fmt"
	"strings"
	"unicode/utf8"

	"usher/auth"
	"usher/ent"
	"usher/ent/predicate"
	"usher/ent/user"
	"usher/problem"
	"usher/role"
)

// Listing selects accounts for the page of people.
type Listing struct {
	First    int
	After    *string
	Search   string
	Role     *role.SiteRole
	Disabled *bool
}

// Listed is a page of accounts, with a cursor for each, and the number of all.
type Listed struct {
	Users   []*ent.User
	Cursors []string
	Total   int
	More    bool
}

// List returns accounts by email address, or those that a search finds, best first and at most one page. Returns problem.ErrForbidden
// unless the asker is an administrator.
func (a Accounts) List(ctx context.Context, actor auth.Actor, l Listing) (page Listed, err error) {
	if err := mayAdminister(actor); err != nil {
		return page, err
	}
	if strings.TrimSpace(l.Search) != "" {
		page.Users, err = a.found(ctx, l)
		page.Total = len(page.Users)
	} else {
		err = a.page(ctx, l, &page)
	}
	for _, u := range page.Users {
		page.Cursors = append(page.Cursors, base64.RawURLEncoding.EncodeToString([]byte(u.Email)))
	}
	return page, err
}

// page reads a page by the unique index of addresses.
func (a Accounts) page(ctx context.Context, l Listing, page *Listed) error {
	where := []predicate.User{user.ErasedAtIsNil()}
	if l.Role != nil {
		where = append(where, user.SiteRoleEQ(*l.Role))
	}
	if l.Disabled != nil {
		where = append(where, disabledIs(*l.Disabled))
	}
	var err error
	if page.Total, err = a.db.Read.User.Query().Where(where...).Count(ctx); err != nil {
		return fmt.Errorf("count accounts: %w", err)
	}
	if l.After != nil {
		raw, err := base64.RawURLEncoding.Strict().DecodeString(*l.After)
		if err != nil || !utf8.Valid(raw) {
			return &problem.BadInput{Message: "after is not a cursor of this list"}
		}
		where = append(where, user.EmailGT(string(raw)))
	}
	rows, err := a.db.Read.User.Query().Where(where...).Order(user.ByEmail()).Limit(l.First + 1).All(ctx)
	if err != nil {
		return fmt.Errorf("list accounts: %w", err)
	}
	page.More = len(rows) > l.First
	page.Users = rows[:min(len(rows), l.First)]
	return nil
}

func disabledIs(disabled bool) predicate.User {
	if disabled {
		return user.DisabledAtNotNil()
	}
	return user.DisabledAtIsNil()
}

// disabledSearched limits how many disabled accounts a search looks through, those disabled last.
const disabledSearched = 2000

// found returns the accounts that match a search. The index of words has no disabled ones, so those are looked through.
func (a Accounts) found(ctx context.Context, l Listing) (found []*ent.User, err error) {
	if l.Disabled == nil || !*l.Disabled {
		if found, err = Search(ctx, a.db.Read, l.Search, l.First); err != nil {
			return nil, err
		}
	}
	if t, ok := newTyped(l.Search); ok && (l.Disabled == nil || *l.Disabled) {
		rows, err := a.db.Read.User.Query().Where(user.DisabledAtNotNil(), user.ErasedAtIsNil()).
			Order(ent.Desc(user.FieldDisabledAt)).Limit(disabledSearched).All(ctx)
		if err != nil {
			return nil, fmt.Errorf("list disabled accounts: %w", err)
		}
		for _, u := range rows {
			if t.fits(entryOf(u)) {
				found = append(found, u)
			}
		}
	}
	if l.Role != nil {
		kept := found[:0]
		for _, u := range found {
			if u.SiteRole == *l.Role {
				kept = append(kept, u)
			}
		}
		found = kept
	}
	return found[:min(len(found), l.First)], nil
}
