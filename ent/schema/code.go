package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Code is a code from the invited mailbox, for one link and one device. Its digits are computed from its id and the key file. The
// database alone does not reveal them.
type Code struct{ ent.Schema }

func (Code) Fields() []ent.Field {
	return []ent.Field{
		id("co"),
		field.Uint8("key_id").Immutable().Comment("The number of the key that computes the digits."),
		field.String("invitation_id").Immutable(),
		field.Int("generation").Immutable().Comment("Of the link that it is for."),
		field.Bytes("device_hash").Sensitive().Immutable().Comment("SHA-256 of the secret of the device that asked for it."),
		field.Enum("purpose").NamedValues("Redeem", "REDEEM", "Move", "MOVE").Immutable(),
		field.String("browser").Default("").Immutable().Comment("Of the device, such as `Chrome on Windows`."),
		field.Int("tries").Default(0).Comment("How often a code was typed for it."),
		field.Time("created_at").Immutable(),
		field.Time("expires_at").Immutable(),
		field.Time("used_at").Optional().Nillable(),
	}
}

func (Code) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("invitation", Invitation.Type).Field("invitation_id").Unique().Required().Immutable().Annotations(entsql.OnDelete(entsql.Cascade)),
	}
}

func (Code) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("invitation_id", "created_at"),
		index.Fields("created_at"), // what is deleted
	}
}
