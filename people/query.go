package people

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"usher/ent"
	"usher/ent/searchword"
	"usher/ent/user"
	"usher/text"
)

// Search returns the accounts that match a query, best first, at most `first` (I1). It reads only ranges of indexes, and a bounded
// part of each, however many accounts there are. It does not find disabled accounts.
func Search(ctx context.Context, c *ent.Client, query string, first int) ([]*ent.User, error) {
	t, ok := newTyped(query)
	if !ok {
		return nil, nil
	}
	found, err := t.search(ctx, c, first)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	slices.SortFunc(found, match.compare)
	found = found[:min(len(found), first)]
	emails := make([]string, len(found))
	for i, m := range found {
		emails[i] = m.email
	}
	rows, err := c.User.Query().Where(user.EmailIn(emails...), user.DisabledAtIsNil()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read users: %w", err)
	}
	slices.SortFunc(rows, func(a, b *ent.User) int {
		return cmp.Compare(slices.Index(emails, a.Email), slices.Index(emails, b.Email))
	})
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

// match is an account that matches. The exact email address comes first, then addresses that begin with the query, then others.
type match struct {
	entry
	class int
}

func (m match) compare(other match) int {
	return cmp.Or(cmp.Compare(m.class, other.class), cmp.Compare(m.name, other.name), cmp.Compare(m.email, other.email))
}

func (t typed) match(e entry) match {
	switch {
	case e.email == t.email:
		return match{e, 0}
	case strings.HasPrefix(text.FoldEmail(e.email), t.text):
		return match{e, 1}
	}
	return match{e, 2}
}

// longest returns the longest word, the first one among equals.
func (t typed) longest() string {
	return slices.MaxFunc(t.words, func(a, b string) int {
		return cmp.Compare(utf8.RuneCountInString(a), utf8.RuneCountInString(b))
	})
}

// oneWord reports whether the query is a single word.
func (t typed) oneWord() bool { return t.text == t.words[0] }

// fits reports whether each word of the query begins a word of the account.
func (t typed) fits(e entry) bool {
	plain := !strings.ContainsAny(e.name+e.email, "'`") && !strings.Contains(e.email, "xn--")
	var all []string
	for _, word := range t.words {
		if begins(e.name, word) || begins(text.FoldEmail(e.email), word) {
			continue
		}
		if plain {
			return false
		}
		if all == nil {
			all = e.words()
		}
		if !slices.ContainsFunc(all, func(w string) bool { return strings.HasPrefix(w, word) }) {
			return false
		}
	}
	return true
}

// begins reports whether a word of a folded text begins with word. Of a word with an apostrophe, both parts count as words.
func begins(folded, word string) bool {
	for from := 0; ; {
		at := strings.Index(folded[from:], word)
		if at < 0 {
			return false
		}
		before, _ := utf8.DecodeLastRuneInString(folded[:from+at])
		if from+at == 0 || before == '\'' || text.SplitsWords(before) {
			return true
		}
		from += at + len(word)
	}
}

// search returns matching accounts, among them the best ones.
func (t typed) search(ctx context.Context, c *ent.Client, best int) ([]match, error) {
	word := t.longest()
	r := reach{from: word, to: word + last, accounts: lookedAt, rows: readAtMost, wanted: lookedAt}
	if t.oneWord() {
		r.wanted = best // rows and answer have the same order
	}
	if utf8.RuneCountInString(word) == rankedWord { // the table has them in this order
		r.from, r.to, r.accounts, r.rows = word+"\t", word+"\n", r.wanted, r.wanted
	}
	rows, more, err := r.read(ctx, c)
	if err != nil {
		return nil, err
	}
	var found []match
	for _, row := range rows {
		if t.oneWord() || t.fits(row.entry) {
			found = append(found, t.match(row.entry))
		}
	}
	if more {
		return t.andByEmail(ctx, c, found)
	}
	return found, nil
}

// reach limits what a search reads: the range of keys, the number of accounts and rows in it, and how many accounts it returns.
type reach struct {
	from, to       string
	accounts, rows int
	wanted         int
}

// read returns one row for each account: those that rank first, up to wanted. It reports whether there are more.
func (r reach) read(ctx context.Context, c *ent.Client) (rows []row, more bool, err error) {
	seen := make(map[string]int, r.rows)
	rows = make([]row, 0, r.rows)
	for read := 0; ; {
		limit := min(r.accounts, r.rows-read)
		keys, err := c.SearchWord.Query().Where(searchword.IDGT(r.from), searchword.IDLT(r.to)).
			Order(ent.Asc(searchword.FieldID)).Limit(limit).IDs(ctx)
		if err != nil {
			return nil, false, fmt.Errorf("read search words: %w", err)
		}
		for _, key := range keys {
			row := parseKey(key)
			i, again := seen[row.email]
			switch {
			case !again:
				seen[row.email] = len(rows)
				rows = append(rows, row)
			case row.rank < rows[i].rank:
				rows[i] = row
			}
		}
		read += len(keys)
		more = len(keys) == limit
		// The rows of one word are in rank order, so no better one follows.
		ranked := len(rows) >= r.accounts && rows[0].word == rows[len(rows)-1].word
		if !more || ranked || read >= r.rows {
			break
		}
		r.from = keys[len(keys)-1]
	}
	if len(rows) > r.wanted {
		rows, more = firstOf(rows, r.wanted), true
	}
	return rows, more, nil
}

// firstOf returns the rows that rank first, up to wanted.
func firstOf(rows []row, wanted int) []row {
	if wanted > maxInserted {
		slices.SortFunc(rows, row.compare)
		return rows[:wanted]
	}
	first := make([]row, 0, wanted+1)
	for _, r := range rows {
		if len(first) == wanted && r.compare(first[wanted-1]) >= 0 {
			continue
		}
		at, _ := slices.BinarySearchFunc(first, r, row.compare)
		first = slices.Insert(first, at, r)[:min(len(first)+1, wanted)]
	}
	return first
}

// maxInserted is the number of rows up to which inserting one by one is faster than sorting all.
const maxInserted = 50

// andByEmail adds accounts whose email address begins with the query. It is for queries that match more accounts than are read.
func (t typed) andByEmail(ctx context.Context, c *ent.Client, found []match) ([]match, error) {
	if t.oneWord() || strings.ContainsRune(t.email, ' ') {
		return found, nil
	}
	rows, err := c.User.Query().Where(user.EmailGTE(t.email), user.EmailLT(t.email+last), user.DisabledAtIsNil()).
		Order(user.ByEmail()).Limit(readByEmail).Select(user.FieldEmail, user.FieldFirstName, user.FieldLastName).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read emails: %w", err)
	}
	known := make(map[string]bool, len(found))
	for _, m := range found {
		known[m.email] = true
	}
	for _, u := range rows {
		if !known[u.Email] {
			found = append(found, t.match(entryOf(u)))
		}
	}
	return found, nil
}
