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
	// rankedWord is the longest beginning of words, in characters, that is kept like a word of its own. So few letters begin the
	// words of a great many accounts: kept so, these are read best first.
	rankedWord = 2
	// lookedAt is how many accounts that fit the longest word typed are looked at (I1).
	lookedAt = 2000
	// readAtMost is how many rows are read to find the best of these among words that begin alike.
	readAtMost = 2 * lookedAt
	// readByEmail is how many accounts whose email begins with the text typed are read beside these.
	readByEmail = lookedAt / 4
	// maxRankName is how many characters of a name count for its order.
	maxRankName = 200
	// last is a character behind all that words have.
	last = "\U0010ffff"
	// maxQuery is how long a query may be, in bytes: longer than any name and email.
	maxQuery = 2048
)

// entry is what a search knows of an account without reading it. Its text is the key of a row: the word, whether the email
// begins with it, the folded name, the email. So the rows of a word are in the order of the ranking.
type entry struct {
	name  string // folded
	email string // normalised
}

const (
	beginsEmail = "0"
	elsewhere   = "1"
)

func entryOf(u *ent.User) entry {
	name := []rune(text.Fold(text.FullName(u.FirstName, u.LastName)))
	return entry{name: string(name[:min(len(name), maxRankName)]), email: u.Email}
}

// words returns what an account is found by: the words of its name and of its email, whose domain counts in both its forms.
func (e entry) words() []string {
	all := e.name + " " + text.FoldEmail(e.email)
	if domain, ok := text.InternationalDomainOf(e.email); ok {
		all += " " + text.Fold(domain)
	}
	return text.Words(all)
}

// keys returns the keys of an account's rows.
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

// row is a key read. Its rank is all of it behind the word: whether the email begins with it, then name and email, which the
// tabs between, lower than any letter, keep apart in the order of texts too.
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

// index makes an account findable.
func index(ctx context.Context, tx *live.Tx, u *ent.User) error {
	return insertKeys(ctx, tx, entryOf(u).keys())
}

// unindex takes an account, as it was when it was made findable, out of the search.
func unindex(ctx context.Context, tx *live.Tx, u *ent.User) error {
	_, err := tx.SearchWord.Delete().Where(searchword.IDIn(entryOf(u).keys()...)).Exec(ctx)
	if err != nil {
		return fmt.Errorf("delete search words: %w", err)
	}
	return nil
}
