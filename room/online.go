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

// online is IsOnline as a predicate, for the participants of rooms. column names a column of the participants. All who are online
// go to the database as one value, so that their number is not limited by how many values a statement takes.
func (s *core) online(of string, column func(string) string, roomIDs ...string) *sql.Predicate {
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
	values := "SELECT value FROM json_each("
	end := ")"
	if of == dialect.Postgres {
		values, end = "SELECT jsonb_array_elements_text(CAST(CAST(", " AS text) AS jsonb))"
	}
	return sql.P(func(b *sql.Builder) {
		b.WriteString(column(participant.FieldRoomID) + " || COALESCE(" + column(participant.FieldUserID) + ", " + column(participant.FieldID) + ")")
		b.WriteString(" IN (" + values).Arg(string(list)).WriteString(end + ")")
	})
}

// whoIsOnline selects the participants of a room who are online now, or those who are not.
func (s *core) whoIsOnline(roomID string, online bool) predicate.Participant {
	return func(q *sql.Selector) {
		p := s.online(q.Dialect(), q.C, roomID)
		if !online {
			p = sql.Not(p)
		}
		q.Where(p)
	}
}
