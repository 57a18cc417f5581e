package model

import (
	"fmt"
	"strings"

	. "usher/sitetest"
)

// Random steps of hands and reactions, and what people read of them.

func (x *trial) raiseHand(r *draw) {
	h, again := x.hall(r), r.one(2) // after it was declined
	var low []*mPlace
	for _, q := range x.halls() {
		for _, p := range q.places {
			if p.session == q.now && p.state == "IN_ROOM" && p.role != "MODERATOR" && (!again || p.declined > 0) {
				low = append(low, p)
			}
		}
	}
	p := pick(r, low...)
	switch {
	case p != nil:
		h = p.session.hall
	case !r.one(6):
		return
	}
	a := x.someone(r, func(a *mAsker) bool { return p != nil && x.w.good(a) && x.w.stands(a, h).own == p })
	role, note := pick(r, "SPEAKER", "MODERATOR", "MODERATOR", "VIEWER"), pick(r, "", "Please", "I can help", strings.Repeat("n", 140))
	if r.one(20) {
		note = strings.Repeat("n", 141)
	}
	x.ask(a, "raiseHand", Object{"roomId": h.id, "role": role, "note": note}, "", x.w.raiseHand(a, h, role, note))
}

// raised draws a place, mostly one whose hand is up.
func (x *trial) raised(r *draw) *mPlace {
	var up []*mPlace
	for _, h := range x.w.halls {
		if !h.deleted {
			up = append(up, h.hands()...)
		}
	}
	if len(up) > 0 && !r.one(8) {
		return pick(r, up...)
	}
	return x.place(r, "IN_ROOM")
}

func (x *trial) onHand(r *draw, name string, do func(a *mAsker, p *mPlace) string) {
	p := x.raised(r)
	if p == nil {
		return
	}
	a := x.host(r, p.session.hall)
	if r.one(3) {
		a = x.someone(r, func(a *mAsker) bool { return x.w.good(a) && x.w.stands(a, p.session.hall).own == p })
	}
	x.ask(a, name, Object{"participantId": p.id}, "", do(a, p))
}

func (x *trial) lowerHand(r *draw)   { x.onHand(r, "lowerHand", x.w.lowerHand) }
func (x *trial) declineHand(r *draw) { x.onHand(r, "declineHand", x.w.declineHand) }

func (x *trial) lowerAllHands(r *draw) {
	h := x.hall(r)
	if p := x.raised(r); p != nil {
		h = p.session.hall
	}
	a := x.host(r, h)
	x.ask(a, "lowerAllHands", Object{"roomId": h.id}, "", x.w.lowerAllHands(a, h))
}

func (x *trial) react(r *draw) {
	h := x.hall(r)
	a := x.writer(r, h, chat)
	x.ask(a, "react", Object{"roomId": h.id, "reaction": "CLAP"}, "", x.w.react(a, h))
}

const handsDocument = `query($id: ID!) { room(id: $id) {
	hands(first: 100) { nodes { participant { id } role note raisedAt position } }
	myParticipant { id handRaisedAt handPosition handsDeclined } } }`

// readHands compares what somebody reads of raised hands with what they may read (H2).
func (x *trial) readHands(r *draw) {
	h := x.hall(r)
	a := x.writer(r, h, chat)
	if h.deleted || !x.w.good(a) {
		return
	}
	s := x.w.stands(a, h)
	x.note(a.name + " reads the hands of " + h.id)
	room := a.MustAsk(handsDocument, Object{"id": h.id}).In("room")
	if !x.w.somebody(a) || !s.sees() {
		x.same("a room that one may not see", room == nil, true)
		return
	}
	reads := s.admits() && !h.quiet
	got, want := []string{fmt.Sprint(room["hands"] != nil)}, []string{fmt.Sprint(reads)}
	if room["hands"] != nil {
		for _, up := range room.List("hands.nodes") {
			got = append(got, fmt.Sprint(up.Text("participant.id"), " ", up["role"], " ", up.TextIfAny("note"), " ", up["raisedAt"], " ", up.Int("position")))
		}
	}
	own := "none"
	for i, p := range h.hands() {
		if reads {
			want = append(want, fmt.Sprint(p.id, " ", p.hand.role, " ", p.hand.note, " ", Stamp(p.hand.raised), " ", i+1))
		}
		if p == s.own {
			own = fmt.Sprint(Stamp(p.hand.raised), " ", i+1)
		}
	}
	x.same("the hands that "+a.name+" reads", got, want)
	if p := s.own; p != nil && room["myParticipant"] != nil && !h.quiet {
		mine := room.In("myParticipant")
		read := "none"
		if mine["handRaisedAt"] != nil {
			read = fmt.Sprint(mine["handRaisedAt"], " ", mine.Int("handPosition"))
		}
		x.same("the own hand of "+a.name, []any{read, mine.Int("handsDeclined")}, []any{own, p.declined})
	}
}
