package room

import (
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

// whoIsOnline selects the participants of a room who are online now, or those who are not.
func (s *core) whoIsOnline(roomID string, online bool) predicate.Participant {
	people := s.presence.People(roomID)
	return func(q *sql.Selector) {
		p := among(q.Dialect(), "COALESCE("+q.C(participant.FieldUserID)+", "+q.C(participant.FieldID)+")", people)
		if !online {
			p = sql.Not(p)
		}
		q.Where(p)
	}
}
