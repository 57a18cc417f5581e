package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
)

// SitePolicy holds the site's rules for invitations, in a single row.
type SitePolicy struct{ ent.Schema }

func (SitePolicy) Annotations() []schema.Annotation {
	return []schema.Annotation{entsql.Annotation{Table: "site_policy"}}
}

func (SitePolicy) Fields() []ent.Field {
	return []ent.Field{
		field.Bool("invitations").Default(true).Comment("If off, nobody can invite, and links answer ROOM_NOT_AVAILABLE."),
		field.Bool("require_sign_in").Default(false),
		field.Bool("move_devices").Default(true).Comment("Whether a redeemed link can move to another device (W7)."),
		field.Strings("blocked_domains").Default([]string{}),
		field.Strings("allowed_domains").Default([]string{}),
		field.Enum("proof").NamedValues("Never", "NEVER", "Moderators", "MODERATORS", "SpeakersAndModerators", "SPEAKERS_AND_MODERATORS",
			"Everyone", "EVERYONE").Default("NEVER").Comment("Whose links need a code from the invited mailbox (W1)."),
	}
}

// LinkKey is a fingerprint of the key that signs the site's links, in a single row. It reveals nothing of the key.
type LinkKey struct{ ent.Schema }

func (LinkKey) Annotations() []schema.Annotation {
	return []schema.Annotation{entsql.Annotation{Table: "link_key"}}
}

func (LinkKey) Fields() []ent.Field {
	return []ent.Field{
		field.String("fingerprint").MaxLen(64),
	}
}

// NeededMigration is the number of a migration that a program must know to work with this database. A migration that changes more than a
// program of before can work with adds a row.
type NeededMigration struct{ ent.Schema }

func (NeededMigration) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("version").Unique(),
	}
}
