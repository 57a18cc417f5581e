package room

import (
	"entgo.io/ent/dialect/sql"

	"usher/text"
)

// matching selects rows that contain each word of a search in one of the folded columns. The words may be in any order. A search of
// blanks selects all rows.
func matching(search string, columns ...string) func(*sql.Selector) {
	return matchingWords(text.Sought(search), columns...)
}

// matchingWords is matching for words that text.Sought returned.
func matchingWords(words []string, columns ...string) func(*sql.Selector) {
	return func(s *sql.Selector) {
		var all []*sql.Predicate
		for _, word := range words {
			var any []*sql.Predicate
			for _, column := range columns {
				any = append(any, sql.Contains(s.C(column), word))
			}
			all = append(all, sql.Or(any...))
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
