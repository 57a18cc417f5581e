package schema

import (
	"time"

	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"usher/role"
)

// Message is what somebody wrote in a channel of a session. The messages of one event share its revision.
type Message struct{ ent.Schema }

// Author is who wrote a message, as they were then.
type Author struct {
	ParticipantID string        `json:"participantId,omitempty"`
	UserID        string        `json:"userId,omitempty"`
	Name          string        `json:"name"`
	Role          role.RoomRole `json:"role,omitempty"`
	Host          bool          `json:"host,omitempty"`
}

func (Message) Fields() []ent.Field {
	return []ent.Field{
		id("m"),
		field.String("room_id").Immutable(),
		field.String("session_id").Immutable(),
		field.String("channel").Immutable().Comment("CHAT or BACKCHANNEL."),
		field.Int("revision").Immutable().Comment("Of the event that reports it."),
		field.Int("nth").Immutable().Comment("Its position among the messages of that event, from 0."),
		field.String("author_id").Default("").Comment("The author's place; empty for a host who wrote without one."),
		field.String("author_user_id").Default("").Comment("The author's account; empty for guests."),
		field.String("author_name"),
		field.String("author_role").GoType(role.RoomRole("")).Default("").Immutable(),
		field.Bool("author_host").Default(false).Immutable().Comment("The author managed the room."),
		field.String("text").MaxLen(8 << 10).Comment("Empty once it is deleted."),
		field.String("reply_to_id").Optional().Nillable(),
		field.JSON("mentions", []Author{}).Optional(),
		field.String("client_key").Immutable().Comment("The author's own id of the message, so that sending it again changes nothing (T4)."),
		field.Time("at").Immutable(),
		field.Time("edited_at").Optional().Nillable(),
		field.Time("deleted_at").Optional().Nillable(),
		field.Time("hidden_at").Optional().Nillable(),
		field.String("hidden_by").Default("").Comment("Display name of who hid it."),
	}
}

func (Message) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("session", Session.Type).Field("session_id").Unique().Required().Immutable().Annotations(entsql.OnDelete(entsql.Cascade)),
	}
}

func (Message) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("session_id", "channel", "revision", "nth").Unique(),
		index.Fields("session_id", "author_id", "author_user_id", "client_key").Unique(),
		index.Fields("author_user_id").Annotations(entsql.IndexWhere("author_user_id <> ''")),
		index.Fields("author_id").Annotations(entsql.IndexWhere("author_id <> ''")),
	}
}

// RoomTools are the settings of a room's tools. A room without a row has the defaults.
type RoomTools struct{ ent.Schema }

// Pace is how fast a room's chat is, as of a moment (C8).
type Pace struct {
	// Step is the position in the list of gaps, 0 for none.
	Step int `json:"step,omitempty"`
	// At is the beginning of the present span, in which Count messages came. Calm counts the slow spans before it.
	At    time.Time `json:"at,omitzero"`
	Count int       `json:"count,omitempty"`
	Calm  int       `json:"calm,omitempty"`
	// Tokens are the messages that may still come at once.
	Tokens float64 `json:"tokens,omitempty"`
}

func (RoomTools) Fields() []ent.Field {
	return []ent.Field{
		field.String("room_id").Immutable(),
		field.String("chat").Default("EVERYONE").Comment("EVERYONE, HOSTS or OFF (C10)."),
		field.Int("slow_seconds").Default(0),
		field.String("pinned_id").Optional().Nillable().Comment("The pinned message of the chat."),
		field.String("pinned_back_id").Optional().Nillable().Comment("The pinned message of the backchannel."),
		field.Int("cleared").Default(0).Comment("The chat shows no messages up to this revision."),
		field.Int("cleared_back").Default(0).Comment("The backchannel shows no messages up to this revision."),
		field.JSON("pace", Pace{}).Optional(),
		field.Bool("hands").Default(true).Comment("People may raise their hands."),
		field.Bool("reactions").Default(true).Comment("People may react."),
		field.String("questions").Default("OPEN").Comment("OPEN, MODERATED or OFF (Q1)."),
		field.Bool("anonymous_questions").Default(true).Comment("Questions may be asked without a name (Q3)."),
	}
}

func (RoomTools) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("room", Room.Type).Field("room_id").Unique().Required().Immutable().Annotations(entsql.OnDelete(entsql.Cascade)),
	}
}

func (RoomTools) Indexes() []ent.Index { return []ent.Index{index.Fields("room_id").Unique()} }
