package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
)

// SearchWord is one word that an account is found by. Word, rank and account are one text, so that the table is its own index
// and whatever is looked for is one range of it; package auth makes and reads the text.
type SearchWord struct{ ent.Schema }

func (SearchWord) Fields() []ent.Field {
	return []ent.Field{field.String("id").StorageKey("key").Immutable()}
}
