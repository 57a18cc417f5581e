package model

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	. "usher/sitetest"
)

// words are what people write, and what nobody may write.
var words = []string{"Good morning", "Is there a recording?", "Yes", "Thank you", ""}

// message draws a message of the current session, mostly a recent one, or returns nil.
func (x *trial) message(r *draw) *mMessage {
	h := x.hall(r)
	now := slices.DeleteFunc(slices.Clone(h.messages), func(m *mMessage) bool { return m.session != h.now })
	if len(now) == 0 || r.one(12) {
		return lately(r, h.messages)
	}
	return lately(r, now)
}

// writer draws somebody who may mostly write in a channel.
func (x *trial) writer(r *draw, h *mHall, channel string) *mAsker {
	return x.someone(r, func(a *mAsker) bool { return x.w.good(a) && x.w.stands(a, h).uses(channel) })
}

// host draws somebody who may mostly moderate.
func (x *trial) host(r *draw, h *mHall) *mAsker {
	return x.someone(r, func(a *mAsker) bool { return x.w.good(a) && x.w.stands(a, h).admits() })
}

func (x *trial) sendMessage(r *draw) {
	h, channel := x.hall(r), pick(r, chat, chat, backchannel)
	a := x.writer(r, h, channel)
	in := wording{channel: channel, text: pick(r, words[:len(words)-1]...), key: fmt.Sprintf("%022d", r.IntN(1_000_000_000))}
	if r.one(20) {
		in.text = ""
	}
	if len(h.messages) > 0 && r.one(8) {
		in.key = lately(r, h.messages).key
	}
	with := Object{"roomId": h.id, "channel": channel, "text": in.text, "key": in.key}
	if len(h.messages) > 0 && r.one(4) {
		in.answers = lately(r, h.messages)
		with["replyTo"] = in.answers.id
	}
	if p := x.place(r, "IN_ROOM"); p != nil && r.one(6) {
		in.mentions = p
		with["mentions"] = []string{p.id}
	}
	for range 1 + r.IntN(40)/39*6 { // some write as fast as they can
		m, code := x.w.sendMessage(a, h, in)
		got := x.ask(a, "sendMessage", with, "chatMessage { id }", code)
		if code != "" {
			return
		}
		if m.id == "" {
			m.id = got.Text("chatMessage.id")
		}
		x.same("the message", got.Text("chatMessage.id"), m.id)
		in.key = fmt.Sprintf("%022d", r.IntN(1_000_000_000))
		with["key"] = in.key
	}
}

// onMessage runs a command on a message as somebody who mostly may.
func (x *trial) onMessage(r *draw, name string, may func(a *mAsker, m *mMessage) bool, more Object, do func(a *mAsker, m *mMessage) string) {
	m := x.message(r)
	if m == nil {
		return
	}
	a := x.someone(r, func(a *mAsker) bool { return x.w.good(a) && may(a, m) })
	with, selection := Object{"messageId": m.id}, "chatMessage { state }"
	for field, value := range more {
		with[field] = value
	}
	code := do(a, m)
	if got := x.ask(a, name, with, selection, code); code == "" {
		x.same("the message", got.Text("chatMessage.state"), m.state())
	}
}

func (x *trial) author(a *mAsker, m *mMessage) bool {
	return x.w.stands(a, m.session.hall).mine(a, m)
}

func (x *trial) moderator(a *mAsker, m *mMessage) bool {
	return x.w.stands(a, m.session.hall).admits()
}

func (x *trial) editMessage(r *draw) {
	text := pick(r, words...)
	x.onMessage(r, "editMessage", x.author, Object{"text": text}, func(a *mAsker, m *mMessage) string { return x.w.editMessage(a, m, text) })
}

func (x *trial) deleteMessage(r *draw) {
	x.onMessage(r, "deleteMessage", x.author, nil, x.w.deleteMessage)
}

func (x *trial) hideMessage(r *draw) {
	x.onMessage(r, "hideMessage", x.moderator, nil, func(a *mAsker, m *mMessage) string { return x.w.hideMessage(a, m, true) })
}

func (x *trial) restoreMessage(r *draw) {
	x.onMessage(r, "restoreMessage", x.moderator, nil, func(a *mAsker, m *mMessage) string { return x.w.hideMessage(a, m, false) })
}

func (x *trial) pinMessage(r *draw) { x.onMessage(r, "pinMessage", x.moderator, nil, x.w.pinMessage) }

func (x *trial) unpinMessage(r *draw) {
	h, channel := x.hall(r), pick(r, channels...)
	a := x.host(r, h)
	x.ask(a, "unpinMessage", Object{"roomId": h.id, "channel": channel}, "", x.w.unpinMessage(a, h, channel))
}

func (x *trial) clearChannel(r *draw) {
	h, channel, on := x.hall(r), pick(r, channels...), !r.one(3)
	a := x.host(r, h)
	x.ask(a, "clearChannel", Object{"roomId": h.id, "channel": channel, "on": on}, "", x.w.clearChannel(a, h, channel, on))
}

