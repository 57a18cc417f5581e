package model

import (
	"fmt"
	"slices"
	"time"
)

// The model's commands of those who ask and upvote questions.

// mQuestion is a question.
type mQuestion struct {
	id, text, key        string
	session              *mSession
	by                   *mPlace // nil: a manager who asked without a place
	account              *person
	anonymous, published bool
	state, answer        string
	private              bool
	at                   time.Time
	upvotes              map[any]bool // by voter, as standing.key returns them
	taken                any          // by whom, nil: by nobody
	askerMuted           bool
	askerMutedUntil      time.Time // zero: until the session ends
}

// key is who somebody is in a session: the place they have now, otherwise their account.
func (s standing) key(a *mAsker) any {
	switch {
	case s.own != nil:
		return s.own
	case a.as != nil:
		return a.as
	}
	return nil
}

func (q *mQuestion) asker() any {
	if q.by != nil {
		return q.by
	}
	return q.account
}

func (s standing) answers() bool { return s.uses(backchannel) } // T1
func (q *mQuestion) waits() bool { return q.state == "PENDING" || q.state == "OPEN" }

// public reports whether everyone in the room sees a question (Q2).
func (q *mQuestion) public() bool {
	return q.published && (q.state == "OPEN" || q.state == "ANSWERED")
}

// shows reports whether somebody sees a question of the current session.
func (s standing) shows(a *mAsker, q *mQuestion) bool {
	return s.admits() || s.uses(chat) && (q.public() || s.key(a) == q.asker())
}

// asked returns the questions that somebody asked in the current session.
func (h *mHall) asked(by any) []*mQuestion {
	return slices.DeleteFunc(slices.Clone(h.questions), func(q *mQuestion) bool { return q.session != h.now || q.asker() != by })
}

// asksNothing reports whether muteAsker closed the questions to somebody, and until when.
func (w *world) asksNothing(h *mHall, by any) (paused bool, until time.Time) {
	for _, q := range h.asked(by) {
		switch {
		case !q.askerMuted || !q.askerMutedUntil.IsZero() && !w.now.Before(q.askerMutedUntil):
		case q.askerMutedUntil.IsZero():
			return true, time.Time{}
		case !paused || q.askerMutedUntil.After(until):
			paused, until = true, q.askerMutedUntil
		}
	}
	return paused, until
}

func (w *world) askQuestion(a *mAsker, h *mHall, text, key string, anonymous bool) (*mQuestion, string) {
	s, code := w.gate(a, h, standing.sees)
	switch {
	case code != "":
		return nil, code
	case !s.uses(chat):
		return nil, forbidden
	}
	who := s.key(a)
	open, last := 0, time.Time{}
	for _, q := range h.asked(who) {
		if q.key == key { // T4
			return q, ""
		}
		if q.waits() {
			open++
		}
		last = q.at
	}
	closed, _ := w.asksNothing(h, who)
	switch {
	case h.quiet:
		return nil, "CHAT_AND_COLLABORATION_OFF"
	case h.now.state != "OPEN":
		return nil, "SESSION_NOT_OPEN"
	case h.tools.questions == "OFF":
		return nil, "QUESTIONS_OFF"
	case w.paused(s) || closed:
		return nil, "MUTED"
	case text == "" || anonymous && h.tools.named:
		return nil, "INVALID_VALUE"
	case open >= 3:
		return nil, "QUOTA_EXCEEDED"
	case !last.IsZero() && w.now.Before(last.Add(10*time.Second)):
		return nil, "SLOW_DOWN"
	}
	q := &mQuestion{text: text, key: key, session: h.now, by: s.own, account: a.as, anonymous: anonymous, state: "PENDING", at: w.now, upvotes: map[any]bool{}}
	if h.tools.questions != "MODERATED" {
		q.state, q.published = "OPEN", true
	}
	h.questions = append(h.questions, q)
	h.write(fact{kind: "QuestionsAsked", says: fmt.Sprint(q.published)})
	return q, ""
}

// onQuestion starts each command on a question.
func (w *world) onQuestion(a *mAsker, q *mQuestion) (s standing, code string) {
	h := q.session.hall
	s, code = w.gate(a, h, standing.sees)
	switch {
	case code != "":
		return s, code
	case q.session != h.now || !s.shows(a, q):
		return s, notFound
	case h.quiet:
		return s, "CHAT_AND_COLLABORATION_OFF"
	}
	return s, ""
}

func (w *world) upvoteQuestion(a *mAsker, q *mQuestion, on bool) string {
	h := q.session.hall
	s, code := w.gate(a, h, standing.sees)
	who := s.key(a)
	switch {
	case code != "":
		return code
	case q.session != h.now || !s.shows(a, q):
		return notFound
	case !s.uses(chat) || who == q.asker(): // Q4
		return forbidden
	case h.quiet:
		return "CHAT_AND_COLLABORATION_OFF"
	case h.now.state != "OPEN":
		return "SESSION_NOT_OPEN"
	case q.upvotes[who] == on:
		return ""
	case q.state != "OPEN":
		return "ALREADY_HANDLED"
	}
	if q.upvotes[who] = on; !on {
		delete(q.upvotes, who)
	}
	return ""
}

func (w *world) withdrawQuestion(a *mAsker, q *mQuestion) string {
	s, code := w.onQuestion(a, q)
	switch {
	case code != "":
		return code
	case s.key(a) != q.asker():
		return forbidden
	case q.state == "WITHDRAWN":
		return ""
	case !q.waits():
		return "ALREADY_HANDLED"
	}
	q.becomes("WITHDRAWN", func() { q.taken = nil })
	return ""
}

// becomes changes a question, with its event. Its author gets an event of their own about what others do not see.
func (q *mQuestion) becomes(state string, change func()) {
	h, before, seen := q.session.hall, q.state, q.published
	answered := q.state == "ANSWERED" || state == "ANSWERED"
	q.state = state
	change()
	says := fmt.Sprint(before, " ", state, " ", seen || q.published)
	h.write(fact{kind: "QuestionChanged", question: q, says: says})
	if (before != state || answered) && (!q.public() || q.private) {
		h.write(fact{kind: "OwnQuestionChanged", question: q, says: says})
	}
}

// letGo releases what somebody took (Q5).
func (h *mHall) letGo(by any) {
	for _, q := range h.questions {
		if by != nil && q.taken == by {
			q.becomes(q.state, func() { q.taken = nil })
		}
	}
}
