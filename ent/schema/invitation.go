package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"usher/role"
)

// Invitation is one email × one session × one role. Its link is computed from public_id, generation and the key file. The database
// alone does not reveal it.
type Invitation struct{ ent.Schema }

func (Invitation) Fields() []ent.Field {
	return []ent.Field{
		id("i"),
		field.Bytes("public_id").Immutable().Comment("16 random bytes that identify the invitation in its link."),
		field.Int("generation").Default(1).Comment("Of the newest link. A new link has generation + 1."),
		field.String("room_id").Immutable(),
		field.String("session_id").Immutable(),
		field.String("invited_by_id").Comment("The manager who created or revived it."),
		field.String("email").Immutable().Comment("Normalised (E1)."),
		field.String("email_typed"),
		field.String("first_name"),
		field.String("last_name"),
		field.String("name_folded").Default("").Comment("For searches. live writes it with the names."),
		field.String("email_folded").Default("").Comment("For searches. live writes it with the email."),
		field.String("role").GoType(role.RoomRole("")),
		field.Time("expires_at").Optional().Nillable().Comment("The last time at which the link can be redeemed. If empty, until the session ends."),
		field.Time("created_at").Comment("Set again when the invitation is revived."),
		field.Time("opened_at").Optional().Nillable(),
		field.Time("redeemed_at").Optional().Nillable(),
		field.Time("revoked_at").Optional().Nillable(),
		field.String("device_id").Optional().Nillable().Comment("The one device that redeemed it."),
		field.Int("hand_overs").Default(0).Comment("How often a device that redeemed it has offered its place to another one."),
		field.Int("moves").Default(0).Comment("How often a code from the mailbox has moved it to another device."),
		field.Int("wrong_emails").Default(0).Comment("Counts wrong emails; the count expires a pause after wrong_email_at."),
		field.Time("wrong_email_at").Optional().Nillable(),
		field.Time("host_asked_at").Optional().Nillable(),
		field.String("host_message").Default(""),
		field.String("host_asked_for").Default("").Comment("The code of the problem that the host was asked about."),
		field.Time("vouched_until").Optional().Nillable().Comment("Until then, redeeming needs no code from the mailbox (W6)."),
	}
}

func (Invitation) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("room", Room.Type).Field("room_id").Unique().Required().Immutable().Annotations(entsql.OnDelete(entsql.Cascade)),
		edge.To("session", Session.Type).Field("session_id").Unique().Required().Immutable().Annotations(entsql.OnDelete(entsql.Cascade)),
		edge.To("invited_by", User.Type).Field("invited_by_id").Unique().Required(),
		edge.To("device", Device.Type).Field("device_id").Unique(),
		edge.To("participant", Participant.Type).Unique(),
	}
}

func (Invitation) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("public_id").Unique(),
		index.Fields("session_id", "email").Unique(), // I4
		index.Fields("room_id", "created_at", "id"),
		index.Fields("email"),
		index.Fields("device_id"),
	}
}

// Device is a browser profile or API client that redeemed an invitation. It is identified by its secret.
type Device struct{ ent.Schema }

func (Device) Fields() []ent.Field {
	return []ent.Field{
		id("d"),
		field.Bytes("secret_hash").Sensitive().Immutable().Comment("SHA-256 of the device secret, or of the attemptKey."),
		field.String("browser").Default("").Comment("Browser and system for the manager, such as `Chrome on Windows`."),
		field.Time("created_at").Immutable(),
	}
}

func (Device) Indexes() []ent.Index { return []ent.Index{index.Fields("secret_hash").Unique()} }

// Participant is somebody's place in one session.
type Participant struct{ ent.Schema }

