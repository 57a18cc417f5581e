package people

import (
	"context"
	"fmt"
	"strings"

	"usher/ent"
	"usher/ent/searchword"
	"usher/live"
	"usher/text"
)

const (
	// rankedWord is the maximum length, in characters, of beginnings of words that are stored like words. Many accounts share such
	// short beginnings, and this way they are read best first.
	rankedWord = 2
	// lookedAt is the number of accounts with the longest word of the query that a search checks (I1).
	lookedAt = 2000
	// readAtMost is the number of rows that a search reads to find them.
	readAtMost = 2 * lookedAt
	// readByEmail is the number of further accounts that a search reads because their email address begins with the query.
	readByEmail = lookedAt / 4
	// maxRankName is the number of characters of a name that count for its order.
	maxRankName = 200
	// last is a character that sorts behind all characters of words.
	last = "\U0010ffff"
	// maxQuery is the maximum length of a query in bytes. Names and email addresses are shorter.
	maxQuery = 2048
)

// entry is the part of an account that is in the search table. The key of a row consists of the word, whether the email address
// begins with it, the folded name, and the address. So the rows of a word are in the order of their rank.
type entry struct {
	name  string // folded
	email string // normalized
}

const (
	beginsEmail = "0"
	elsewhere   = "1"
)

func entryOf(u *ent.User) entry {
	name := []rune(text.Fold(text.FullName(u.FirstName, u.LastName)))
	return entry{name: string(name[:min(len(name), maxRankName)]), email: u.Email}
}

// words returns the words of an account: those of its name and its email address. An international domain counts in both forms.
func (e entry) words() []string {
	all := e.name + " " + text.FoldEmail(e.email)
	if domain, ok := text.InternationalDomainOf(e.email); ok {
		all += " " + text.Fold(domain)
	}
	return text.Words(all)
}

// keys returns the keys of an account's rows in the search table.
func (e entry) keys() []string {
	seen := map[string]bool{}
	var keys []string
	email := text.FoldEmail(e.email)
	add := func(word string) {
		if seen[word] {
			return
		}
		seen[word] = true
		at := elsewhere
		if strings.HasPrefix(email, word) {
			at = beginsEmail
		}
		keys = append(keys, word+"\t"+at+"\t"+e.name+"\t"+e.email)
	}
	for _, word := range e.words() {
		letters := 0
		for i := range word {
			if letters > 1 {
				add(word[:i])
			}
			if letters++; letters > rankedWord {
				break
			}
		}
		add(word)
	}
	return keys
}

// row is a parsed key. Its rank is the part behind the word. Tabs separate the parts; they sort before all letters, so that keys
// sort by the parts in turn.
type row struct {
	word string
	rank string
	entry
}

func parseKey(key string) (r row) {
	r.word, r.rank, _ = strings.Cut(key, "\t")
	_, key, _ = strings.Cut(r.rank, "\t")
	r.name, r.email, _ = strings.Cut(key, "\t")
	return r
}

func (r row) compare(other row) int { return strings.Compare(r.rank, other.rank) }

// index adds the search words of an account.
func index(ctx context.Context, tx *live.Tx, u *ent.User) error {
	return insertKeys(ctx, tx, entryOf(u).keys())
}

// unindex removes the search words of an account. u is the account as it was when they were added.
func unindex(ctx context.Context, tx *live.Tx, u *ent.User) error {
	_, err := tx.SearchWord.Delete().Where(searchword.IDIn(entryOf(u).keys()...)).Exec(ctx)
	if err != nil {
		return fmt.Errorf("delete search words: %w", err)
	}
	return nil
}
