package people

import (
	"cmp"
	"context"
	stdsql "database/sql"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"
	"golang.org/x/text/unicode/norm"

	"usher/ent"
	"usher/ent/searchcell"
	"usher/ent/user"
	"usher/text"
)

// maxQuery is the maximum length of a query in bytes. Names and email addresses are shorter.
const maxQuery = 2048

// Rank is the position of an account in the answer to a query. The exact email address comes first, then addresses that begin with the
// query, then others. Within these, accounts are in the order of their folded names, then of their email addresses.
type Rank struct {
	Class       int
	Name, Email string
}

const (
	exact = iota
	beginsEmail
	elsewhere
)

func (r Rank) entry() entry { return entry{r.Name, r.Email} }

func (r Rank) compare(other Rank) int {
	return cmp.Or(cmp.Compare(r.Class, other.Class), r.entry().compare(other.entry()))
}

// Found is a part of the accounts that match a query, best first.
type Found struct {
	Users []*ent.User
	Ranks []Rank // of Users
	Total int    // of all accounts that match
	More  bool   // after these
}

// Search returns the accounts that match a query, best first, at most `first` (I1). It does not find disabled accounts.
func Search(ctx context.Context, c *ent.Client, query string, first int) ([]*ent.User, error) {
	found, err := Find(ctx, c, query, nil, first)
	return found.Users, err
}

