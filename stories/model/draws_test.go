package model

import (
	"math/rand/v2"
	"slices"
)

// What steps draw: mostly what makes them succeed, else anything.

// draw is the randomness of one step.
type draw struct{ *rand.Rand }

func (r *draw) one(in int) bool { return r.IntN(in) == 0 }

func pick[T any](r *draw, from ...T) (one T) {
	if len(from) > 0 {
		one = from[r.IntN(len(from))]
	}
	return one
}

// lately picks one of the last few.
func lately[T any](r *draw, from []T) T { return pick(r, from[max(0, len(from)-10):]...) }

// someone draws an asker, mostly one of those wanted.
func (x *trial) someone(r *draw, wanted func(a *mAsker) bool) *mAsker {
	fit := slices.DeleteFunc(slices.Clone(x.askers), func(a *mAsker) bool { return !wanted(a) })
	if len(fit) == 0 || r.one(5) {
		return pick(r, x.askers...)
	}
	return pick(r, fit...)
}

func (x *trial) manager(r *draw, h *mHall) *mAsker {
	return x.someone(r, func(a *mAsker) bool { return a.as != nil && h.managers[a.as] != "" })
}

// placed draws somebody who has a place in the room's session, or may get one.
func (x *trial) placed(r *draw, h *mHall) *mAsker {
	return x.someone(r, func(a *mAsker) bool { return x.w.good(a) && x.w.stands(a, h).own != nil })
}

// halls returns the rooms that are not deleted.
func (x *trial) halls() []*mHall {
	return slices.DeleteFunc(slices.Clone(x.w.halls), func(h *mHall) bool { return h.deleted })
}

// hall draws a room, mostly one that is not deleted, and rather one with more people in it.
func (x *trial) hall(r *draw) *mHall {
	if r.one(25) {
		return lately(r, x.w.halls)
	}
	one, other := pick(r, x.halls()...), pick(r, x.halls()...)
	if inside(other) > inside(one) {
		return other
	}
	return one
}

// inside counts the people who are in a room.
func inside(h *mHall) (n int) {
	for _, p := range h.places {
		if p.session == h.now && p.state == "IN_ROOM" {
			n++
		}
	}
	return n
}

func (x *trial) session(r *draw) *mSession {
	h := x.hall(r)
	if r.one(5) {
		return lately(r, h.sessions)
	}
	return h.now
}

// sessionIn draws a room's current session, mostly in one of the states, or returns nil.
func (x *trial) sessionIn(r *draw, states ...string) *mSession {
	if r.one(6) {
		return x.session(r)
	}
	var fit []*mSession
	for _, h := range x.halls() {
		if slices.Contains(states, h.now.state) {
			fit = append(fit, h.now)
		}
	}
	return pick(r, fit...)
}

// guest draws an invitation, mostly of the current session, or returns nil.
func (x *trial) guest(r *draw) *mInvite {
	if x.aim != nil {
		return x.aim
	}
	var now []*mInvite
	for _, h := range x.halls() {
		now = append(now, slices.DeleteFunc(slices.Clone(h.invites), func(i *mInvite) bool { return i.session != h.now })...)
	}
	if len(now) == 0 || r.one(8) {
		return lately(r, lately(r, x.w.halls).invites)
	}
	return pick(r, now...)
}

// place draws a place of a current session, mostly in one of the states, or returns nil.
func (x *trial) place(r *draw, states ...string) *mPlace {
	var now []*mPlace
	for _, h := range x.halls() {
		now = append(now, slices.DeleteFunc(slices.Clone(h.places), func(p *mPlace) bool { return p.session != h.now })...)
	}
	fit := slices.DeleteFunc(slices.Clone(now), func(p *mPlace) bool { return !slices.Contains(states, p.state) })
	switch {
	case r.one(12):
		return lately(r, x.hall(r).places)
	case r.one(6):
		return pick(r, now...)
	}
	return pick(r, fit...)
}

// vote draws an interaction, mostly one of the current session and in a state, or returns nil.
func (x *trial) vote(r *draw, states ...string) *mVote {
	var named, now, fit []*mVote
	for _, h := range x.halls() {
		x.name(h)
		for _, v := range h.votes {
			if v.id == "" { // Chat & Collaboration may be off
				continue
			}
			named = append(named, v)
			if v.session == h.now && v.state != "DELETED" {
				now = append(now, v)
				if slices.Contains(states, v.state) {
					fit = append(fit, v)
				}
			}
		}
	}
	switch {
	case r.one(12):
		return pick(r, named...)
	case r.one(6):
		return pick(r, now...)
	}
	return pick(r, fit...)
}
