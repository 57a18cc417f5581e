package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"usher/role"
)

// Room is a lasting place that its managers invite people into.
type Room struct{ ent.Schema }

func (Room) Fields() []ent.Field {
	return []ent.Field{
		id("r"),
		field.String("title"),
		field.String("description").Default(""),
		field.String("folded").Default("").Comment("Title and description for searches. live writes it with them."),
		field.String("time_zone").Default("UTC"),
		field.Bool("chat_and_collaboration").Default(true),
		field.Enum("access").NamedValues("Invited", "INVITED", "Members", "MEMBERS").Default("INVITED"),
		field.Enum("admission").NamedValues("Automatic", "AUTOMATIC", "Approval", "APPROVAL").Default("AUTOMATIC"),
		field.Int("revision").Default(0).Comment("Of the newest event. The transaction that emits updates this row, so that revisions follow the order of commits."),
		field.String("current_session_id").Optional().Nillable().Comment("The open or scheduled session, else the newest one (S1)."),
		field.Time("created_at").Immutable(),
		field.Time("deleted_at").Optional().Nillable(),
	}
}

func (Room) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("current_session", Session.Type).Field("current_session_id").Unique(),
		edge.From("managers", Manager.Type).Ref("room"),
		edge.From("participants", Participant.Type).Ref("room"),
	}
}

func (Room) Indexes() []ent.Index { return []ent.Index{index.Fields("deleted_at")} }

// Manager is a user who manages a room, with their role.
type Manager struct{ ent.Schema }

func (Manager) Fields() []ent.Field {
	return []ent.Field{
		field.String("room_id").Immutable(),
		field.String("user_id").Immutable(),
		field.String("role").GoType(role.ManagerRole("")),
		field.Time("created_at").Immutable(),
	}
}

func (Manager) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("room", Room.Type).Field("room_id").Unique().Required().Immutable().Annotations(entsql.OnDelete(entsql.Cascade)),
		edge.To("user", User.Type).Field("user_id").Unique().Required().Immutable(),
	}
}

func (Manager) Indexes() []ent.Index {
	return []ent.Index{index.Fields("room_id", "user_id").Unique(), index.Fields("user_id")}
}

// Session is one live occurrence of a room: SCHEDULED → OPEN → ENDED, or SCHEDULED → CANCELLED.
type Session struct{ ent.Schema }

func (Session) Fields() []ent.Field {
	return []ent.Field{
		id("s"),
		field.String("room_id").Immutable(),
		field.Enum("state").NamedValues("Scheduled", "SCHEDULED", "Open", "OPEN", "Ended", "ENDED", "Cancelled", "CANCELLED").Default("SCHEDULED"),
		field.Time("starts_at"),
		field.Time("ends_at").Optional().Nillable(),
		field.Time("opened_at").Optional().Nillable(),
		field.Time("ended_at").Optional().Nillable().Comment("When it ended or was cancelled."),
		field.Int("sequence").Default(0).Comment("Counts how often it was rescheduled or cancelled, as calendars do (S5)."),
		field.Time("occupied_at").Optional().Nillable().Comment("When somebody was last connected, while it is open past its end (S3)."),
		field.Time("created_at").Immutable(),
	}
}

func (Session) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("room", Room.Type).Field("room_id").Unique().Required().Immutable().Annotations(entsql.OnDelete(entsql.Cascade)),
	}
}

func (Session) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("room_id", "created_at"),
		// S1: at most one session of a room is scheduled or open.
		index.Fields("room_id").Unique().StorageKey("session_room_id_current").Annotations(entsql.IndexWhere("state = 'SCHEDULED' OR state = 'OPEN'")),
		index.Fields("state", "starts_at"),
	}
}
