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

// Event is an entry of a room's log, written in the same transaction as the change it reports. The live feed, the log to resume from
// and the audit trail are this one table. A position is a room and a revision, not a row number.
type Event struct{ ent.Schema }

// EventDetail has what an event reports besides whom it is about. Each kind uses only some fields.
type EventDetail struct {
	// Subject is the name, at that moment, of the person whom the event is about.
	Subject string `json:"subject,omitempty"`
	// ActorPlace is the id of the participant who did it, if that is a guest. Guests have no account that names them.
	ActorPlace       string            `json:"actorPlace,omitempty"`
	Code             string            `json:"code,omitempty"`
	PreviousState    string            `json:"previousState,omitempty"`
	State            string            `json:"state,omitempty"`
	PreviousRole     role.RoomRole     `json:"previousRole,omitempty"`
	Role             role.RoomRole     `json:"role,omitempty"`
	RoleRevision     int               `json:"roleRevision,omitempty"`
	Capabilities     []role.Capability `json:"capabilities,omitempty"`
	ManagerRole      role.ManagerRole  `json:"managerRole,omitempty"`
	Blocked          bool              `json:"blocked,omitempty"`
	Message          string            `json:"message,omitempty"`
	Channel          string            `json:"channel,omitempty"`
	Messages         []string          `json:"messages,omitempty"`
	Places           []string          `json:"places,omitempty"`
	Mails            []string          `json:"mails,omitempty"`  // at most 100 of them
	CodeOf           string            `json:"codeOf,omitempty"` // the invitation whose code the emails have
	Count            int               `json:"count,omitempty"`
	Question         string            `json:"question,omitempty"`
	Published        bool              `json:"published,omitempty"`
	Restored         bool              `json:"restored,omitempty"`
	Interaction      string            `json:"interaction,omitempty"`
	Answer           string            `json:"answer,omitempty"` // or a word
	Shared           bool              `json:"shared,omitempty"`
	Until            *time.Time        `json:"until,omitempty"`
	Access           string            `json:"access,omitempty"`
	Device           string            `json:"device,omitempty"`
	StartsAt         *time.Time        `json:"startsAt,omitempty"`
	PreviousStartsAt *time.Time        `json:"previousStartsAt,omitempty"`
}

// Unname removes what names the person whom an event is about, and what they wrote. It reports whether there was any.
func (d *EventDetail) Unname(erased string) bool {
	named := d.Message != "" || d.Device != "" || d.Subject != "" && d.Subject != erased
	d.Message, d.Device = "", ""
	if d.Subject != "" {
		d.Subject = erased
	}
	return named
}

func (Event) Fields() []ent.Field {
	return []ent.Field{
		field.String("room_id").Immutable(),
		field.Int("revision").Immutable(),
		field.String("kind").Immutable(),
		field.String("topic").Default("").Immutable().Comment("The room's tool that it belongs to; empty for core events."),
		field.Int("audience").Default(3).Immutable().Comment("The number of the lowest audience that gets it, as in package room. Managers by default."),
		field.Time("at").Immutable(),
		field.String("actor").Default("").Immutable().Comment("Display name of who did it; empty for the server."),
		field.String("actor_user_id").Default("").Immutable(),
		field.String("session_id").Default("").Immutable(),
		field.String("invitation_id").Default("").Immutable(),
		field.String("participant_id").Default("").Immutable(),
		field.String("user_id").Default("").Immutable(),
		field.JSON("detail", EventDetail{}).Immutable(),
	}
}

func (Event) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("room", Room.Type).Field("room_id").Unique().Required().Immutable().Annotations(entsql.OnDelete(entsql.Cascade)),
	}
}

func (Event) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("room_id", "revision").Unique(),
		index.Fields("invitation_id", "revision").Annotations(entsql.IndexWhere("invitation_id <> ''")),
		index.Fields("participant_id", "revision").Annotations(entsql.IndexWhere("participant_id <> ''")),
		index.Fields("user_id", "room_id", "revision").Annotations(entsql.IndexWhere("user_id <> ''")),
		index.Fields("room_id", "topic", "audience", "revision"), // for guests, who see little of a log that is mostly for managers
	}
}
