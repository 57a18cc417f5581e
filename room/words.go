package room

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"entgo.io/ent/dialect/sql"
)

// matching selects the rows that contain each word of a text, in any of the columns. It adds one flat condition. Conditions added
// one by one would nest, at a quadratic cost.
func matching(text string, columns ...string) func(*sql.Selector) {
	return func(s *sql.Selector) {
		var all []*sql.Predicate
		for _, word := range strings.Fields(text) {
			all = append(all, containing(s, word, columns))
		}
		switch len(all) {
		case 0:
		case 1: // And would leave out the brackets around the one
			s.Where(all[0])
		default:
			s.Where(sql.And(all...))
		}
	}
}

// containing matches a row that contains a text, in any of the columns and in any case.
func containing(s *sql.Selector, text string, columns []string) *sql.Predicate {
	var any []*sql.Predicate
	for _, column := range columns {
		any = append(any, sql.ContainsFold(s.C(column), text))
		for _, spelling := range spellings(text) {
			any = append(any, sql.Contains(s.C(column), spelling))
		}
	}
	return sql.Or(any...)
}

// spellings returns the usual spellings of a text with letters beyond ASCII. Databases do not know the cases of all of these, and
// SQLite of none.
func spellings(text string) []string {
	if !strings.ContainsFunc(text, func(r rune) bool { return r >= utf8.RuneSelf }) {
		return nil
	}
	lower := strings.ToLower(text)
	first, size := utf8.DecodeRuneInString(lower)
	all := []string{text, lower, strings.ToUpper(text), string(unicode.ToTitle(first)) + lower[size:]}
	slices.Sort(all)
	return slices.Compact(all)
}
