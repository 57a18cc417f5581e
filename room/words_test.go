package room

import (
	"strings"
	"testing"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"
)

// conditions writes the statement that searches for a text in two columns.
func conditions(text string) (statement string, arguments int) {
	s := sql.Dialect(dialect.SQLite).Select("id").From(sql.Table("people"))
	matching(text, "first_name", "last_name")(s)
	statement, args := s.Query()
	return statement, len(args)
}

func TestWordsBecomeOneFlatCondition(t *testing.T) {
	statement, _ := conditions("ada lee bo")
	depth, deepest := 0, 0
	for _, c := range statement {
		switch c {
		case '(':
			depth++
			deepest = max(deepest, depth)
		case ')':
			depth--
		}
	}
	if deepest > 2 { // of one word, and of LOWER
		t.Errorf("%d levels deep: %s", deepest, statement)
	}
}

func TestAConditionGrowsByTheSameForEachWord(t *testing.T) {
	for name, word := range map[string]string{"in ASCII": "ada ", "beyond ASCII": "émile "} {
		t.Run(name, func(t *testing.T) {
			four, args4 := conditions(strings.Repeat(word, 4))
			eight, args8 := conditions(strings.Repeat(word, 8))
			if len(eight) > 2*len(four) || args8 != 2*args4 {
				t.Errorf("4 words: %d bytes, %d arguments; 8 words: %d, %d", len(four), args4, len(eight), args8)
			}
		})
	}
	if statement, _ := conditions(" \t "); strings.Contains(statement, "WHERE") {
		t.Errorf("no word is a condition: %s", statement)
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