// Find returns the accounts that match a query and rank after a position, at most `first` (I1). nil is the position before all. It
// does not find disabled accounts.
func Find(ctx context.Context, c *ent.Client, query string, after *Rank, first int) (found Found, err error) {
	t, ok := newTyped(query)
	if !ok {
		return found, nil
	}
	tx, err := c.BeginTx(ctx, &stdsql.TxOptions{Isolation: stdsql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return found, fmt.Errorf("begin: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // it only reads
	a, err := t.answer(ctx, tx)
	if err != nil {
		return found, err
	}
	ranks, err := a.ranks(ctx, tx, after, first+1)
	if err != nil {
		return found, err
	}
	found.Total, found.More = a.total(), len(ranks) > first
	found.Ranks = ranks[:min(len(ranks), first)]
	found.Users, err = users(ctx, tx, found.Ranks)
	return found, err
}

// users reads the accounts of ranks.
func users(ctx context.Context, tx *ent.Tx, ranks []Rank) ([]*ent.User, error) {
	if len(ranks) == 0 {
		return nil, nil
	}
	at := make(map[string]int, len(ranks))
	emails := make([]string, len(ranks))
	for i, r := range ranks {
		at[r.Email], emails[i] = i, r.Email
	}
	rows, err := tx.User.Query().Where(user.EmailIn(emails...)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read users: %w", err)
	}
	slices.SortFunc(rows, func(a, b *ent.User) int { return cmp.Compare(at[a.Email], at[b.Email]) })
	return rows, nil
}

// typed is a query as a person typed it.
type typed struct {
	text  string // the whole, folded
	email string // normalized
	words []string
}

// newTyped parses a query. It returns false for a query that matches nothing: fewer than two characters, or no letter or digit.
func newTyped(query string) (t typed, ok bool) {
	query = norm.NFC.String(strings.TrimSpace(query))
	if utf8.RuneCountInString(query) < 2 || len(query) > maxQuery || !utf8.ValidString(query) {
		return t, false
	}
	t = typed{text: text.Fold(query), email: strings.ToLower(query)}
	if normal, isEmail := text.NormalizeEmail(query); isEmail {
		t.email = normal
	}
	t.words = text.Words(strings.ReplaceAll(t.text, "'", ""))
	return t, len(t.words) > 0
}

// rank returns the rank of an account that matches.
func (t typed) rank(e entry) Rank {
	class := elsewhere
	switch {
	case e.email == t.email:
		class = exact
	case strings.HasPrefix(text.FoldEmail(e.email), t.text):
		class = beginsEmail
	}
	return Rank{class, e.name, e.email}
}

// fits reports whether each word of the query begins a word of the account.
func (t typed) fits(e entry) bool { return text.Begin(t.words, e.words()) }

// answer is everybody who matches a query.
type answer struct {
	fresh  []Rank // those in no chunk, in order
	exact  *Rank  // the account whose email address is the query, if it is in a chunk
	chunks map[int]*matches
}

// matches are the accounts of a chunk that match.
type matches struct {
	all, beginsEmail slots
	words            int // how many words of the query have a cell in the chunk
}

func (a *answer) total() int {
	n := len(a.fresh)
	for _, m := range a.chunks {
		n += m.all.count()
	}
	return n
}

// answer reads who matches. It reads one cell of each chunk for each word, and the fresh accounts.
func (t typed) answer(ctx context.Context, tx *ent.Tx) (*answer, error) {
	a := &answer{chunks: map[int]*matches{}}
	rows, err := readPeople(ctx, tx.User.Query().Where(user.SearchPosition(fresh)))
	if err != nil {
		return nil, err
	}
	for _, p := range rows {
		if t.fits(p.entry) {
			a.fresh = append(a.fresh, t.rank(p.entry))
		}
	}
	slices.SortFunc(a.fresh, Rank.compare)
	return a, t.intersect(ctx, tx, a)
}

// intersect reads who matches in the chunks.
func (t typed) intersect(ctx context.Context, tx *ent.Tx, a *answer) error {
	words := map[string][]string{} // by stem, how their tails begin
	for _, word := range t.words {
		s := spotOf("", word)
		words[s.stem] = append(words[s.stem], s.tail)
	}
	whole := spotOf(wholeEmail, t.text)
	stems := make([]any, 0, len(words)+1)
	for stem := range words {
		stems = append(stems, stem)
	}
	if !strings.ContainsRune(t.email, ' ') {
		stems = append(stems, whole.stem)
	}
	cells, err := tx.SearchCell.Query().Where(ofStems(stems)).All(ctx)
	if err != nil {
		return fmt.Errorf("read search cells: %w", err)
	}
	for _, cell := range cells {
		chunk, stem := stemOfKey(cell.ID)
		m := a.chunks[chunk]
		if m == nil {
			m = new(matches)
			a.chunks[chunk] = m
		}
		if stem == whole.stem {
			if err := m.beginsEmail.addCell(cell.People, whole.tail); err != nil {
				return err
			}
		}
		for _, tail := range words[stem] {
			var with slots
			if err := with.addCell(cell.People, tail); err != nil {
				return err
			}
			if m.words++; m.words == 1 {
				m.all = with
			} else {
				m.all.and(&with)
			}
		}
	}
	for chunk, m := range a.chunks {
		if m.words < len(t.words) || m.all.count() == 0 {
			delete(a.chunks, chunk)
		}
		m.beginsEmail.and(&m.all)
	}
	return t.findExact(ctx, tx, a)
}

// ofStems selects the cells of stems in all chunks.
func ofStems(stems []any) func(*sql.Selector) {
	return func(s *sql.Selector) {
		// PostgreSQL takes an array for a few values to look up in an index, whatever its statistics say of the table.
		before, after := " IN (", ")"
		if s.Dialect() == dialect.Postgres {
			before, after = " = ANY (ARRAY(", "))"
		}
		s.Where(sql.P(func(b *sql.Builder) {
			b.Ident(s.C(searchcell.FieldID)).WriteString(before)
			b.WriteString("SELECT CAST(c.id AS text) || ' ' || s.column1 FROM search_chunks AS c, (VALUES ")
			for i, stem := range stems {
				if i > 0 {
					b.Comma()
				}
				b.WriteByte('(').Arg(stem).WriteByte(')')
			}
			b.WriteString(") AS s").WriteString(after)
		}))
	}
}

// findExact moves the account whose email address is the query to the front.
func (t typed) findExact(ctx context.Context, tx *ent.Tx, a *answer) error {
	if !strings.ContainsRune(t.email, '@') || len(a.chunks) == 0 {
		return nil
	}
	people, err := readPeople(ctx, tx.User.Query().Where(user.Email(t.email), user.SearchPositionGT(fresh)))
	if err != nil {
		return err
	}
	for _, p := range people {
		if m := a.chunks[chunkOf(p.position)]; m != nil && m.all.has(slotOf(p.position)) {
			a.exact = &Rank{exact, p.name, p.email}
		}
	}
	return nil
}
