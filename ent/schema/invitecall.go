package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// InviteCall is a call that invited many, kept for a day. The same call with the same key gets the same outcomes and changes nothing.
type InviteCall struct{ ent.Schema }

// InviteOutcome is what became of one row of a call. It names nobody: who repeats the call sends the rows again.
type InviteOutcome struct {
	Outcome      string         `json:"outcome"`
	InvitationID string         `json:"invitationId,omitempty"`
	Refusal      *InviteRefusal `json:"refusal,omitempty"`
}

// InviteRefusal is the problem of a row that was refused.
type InviteRefusal struct {
	Code      string   `json:"code"`
	Message   string   `json:"message"`
	NextSteps []string `json:"nextSteps"`
	Field     *string  `json:"field,omitempty"`
}

func (InviteCall) Fields() []ent.Field {
	return []ent.Field{
		field.String("room_id").Immutable(),
		field.String("user_id").Immutable().Comment("The manager who called."),
		field.String("key").Immutable().Comment("The client's, unique for this manager and room."),
		field.Bytes("asked").Immutable().Comment("A fingerprint of the key, rows, role and expiry, by the key file. The same key with others is refused."),
		field.JSON("outcomes", []InviteOutcome{}).Immutable(),
		field.Time("at").Immutable(),
	}
}

func (InviteCall) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("room", Room.Type).Field("room_id").Unique().Required().Immutable().Annotations(entsql.OnDelete(entsql.Cascade)),
		edge.To("user", User.Type).Field("user_id").Unique().Required().Immutable().Annotations(entsql.OnDelete(entsql.Cascade)),
	}
}

func (InviteCall) Indexes() []ent.Index {
	return []ent.Index{index.Fields("room_id", "user_id", "key").Unique(), index.Fields("at")}
}
