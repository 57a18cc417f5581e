package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
)

// SearchWord is a word that an account is found by. Word, rank and account form a single text, so that the table is its own index and
// each search is one range of it. Package auth writes and reads the text.
type SearchWord struct{ ent.Schema }

func (SearchWord) Fields() []ent.Field {
	return []ent.Field{field.String("id").StorageKey("key").Immutable()}
}
