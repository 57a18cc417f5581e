package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Mail is one email to one person. The row holds no address, no link and no text: all of these are read when the email is sent.
type Mail struct{ ent.Schema }

func (Mail) Fields() []ent.Field {
	return []ent.Field{
		id("ml"),
		field.Enum("kind").NamedValues("Invitation", "INVITATION", "Rescheduled", "RESCHEDULED", "Cancelled", "CANCELLED",
			"Withdrawn", "WITHDRAWN", "Code", "CODE", "Test", "TEST", "Password", "PASSWORD").Immutable(),
		field.String("room_id").Default("").Immutable().Comment("Empty for a test and for a password."),
		field.String("invitation_id").Optional().Nillable().Immutable().Comment("Whose holder it is for; empty for a test and for a password."),
		field.String("user_id").Optional().Nillable().Immutable().Comment("Whom a test or a password is for; empty if the address has no account."),
		field.String("code_id").Default("").Immutable().Comment("The code that it has; empty for other emails."),
		field.String("asked_by").Default("").Comment("Who asked for it, whose emails are counted; empty for a forgotten password."),
		field.String("language"),
		field.Int("edition").Default(1).Comment("Grows when a waiting email is asked for again. A new edition has a new Message-ID."),
		field.Time("at").Comment("When it was asked for, or asked for again."),
		field.Time("due_at").Comment("When it is sent, at the earliest."),
		field.Enum("state").NamedValues("Waiting", "WAITING", "Sent", "SENT", "Failed", "FAILED", "Dropped", "DROPPED", "Returned", "RETURNED").Default("WAITING"),
		field.String("fault").Default("").Comment("Why it is late, failed, came back or was dropped."),
		field.String("reply").Default("").Comment("The mail server's reply to the last attempt, without addresses."),
		field.Int("attempts").Default(0),
		field.String("claim").Default("").Comment("Random: of the server that sends it now."),
		field.Time("claimed_until").Optional().Nillable().Comment("From then on, another server may send it."),
		field.Time("sent_at").Optional().Nillable(),
		field.Time("starts_at").Optional().Nillable().Comment("The start of the session that it announced."),
		field.Time("ends_at").Optional().Nillable().Comment("The end of the session that it announced."),
		field.Bool("untold").Default(true).Comment("No event has reported it as it is now."),
	}
}

func (Mail) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("invitation", Invitation.Type).Field("invitation_id").Unique().Immutable().Annotations(entsql.OnDelete(entsql.Cascade)),
		edge.To("user", User.Type).Field("user_id").Unique().Immutable().Annotations(entsql.OnDelete(entsql.Cascade)),
	}
}

func (Mail) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("invitation_id", "kind", "code_id").Unique().Annotations(entsql.IndexWhere("state = 'WAITING'")),
		index.Fields("room_id", "due_at", "id").Annotations(entsql.IndexWhere("state = 'WAITING'")), // what is sent next
		index.Fields("room_id", "id").Annotations(entsql.IndexWhere("untold")),
		index.Fields("invitation_id", "at"),
		index.Fields("room_id", "at", "id"), // the last email of a room
		index.Fields("user_id", "at").Annotations(entsql.IndexWhere("user_id IS NOT NULL")),
		index.Fields("asked_by", "at"),
		index.Fields("sent_at"),
	}
}

// MailStop keeps an address from getting emails, because its owner asked for that. The address cannot be read from it.
type MailStop struct{ ent.Schema }

func (MailStop) Fields() []ent.Field {
	return []ent.Field{
		field.Bytes("mark").Immutable().Comment("A fingerprint of the address, by the key file."),
		field.Time("at").Immutable(),
	}
}

func (MailStop) Indexes() []ent.Index { return []ent.Index{index.Fields("mark").Unique()} }
