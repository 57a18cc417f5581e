package model

import "slices"

// The model's queue of those who wait, and the commands that admit and deny.

// queue returns who waits in the current session, oldest first (P4).
func (h *mHall) queue() []*mPlace {
	var waiting []*mPlace
	for _, p := range h.places {
		if p.session == h.now && p.state == "WAITING" {
			waiting = append(waiting, p)
		}
	}
	slices.SortStableFunc(waiting, func(p, q *mPlace) int { return p.since.Compare(q.since) })
	return waiting
}

// comeIn admits somebody who waits.
func (w *world) comeIn(p *mPlace) {
	if p.state == "WAITING" {
		p.admitted = true
		w.move(p, "IN_ROOM")
	}
}

func (w *world) admitParticipant(a *mAsker, p *mPlace) string {
	if _, code := w.ofPlace(a, p, standing.admits); code != "" {
		return code
	}
	if p.state != "WAITING" {
		return "ALREADY_HANDLED"
	}
	w.comeIn(p)
	return ""
}

func (w *world) admitAll(a *mAsker, h *mHall, roles []string) (int, string) {
	if _, code := w.gate(a, h, standing.admits); code != "" {
		return 0, code
	}
	waiting := h.waiting(roles)
	for _, p := range waiting {
		w.comeIn(p)
	}
	return len(waiting), ""
}

func (w *world) denyAll(a *mAsker, h *mHall, roles []string) (int, string) {
	if _, code := w.gate(a, h, standing.admits); code != "" {
		return 0, code
	}
	waiting := slices.DeleteFunc(h.waiting(roles), (*mPlace).managed)
	for _, p := range waiting {
		w.refuse(p)
	}
	return len(waiting), ""
}

// waiting returns who waits with one of the roles, or all who wait.
func (h *mHall) waiting(roles []string) []*mPlace {
	return slices.DeleteFunc(h.queue(), func(p *mPlace) bool { return roles != nil && !slices.Contains(roles, p.role) })
}

// ofMany starts each command on several places of a room. It returns those who wait, and how many do not.
func (w *world) ofMany(a *mAsker, h *mHall, named []*mPlace) (waiting []*mPlace, others int, code string) {
	s, code := w.gate(a, h, standing.admits)
	if code != "" {
		return nil, 0, code
	}
	for _, p := range named {
		switch {
		case p.session.hall != h:
			return nil, 0, notFound
		case s.own == p || a.as != nil && p.of == a.as:
			code = forbidden
		case p.state == "WAITING":
			waiting = append(waiting, p)
		default:
			others++
		}
	}
	slices.SortStableFunc(waiting, func(p, q *mPlace) int { return slices.Index(h.queue(), p) - slices.Index(h.queue(), q) })
	return waiting, others, code
}

func (w *world) admitParticipants(a *mAsker, h *mHall, named []*mPlace) (n, others int, code string) {
	waiting, others, code := w.ofMany(a, h, named)
	if code != "" {
		return 0, 0, code
	}
	for _, p := range waiting {
		w.comeIn(p)
	}
	return len(waiting), others, ""
}

func (w *world) denyParticipants(a *mAsker, h *mHall, named []*mPlace) (n, others int, code string) {
	waiting, others, code := w.ofMany(a, h, named)
	if code == "" && slices.ContainsFunc(named, (*mPlace).managed) {
		code = "ALREADY_MANAGER"
	}
	if code != "" {
		return 0, 0, code
	}
	for _, p := range waiting {
		w.refuse(p)
	}
	return len(waiting), others, ""
}

// refuse denies somebody who waits.
func (w *world) refuse(p *mPlace) {
	p.denials++
	w.move(p, "DENIED")
}

func (w *world) denyParticipant(a *mAsker, p *mPlace) string {
	_, code := w.ofPlace(a, p, standing.admits)
	switch {
	case code != "":
		return code
	case p.managed():
		return "ALREADY_MANAGER"
	case p.state != "WAITING":
		return "ALREADY_HANDLED"
	}
	w.refuse(p)
	return ""
}
