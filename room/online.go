package room

import (
	"encoding/json"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"usher/ent"
	"usher/ent/participant"
	"usher/ent/predicate"
)

// IsOnline reports whether a participant has a live connection now.
func (s *News) IsOnline(p *ent.Participant) bool {
	return s.presence.Online(p.RoomID, personOf(p))
}

// Watches reports whether a manager of a room is online, in the room or beside it.
func (s *News) Watches(m *ent.Manager) bool { return s.presence.Online(m.RoomID, m.UserID) }

// personOf returns whose connections those of a place count as: the account's, otherwise the place's.
func personOf(p *ent.Participant) string {
	if p.UserID != nil {
		return *p.UserID
	}
	return p.ID
}

// onlineKeys selects the keys of all who are online in rooms. They go to the database as one value, so that their number is not limited
// by how many values a statement takes.
func (s *core) onlineKeys(of string, roomIDs ...string) *sql.Selector {
	keys := []string{}
	for _, id := range roomIDs {
		for _, person := range s.presence.People(id) {
			keys = append(keys, id+person)
		}
	}
	list, err := json.Marshal(keys)
	if err != nil {
		panic(err) // strings always marshal
	}
	values, end := "value AS key FROM json_each(", ")"
	if of == dialect.Postgres {
		values, end = "jsonb_array_elements_text(CAST(CAST(", " AS text) AS jsonb)) AS key"
	}
	return sql.Dialect(of).SelectExpr(sql.ExprFunc(func(b *sql.Builder) { b.WriteString(values).Arg(string(list)).WriteString(end) }))
}

// keyOf is a participant's key in a statement. column names a column of the participants.
func keyOf(column func(string) string) string {
	return column(participant.FieldRoomID) + " || COALESCE(" + column(participant.FieldUserID) + ", " + column(participant.FieldID) + ")"
}

// whoIsOnline selects the participants of a room who are online now, or those who are not.
func (s *core) whoIsOnline(roomID string, online bool) predicate.Participant {
	return func(q *sql.Selector) {
		p := sql.P(func(b *sql.Builder) {
			b.WriteString(keyOf(q.C)).WriteString(" IN ").Wrap(func(b *sql.Builder) { b.Join(s.onlineKeys(q.Dialect(), roomID)) })
		})
		if !online {
			p = sql.Not(p)
		}
		q.Where(p)
	}
}
