package model

import "slices"

// How results are shown, and how people answer.

func (w *world) shareResults(a *mAsker, v *mVote) string {
	_, code := w.onVote(a, v)
	switch {
	case code != "":
		return code
	case v.state == "DRAFT":
		return "INTERACTION_NOT_OPEN"
	case v.shared:
		return ""
	}
	v.shared = true
	v.session.hall.write(fact{kind: "ResultsShared", vote: v})
	return ""
}

func (w *world) hideAnswer(a *mAsker, v *mVote, answer *mAnswer, on bool) string {
	_, code := w.onVote(a, v)
	switch {
	case code != "":
		return code
	case !v.written():
		return "INVALID_VALUE"
	case answer.hidden == on:
		return ""
	}
	answer.hidden = on
	v.session.hall.write(fact{kind: "AnswerHidden", vote: v, says: map[bool]string{false: "again"}[on]})
	return ""
}

// answerInteraction gives, replaces or takes back an answer (N5). valid says whether it fits what is asked.
func (w *world) answerInteraction(a *mAsker, v *mVote, next mAnswer, valid bool) (*mAnswer, string) {
	h := v.session.hall
	s, code := w.gate(a, h, standing.sees)
	switch {
	case code != "":
		return nil, code
	case v.session != h.now || v.state == "DELETED":
		return nil, notFound
	case !s.uses(chat):
		return nil, forbidden
	case v.state == "DRAFT" && !s.admits():
		return nil, notFound
	case h.quiet:
		return nil, "CHAT_AND_COLLABORATION_OFF"
	case v.state != "OPEN":
		return nil, "INTERACTION_NOT_OPEN"
	case !valid:
		return nil, "INVALID_VALUE"
	case next.text != "" && w.paused(s):
		return nil, "MUTED"
	}
	by, before := v.of(a, s)
	switch {
	case next.text == "" && len(next.choices) == 0:
		delete(v.answers, by)
		return nil, ""
	case before != nil:
		before.choices, before.text = next.choices, next.text
		return before, ""
	}
	v.answers[by] = &next
	return &next, ""
}

// copyDrafts gives a new session the drafts of the one before (T8).
func (h *mHall) copyDrafts(before *mSession) {
	for _, v := range slices.Clone(h.votes) {
		if v.session == before && v.state == "DRAFT" {
			h.votes = append(h.votes, &mVote{session: h.now, ask: v.ask, state: "DRAFT", answers: map[any]*mAnswer{}})
		}
	}
}
