package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// SharedRate is what one key has used of a rate that all servers of the site share, such as the wrong passwords from an address. The row
// names nobody: its id is computed from the key with the key file.
type SharedRate struct{ ent.Schema }

func (SharedRate) Fields() []ent.Field {
	return []ent.Field{
		field.String("id").MaxLen(43).Immutable(),
		field.Int64("spent_until").Comment("When its uses are made up for, in Unix milliseconds. Each use adds the same time."),
	}
}

func (SharedRate) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("spent_until"), // what is deleted
	}
}
