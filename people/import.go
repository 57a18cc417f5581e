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
	"usher/ent/searchword"
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
type Batch struct {
	people []*ent.User // each email address once
	keys   []keyOf     // search keys of all people, in the order of the table
}

type keyOf struct {
	key    string
	person int
}

// NewBatch prepares people for Import. If several have the same email address, the last one counts.
func NewBatch(people []*ent.User) *Batch {
	b := &Batch{people: lastOfEach(people), keys: make([]keyOf, 0, 9*len(people))}
	for i, p := range b.people {
		for _, key := range entryOf(p).keys() {
			b.keys = append(b.keys, keyOf{key, i})
		}
	}
	slices.SortFunc(b.keys, func(a, b keyOf) int { return cmp.Compare(a.key, b.key) })
	return b
}

// Import adds accounts without a password, and updates the names of existing ones, in one transaction.
func (d *Directory) Import(ctx context.Context, b *Batch) (done Imported, err error) {
	err = d.log.Write(ctx, func(tx *live.Tx) error {
		done = Imported{}
		var added []*ent.User
		known := make([]bool, len(b.people))
		for at := 0; at < len(b.people); at += rowsAtOnce {
			chunk := b.people[at:min(at+rowsAtOnce, len(b.people))]
			accounts, err := byEmail(ctx, tx, chunk)
			if err != nil {
				return err
			}
			for i, p := range chunk {
				now := accounts[p.Email]
				if now == nil {
					added = append(added, p)
					continue
				}
				known[at+i] = true
				if now.FirstName == p.FirstName && now.LastName == p.LastName && now.EmailTyped == p.EmailTyped {
					done.Same++
					continue
				}
				if err := rename(ctx, tx, now, p); err != nil {
					return err
				}
				done.Changed++
			}
		}
		done.Added = len(added)
		if err := insertUsers(ctx, tx, added); err != nil {
			return err
		}
		keys := make([]string, 0, len(b.keys))
		for _, k := range b.keys {
			if !known[k.person] {
				keys = append(keys, k.key)
			}
		}
		return insertKeys(ctx, tx, keys)
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

func byEmail(ctx context.Context, tx *live.Tx, people []*ent.User) (map[string]*ent.User, error) {
	emails := make([]string, len(people))
	for i, p := range people {
		emails[i] = p.Email
	}
	q := tx.User.Query().Where(user.EmailIn(emails...))
	if tx.Dialect() == dialect.Postgres {
		q.ForUpdate() // search words must not change between reading and replacing them
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

// rename changes the names of an account. Its rights and password stay.
func rename(ctx context.Context, tx *live.Tx, now, to *ent.User) error {
	changed, err := tx.User.UpdateOneID(now.ID).SetEmailTyped(to.EmailTyped).SetFirstName(to.FirstName).SetLastName(to.LastName).Save(ctx)
	if err != nil {
		return fmt.Errorf("update user: %w", err)
	}
	if changed.DisabledAt != nil {
		return nil
	}
	if err := unindex(ctx, tx, now); err != nil {
		return err
	}
	return index(ctx, tx, to)
}

func insertUsers(ctx context.Context, tx *live.Tx, people []*ent.User) error {
	for chunk := range slices.Chunk(people, rowsAtOnce) {
		in := sql.Dialect(tx.Dialect()).Insert(user.Table).Columns(user.FieldID, user.FieldEmail, user.FieldEmailTyped,
			user.FieldFirstName, user.FieldLastName, user.FieldSiteRole, user.FieldCreatedAt)
		for _, p := range chunk {
			in.Values(schema.NewID("u"), p.Email, p.EmailTyped, p.FirstName, p.LastName, string(p.SiteRole), tx.At)
		}
		query, args := in.Query()
		if _, err := tx.ExecContext(ctx, query, args...); err != nil {
			return fmt.Errorf("write users: %w", err)
		}
	}
	return nil
}

func insertKeys(ctx context.Context, tx *live.Tx, keys []string) error {
	for chunk := range slices.Chunk(keys, rowsAtOnce) {
		in := sql.Dialect(tx.Dialect()).Insert(searchword.Table).Columns(searchword.FieldID)
		for _, key := range chunk {
			in.Values(key)
		}
		query, args := in.Query()
		if _, err := tx.ExecContext(ctx, query, args...); err != nil {
			return fmt.Errorf("write search words: %w", err)
		}
	}
	return nil
}
