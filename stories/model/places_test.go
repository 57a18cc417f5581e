package model

import (
	"slices"
	"strings"
)

// The model's commands of places (entering, roles, removing) and of the site policy.

func (w *world) enterRoom(a *mAsker, h *mHall) (*mPlace, string) {
	s, code := w.gate(a, h, standing.sees)
	if code != "" {
		if h != nil && !h.deleted { // a blocked place opens nothing, but its holder learns why (P2)
			for _, p := range h.places {
				if p.session == h.now && p.state == "BLOCKED" && w.names(a, p) {
					return nil, "PARTICIPANT_BLOCKED"
				}
			}
		}
		return nil, code
	}
	p := s.own
	switch {
	case p == nil && a.as != nil && h.now.blocked(a.as.email): // L7
		return nil, "PARTICIPANT_BLOCKED"
	case p == nil && !s.manages() && !s.member: // they see the room by another session's place
		return nil, forbidden
	case h.now.over() != "":
		return nil, h.now.over()
	case h.now.state == "SCHEDULED":
		return nil, "SESSION_NOT_OPEN"
	case p != nil && (p.state == "IN_ROOM" || p.state == "WAITING" && !s.manages()):
		return p, ""
	case p != nil && p.invite != nil && !s.manages() && (w.off || h.quiet): // R7
		return nil, "ROOM_NOT_AVAILABLE"
	}
	earlier := p
	if p == nil {
		earlier = h.now.placeOf(a.as)
	}
	if earlier != nil && earlier.state == "DENIED" && earlier.denials >= 2 {
		return nil, "ENTRY_DENIED"
	}
	if p == nil {
		p = w.seat(a.as, h, s)
	}
	// Somebody who was removed needs an approval, whatever the admission and their role are.
	fresh := p.state == "LOBBY" || p.state == "LEFT"
	if s.manages() || fresh && (p.admitted || !p.removed && (!h.approval || p.role == "MODERATOR")) {
		w.move(p, "IN_ROOM")
	} else {
		w.move(p, "WAITING")
	}
	return p, ""
}

// seat gives an account its own place, as manager or member (R3, P6). It takes back a place from an invitation that has ended (I9).
func (w *world) seat(u *person, h *mHall, s standing) *mPlace {
	role := "VIEWER"
	if s.manages() {
		role = "MODERATOR"
	}
	if p := h.now.placeOf(u); p != nil {
		p.invite.place, p.invite = nil, nil
		quietly(p, role)
		return p
	}
	p := &mPlace{email: u.email, name: u.name, of: u, session: h.now, role: role, state: "LOBBY", revision: 1}
	h.places = append(h.places, p)
	return p
}

func (w *world) leaveRoom(a *mAsker, h *mHall) (*mPlace, string) {
	s, code := w.gate(a, h, standing.sees)
	if code == "" && s.own == nil {
		code = notFound
	}
	if code != "" {
		return nil, code
	}
	switch s.own.state {
	case "WAITING":
		w.move(s.own, "LOBBY")
	case "IN_ROOM":
		w.move(s.own, "LEFT")
	}
	return s.own, ""
}

func (w *world) acknowledgeRole(a *mAsker, h *mHall, revision int) (*mPlace, string) {
	s, code := w.gate(a, h, standing.sees)
	if code == "" && s.own == nil {
		code = notFound
	}
	if code != "" {
		return nil, code
	}
	if p := s.own; p.revision == revision && p.delivered != revision {
		p.delivered = revision
		h.write(fact{kind: "RoleDelivered", place: p})
	}
	return s.own, ""
}

// ofPlace starts each command on somebody's place. An asker who may not see the place does not learn of it (R6), and nobody changes,
// removes or denies themselves (R2).
func (w *world) ofPlace(a *mAsker, p *mPlace, may func(standing) bool) (s standing, code string) {
	h := p.session.hall
	if s, code = w.gate(a, h, standing.sees); code != "" {
		return s, code
	}
	if !w.sees(a, s, p) {
		return s, notFound
	}
	if !may(s) || s.own == p || a.as != nil && p.of == a.as {
		return s, forbidden
	}
	return s, ""
}

