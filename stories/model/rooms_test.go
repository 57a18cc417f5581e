package model

import "time"

// The model's commands of rooms, managers and sessions.

// badTimes judges when a session is planned for (E2).
func (w *world) badTimes(starts, ends time.Time) bool {
	return starts.Before(w.now.Add(-5*time.Minute)) || !ends.IsZero() && (!ends.After(starts) || ends.After(starts.Add(24*time.Hour)))
}

func (h *mHall) plan(starts, ends time.Time) *mSession {
	h.now = &mSession{hall: h, state: "SCHEDULED", starts: starts, ends: ends}
	h.sessions = append(h.sessions, h.now)
	h.write(fact{kind: "SessionScheduled", session: h.now})
	return h.now
}

func (w *world) createRoom(a *mAsker, title string, starts, ends time.Time, members, approval bool) (*mHall, string) {
	switch {
	case a.as == nil:
		return nil, unauthenticated
	case title == "":
		return nil, "INVALID_VALUE"
	case w.badTimes(starts, ends):
		return nil, "INVALID_TIME"
	}
	h := &mHall{title: title, members: members, approval: approval, managers: map[*person]string{a.as: "OWNER"}}
	w.halls = append(w.halls, h)
	h.plan(starts, ends)
	return h, ""
}

// change is what updateRoom asks for; nil leaves a thing as it is.
type change struct {
	title                    *string
	quiet, members, approval *bool
}

func (w *world) updateRoom(a *mAsker, h *mHall, c change) string {
	if _, code := w.gate(a, h, standing.edits); code != "" {
		return code
	}
	if c.title != nil && *c.title == "" {
		return "INVALID_VALUE"
	}
	opened := c.approval != nil && !*c.approval && h.approval
	changed := set(&h.title, c.title)
	for _, one := range []struct{ to, from *bool }{{&h.quiet, c.quiet}, {&h.members, c.members}, {&h.approval, c.approval}} {
		changed = set(one.to, one.from) || changed
	}
	if changed {
		h.write(fact{kind: "RoomUpdated"})
	}
	if opened { // P4
		for _, p := range h.queue() {
			if !p.removed {
				p.admitted = true
				w.move(p, "IN_ROOM")
			}
		}
	}
	return ""
}

func set[T comparable](to, from *T) bool {
	if from == nil || *to == *from {
		return false
	}
	*to = *from
	return true
}

func (w *world) deleteRoom(a *mAsker, h *mHall) string {
	if _, code := w.gate(a, h, standing.rules); code != "" {
		return code
	}
	if h.now.state == "OPEN" {
		w.end(h.now)
	}
	h.write(fact{kind: "RoomDeleted"})
	h.deleted = true
	return ""
}

// lastOwner: the last OWNER can be neither removed nor lowered (R4).
func (h *mHall) lastOwner(u *person) bool {
	for m, role := range h.managers {
		if m != u && role == "OWNER" {
			return false
		}
	}
	return h.managers[u] == "OWNER"
}

func (w *world) addManager(a *mAsker, h *mHall, u *person, role string) string {
	s, code := w.gate(a, h, standing.rules)
	switch {
	case code != "":
		return code
	case u == nil:
		return notFound
	case h.managers[u] == "OWNER" && !s.owns(): // R4
		return forbidden
	case h.managers[u] == role: // S4
		return ""
	case role == "OWNER" && !s.owns():
		return forbidden
	case h.lastOwner(u):
		return "LAST_OWNER"
	}
	h.managers[u] = role
	h.write(fact{kind: "ManagerAdded", user: u, says: role})
	if p := h.now.placeOf(u); p != nil { // R3
		raise(p, "MODERATOR")
	}
	return ""
}

func (w *world) removeManager(a *mAsker, h *mHall, u *person) string {
	s, code := w.gate(a, h, standing.rules)
	switch {
	case code != "":
		return code
	case u == nil:
		return notFound
	case h.managers[u] == "OWNER" && !s.owns():
		return forbidden
	case h.managers[u] == "":
		return ""
	case h.lastOwner(u):
		return "LAST_OWNER"
	}
	delete(h.managers, u)
	h.write(fact{kind: "ManagerRemoved", user: u})
	p := h.now.placeOf(u)
	if p == nil {
		return ""
	}
	role := "VIEWER" // what a place has without managing: a member's, or its invitation's
	if i := p.invite; i != nil && !i.revoked {
		role = i.role
	}
	if p.invite == nil && !h.members {
		p.of = nil
	}
	if p.there() {
		quietly(p, role)
		w.move(p, "LEFT") // P3
		return ""
	}
	raise(p, role)
	return ""
}

// there are the states that the end of access, or of the session, turns into LEFT (P1, P3).
func (p *mPlace) there() bool {
	return p.state == "COUNTDOWN" || p.state == "LOBBY" || p.state == "WAITING" || p.state == "IN_ROOM"
}

