package model

import (
	. "usher/sitetest"
)

// shown compares a place in an answer with the model's, and gives a new one its id.
func (x *trial) shown(p *mPlace, got Object) {
	if p.id == "" {
		p.id = got.Text("id")
	}
	x.same("the place", []any{got.Text("id"), got.Text("state"), got.Text("role"), got.Int("roleRevision"), got.Text("displayName")},
		[]any{p.id, p.state, p.role, p.revision, p.name})
}

func (x *trial) enterRoom(r *draw) {
	h := x.hall(r)
	again := r.one(3) // after they were denied
	a := x.someone(r, func(a *mAsker) bool {
		own := x.w.stands(a, h).own
		return x.w.good(a) && own != nil && (!again || own.state == "DENIED")
	})
	p, code := x.w.enterRoom(a, h)
	if got := x.ask(a, "enterRoom", Object{"roomId": h.id}, placeFields, code); code == "" {
		x.shown(p, got.In("participant"))
	}
}

const placeFields = "participant { id state role roleRevision displayName }"

func (x *trial) leaveRoom(r *draw) {
	h := x.hall(r)
	a := x.placed(r, h)
	p, code := x.w.leaveRoom(a, h)
	if got := x.ask(a, "leaveRoom", Object{"roomId": h.id}, placeFields, code); code == "" {
		x.shown(p, got.In("participant"))
	}
}

func (x *trial) acknowledgeRole(r *draw) {
	h := x.hall(r)
	a := x.placed(r, h)
	revision := 1
	if own := x.w.stands(a, h).own; own != nil && !r.one(5) {
		revision = own.revision
	}
	p, code := x.w.acknowledgeRole(a, h, revision)
	if got := x.ask(a, "acknowledgeRole", Object{"roomId": h.id, "roleRevision": revision}, placeFields, code); code == "" {
		x.shown(p, got.In("participant"))
	}
}

// onPlace runs a command on a place as somebody who mostly may.
func (x *trial) onPlace(r *draw, name string, p *mPlace, more Object, do func(a *mAsker) string) {
	if p == nil {
		return
	}
	h := p.session.hall
	a := x.someone(r, func(a *mAsker) bool { return x.w.good(a) && x.w.stands(a, h).admits() })
	with := Object{"participantId": p.id}
	for field, value := range more {
		with[field] = value
	}
	code := do(a)
	x.ask(a, name, with, "participant { id }", code)
}

func (x *trial) admitParticipant(r *draw) {
	p := x.place(r, "WAITING")
	x.onPlace(r, "admitParticipant", p, nil, func(a *mAsker) string { return x.w.admitParticipant(a, p) })
}

func (x *trial) denyParticipant(r *draw) {
	p := x.place(r, "WAITING")
	for _, h := range x.w.halls { // rather one who was denied before: then they enter no more
		for _, q := range h.places {
			if q.session == h.now && q.state == "WAITING" && q.denials > 0 && !r.one(3) {
				p = q
			}
		}
	}
	x.onPlace(r, "denyParticipant", p, nil, func(a *mAsker) string { return x.w.denyParticipant(a, p) })
}

func (x *trial) removeParticipant(r *draw) {
	p, block := x.place(r, "IN_ROOM", "WAITING"), r.one(3)
	x.onPlace(r, "removeParticipant", p, Object{"block": block}, func(a *mAsker) string { return x.w.removeParticipant(a, p, block) })
}

func (x *trial) unblockParticipant(r *draw) {
	p := x.place(r, "BLOCKED", "DENIED")
	x.onPlace(r, "unblockParticipant", p, nil, func(a *mAsker) string { return x.w.unblockParticipant(a, p) })
}

func (x *trial) changeRole(r *draw) {
	p, role := x.place(r, "IN_ROOM", "LOBBY"), pick(r, ranks...)
	if p == nil {
		return
	}
	with := Object{"role": role}
	var expected *int
	if r.one(3) {
		revision := p.revision - r.IntN(2)
		with["expectedRoleRevision"], expected = revision, &revision
	}
	x.onPlace(r, "changeRole", p, with, func(a *mAsker) string { return x.w.changeRole(a, p, role, expected) })
}
