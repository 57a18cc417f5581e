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

// whoIsOnline selects the participants of a room who are online now, or those who are not. Who is online goes to the database as one value,
// so that their number is not limited by how many values a statement takes.
func (s *core) whoIsOnline(roomID string, online bool) predicate.Participant {
	people, err := json.Marshal(append([]string{}, s.presence.People(roomID)...))
	if err != nil {
		panic(err) // strings always marshal
	}
	return func(q *sql.Selector) {
		values, end := "SELECT value FROM json_each(", ")"
		if q.Dialect() == dialect.Postgres {
			values, end = "SELECT jsonb_array_elements_text(CAST(CAST(", " AS text) AS jsonb))"
		}
		p := sql.P(func(b *sql.Builder) {
			b.WriteString("COALESCE(" + q.C(participant.FieldUserID) + ", " + q.C(participant.FieldID) + ") IN (" + values)
			b.Arg(string(people)).WriteString(end + ")")
		})
		if !online {
			p = sql.Not(p)
		}
		q.Where(p)
	}
}
