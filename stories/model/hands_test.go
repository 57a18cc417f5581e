package model

import (
	"slices"
	"time"
)

// The model's commands of those who raise a hand and react, and of those who answer hands.

// mHand is a raised hand. The zero value is one that is down.
type mHand struct {
	role, note string
	raised     time.Time
}

func (h mHand) up() bool { return h.role != "" }

// raiseHand asks for a role above one's own (H1).
func (w *world) raiseHand(a *mAsker, h *mHall, role, note string) string {
	s, code := w.gate(a, h, standing.sees)
	p := s.own
	switch {
	case code != "":
		return code
	case !s.inRoom():
		return forbidden
	case h.quiet:
		return "CHAT_AND_COLLABORATION_OFF"
	case h.now.state != "OPEN":
		return "SESSION_NOT_OPEN"
	case h.tools.noHands:
		return "HANDS_OFF"
	case rank(role) <= rank(p.role) || len(note) > 140:
		return "INVALID_VALUE"
	case p.declined >= 2: // H3
		return "REQUEST_DECLINED"
	case note != "" && note != p.hand.note && w.paused(s):
		return "MUTED"
	case p.hand.role == role && p.hand.note == note:
		return ""
	}
	if !p.hand.up() {
		p.hand.raised = w.now
	}
	p.hand.role, p.hand.note = role, note
	h.write(fact{kind: "HandsRaised", place: p})
	return ""
}

// drop lowers a hand, with its event (H3).
func (p *mPlace) drop(how string) {
	if p.hand.up() {
		p.hand = mHand{}
		p.session.hall.write(fact{kind: "HandLowered", place: p, says: how})
	}
}

// answers reports whether somebody may answer questions by their place.
func (p *mPlace) answers() bool { return p.state == "IN_ROOM" && p.role != "VIEWER" }

// settle lowers the hand of somebody who left, or who got what they asked for (H3, H4). It releases the question of somebody who may
// answer no longer (Q5).
func (p *mPlace) settle(answered bool) {
	switch {
	case p.state != "IN_ROOM":
		p.drop("LEFT")
	case p.hand.up() && rank(p.role) >= rank(p.hand.role):
		p.drop("GRANTED")
	}
	if answered && !p.answers() {
		p.session.hall.letGo(p)
	}
}

// lowerHand lowers one's own hand, or as somebody who moderates any.
func (w *world) lowerHand(a *mAsker, p *mPlace) string {
	return w.answerHand(a, p, "LOWERED", func(s standing) bool { return s.admits() || s.inRoom() && s.own == p })
}

func (w *world) declineHand(a *mAsker, p *mPlace) string {
	return w.answerHand(a, p, "DECLINED", standing.admits)
}

func (w *world) answerHand(a *mAsker, p *mPlace, how string, may func(standing) bool) string {
	s, code := w.gate(a, p.session.hall, standing.sees)
	switch {
	case code != "":
		return code
	case !w.sees(a, s, p):
		return notFound
	case !may(s):
		return forbidden
	case !p.hand.up():
		return ""
	case p.session.hall.quiet:
		return "CHAT_AND_COLLABORATION_OFF"
	}
	if how == "DECLINED" {
		p.declined++
	}
	p.drop(how)
	return ""
}

func (w *world) lowerAllHands(a *mAsker, h *mHall) string {
	code := w.moderate(a, h)
	if code == "" && len(h.hands()) > 0 {
		h.now.dropAll()
		h.write(fact{kind: "HandsLowered"})
	}
	return code
}

// dropAll lowers all hands of a session. One event reports it, that of the session if it ends (H4).
func (s *mSession) dropAll() {
	for _, p := range s.hall.places {
		if p.session == s {
			p.hand = mHand{}
		}
	}
}

// hands returns the places whose hands are up, the oldest first (H2).
func (h *mHall) hands() []*mPlace {
	up := slices.DeleteFunc(slices.Clone(h.places), func(p *mPlace) bool { return p.session != h.now || !p.hand.up() })
	slices.SortStableFunc(up, func(p, q *mPlace) int { return p.hand.raised.Compare(q.hand.raised) })
	return up
}

// react shows a reaction, which leaves nothing (H5).
func (w *world) react(a *mAsker, h *mHall) string {
	s, code := w.gate(a, h, standing.sees)
	switch {
	case code != "":
		return code
	case !s.uses(chat):
		return forbidden
	case h.quiet:
		return "CHAT_AND_COLLABORATION_OFF"
	case h.now.state != "OPEN":
		return "SESSION_NOT_OPEN"
	case h.tools.noReactions:
		return "REACTIONS_OFF"
	case w.paused(s):
		return "MUTED"
	}
	return ""
}
