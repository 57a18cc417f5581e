package model

import (
	. "usher/sitetest"
)

func (x *trial) scheduleSession(r *draw) {
	s := x.sessionIn(r, "ENDED", "CANCELLED")
	if s == nil {
		return
	}
	h := s.hall
	a := x.manager(r, h)
	starts, ends := x.times(r)
	next, code := x.w.scheduleSession(a, h, starts, ends)
	got := x.ask(a, "scheduleSession", Object{"roomId": h.id, "startsAt": Stamp(starts), "endsAt": instant(ends)}, "session { id }", code)
	if code == "" {
		next.id = got.Text("session.id")
	}
}

func (x *trial) rescheduleSession(r *draw) {
	s := x.sessionIn(r, "SCHEDULED")
	if s == nil {
		return
	}
	a := x.manager(r, s.hall)
	starts, ends := x.times(r)
	if r.one(6) {
		starts = s.starts
	}
	with := Object{"sessionId": s.id, "startsAt": Stamp(starts)}
	given := &ends
	if r.one(3) {
		given = nil
	} else {
		with["endsAt"] = instant(ends)
	}
	x.ask(a, "rescheduleSession", with, "", x.w.rescheduleSession(a, s, starts, given))
}

func (x *trial) startSession(r *draw) {
	s := x.session(r)
	a := x.manager(r, s.hall)
	x.ask(a, "startSession", Object{"sessionId": s.id}, "session { state }", x.w.startSession(a, s))
}

func (x *trial) endSession(r *draw) {
	s := x.session(r)
	if s.state == "OPEN" && !r.one(4) {
		return
	}
	a := x.manager(r, s.hall)
	x.ask(a, "endSession", Object{"sessionId": s.id}, "session { state }", x.w.endSession(a, s))
}

func (x *trial) cancelSession(r *draw) {
	s := x.sessionIn(r, "SCHEDULED")
	if s == nil || s.state == "SCHEDULED" && r.one(2) {
		return
	}
	a := x.manager(r, s.hall)
	x.ask(a, "cancelSession", Object{"sessionId": s.id}, "", x.w.cancelSession(a, s))
}
