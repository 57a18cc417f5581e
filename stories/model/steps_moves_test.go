package model

import (
	. "usher/sitetest"
)

// Steps of moving to another device. A hand-over lasts for two minutes, so one step often goes on to the next.

// bearer draws a device that has a place, with its invitation, or returns nil.
func (x *trial) bearer(r *draw) (a *mAsker, i *mInvite) {
	if r.one(6) {
		return pick(r, x.askers...), x.guest(r)
	}
	type pair struct {
		a *mAsker
		i *mInvite
	}
	var all []pair
	for _, h := range x.halls() {
		for _, i := range h.invites {
			for _, a := range x.askers {
				if i.session == h.now && i.redeemed && a.known() != "" && i.bound == a.known() && x.w.good(a) {
					all = append(all, pair{a, i})
				}
			}
		}
	}
	one := pick(r, all...)
	return one.a, one.i
}

func (x *trial) offerHandOver(r *draw) {
	a, i := x.bearer(r)
	if i == nil {
		return
	}
	h := i.session.hall
	o, code := x.w.offerHandOver(a, h)
	got := x.ask(a, "offerHandOver", Object{"roomId": h.id}, "handOver { id url digits state }", code)
	if code != "" {
		return
	}
	o.id, o.url, o.digits = got.Text("handOver.id"), got.Text("handOver.url"), got.Text("handOver.digits")
	x.same("the hand-over", got.Text("handOver.state"), o.state)
	x.meanwhile(r, o)
	if !r.one(5) {
		x.askFor(r, o)
	}
}

// meanwhile sometimes lets something happen to the link of a hand-over before the next step of it.
func (x *trial) meanwhile(r *draw, o *mHandOver) {
	if !r.one(4) {
		return
	}
	x.aim = o.invite
	defer func() { x.aim = nil }()
	pick(r, (*trial).revokeInvitation, (*trial).regenerateLink, (*trial).releaseDevice, (*trial).redeemInvitation, (*trial).updateSitePolicy)(x, r)
}

func (x *trial) askHandOver(r *draw) {
	if o := x.handOver(r, "OFFERED"); o != nil {
		x.askFor(r, o)
	}
}

func (x *trial) askFor(r *draw, o *mHandOver) {
	a := x.someone(r, func(a *mAsker) bool {
		return a.device != "" && x.w.good(a) && (a.device == o.asked || o.asked == "" && a.device != o.by)
	})
	if a.device == "" {
		return
	}
	ask, with := x.shows(r, o)
	if !a.cookie {
		with["credential"], with["attemptKey"] = "BEARER", a.device
	}
	for range 1 + r.IntN(2)*r.IntN(6) { // some try again and again
		o, code, left := x.w.askHandOver(a, ask)
		got := x.ask(a, "askHandOver", with, "handOver { id state }", code)
		switch code {
		case "":
			x.same("the hand-over", []any{got.Text("handOver.id"), got.Text("handOver.state")}, []any{o.id, x.w.stateNow(o)})
			x.meanwhile(r, o)
			if !r.one(5) {
				x.answerFor(r, o)
			}
			return
		case "CODE_WRONG":
			x.same("attempts left", got.Int("attemptsLeft"), left)
		default:
			return
		}
	}
}

// shows draws what a device shows to take over a place: mostly the URL, else digits with a link or without one.
func (x *trial) shows(r *draw, o *mHandOver) (ask mAsk, with Object) {
	if r.one(2) {
		return mAsk{url: o}, Object{"secret": o.url}
	}
	ask.digits = o.digits
	switch {
	case r.one(3):
		ask.digits = pick(r, "000000", "999999", "12345")
	case r.one(8):
		ask.digits = lately(r, x.w.handOvers).digits
	}
	with = Object{"digits": ask.digits}
	if !r.one(4) {
		x.aim = o.invite
		l, token := x.holds(r)
		x.aim, ask.link, with["token"] = nil, &l, token
	}
	return ask, with
}

func (x *trial) answerHandOver(r *draw) {
	if o := x.handOver(r, "ASKED"); o != nil {
		x.answerFor(r, o)
	}
}

func (x *trial) answerFor(r *draw, o *mHandOver) {
	a := x.someone(r, func(a *mAsker) bool { return x.w.good(a) && a.known() == o.by })
	allow, answer := !r.one(4), x.ask
	code := unauthenticated
	if x.w.good(a) { // before the place moves, which ends the asker's token
		code, answer = x.w.answerHandOver(a, o, allow), x.answer
	}
	if got := answer(a, "answerHandOver", Object{"id": o.id, "allow": allow}, "handOver { state }", code); code == "" {
		x.same("the hand-over", got.Text("handOver.state"), x.w.stateNow(o))
	}
}

// readHandOver compares what somebody reads of a hand-over: its two devices alone read it (W9).
func (x *trial) readHandOver(r *draw) {
	o := x.handOver(r, "ASKED")
	if o == nil {
		return
	}
	a := x.someone(r, func(a *mAsker) bool { return a.device != "" && (a.device == o.by || a.device == o.asked) })
	if !x.w.good(a) {
		return
	}
	device, with := a.known(), Object{"id": o.id}
	if !a.cookie && a.device != "" && r.one(2) {
		device, with["key"] = a.device, a.device
	}
	var want any
	if device != "" && (device == o.by || device == o.asked) {
		shown := Object{"state": x.w.stateNow(o), "url": nil, "digits": nil}
		if device == o.by && shown["state"] == "OFFERED" {
			shown["url"], shown["digits"] = o.url, o.digits
		}
		want = shown
	}
	got := a.MustAsk(`query($id: ID!, $key: String) { handOver(id: $id, attemptKey: $key) { state url digits } }`, with)["handOver"]
	x.note(a.name + " reads the hand-over " + o.id)
	x.same("what a device reads of a hand-over", got, want)
}

// handOver draws a late hand-over, mostly one in a state, or returns nil.
func (x *trial) handOver(r *draw, state string) *mHandOver {
	var fit []*mHandOver
	for _, o := range x.w.handOvers {
		if x.w.stateNow(o) == state {
			fit = append(fit, o)
		}
	}
	if r.one(5) {
		return lately(r, x.w.handOvers)
	}
	return lately(r, fit)
}
