package model

import (
	"slices"
	"time"
)

// The model's commands of those who write in the chat and the backchannel.

// mMessage is a message.
type mMessage struct {
	id, channel, text, key string
	session                *mSession
	by                     *mPlace // nil: a manager who wrote without a place
	account                *person
	at, edited             time.Time
	revision               int
	hidden, deleted        bool
	answers                *mMessage
}

// mTools are the settings of a room's tools. The zero value is that of a new room (T11).
type mTools struct {
	mode        string // who may write in the chat: "" is EVERYONE
	slow        int    // seconds
	noHands     bool
	noReactions bool
	questions   string // "" is OPEN
	named       bool   // nobody asks without a name
	pinned      map[string]*mMessage
	cleared     map[string]int
}

const (
	chat        = "CHAT"
	backchannel = "BACKCHANNEL"
)

var channels = []string{chat, backchannel}

func (t mTools) writes() string {
	if t.mode == "" {
		return "EVERYONE"
	}
	return t.mode
}

// uses reports whether somebody may read and write in a channel (T1, T2).
func (s standing) uses(channel string) bool {
	return s.manages() || s.inRoom() && (channel == chat || s.own.role != "VIEWER")
}

// reads reports whether somebody may read what was written in a channel at a revision (B2).
func (s standing) reads(channel string, revision int) bool {
	return s.uses(channel) && (channel == chat || s.manages() || revision > s.own.speaks)
}

// next returns the revision of the next event.
func (h *mHall) next() int { return len(h.log) + 1 }

// mine reports whether the asker wrote a message: with the place they have now, otherwise with their account.
func (s standing) mine(a *mAsker, m *mMessage) bool {
	if s.own != nil {
		return m.by == s.own
	}
	return m.by == nil && a.as != nil && m.account == a.as
}

// paused reports whether a pause holds for somebody's writing (T6).
func (w *world) paused(s standing) bool { return s.own != nil && !s.manages() && s.own.paused(w.now) }

func (p *mPlace) paused(at time.Time) bool {
	return p.muted && (p.mutedUntil.IsZero() || at.Before(p.mutedUntil))
}

// mayWrite returns the problem of somebody who must not write in a channel now (C1).
func (w *world) mayWrite(s standing, h *mHall, channel string) string {
	mode := h.tools.writes()
	switch {
	case h.quiet:
		return "CHAT_AND_COLLABORATION_OFF"
	case h.now.state != "OPEN":
		return "SESSION_NOT_OPEN"
	case channel == chat && (mode == "OFF" || mode == "HOSTS" && !s.manages() && s.own.role == "VIEWER"):
		return "CHAT_OFF"
	case w.paused(s):
		return "MUTED"
	}
	return ""
}

// hasty reports whether somebody must wait before they write or edit again: 5 times in any 10 seconds (C7), and slow mode for those who
// do not moderate. Steps are too far apart for the pace of a whole chat (C8).
func (w *world) hasty(a *mAsker, s standing, h *mHall, slow int) bool {
	var times []time.Time
	for _, m := range h.messages {
		if m.session == h.now && s.mine(a, m) {
			times = append(times, m.at, m.edited)
		}
	}
	slices.SortFunc(times, time.Time.Compare)
	recent := 0
	for _, at := range times {
		if w.now.Sub(at) < 10*time.Second {
			recent++
		}
	}
	if recent >= 5 {
		return true
	}
	moderates := s.manages() || s.own.role == "MODERATOR"
	return !moderates && len(times) > 0 && w.now.Before(times[len(times)-1].Add(time.Duration(slow)*time.Second))
}

// wording is the input of sendMessage.
type wording struct {
	channel, text, key string
	answers            *mMessage
	mentions           *mPlace
}

func (w *world) sendMessage(a *mAsker, h *mHall, in wording) (*mMessage, string) {
	s, code := w.gate(a, h, standing.sees)
	switch {
	case code != "":
		return nil, code
	case !s.uses(in.channel):
		return nil, forbidden
	}
	for _, m := range h.messages { // T4
		if m.session == h.now && m.key == in.key && s.mine(a, m) {
			return m, ""
		}
	}
	if code := w.mayWrite(s, h, in.channel); code != "" {
		return nil, code
	}
	if of := in.answers; in.text == "" || of != nil && (of.session != h.now || of.channel != in.channel || of.deleted || !s.reads(of.channel, of.revision)) {
		return nil, "INVALID_VALUE"
	}
	if p := in.mentions; p != nil && (p.session != h.now || p.state != "IN_ROOM" && !h.wrote(p)) { // C5
		return nil, "INVALID_VALUE"
	}
	slow := h.tools.slow
	if in.channel == backchannel { // B1
		slow = 0
	}
	if w.hasty(a, s, h, slow) {
		return nil, "SLOW_DOWN"
	}
	m := &mMessage{channel: in.channel, text: in.text, key: in.key, session: h.now, by: s.own, account: a.as, at: w.now, revision: h.next(), answers: in.answers}
	h.messages = append(h.messages, m)
	h.write(fact{kind: "MessagesPosted", says: in.channel})
	return m, ""
}

// wrote reports whether a place wrote in its session.
func (h *mHall) wrote(p *mPlace) bool {
	return slices.ContainsFunc(h.messages, func(m *mMessage) bool { return m.by == p })
}

// onMessage starts each command on a message.
func (w *world) onMessage(a *mAsker, m *mMessage, may func(standing) bool) (s standing, code string) {
	h := m.session.hall
	s, code = w.gate(a, h, standing.sees)
	switch {
	case code != "":
		return s, code
	case m.session != h.now || !s.reads(m.channel, m.revision):
		return s, notFound
	case h.quiet:
		return s, "CHAT_AND_COLLABORATION_OFF"
	case !may(s):
		return s, forbidden
	}
	return s, ""
}

func (m *mMessage) changed() {
	m.session.hall.write(fact{kind: "MessagesChanged", message: m, says: m.channel})
}

func (w *world) editMessage(a *mAsker, m *mMessage, text string) string {
	h := m.session.hall
	s, code := w.onMessage(a, m, func(s standing) bool { return s.mine(a, m) })
	if code == "" {
		code = w.mayWrite(s, h, m.channel)
	}
	switch {
	case code != "":
		return code
	case text == "":
		return "INVALID_VALUE"
	case m.hidden || m.deleted:
		return "ALREADY_HANDLED"
	case w.now.Sub(m.at) > 15*time.Minute:
		return "TOO_LATE"
	case m.text == text:
		return ""
	case w.hasty(a, s, h, 0):
		return "SLOW_DOWN"
	}
	m.text, m.edited = text, w.now
	m.changed()
	return ""
}

func (w *world) deleteMessage(a *mAsker, m *mMessage) string {
	_, code := w.onMessage(a, m, func(s standing) bool { return s.mine(a, m) })
	if code != "" || m.deleted {
		return code
	}
	m.unpin()
	m.text, m.deleted = "", true
	m.changed()
	return ""
}
