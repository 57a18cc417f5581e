package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"usher/role"
)

// User is a person with an account on the site.
type User struct{ ent.Schema }

func (User) Fields() []ent.Field {
	return []ent.Field{
		id("u"),
		field.String("email").Comment("Normalised (E1). Used for uniqueness, matching and search."),
		field.String("email_typed").Comment("As typed, for display."),
		field.String("first_name"),
		field.String("last_name"),
		field.String("site_role").GoType(role.SiteRole("")).Default(string(role.Member)),
		field.String("password_hash").Optional().Sensitive().Comment("argon2id in PHC form. If empty, the account cannot sign in by password."),
		field.Int("credential_epoch").Default(0).Comment("Grows by one whenever credentials end, so that nothing checked before is granted."),
		field.Time("disabled_at").Optional().Nillable(),
		field.Time("erased_at").Optional().Nillable().Comment("When everything that names the person was removed (E4). It is disabled too."),
		field.Time("seen_at").Optional().Nillable().Comment("When it last signed in or asked something, to within a few minutes."),
		field.Int("search_position").Default(0).Comment("Where searches find it: above 0 in a chunk, 0 not in a chunk yet, below 0 nowhere."),
		field.Time("created_at").Immutable(),
	}
}

func (User) Edges() []ent.Edge { return []ent.Edge{edge.From("sign_ins", SignIn.Type).Ref("user")} }

func (User) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("email").Unique(),
		index.Fields("search_position"),
		index.Fields("disabled_at", "id").Annotations(entsql.IndexWhere("disabled_at IS NOT NULL")),
	}
}

// SignIn is a user's credential, made by signing in or as a token on the command line. Do not call it a session.
type SignIn struct{ ent.Schema }

func (SignIn) Fields() []ent.Field {
	return []ent.Field{
		id("n"),
		field.String("user_id").Immutable(),
		field.Bytes("secret_hash").Sensitive().Immutable().Comment("SHA-256 of the secret, which is never stored."),
		field.Time("created_at").Immutable(),
		field.Time("used_at").Comment("Last use, to within a few minutes."),
		field.Int64("idle_seconds").Default(0).Immutable().Comment("Ends after this time without use; 0 means never."),
		field.Time("expires_at").Immutable(),
	}
}

func (SignIn) Edges() []ent.Edge {
	return []ent.Edge{edge.To("user", User.Type).Field("user_id").Unique().Required().Immutable()}
}

func (SignIn) Indexes() []ent.Index {
	return []ent.Index{index.Fields("secret_hash").Unique(), index.Fields("user_id"), index.Fields("expires_at")}
}
