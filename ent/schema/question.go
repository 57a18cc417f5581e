package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"usher/role"
)

// Question is what somebody asked in a session. The questions of one event share its revision.
type Question struct{ ent.Schema }

func (Question) Fields() []ent.Field {
	return []ent.Field{
		id("q"),
		field.String("room_id").Immutable(),
		field.String("session_id").Immutable(),
		field.Int("revision").Immutable().Comment("Of the event that reports it."),
		field.Int("nth").Immutable().Comment("Its position among the questions of that event, from 0."),
		field.String("asker_id").Default("").Comment("The place of who asked, also of an anonymous question, which shows it to nobody; empty for a host who asked without one."),
		field.String("asker_user_id").Default("").Comment("The account of who asked; empty for guests."),
		field.String("author_name").Default("").Comment("Empty for an anonymous question, as are the role and the host."),
		field.String("author_role").GoType(role.RoomRole("")).Default("").Immutable(),
		field.Bool("author_host").Default(false).Immutable(),
		field.Bool("anonymous").Default(false).Immutable(),
		field.String("text").MaxLen(4 << 10).Comment("Empty once its author is erased."),
		field.String("state").Comment("PENDING, OPEN, ANSWERED, DISMISSED or WITHDRAWN."),
		field.Int("upvotes").Default(0).Comment("The number of its rows of Upvote."),
		field.Time("published_at").Optional().Nillable().Comment("When everyone in the room could read it first."),
		field.String("answer").Default("").MaxLen(16 << 10).Comment("Empty for an answer that was given live."),
		field.Bool("answer_private").Default(false).Comment("The answer is only for who asked."),
		field.JSON("answerer", Author{}).Optional(),
		field.String("answered_by").Default("").Comment("The place, or else the account, of who answered it."),
		field.Time("answered_at").Optional().Nillable(),
		field.String("taken_by").Default("").Comment("The place, or else the account, of who is about to answer it."),
		field.JSON("taker", Author{}).Optional(),
		field.Bool("asker_muted").Default(false).Comment("Who asked it may ask no more, until a time or the end of the session (Q3)."),
		field.Time("asker_muted_until").Optional().Nillable(),
		field.String("client_key").Immutable().Comment("The author's own id of the question, so that asking it again changes nothing (T4)."),
		field.Time("at").Immutable(),
	}
}

func (Question) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("session", Session.Type).Field("session_id").Unique().Required().Immutable().Annotations(entsql.OnDelete(entsql.Cascade)),
	}
}

func (Question) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("session_id", "revision", "nth").Unique(),
		index.Fields("session_id", "asker_id", "asker_user_id", "client_key").Unique(),
		index.Fields("session_id", "state", "upvotes"),
		index.Fields("session_id", "taken_by").Annotations(entsql.IndexWhere("taken_by <> ''")),
		index.Fields("asker_user_id").Annotations(entsql.IndexWhere("asker_user_id <> ''")),
		index.Fields("asker_id").Annotations(entsql.IndexWhere("asker_id <> ''")),
	}
}

// Upvote says that somebody wants a question answered.
type Upvote struct{ ent.Schema }

func (Upvote) Fields() []ent.Field {
	return []ent.Field{
		field.String("question_id").Immutable(),
		field.String("voter").Immutable().Comment("Their place, or else their account."),
	}
}

func (Upvote) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("question", Question.Type).Field("question_id").Unique().Required().Immutable().Annotations(entsql.OnDelete(entsql.Cascade)),
	}
}

func (Upvote) Indexes() []ent.Index {
	return []ent.Index{index.Fields("question_id", "voter").Unique()}
}
