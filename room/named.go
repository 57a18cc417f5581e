package room

import (
	"usher/auth"
	"usher/ent"
)

// isNamed reports whether a place is the one that the request names.
func isNamed(as *auth.Place, p *ent.Participant) bool { return as != nil && p.ID == as.ID }

// isTheirs reports whether one of the places that the asker's credentials stand for is that of the person who asks (A7). Where
// no place is named all of them are. A named place speaks for its own room: of the places there count that one, those of
// the same email in other sessions, and the account's.
func isTheirs(actor auth.Actor, p *ent.Participant) bool {
	as := actor.As
	return as == nil || p.RoomID != as.RoomID || isNamed(as, p) ||
		p.SessionID != as.SessionID && p.Email == as.Email || p.UserID != nil && *p.UserID == actor.UserID()
}

// take takes over the places of the person who asks, also those that open nothing now: a session opened again, a block taken
// back, give them back.
func (w *Watcher) take(actor auth.Actor, rows []*ent.Participant) {
	for _, row := range rows {
		if !isTheirs(actor, row) {
			continue
		}
		p := placeOf(row)
		p.named = isNamed(actor.As, row)
		w.places = append(w.places, p)
	}
}