func (x *trial) updateTools(r *draw) {
	h := x.hall(r)
	a := x.host(r, h)
	with := Object{"roomId": h.id}
	var to retooling
	if r.one(2) {
		mode := pick(r, "EVERYONE", "EVERYONE", "HOSTS", "OFF")
		with["chat"], to.mode = mode, &mode
	}
	if r.one(2) {
		slow := pick(r, 0, 0, 5, 30, 3601)
		with["slowModeSeconds"], to.slow = slow, &slow
	}
	if r.one(3) {
		off := r.one(3)
		with["hands"], to.noHands = !off, &off
	}
	if r.one(3) {
		questions := pick(r, "OPEN", "MODERATED", "MODERATED", "OFF")
		with["questions"], to.questions = questions, &questions
	}
	if r.one(4) {
		named := r.one(3)
		with["anonymousQuestions"], to.named = !named, &named
	}
	if r.one(3) {
		off := r.one(3)
		with["reactions"], to.noReactions = !off, &off
	}
	x.ask(a, "updateTools", with, "", x.w.updateTools(a, h, to))
}

func (x *trial) hideMessagesOf(r *draw) {
	p := x.place(r, "IN_ROOM", "LEFT")
	if p == nil {
		return
	}
	a := x.host(r, p.session.hall)
	x.ask(a, "hideMessagesOf", Object{"participantId": p.id}, "", x.w.hideMessagesOf(a, p))
}

func (x *trial) muteParticipant(r *draw) {
	p, until, more := x.place(r, "IN_ROOM"), time.Time{}, Object{}
	if r.one(2) {
		until = x.w.now.Add(pick(r, 2*time.Minute, 10*time.Minute, time.Second, 25*time.Hour)).Truncate(time.Second)
		more["until"] = Stamp(until)
	}
	x.onPlace(r, "muteParticipant", p, more, func(a *mAsker) string { return x.w.muteParticipant(a, p, true, until) })
}

func (x *trial) unmuteParticipant(r *draw) {
	p := x.place(r, "IN_ROOM")
	x.onPlace(r, "unmuteParticipant", p, nil, func(a *mAsker) string { return x.w.muteParticipant(a, p, false, time.Time{}) })
}

const messagesDocument = `query($id: ID!) { room(id: $id) {
	chat: messages(first: 30) { nodes { id state text editedAt hiddenBy replyTo { id } } }
	back: messages(channel: BACKCHANNEL, first: 30) { nodes { id state text editedAt hiddenBy replyTo { id } } } } }`

// readMessages compares what somebody reads of the channels with what they may read.
func (x *trial) readMessages(r *draw) {
	h := x.hall(r)
	a := x.writer(r, h, chat)
	if h.deleted || !x.w.good(a) {
		return
	}
	s := x.w.stands(a, h)
	x.note(a.name + " reads the messages of " + h.id)
	room := a.MustAsk(messagesDocument, Object{"id": h.id}).In("room")
	if !x.w.somebody(a) || !s.sees() {
		x.same("a room that one may not see", room == nil, true)
		return
	}
	for field, channel := range map[string]string{"chat": chat, "back": backchannel} {
		var got []string
		if room[field] != nil {
			for _, m := range room.List(field + ".nodes") {
				got = append(got, fmt.Sprint(m["id"], " ", m["state"], " ", m["text"], " ", m["editedAt"], " ", m["hiddenBy"] != nil, " ", m.Text("replyTo.id")))
			}
		}
		x.same("the messages that "+a.name+" reads", append(got, strconv.FormatBool(room[field] != nil)), x.messages(s, h, channel))
	}
}

// messages returns the same lines from the model, newest first.
func (x *trial) messages(s standing, h *mHall, channel string) (all []string) {
	reads := s.uses(channel) && !h.quiet
	for _, m := range slices.Backward(h.messages) {
		if !reads || len(all) == 30 {
			break
		}
		if m.session != h.now || m.channel != channel || m.revision <= h.tools.cleared[channel] || !s.reads(channel, m.revision) {
			continue
		}
		text, answered := any(nil), ""
		if m.state() == "SHOWN" || m.state() == "HIDDEN" && s.admits() { // C3
			text = m.text
		}
		if m.answers != nil {
			answered = m.answers.id
		}
		all = append(all, fmt.Sprint(m.id, " ", m.state(), " ", text, " ", instant(m.edited), " ", m.state() == "HIDDEN" && s.admits(), " ", answered))
	}
	return append(all, strconv.FormatBool(reads))
}

func (m *mMessage) state() string {
	switch {
	case m.deleted:
		return "DELETED"
	case m.hidden:
		return "HIDDEN"
	}
	return "SHOWN"
}

func (h *mHall) pinnedID(channel string) string {
	if m := h.tools.pinned[channel]; m != nil && m.session == h.now { // T8
		return m.id
	}
	return ""
}

// pausedUntil returns when a pause ends, nil for the end of the session.
func (p *mPlace) pausedUntil(at time.Time) any {
	if !p.paused(at) {
		return nil
	}
	return instant(p.mutedUntil)
}

func pauseText(muted bool, until time.Time) string { return fmt.Sprint(muted, " ", instant(until)) }

func timeOf(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}