func (Participant) Fields() []ent.Field {
	return []ent.Field{
		id("p"),
		field.String("room_id").Immutable(),
		field.String("session_id").Immutable(),
		field.String("user_id").Optional().Nillable().Comment("The account that has the place; empty for guests."),
		field.String("invitation_id").Optional().Nillable(),
		field.String("email").Immutable().Comment("Normalised (E1). A block applies to the email (L7)."),
		field.String("display_name"),
		field.String("name_folded").Default("").Comment("For searches. live writes it with the name."),
		field.String("email_folded").Default("").Comment("For searches. live writes it with the email."),
		field.Enum("state").NamedValues("Countdown", "COUNTDOWN", "Lobby", "LOBBY", "Waiting", "WAITING", "InRoom", "IN_ROOM",
			"Left", "LEFT", "Denied", "DENIED", "Removed", "REMOVED", "Blocked", "BLOCKED"),
		field.String("role").GoType(role.RoomRole("")),
		field.Int("role_revision").Default(1).Comment("Grows by one at each change of role."),
		field.Int("role_delivered").Default(0).Comment("The role revision that the participant's client has confirmed."),
		field.Int("backchannel_from").Default(0).Comment("The revision at which a viewer got a higher role. They read the backchannel from there on (B2)."),
		field.Bool("muted").Default(false).Comment("They must not write what others read (T6)."),
		field.Time("muted_until").Optional().Nillable().Comment("The end of muted; empty: until the session ends."),
		field.Time("hand_at").Optional().Nillable().Comment("When they raised their hand; empty while it is down (H1)."),
		field.String("hand_role").GoType(role.RoomRole("")).Default("").Comment("The role that they ask for."),
		field.String("hand_note").Default("").Comment("What they wrote about it."),
		field.Int("hand_denials").Default(0).Comment("How often their request was declined in the session (H3)."),
		field.Bool("admitted").Default(false).Comment("Was admitted in this session, so needs no second approval."),
		field.Bool("removed").Default(false).Comment("Was removed in this session, so enters only by approval."),
		field.Int("denials").Default(0),
		field.Time("waiting_since").Optional().Nillable(),
		field.Time("created_at").Immutable(),
	}
}

func (Participant) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("room", Room.Type).Field("room_id").Unique().Required().Immutable().Annotations(entsql.OnDelete(entsql.Cascade)),
		edge.To("session", Session.Type).Field("session_id").Unique().Required().Immutable().Annotations(entsql.OnDelete(entsql.Cascade)),
		edge.To("user", User.Type).Field("user_id").Unique(),
		edge.From("invitation", Invitation.Type).Ref("participant").Field("invitation_id").Unique().Annotations(entsql.OnDelete(entsql.Cascade)),
	}
}

func (Participant) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("session_id", "user_id").Unique(),
		index.Fields("session_id", "email"),
		index.Fields("session_id", "state", "waiting_since"),
		index.Fields("session_id", "hand_at").Annotations(entsql.IndexWhere("hand_at IS NOT NULL")),
		index.Fields("session_id", "role"), // the few who are no viewers, in a crowd of them
		index.Fields("user_id"),
		index.Fields("room_id"),
	}
}

// GuestToken is a guest's bearer credential, for clients other than browsers.
type GuestToken struct{ ent.Schema }

func (GuestToken) Fields() []ent.Field {
	return []ent.Field{
		id("g"),
		field.String("invitation_id").Immutable(),
		field.String("device_id").Immutable().Comment("The token works only while the invitation is bound to this device."),
		field.Bytes("secret_hash").Sensitive().Immutable().Comment("SHA-256 of the token."),
		field.Time("created_at").Immutable(),
	}
}

func (GuestToken) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("invitation", Invitation.Type).Field("invitation_id").Unique().Required().Immutable().Annotations(entsql.OnDelete(entsql.Cascade)),
		edge.To("device", Device.Type).Field("device_id").Unique().Required().Immutable().Annotations(entsql.OnDelete(entsql.Cascade)),
	}
}

func (GuestToken) Indexes() []ent.Index {
	return []ent.Index{index.Fields("secret_hash").Unique(), index.Fields("invitation_id"), index.Fields("device_id")}
}
