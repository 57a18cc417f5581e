package people

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"usher/ent"
	"usher/ent/schema"
	"usher/ent/user"
	"usher/live"
	"usher/role"
)

// Imported counts the accounts that an import added, changed and left the same.
type Imported struct{ Added, Changed, Same int }

// Member returns the account that a row of an import describes, or a Problem for its first invalid field. It uses no storage, so
// that many rows can be checked at once.
func Member(n NewUser) (*ent.User, error) {
	n.Role = role.Member
	return n.row()
}

// Batch is a prepared batch of people to import. The next batch can be prepared while this one is written.
type Batch struct{ people []person } // each email address once

// NewBatch prepares people for Import. If several have the same email address, the last one counts.
func NewBatch(people []*ent.User) *Batch { return &Batch{persons(lastOfEach(people))} }

// Import adds accounts without a password, and updates the names of existing ones, in one transaction.
func (d *Directory) Import(ctx context.Context, b *Batch) (done Imported, err error) {
	err = d.log.Write(ctx, func(tx *live.Tx) error {
		done = Imported{}
		var added, renamed []person
		var before []*ent.User // the renamed ones
		for chunk := range slices.Chunk(b.people, rowsAtOnce) {
			accounts, err := byEmail(ctx, tx, chunk)
			if err != nil {
				return err
			}
			for _, p := range chunk {
				now := accounts[p.Email]
				if now == nil {
					p.SearchPosition = fresh
					added = append(added, p)
					continue
				}
				if now.FirstName == p.FirstName && now.LastName == p.LastName && now.EmailTyped == p.EmailTyped {
					done.Same++
					continue
				}
				changed, err := rename(ctx, tx, now, p.User)
				if err != nil {
					return err
				}
				done.Changed++
				if now.DisabledAt == nil {
					before, renamed = append(before, now), append(renamed, person{changed, p.entry})
				}
			}
		}
		done.Added = len(added)
		if err := remove(ctx, tx, before); err != nil {
			return err
		}
		if found := slices.Concat(added, renamed); len(found) > maxFresh {
			if err := build(ctx, tx, found); err != nil {
				return err
			}
		}
		if err := writePositions(ctx, tx, renamed); err != nil {
			return err
		}
		if err := insertUsers(ctx, tx, added); err != nil {
			return err
		}
		_, err := settle(ctx, tx)
		return err
	})
	return done, err
}

// rowsAtOnce is the number of rows that a statement reads or writes. With so many, the cost of the statement itself is small.
const rowsAtOnce = 1000

// lastOfEach returns the people in the order of their email addresses, and only the last one of each address.
func lastOfEach(people []*ent.User) []*ent.User {
	people = slices.Clone(people)
	slices.Reverse(people)
	slices.SortStableFunc(people, func(a, b *ent.User) int { return cmp.Compare(a.Email, b.Email) })
	return slices.CompactFunc(people, func(a, b *ent.User) bool { return a.Email == b.Email })
}

func byEmail(ctx context.Context, tx *live.Tx, people []person) (map[string]*ent.User, error) {
	emails := make([]string, len(people))
	for i, p := range people {
		emails[i] = p.Email
	}
	q := tx.User.Query().Where(user.EmailIn(emails...))
	if tx.Dialect() == dialect.Postgres {
		q.ForUpdate() // names and positions must not change between reading and replacing them
	}
	rows, err := q.All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read users: %w", err)
	}
	found := make(map[string]*ent.User, len(rows))
	for _, u := range rows {
		found[u.Email] = u
	}
	return found, nil
}

// rename changes the names of an account, and returns it as a fresh one. Its rights and password stay.
func rename(ctx context.Context, tx *live.Tx, now, to *ent.User) (*ent.User, error) {
	changed, err := tx.User.UpdateOneID(now.ID).SetEmailTyped(to.EmailTyped).SetFirstName(to.FirstName).SetLastName(to.LastName).Save(ctx)
	if err != nil {
		return nil, fmt.Errorf("update user: %w", err)
	}
	changed.SearchPosition = fresh
	return changed, nil
}

func insertUsers(ctx context.Context, tx *live.Tx, people []person) error {
	for chunk := range slices.Chunk(people, rowsAtOnce) {
		in := sql.Dialect(tx.Dialect()).Insert(user.Table).Columns(user.FieldID, user.FieldEmail, user.FieldEmailTyped,
			user.FieldFirstName, user.FieldLastName, user.FieldSiteRole, user.FieldSearchPosition, user.FieldCreatedAt)
		for _, p := range chunk {
			in.Values(schema.NewID("u"), p.Email, p.EmailTyped, p.FirstName, p.LastName, string(p.SiteRole), p.SearchPosition, tx.At)
		}
		query, args := in.Query()
		if _, err := tx.ExecContext(ctx, query, args...); err != nil {
			return fmt.Errorf("write users: %w", err)
		}
	}
	return nil
}
