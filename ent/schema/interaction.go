package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Interaction is what the people in a room answer together: a poll, a quiz, a rating, texts or words.
type Interaction struct{ ent.Schema }

func (Interaction) Fields() []ent.Field {
	return []ent.Field{
		id("v"),
		field.String("room_id").Immutable(),
		field.String("session_id").Immutable(),
		field.String("kind").Comment("CHOICE, QUIZ, TEXT, WORDS or RATING (N1)."),
		field.String("title"),
		field.Int("max_choices").Default(1).Comment("How many options or words one answer may have."),
		field.Bool("named").Default(false).Comment("The names are stored with the answers (N6)."),
		field.String("share").Default("WHEN_ASKED").Comment("WHEN_ASKED, AT_STOP or LIVE (N7)."),
		field.Bool("shared").Default(false).Comment("Everyone in the room may see the results."),
		field.Int("seconds").Default(0).Comment("The time limit, 0 for none."),
		field.String("lowest").Default("").Comment("What the lowest step of a rating means."),
		field.String("highest").Default("").Comment("What the highest step of a rating means."),
		field.String("state").Default("DRAFT").Comment("DRAFT, OPEN or STOPPED (N2)."),
		field.Time("started_at").Optional().Nillable(),
		field.Time("stops_at").Optional().Nillable().Comment("When the time limit ends it."),
		field.Time("stopped_at").Optional().Nillable(),
		field.Int("start_revision").Default(0).Comment("Of the event of its start."),
		field.Int("answers").Default(0).Comment("How many people have answered."),
		field.Int("turnout").Optional().Nillable().Comment("How many people could have answered, once it is stopped (N10)."),
		field.Bool("sealed").Default(false).Comment("No answer leads to a person (N6)."),
		field.String("creator").Default("").Comment("The place of who created it, or the account of a manager without one."),
		field.String("client_key").Immutable().Comment("The creator's own id of it, so that creating it again changes nothing (T4)."),
	}
}

func (Interaction) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("session", Session.Type).Field("session_id").Unique().Required().Immutable().Annotations(entsql.OnDelete(entsql.Cascade)),
		edge.From("choices", Choice.Type).Ref("interaction"),
	}
}

func (Interaction) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("room_id").Unique().Annotations(entsql.IndexWhere("state = 'OPEN'")).StorageKey("interaction_open"),
		index.Fields("session_id", "creator", "client_key").Unique(),
		index.Fields("session_id", "state"),
		index.Fields("state").Annotations(entsql.IndexWhere("state = 'STOPPED' AND NOT named AND NOT sealed")).StorageKey("interaction_unsealed"),
	}
}

// Choice is an option of an interaction, or a step of a rating. (ent has a type Option of its own.)
type Choice struct{ ent.Schema }

func (Choice) Fields() []ent.Field {
	return []ent.Field{
		id("o"),
		field.String("interaction_id").Immutable(),
		field.Int("nth").Immutable().Comment("Its position, from 0. It is also the bit that stands for it in an answer."),
		field.String("text").Immutable(),
		field.Bool("correct").Default(false).Immutable().Comment("It is a right answer of a quiz."),
		field.Int("answers").Default(0).Comment("How many people chose it."),
	}
}

func (Choice) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("interaction", Interaction.Type).Field("interaction_id").Unique().Required().Immutable().
			Annotations(entsql.OnDelete(entsql.Cascade)),
	}
}

func (Choice) Indexes() []ent.Index {
	return []ent.Index{index.Fields("interaction_id", "nth").Unique()}
}

// Answer is one person's answer. It has no time, and its id is random, so that nothing in it tells when it came.
type Answer struct{ ent.Schema }

func (Answer) Fields() []ent.Field {
	return []ent.Field{
		field.String("id").MaxLen(40).Immutable(),
		field.String("interaction_id").Immutable(),
		field.String("person").Optional().Nillable().
			Comment("The place of who answered, or the account of a manager without one. Empty once the interaction is sealed (N6)."),
		field.Int64("choices").Default(0).Comment("One bit for each option."),
		field.Strings("texts").Optional(),
		field.JSON("author", &Author{}).Optional().Comment("Who answered, if the interaction is named."),
		field.Bool("hidden").Default(false).Comment("It is not shared with the room (N9)."),
	}
}

func (Answer) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("interaction", Interaction.Type).Field("interaction_id").Unique().Required().Immutable().
			Annotations(entsql.OnDelete(entsql.Cascade)),
	}
}

func (Answer) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("interaction_id", "person").Unique(),
		index.Fields("person").Annotations(entsql.IndexWhere("person IS NOT NULL")),
		index.Fields("interaction_id", "id"),
	}
}

// Word is how many people gave a word, whatever its case and accents.
type Word struct{ ent.Schema }

func (Word) Fields() []ent.Field {
	return []ent.Field{
		id("w"),
		field.String("interaction_id").Immutable(),
		field.String("folded").Immutable().Comment("Without case and accents (I1)."),
		field.String("shown").Immutable().Comment("As it was first written."),
		field.Int("answers").Default(0),
		field.Bool("hidden").Default(false).Comment("It is not shared with the room (N9)."),
	}
}

func (Word) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("interaction", Interaction.Type).Field("interaction_id").Unique().Required().Immutable().
			Annotations(entsql.OnDelete(entsql.Cascade)),
	}
}

func (Word) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("interaction_id", "folded").Unique(),
		index.Fields("interaction_id", "answers"),
	}
}