// sees reports whether an asker may see a place. A blocked place of their own counts as none (P2), and so does one of an earlier session
// once they have another.
func (w *world) sees(a *mAsker, s standing, p *mPlace) bool {
	theirs := s.own == p || s.own == nil && w.names(a, p) && p.state != "BLOCKED"
	return s.admits() || theirs || s.inRoom() && p.role != "VIEWER"
}

// managed reports whether the place is a manager's (R3).
func (p *mPlace) managed() bool { return p.of != nil && p.session.hall.managers[p.of] != "" }

// removeParticipant lets a moderator remove only viewers and speakers (R1).
func (w *world) removeParticipant(a *mAsker, p *mPlace, block bool) string {
	s, code := w.ofPlace(a, p, standing.admits)
	to := map[bool]string{false: "REMOVED", true: "BLOCKED"}[block]
	switch {
	case code != "":
		return code
	case p.managed():
		return "ALREADY_MANAGER"
	case !s.manages() && p.role == "MODERATOR":
		return forbidden
	case p.state == to || p.state == "BLOCKED": // S4
		return ""
	}
	closed := []*mPlace{p}
	if block { // of the email, whichever way it came (L7)
		if p.session.hall.manager(p.email) {
			return "ALREADY_MANAGER"
		}
		for _, q := range p.others() {
			if s.own == q || a.as != nil && q.of == a.as || !s.manages() && q.role == "MODERATOR" {
				return forbidden
			}
			closed = append(closed, q)
		}
	}
	for _, q := range closed {
		if block && q.state != to { // T7
			q.session.hall.hideAll(q)
			q.session.hall.dismissAll(q)
		}
		p.session.hall.write(fact{kind: "ParticipantRemoved", place: q, says: to})
		q.removed, q.admitted = true, false
		w.move(q, to)
	}
	return ""
}

// others returns the other places of its email in the session.
func (p *mPlace) others() (others []*mPlace) {
	for _, q := range p.session.hall.places {
		if q != p && q.session == p.session && q.email == p.email {
			others = append(others, q)
		}
	}
	return others
}

// unblockParticipant lets somebody ask again, with approval (P3).
func (w *world) unblockParticipant(a *mAsker, p *mPlace) string {
	if _, code := w.ofPlace(a, p, standing.manages); code != "" {
		return code
	}
	if p.state != "BLOCKED" && (p.state != "DENIED" || p.denials < 2) {
		return ""
	}
	for _, q := range append([]*mPlace{p}, p.others()...) {
		if q == p || q.state == "BLOCKED" {
			q.denials, q.admitted, q.removed = 0, false, true
			w.move(q, "REMOVED")
		}
	}
	return ""
}

// changeRole lets a moderator make viewers speakers and speakers viewers (R1).
func (w *world) changeRole(a *mAsker, p *mPlace, role string, expected *int) string {
	s, code := w.ofPlace(a, p, standing.admits)
	switch {
	case code != "":
		return code
	case p.managed():
		return "ALREADY_MANAGER"
	case !s.manages() && (p.role == "MODERATOR" || role == "MODERATOR"):
		return forbidden
	case expected != nil && *expected != p.revision:
		return "STALE_REVISION"
	}
	w.raise(p, role)
	return ""
}

// ruling is the input of updateSitePolicy. nil changes nothing.
type ruling struct {
	off, signIn, still *bool
	block, allow       []string
}

func (w *world) updateSitePolicy(a *mAsker, r ruling) string {
	switch {
	case !w.somebody(a):
		return unauthenticated
	case a.as == nil || !a.as.admin: // R5
		return forbidden
	}
	for _, rule := range slices.Concat(r.block, r.allow) {
		if strings.Contains(rule, "@") && rule[0] != '@' {
			return "INVALID_VALUE"
		}
	}
	set(&w.off, r.off)
	set(&w.signIn, r.signIn)
	set(&w.still, r.still)
	if r.block != nil {
		w.block = r.block
	}
	if r.allow != nil {
		w.allow = r.allow
	}
	return ""
}
