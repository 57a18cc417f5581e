package model

import (
	"cmp"
	"time"
)

// The model's commands of those who moderate the chat and the backchannel.

func (w *world) hideMessage(a *mAsker, m *mMessage, hidden bool) string {
	_, code := w.onMessage(a, m, standing.admits)
	if code != "" || m.deleted || m.hidden == hidden {
		return code
	}
	if hidden {
		m.unpin()
	}
	m.hidden = hidden
	m.changed()
	return ""
}

func (w *world) pinMessage(a *mAsker, m *mMessage) string {
	_, code := w.onMessage(a, m, standing.admits)
	switch {
	case code != "":
		return code
	case m.hidden || m.deleted: // C4
		return "ALREADY_HANDLED"
	case m.session.hall.tools.pinned[m.channel] != m:
		m.session.hall.pin(m.channel, m)
	}
	return ""
}

// pin pins a message in a channel, or none.
func (h *mHall) pin(channel string, m *mMessage) {
	if h.tools.pinned == nil {
		h.tools.pinned = map[string]*mMessage{}
	}
	h.tools.pinned[channel] = m
	h.write(fact{kind: "MessagePinned", message: m, says: channel})
}

// unpin unpins a message before it is hidden or deleted (C4).
func (m *mMessage) unpin() {
	if h := m.session.hall; h.tools.pinned[m.channel] == m {
		h.pin(m.channel, nil)
	}
}

// moderate starts each command on the tools of a room.
func (w *world) moderate(a *mAsker, h *mHall) string {
	_, code := w.gate(a, h, standing.admits)
	if code == "" && h.quiet {
		return "CHAT_AND_COLLABORATION_OFF"
	}
	return code
}

func (w *world) unpinMessage(a *mAsker, h *mHall, channel string) string {
	code := w.moderate(a, h)
	if code == "" && h.tools.pinned[channel] != nil {
		h.pin(channel, nil)
	}
	return code
}

func (w *world) clearChannel(a *mAsker, h *mHall, channel string, on bool) string {
	code := w.moderate(a, h)
	to := 0
	if on {
		to = h.next()
	}
	if code != "" || h.tools.cleared[channel] == to {
		return code
	}
	if h.tools.cleared == nil {
		h.tools.cleared = map[string]int{}
	}
	h.tools.cleared[channel] = to
	says := channel
	if !on {
		says += " again"
	}
	h.write(fact{kind: "ChannelCleared", says: says})
	return ""
}

// retooling is the input of updateTools. nil changes nothing.
type retooling struct {
	mode, questions             *string
	slow                        *int
	noHands, noReactions, named *bool
}

func (w *world) updateTools(a *mAsker, h *mHall, to retooling) string {
	code := w.moderate(a, h)
	switch {
	case code != "":
		return code
	case to.slow != nil && *to.slow > 3600:
		return "INVALID_VALUE"
	}
	before := h.tools.writes()
	changed := to.mode != nil && *to.mode != before
	if changed {
		h.tools.mode = *to.mode
	}
	changed = set(&h.tools.slow, to.slow) || changed
	changed = set(&h.tools.noHands, to.noHands) || changed
	changed = set(&h.tools.named, to.named) || changed
	if to.questions != nil && *to.questions != cmp.Or(h.tools.questions, "OPEN") {
		h.tools.questions, changed = *to.questions, true
	}
	if changed = set(&h.tools.noReactions, to.noReactions) || changed; changed {
		h.write(fact{kind: "ToolsChanged"})
	}
	return ""
}

func (w *world) hideMessagesOf(a *mAsker, p *mPlace) string {
	h := p.session.hall
	s, code := w.gate(a, h, standing.sees)
	switch {
	case code != "":
		return code
	case !w.sees(a, s, p):
		return notFound
	case !s.admits():
		return forbidden
	case h.quiet:
		return "CHAT_AND_COLLABORATION_OFF"
	}
	h.hideAll(p)
	return ""
}

// hideAll hides all that a person wrote, with one event. What is pinned is unpinned first (C4).
func (h *mHall) hideAll(p *mPlace) {
	some := false
	for _, channel := range channels {
		if m := h.tools.pinned[channel]; m != nil && m.by == p && !m.hidden && !m.deleted {
			h.pin(channel, nil)
		}
	}
	for _, m := range h.messages {
		if m.by == p && !m.hidden && !m.deleted {
			m.hidden, some = true, true
		}
	}
	if some {
		h.write(fact{kind: "MessagesHidden", place: p})
	}
}

// muteParticipant pauses somebody's writing until a time, or until the session ends if that is zero; muted false ends the pause (T6).
func (w *world) muteParticipant(a *mAsker, p *mPlace, muted bool, until time.Time) string {
	s, code := w.ofPlace(a, p, standing.admits)
	left := until.Sub(w.now)
	switch {
	case code != "":
		return code
	case p.managed():
		return "ALREADY_MANAGER"
	case !s.manages() && p.role == "MODERATOR":
		return forbidden
	case p.session.hall.quiet:
		return "CHAT_AND_COLLABORATION_OFF"
	case muted && !until.IsZero() && (left < time.Minute-time.Second || left > 24*time.Hour+time.Second):
		return "INVALID_TIME"
	case p.paused(w.now) == muted && (!muted || p.mutedUntil.Equal(until)):
		return ""
	}
	p.muted, p.mutedUntil = muted, until
	p.session.hall.write(fact{kind: "ParticipantMuted", place: p, says: pauseText(muted, until)})
	return ""
}
