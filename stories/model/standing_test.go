package model

// What an asker is to a room, and where each command begins.

// standing is what an asker is to a room.
type standing struct {
	admin, member bool
	manager       string
	own           *mPlace
	placed        bool // has any place that shows the room
}

func (s standing) manages() bool { return s.admin || s.manager != "" }
func (s standing) sees() bool    { return s.manages() || s.member || s.placed }
func (s standing) rules() bool   { return s.admin || s.manager == "OWNER" || s.manager == "CO_OWNER" }
func (s standing) owns() bool    { return s.admin || s.manager == "OWNER" } // R4
func (s standing) edits() bool   { return s.rules() || s.manager == "CO_EDITOR" }
func (s standing) inRoom() bool  { return s.own != nil && s.own.state == "IN_ROOM" }
func (s standing) admits() bool  { return s.manages() || s.inRoom() && s.own.role == "MODERATOR" } // R1, R2

// stands finds the asker's own place. A guest's place goes before a member's (L7), the one redeemed last before others.
func (w *world) stands(a *mAsker, h *mHall) (s standing) {
	if a.as != nil {
		s = standing{admin: a.as.admin, member: h.members, manager: h.managers[a.as]}
	}
	for _, p := range h.places {
		if p.state == "BLOCKED" || !w.names(a, p) {
			continue
		}
		s.placed = true
		if p.session != h.now || p.of == nil && s.manages() { // who manages acts as that (L7)
			continue
		}
		if q := s.own; q == nil || p.invite != nil && (q.invite == nil || p.invite.redeemedAt.After(q.invite.redeemedAt)) {
			s.own = p
		}
	}
	return s
}

// gate starts each command in a room (R6).
func (w *world) gate(a *mAsker, h *mHall, may func(standing) bool) (s standing, code string) {
	if !w.somebody(a) {
		return s, unauthenticated
	}
	if h == nil || h.deleted {
		return s, notFound
	}
	switch s = w.stands(a, h); {
	case !s.sees():
		return s, notFound
	case !may(s):
		return s, forbidden
	}
	return s, ""
}
