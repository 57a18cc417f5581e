package model

import (
	"fmt"
	"time"
)

// The model's commands of those who publish, take and answer questions.

// moderated starts each command on a question of those who moderate.
func (w *world) moderated(a *mAsker, q *mQuestion) string {
	s, code := w.onQuestion(a, q)
	if code == "" && !s.admits() {
		return forbidden
	}
	return code
}

func (w *world) publishQuestion(a *mAsker, q *mQuestion) string {
	switch code := w.moderated(a, q); {
	case code != "" || q.public():
		return code
	case q.state != "PENDING": // Q7
		return "ALREADY_HANDLED"
	}
	q.becomes("OPEN", func() { q.published = true })
	return ""
}

func (w *world) dismissQuestion(a *mAsker, q *mQuestion) string {
	switch code := w.moderated(a, q); {
	case code != "" || q.state == "DISMISSED":
		return code
	case q.state == "WITHDRAWN":
		return "ALREADY_HANDLED"
	}
	q.becomes("DISMISSED", func() { q.taken = nil })
	return ""
}

func (w *world) reopenQuestion(a *mAsker, q *mQuestion) string {
	switch code := w.moderated(a, q); {
	case code != "" || q.waits():
		return code
	case q.state == "WITHDRAWN":
		return "ALREADY_HANDLED"
	}
	to := "PENDING"
	if q.published {
		to = "OPEN"
	}
	q.becomes(to, func() { q.answer, q.private = "", false })
	return ""
}

// answering starts taking and answering a question (Q5, Q6).
func (w *world) answering(a *mAsker, q *mQuestion) (s standing, code string) {
	s, code = w.onQuestion(a, q)
	switch {
	case code != "":
		return s, code
	case !s.answers() || !q.published && !s.admits():
		return s, forbidden
	case q.session.state != "OPEN":
		return s, "SESSION_NOT_OPEN"
	}
	return s, ""
}

func (w *world) takeQuestion(a *mAsker, q *mQuestion) string {
	s, code := w.answering(a, q)
	me := s.key(a)
	switch {
	case code != "" || q.taken == me:
		return code
	case q.taken != nil || !q.waits():
		return "ALREADY_HANDLED"
	}
	q.session.hall.letGo(me)
	q.becomes(q.state, func() { q.taken = me })
	return ""
}

func (w *world) releaseQuestion(a *mAsker, q *mQuestion) string {
	s, code := w.onQuestion(a, q)
	switch {
	case code != "":
		return code
	case !s.answers() || q.taken != nil && q.taken != s.key(a) && !s.admits():
		return forbidden
	case q.taken != nil:
		q.becomes(q.state, func() { q.taken = nil })
	}
	return ""
}

// answerQuestion answers live without a text, or in writing.
func (w *world) answerQuestion(a *mAsker, q *mQuestion, text *string, private bool) string {
	s, code := w.answering(a, q)
	written := ""
	if text != nil {
		written = *text
	}
	switch {
	case code != "":
		return code
	case w.paused(s):
		return "MUTED"
	case written == "" && (text != nil || private):
		return "INVALID_VALUE"
	case q.state == "DISMISSED" || q.state == "WITHDRAWN":
		return "ALREADY_HANDLED"
	case q.state == "ANSWERED" && q.answer == written && q.private == private:
		return ""
	}
	q.becomes("ANSWERED", func() {
		q.answer, q.private, q.taken = written, private, nil
		q.published = q.published || !private
	})
	return ""
}

// muteAsker closes the questions to who asked one, whoever that is (Q3).
func (w *world) muteAsker(a *mAsker, q *mQuestion, on bool, until time.Time) string {
	s, code := w.onQuestion(a, q)
	left := until.Sub(w.now)
	switch {
	case code != "":
		return code
	case !s.admits() || s.key(a) == q.asker():
		return forbidden
	case on && !until.IsZero() && (left < time.Minute-time.Second || left > 24*time.Hour+time.Second):
		return "INVALID_TIME"
	case q.askerMuted == on && q.askerMutedUntil.Equal(until):
		return ""
	}
	q.askerMuted, q.askerMutedUntil = on, until
	h := q.session.hall
	h.write(fact{kind: "QuestionChanged", question: q, says: fmt.Sprint(q.state, " ", q.state, " false")})
	h.write(fact{kind: "AskerMuted", question: q, says: pauseText(on, until)})
	return ""
}

// dismissAll dismisses what somebody asked with their name, as they are blocked (T7).
func (h *mHall) dismissAll(p *mPlace) {
	for _, q := range h.questions {
		if q.by == p && !q.anonymous && q.waits() {
			q.becomes("DISMISSED", func() { q.taken = nil })
		}
	}
}
