package model

import (
	. "usher/sitetest"
)

// admitter picks somebody who mostly may admit.
func (x *trial) admitter(r *draw, h *mHall) *mAsker {
	return x.someone(r, func(a *mAsker) bool { return x.w.good(a) && x.w.stands(a, h).admits() })
}

// everyone answers all who wait, or all of one role.
func (x *trial) everyone(r *draw, name, field string, do func(a *mAsker, h *mHall, roles []string) (int, string)) {
	h := x.hall(r)
	a := x.admitter(r, h)
	with := Object{"roomId": h.id}
	var roles []string
	if r.one(3) {
		roles = []string{pick(r, ranks...)}
		with["role"] = roles
	}
	n, code := do(a, h, roles)
	if got := x.ask(a, name, with, field, code); code == "" {
		x.same("how many were answered", got.Int(field), n)
	}
}

func (x *trial) admitAll(r *draw) { x.everyone(r, "admitAll", "admitted", x.w.admitAll) }
func (x *trial) denyAll(r *draw)  { x.everyone(r, "denyAll", "denied", x.w.denyAll) }

// several answers some people of a room, seldom with somebody of another.
func (x *trial) several(r *draw, name, field string, do func(a *mAsker, h *mHall, named []*mPlace) (int, int, string)) {
	first := x.place(r, "WAITING")
	if first == nil {
		return
	}
	h, named := first.session.hall, []*mPlace{first}
	for range r.IntN(3) {
		p := x.place(r, "WAITING", "IN_ROOM")
		if p != nil && p != first && len(named) < 2 && (p.session.hall == h || r.one(4)) {
			named = append(named, p)
		}
	}
	ids := []string{}
	for _, p := range named {
		ids = append(ids, p.id)
	}
	a := x.admitter(r, h)
	n, others, code := do(a, h, named)
	if got := x.ask(a, name, Object{"roomId": h.id, "participantIds": ids}, field+" alreadyHandled", code); code == "" {
		x.same("how many were answered", []any{got.Int(field), len(got["alreadyHandled"].([]any))}, []any{n, others})
	}
}

func (x *trial) admitParticipants(r *draw) {
	x.several(r, "admitParticipants", "admitted", x.w.admitParticipants)
}

func (x *trial) denyParticipants(r *draw) {
	x.several(r, "denyParticipants", "denied", x.w.denyParticipants)
}
