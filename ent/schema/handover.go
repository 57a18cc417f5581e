package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// HandOver is the offer of a device to give its place to another device. Its secret and its digits are computed from its id and the key
// file. The database alone does not reveal them.
type HandOver struct{ ent.Schema }

func (HandOver) Fields() []ent.Field {
	return []ent.Field{
		id("ho"),
		field.String("room_id").Immutable(),
		field.String("invitation_id").Immutable(),
		field.Int("key_number").Immutable().Comment("Of the key that the secret and the digits are computed from."),
		field.Bytes("device_hash").Sensitive().Immutable().Comment("Of the device that offers it: the SHA-256 of its secret."),
		field.Enum("state").NamedValues("Offered", "OFFERED", "Asked", "ASKED", "Moved", "MOVED", "Refused", "REFUSED", "Ended", "ENDED").
			Default("OFFERED").Comment("OFFERED and ASKED count until expires_at."),
		field.Int("tries").Default(0).Comment("How often wrong digits were typed."),
		field.Bytes("asked_hash").Sensitive().Optional().Nillable().Comment("Of the first device that asked: the SHA-256 of its secret."),
		field.String("asked_browser").Default("").Comment("Browser and system of that device, such as `Safari on iPhone`."),
		field.Time("created_at").Immutable(),
		field.Time("expires_at"),
	}
}

func (HandOver) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("invitation", Invitation.Type).Field("invitation_id").Unique().Required().Immutable().Annotations(entsql.OnDelete(entsql.Cascade)),
	}
}

func (HandOver) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("invitation_id", "created_at"),
		index.Fields("device_hash"), // what a device gave away
		index.Fields("created_at"),  // what has expired
	}
}
