package room

import (
	"strings"
	"testing"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"
)

// conditions writes the statement that searches for a text in two columns.
func conditions(text string) (statement string, arguments int) {
	s := sql.Dialect(dialect.SQLite).Select("id").From(sql.Table("people")).Where(sql.EQ("room_id", "r"))
	matching(text, "first_name", "last_name")(s)
	statement, args := s.Query()
	return statement, len(args)
}

func TestWordsBecomeOneFlatConditionBesideTheOthers(t *testing.T) {
	const (
		all  = "SELECT `id` FROM `people` WHERE `room_id` = ?"
		word = "(LOWER(`people`.`first_name`) LIKE ? OR LOWER(`people`.`last_name`) LIKE ?)"
	)
	for text, want := range map[string]string{
		" \t ":       all,
		"ada":        all + " AND " + word,
		"ada lee":    all + " AND (" + word + " AND " + word + ")",
		"ada lee bo": all + " AND (" + word + " AND " + word + " AND " + word + ")",
	} {
		if statement, _ := conditions(text); statement != want {
			t.Errorf("%q: got\n%s, want\n%s", text, statement, want)
		}
	}
}

func TestEachWordAddsTheSameToACondition(t *testing.T) {
	for name, word := range map[string]string{"in ASCII": "ada ", "beyond ASCII": "émile "} {
		t.Run(name, func(t *testing.T) {
			four, args4 := conditions(strings.Repeat(word, 4))
			eight, args8 := conditions(strings.Repeat(word, 8))
			if len(eight) > 2*len(four) || args8-args4 != args4-1 { // one is of the room
				t.Errorf("4 words: %d bytes, %d arguments; 8 words: %d, %d", len(four), args4, len(eight), args8)
			}
		})
	}
}

func BenchmarkWords(b *testing.B) {
	for name, words := range map[string]int{"8": 8, "1000": 1000} {
		text := strings.Repeat("ada ", words)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				conditions(text)
			}
		})
	}
}
