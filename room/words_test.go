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
	matching(text, "name_folded", "email_folded")(s)
	statement, args := s.Query()
	return statement, len(args)
}

func TestWordsBecomeFlatConditionsBesideTheOthers(t *testing.T) {
	const (
		all  = "SELECT `id` FROM `people` WHERE `room_id` = ?"
		word = "(`people`.`name_folded` LIKE ? OR `people`.`email_folded` LIKE ?)"
	)
	for text, want := range map[string]string{
		" \t ":         all,
		"ada":          all + " AND " + word,
		"ada lee":      all + " AND (" + word + " AND " + word + ")",
		"Ada, lee ADÁ": all + " AND (" + word + " AND " + word + ")",
		"🔑":            all + " AND " + word,
	} {
		if statement, _ := conditions(text); statement != want {
			t.Errorf("%q: got\n%s, want\n%s", text, statement, want)
		}
	}
}

func TestEachWordAddsTheSameToACondition(t *testing.T) {
	for name, words := range map[string]string{"in ASCII": "a b c d e f g h", "beyond ASCII": "д е ж з и п к л"} {
		t.Run(name, func(t *testing.T) {
			four, args4 := conditions(strings.Join(strings.Fields(words)[:4], " "))
			eight, args8 := conditions(words)
			if len(eight) > 2*len(four) || args8-args4 != args4-1 { // one is of the room
				t.Errorf("4 words: %d bytes, %d arguments; 8 words: %d, %d", len(four), args4, len(eight), args8)
			}
		})
	}
}
