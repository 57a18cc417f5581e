package model

import "time"

// The model's commands of rooms, managers and sessions.

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

// change is the input of updateRoom. nil changes nothing.
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
		if h.quiet {
			h.stopRunning()
		}
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

// lastOwner reports whether somebody is the last OWNER, who can be neither removed nor lowered (R4).
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
		w.raise(p, "MODERATOR")
		w.comeIn(p)
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
	h.letGo(u)
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
		w.move(p, "LEFT") // P3
		quietly(p, role)
		return ""
	}
	w.raise(p, role)
	return ""
}
