package model

import "time"

// badTimes checks the planned times of a session (E2).
func (w *world) badTimes(starts, ends time.Time) bool {
	return starts.Before(w.now.Add(-5*time.Minute)) || !ends.IsZero() && (!ends.After(starts) || ends.After(starts.Add(24*time.Hour)))
}

func (h *mHall) plan(starts, ends time.Time) *mSession {
	before := h.now
	h.now = &mSession{hall: h, state: "SCHEDULED", starts: starts, ends: ends}
	if before != nil {
		h.copyDrafts(before)
	}
	h.sessions = append(h.sessions, h.now)
	h.write(fact{kind: "SessionScheduled", session: h.now})
	return h.now
}

// there reports whether the place is in a state that the end of access or of the session turns into LEFT (P1, P3).
func (p *mPlace) there() bool {
	return p.state == "COUNTDOWN" || p.state == "LOBBY" || p.state == "WAITING" || p.state == "IN_ROOM"
}

func (w *world) scheduleSession(a *mAsker, h *mHall, starts, ends time.Time) (*mSession, string) {
	if _, code := w.gate(a, h, standing.manages); code != "" {
		return nil, code
	}
	if h.busy(nil) {
		return nil, "SESSION_EXISTS"
	}
	if w.badTimes(starts, ends) {
		return nil, "INVALID_TIME"
	}
	return h.plan(starts, ends), ""
}

// busy reports whether another session is SCHEDULED or OPEN: a room has at most one (S1).
func (h *mHall) busy(beside *mSession) bool {
	for _, s := range h.sessions {
		if s != beside && s.live() {
			return true
		}
	}
	return false
}

// rescheduleSession keeps the length when no end is given, and removes the end when it is null (S2).
func (w *world) rescheduleSession(a *mAsker, s *mSession, starts time.Time, ends *time.Time) string {
	if _, code := w.gate(a, s.hall, standing.manages); code != "" {
		return code
	}
	if s.state != "SCHEDULED" {
		return map[string]string{"OPEN": "SESSION_OPEN", "ENDED": "SESSION_ENDED", "CANCELLED": "SESSION_CANCELLED"}[s.state]
	}
	moved, until := starts.Sub(s.starts), s.ends
	if ends != nil {
		until = *ends
	} else if !until.IsZero() {
		until = until.Add(moved)
	}
	if moved == 0 && until.Equal(s.ends) {
		return ""
	}
	if w.badTimes(starts, until) {
		return "INVALID_TIME"
	}
	s.starts, s.ends, s.moves = starts, until, s.moves+1
	for _, i := range s.hall.invites { // I5
		if i.session == s && !i.expires.IsZero() {
			i.expires = i.expires.Add(moved)
		}
	}
	s.hall.write(fact{kind: "SessionRescheduled", session: s})
	return ""
}

func (w *world) startSession(a *mAsker, s *mSession) string {
	if _, code := w.gate(a, s.hall, standing.manages); code != "" {
		return code
	}
	switch {
	case s.state == "OPEN":
		return ""
	case s.state == "CANCELLED":
		return "SESSION_CANCELLED"
	case s.state == "ENDED" && w.now.After(s.ended.Add(24*time.Hour)):
		return "SESSION_ENDED"
	case s.hall.busy(s):
		return "SESSION_EXISTS"
	}
	s.state, s.hall.now = "OPEN", s
	delete(w.vacant, s)               // S3 counts from now on
	for _, p := range s.hall.places { // P1; who lost what gave the place stays out
		i := p.invite
		if p.session == s && (p.state == "COUNTDOWN" || p.state == "LEFT") && (i == nil || i.redeemed && !i.revoked) {
			p.state = "LOBBY"
		}
	}
	s.hall.write(fact{kind: "SessionStarted", session: s})
	return ""
}

func (w *world) endSession(a *mAsker, s *mSession) string {
	if _, code := w.gate(a, s.hall, standing.manages); code != "" {
		return code
	}
	switch s.state {
	case "SCHEDULED":
		return "SESSION_NOT_OPEN"
	case "CANCELLED":
		return "SESSION_CANCELLED"
	case "OPEN":
		w.end(s)
	}
	return ""
}

func (w *world) cancelSession(a *mAsker, s *mSession) string {
	if _, code := w.gate(a, s.hall, standing.manages); code != "" {
		return code
	}
	switch s.state {
	case "OPEN":
		return "SESSION_OPEN"
	case "ENDED":
		return "SESSION_ENDED"
	case "SCHEDULED":
		w.close(s, "CANCELLED", "SessionCancelled")
	}
	return ""
}

func (w *world) end(s *mSession) { w.close(s, "ENDED", "SessionEnded") }

// close ends a session. Everyone leaves, with one event for all (P1).
func (w *world) close(s *mSession, state, kind string) {
	s.hall.stopRunning()
	s.state, s.ended = state, w.now
	if state == "CANCELLED" {
		s.moves++
	}
	s.dropAll()
	for _, q := range s.hall.questions {
		if q.session == s {
			q.taken = nil
		}
	}
	for _, p := range s.hall.places {
		if p.session == s && p.there() {
			p.state = "LEFT"
		}
	}
	s.hall.write(fact{kind: kind, session: s})
}

// lapse ends and cancels sessions as time passes (S3).
func (w *world) lapse() {
	since := map[*mSession]time.Time{}
	for _, h := range w.halls {
		if h.deleted || h.now == nil {
			continue
		}
		switch s := h.now; s.state {
		case "SCHEDULED":
			last := s.ends
			if last.IsZero() {
				last = s.starts
			}
			if w.now.After(last.Add(24 * time.Hour)) {
				w.close(s, "CANCELLED", "SessionCancelled")
			}
		case "OPEN":
			if s.ends.IsZero() || !w.now.After(s.ends) || h.watched {
				continue
			}
			if since[s] = w.now; !w.vacant[s].IsZero() {
				since[s] = w.vacant[s]
			}
			if w.now.Sub(since[s]) >= time.Hour {
				w.end(s)
			}
		}
	}
	w.vacant = since
}
