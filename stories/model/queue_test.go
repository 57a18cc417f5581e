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

func (w *world) admitAll(a *mAsker, h *mHall) (int, string) {
	if _, code := w.gate(a, h, standing.admits); code != "" {
		return 0, code
	}
	waiting := h.queue()
	for _, p := range waiting {
		w.comeIn(p)
	}
	return len(waiting), ""
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
	p.denials++
	w.move(p, "DENIED")
	return ""
}
