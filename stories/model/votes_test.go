package model

import (
	"maps"
	"slices"
)

// The model's commands of those who run interactions and answer them.

// mVote is an interaction. Those with a time limit are left to other stories: the server's own clock stops them.
type mVote struct {
	id, key string
	session *mSession
	creator any // as standing.key returns it
	ask     mAsked
	state   string
	shared  bool
	options []string // their ids
	answers map[any]*mAnswer
	sealed  []*mAnswer       // the answers to an anonymous one, once it is stopped
	inside  map[*mPlace]bool // who was in the room while it was open
	turnout int
}

// mAsked is what an interaction asks.
type mAsked struct {
	kind, title, share string
	named              bool
	options            int
	most               int // choices of one answer
}

// mAnswer is somebody's answer. It has choices, by position, or a text.
type mAnswer struct {
	id      string
	choices []int
	text    string
	hidden  bool
}

func (v *mVote) written() bool { return v.ask.kind == "TEXT" }

// given returns all answers.
func (v *mVote) given() []*mAnswer {
	return append(slices.Collect(maps.Values(v.answers)), v.sealed...)
}

// counted reports whether somebody sees the results (N7).
func (v *mVote) counted(s standing) bool {
	return v.state != "DRAFT" && (s.admits() || v.shared) && (v.ask.named || len(v.given()) >= 3)
}

// of returns somebody's answer: that of their place, otherwise the one they gave with their account (N5).
func (v *mVote) of(a *mAsker, s standing) (by any, given *mAnswer) {
	for _, by := range []any{s.own, a.as} { // a nil one has no answer
		if v.answers[by] != nil {
			return by, v.answers[by]
		}
	}
	return s.key(a), nil
}

// clean checks what an interaction asks (N1).
func (of mAsked) clean() bool {
	if of.title == "" || of.most < 1 {
		return false
	}
	switch of.kind {
	case "CHOICE", "QUIZ":
		return of.options >= 2 && of.most <= of.options
	case "RATING":
		return of.options >= 2 && of.options <= 10 && of.most == 1
	}
	return of.options == 0 && of.most == 1
}

func (w *world) createInteraction(a *mAsker, h *mHall, ask mAsked, key string) (*mVote, string) {
	s, code := w.gate(a, h, standing.admits)
	if code != "" {
		return nil, code
	}
	if v := h.drafted(s.key(a), key); v != nil { // T4
		return v, ""
	}
	switch {
	case h.quiet:
		return nil, "CHAT_AND_COLLABORATION_OFF"
	case !ask.clean():
		return nil, "INVALID_VALUE"
	}
	return h.draft(s.key(a), ask, key), ""
}

func (h *mHall) drafted(by any, key string) *mVote {
	for _, v := range h.votes {
		if v.session == h.now && v.state != "DELETED" && v.creator == by && v.key == key {
			return v
		}
	}
	return nil
}

func (h *mHall) draft(by any, ask mAsked, key string) *mVote {
	v := &mVote{session: h.now, creator: by, ask: ask, key: key, state: "DRAFT", answers: map[any]*mAnswer{}}
	h.votes = append(h.votes, v)
	h.write(fact{kind: "InteractionChanged", vote: v, says: " DRAFT"})
	return v
}

// onVote starts each command of those who run interactions.
func (w *world) onVote(a *mAsker, v *mVote) (s standing, code string) {
	h := v.session.hall
	s, code = w.gate(a, h, standing.sees)
	switch {
	case code != "":
		return s, code
	case v.session != h.now || v.state == "DELETED" || v.state == "DRAFT" && !s.admits():
		return s, notFound
	case !s.admits():
		return s, forbidden
	case h.quiet:
		return s, "CHAT_AND_COLLABORATION_OFF"
	}
	return s, ""
}

func (w *world) copyInteraction(a *mAsker, v *mVote, key string) (*mVote, string) {
	s, code := w.onVote(a, v)
	if code != "" {
		return nil, code
	}
	if earlier := v.session.hall.drafted(s.key(a), key); earlier != nil {
		return earlier, ""
	}
	return v.session.hall.draft(s.key(a), v.ask, key), ""
}

func (w *world) updateInteraction(a *mAsker, v *mVote, ask mAsked) string {
	_, code := w.onVote(a, v)
	switch {
	case code != "":
		return code
	case v.state != "DRAFT":
		return "ALREADY_HANDLED"
	case !ask.clean():
		return "INVALID_VALUE"
	case v.ask == ask:
		return ""
	}
	v.ask = ask
	v.becomes("DRAFT")
	return ""
}

func (w *world) deleteInteraction(a *mAsker, v *mVote) string {
	_, code := w.onVote(a, v)
	switch {
	case code != "":
		return code
	case v.state != "DRAFT":
		return "ALREADY_HANDLED"
	}
	v.state = "DELETED"
	v.session.hall.write(fact{kind: "InteractionChanged", vote: v, says: "DRAFT "})
	return ""
}

// becomes changes the state, with its event.
func (v *mVote) becomes(state string) {
	v.session.hall.write(fact{kind: "InteractionChanged", vote: v, says: v.state + " " + state})
	v.state = state
}

// running returns the open interaction of a room, or nil (N3).
func (h *mHall) running() *mVote {
	for _, v := range h.votes {
		if v.state == "OPEN" {
			return v
		}
	}
	return nil
}

func (w *world) startInteraction(a *mAsker, v *mVote) string {
	_, code := w.onVote(a, v)
	h := v.session.hall
	switch {
	case code != "" || v.state == "OPEN":
		return code
	case v.state == "STOPPED":
		return "ALREADY_HANDLED"
	case h.now.state != "OPEN":
		return "SESSION_NOT_OPEN"
	case h.running() != nil:
		return "INTERACTION_OPEN"
	}
	v.shared = v.ask.share == "LIVE"
	v.inside = map[*mPlace]bool{}
	for _, p := range h.places {
		if p.session == h.now && p.state == "IN_ROOM" {
			v.inside[p] = true
		}
	}
	v.becomes("OPEN")
	return ""
}

func (w *world) stopInteraction(a *mAsker, v *mVote) string {
	_, code := w.onVote(a, v)
	switch {
	case code != "" || v.state == "STOPPED":
		return code
	case v.state == "DRAFT":
		return "INTERACTION_NOT_OPEN"
	}
	v.stop()
	return ""
}

// stop ends an interaction. It seals an anonymous one (N6), and counts who could have answered (N10).
func (v *mVote) stop() {
	accounts := map[*person]bool{}
	for p := range v.inside {
		v.turnout++
		accounts[p.of] = true
	}
	for by := range v.answers {
		if u, account := by.(*person); account && !accounts[u] {
			v.turnout++
		}
	}
	if !v.ask.named {
		v.sealed, v.answers = v.given(), nil
	}
	v.shared = v.shared || v.ask.share == "AT_STOP"
	v.becomes("STOPPED")
}

// stopRunning stops the open interaction when the session is over, or the tools are turned off (T2, T8).
func (h *mHall) stopRunning() {
	if v := h.running(); v != nil {
		v.stop()
	}
}
