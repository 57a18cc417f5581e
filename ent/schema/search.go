package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
)

// SearchChunk is a group of accounts that a search checks together. Package people writes and reads it.
type SearchChunk struct{ ent.Schema }

func (SearchChunk) Fields() []ent.Field {
	return []ent.Field{field.Int("people").Comment("How many accounts are in it.")}
}

// SearchCell lists which accounts of a chunk have a word that begins in a certain way. Package people writes and reads it.
type SearchCell struct{ ent.Schema }

func (SearchCell) Fields() []ent.Field {
	return []ent.Field{
		field.String("id").StorageKey("key").Immutable().Comment("The chunk, a space, and the beginning of the word."),
		field.Bytes("people"),
	}
}
