package people

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"usher/ent"
	"usher/ent/user"
	"usher/live"
	"usher/text"
)

// last is a character that sorts behind all characters of words.
const last = "\U0010ffff"

// maxRankName is the number of characters of a name that count for its order.
const maxRankName = 200

// entry is what searches know of an account.
type entry struct {
	name  string // folded
	email string // normalized
}

func entryOf(u *ent.User) entry {
	name := text.Fold(text.FullName(u.FirstName, u.LastName))
	if len(name) > maxRankName {
		runes := []rune(name)
		name = string(runes[:min(len(runes), maxRankName)])
	}
	return entry{name: name, email: u.Email}
}

func (e entry) compare(other entry) int {
	return cmp.Or(strings.Compare(e.name, other.name), strings.Compare(e.email, other.email))
}

// words returns the words of an account: those of its name and its email address. The name is folded already, and stays as it is.
func (e entry) words() []string { return text.WordsOf(e.name, e.email) }

// spot is where people with a word are listed: in the cell of its stem, under its tail.
type spot struct{ stem, tail string }

// stems lists how long stems are, in characters, and which beginnings of words are looked up by them. Most searches type few
// characters, which many people's words begin with, so that short beginnings have stems of their own. The tail has what a beginning
// adds to its stem.
var stems = []struct{ length, from, to int }{
	{length: 1, from: 1, to: 1},
	{length: 2, from: 2, to: 2},
	{length: 3, from: 3, to: 6},
	{length: 6, from: 7, to: 9},
	{length: 9, from: 10, to: 1 << 10},
}

// wholeEmail marks the stems of whole email addresses. No word contains it.
const wholeEmail = "@"

// spots visits all spots of a word. mark is empty or wholeEmail.
func spots(mark, word string, visit func(spot)) {
	length := utf8.RuneCountInString(word)
	for _, s := range stems {
		if length < s.from {
			return
		}
		stem := firstOf(word, s.length)
		visit(spot{mark + stem, firstOf(word[len(stem):], s.to-s.length)})
	}
}

// spotOf returns the cell that lists everybody with a word that begins in this way, and how their tails begin.
func spotOf(mark, beginning string) spot {
	length := utf8.RuneCountInString(beginning)
	for _, s := range stems {
		if length <= s.to {
			stem := firstOf(beginning, s.length)
			return spot{mark + stem, beginning[len(stem):]}
		}
	}
	return spot{}
}

// firstOf returns the first n characters of a text, or all if it is shorter.
func firstOf(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for at := range text {
		if n == 0 {
			return text[:at]
		}
		n--
	}
	return text
}

// spots visits all spots of an account. It may visit one several times.
func (e entry) spots(visit func(spot)) {
	for _, word := range e.words() {
		spots("", word, visit)
	}
	spots(wholeEmail, text.FoldEmail(e.email), visit)
}

const (
	// fresh is the position of an account that is in no chunk yet. Searches check all fresh accounts, one by one.
	fresh = 0
	// nowhere is the position of an account that searches do not find.
	nowhere = -1
)

// index lets searches find an account.
func index(ctx context.Context, tx *live.Tx, u *ent.User) error {
	err := tx.User.Update().Where(user.ID(u.ID), user.SearchPositionLT(fresh)).SetSearchPosition(fresh).Exec(ctx)
	if err != nil {
		return fmt.Errorf("add to search: %w", err)
	}
	_, err = settle(ctx, tx)
	return err
}

// unindex stops searches from finding an account, and removes what they kept of it. u is the account as it was when searches found it.
func unindex(ctx context.Context, tx *live.Tx, u *ent.User) error {
	if err := remove(ctx, tx, []*ent.User{u}); err != nil {
		return err
	}
	if err := tx.User.UpdateOneID(u.ID).SetSearchPosition(nowhere).Exec(ctx); err != nil {
		return fmt.Errorf("remove from search: %w", err)
	}
	return nil
}