func (w *world) scheduleSession(a *mAsker, h *mHall, starts, ends time.Time) (*mSession, string) {
	if _, code := w.gate(a, h, standing.manages); code != "" {
		return nil, code
	}
	if h.busy(nil) {
		return nil, "SESSION_EXISTS"
	}
	if w.badTimes(starts, ends) {
		return nil, "INVALID_TIME"
	}
	return h.plan(starts, ends), ""
}

// busy: a room has at most one session that is SCHEDULED or OPEN (S1).
func (h *mHall) busy(beside *mSession) bool {
	for _, s := range h.sessions {
		if s != beside && s.live() {
			return true
		}
	}
	return false
}

// rescheduleSession: without an end the length stays, with null there is none (S2).
func (w *world) rescheduleSession(a *mAsker, s *mSession, starts time.Time, ends *time.Time) string {
	if _, code := w.gate(a, s.hall, standing.manages); code != "" {
		return code
	}
	if s.state != "SCHEDULED" {
		return map[string]string{"OPEN": "SESSION_OPEN", "ENDED": "SESSION_ENDED", "CANCELLED": "SESSION_CANCELLED"}[s.state]
	}
	moved, until := starts.Sub(s.starts), s.ends
	if ends != nil {
		until = *ends
	} else if !until.IsZero() {
		until = until.Add(moved)
	}
	if moved == 0 && until.Equal(s.ends) {
		return ""
	}
	if w.badTimes(starts, until) {
		return "INVALID_TIME"
	}
	s.starts, s.ends = starts, until
	for _, i := range s.hall.invites { // I5
		if i.session == s && !i.expires.IsZero() {
			i.expires = i.expires.Add(moved)
		}
	}
	s.hall.write(fact{kind: "SessionRescheduled", session: s})
	return ""
}

func (w *world) startSession(a *mAsker, s *mSession) string {
	if _, code := w.gate(a, s.hall, standing.manages); code != "" {
		return code
	}
	switch {
	case s.state == "OPEN":
		return ""
	case s.state == "CANCELLED":
		return "SESSION_CANCELLED"
	case s.state == "ENDED" && w.now.After(s.ended.Add(24*time.Hour)):
		return "SESSION_ENDED"
	case s.hall.busy(s):
		return "SESSION_EXISTS"
	}
	s.state, s.hall.now = "OPEN", s
	delete(w.vacant, s)               // S3 counts from now on
	for _, p := range s.hall.places { // P1; who lost what gave the place stays out
		i := p.invite
		if p.session == s && (p.state == "COUNTDOWN" || p.state == "LEFT") && (i == nil || i.redeemed && !i.revoked) {
			p.state = "LOBBY"
		}
	}
	s.hall.write(fact{kind: "SessionStarted", session: s})
	return ""
}

func (w *world) endSession(a *mAsker, s *mSession) string {
	if _, code := w.gate(a, s.hall, standing.manages); code != "" {
		return code
	}
	switch s.state {
	case "SCHEDULED":
		return "SESSION_NOT_OPEN"
	case "CANCELLED":
		return "SESSION_CANCELLED"
	case "OPEN":
		w.end(s)
	}
	return ""
}

func (w *world) cancelSession(a *mAsker, s *mSession) string {
	if _, code := w.gate(a, s.hall, standing.manages); code != "" {
		return code
	}
	switch s.state {
	case "OPEN":
		return "SESSION_OPEN"
	case "ENDED":
		return "SESSION_ENDED"
	case "SCHEDULED":
		w.close(s, "CANCELLED", "SessionCancelled")
	}
	return ""
}

func (w *world) end(s *mSession) { w.close(s, "ENDED", "SessionEnded") }

// close ends a session: everyone leaves, with its event alone (P1).
func (w *world) close(s *mSession, state, kind string) {
	s.state, s.ended = state, w.now
	for _, p := range s.hall.places {
		if p.session == s && p.there() {
			p.state = "LEFT"
		}
	}
	s.hall.write(fact{kind: kind, session: s})
}

// lapse is what the clock does (S3).
func (w *world) lapse() {
	since := map[*mSession]time.Time{}
	for _, h := range w.halls {
		if h.deleted || h.now == nil {
			continue
		}
		switch s := h.now; s.state {
		case "SCHEDULED":
			last := s.ends
			if last.IsZero() {
				last = s.starts
			}
			if w.now.After(last.Add(24 * time.Hour)) {
				w.close(s, "CANCELLED", "SessionCancelled")
			}
		case "OPEN":
			if s.ends.IsZero() || !w.now.After(s.ends) || h.watched {
				continue
			}
			if since[s] = w.now; !w.vacant[s].IsZero() {
				since[s] = w.vacant[s]
			}
			if w.now.Sub(since[s]) >= time.Hour {
				w.end(s)
			}
		}
	}
	w.vacant = since
}
