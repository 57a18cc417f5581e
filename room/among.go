package room

import (
	"encoding/json"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"usher/ent/invitation"
	"usher/ent/predicate"
)

// among selects rows in which an expression has one of many texts. The texts go to the database as one value. So a statement takes any
// number of them, and its text stays the same.
func among(dialectName, expression string, texts []string) *sql.Predicate {
	return sql.P(func(b *sql.Builder) {
		b.WriteString(expression + " IN (SELECT e.value FROM ")
		writeTexts(b, dialectName, texts)
		b.WriteString(")")
	})
}

// writeTexts writes a table e whose column value has the texts.
func writeTexts(b *sql.Builder, dialectName string, texts []string) {
	list, err := json.Marshal(append([]string{}, texts...))
	if err != nil {
		panic(err) // strings always marshal
	}
	from, end := "json_each(", ") AS e"
	if dialectName == dialect.Postgres {
		from, end = "jsonb_array_elements_text(CAST(CAST(", " AS text) AS jsonb)) AS e(value)"
	}
	b.WriteString(from).Arg(string(list)).WriteString(end)
}

// columnAmong is among for a column, as a predicate of any kind of row.
func columnAmong(column string, texts []string) func(*sql.Selector) {
	return func(q *sql.Selector) { q.Where(among(q.Dialect(), q.C(column), texts)) }
}

// invitedTo selects the invitations of a session to some emails. It looks each email up by the index, however many others the session has.
// PostgreSQL would compare all of them with all emails while it knows little of a fresh room.
func invitedTo(sessionID string, emails []string) predicate.Invitation {
	return func(q *sql.Selector) {
		q.Where(sql.P(func(b *sql.Builder) {
			b.WriteString(q.C(invitation.FieldID) + " IN (SELECT (SELECT i.id FROM invitations AS i WHERE i.session_id = ").Arg(sessionID)
			b.WriteString(" AND i.email = e.value) FROM ")
			writeTexts(b, q.Dialect(), emails)
			b.WriteString(")")
		}))
	}
}
