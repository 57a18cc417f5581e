package model

import (
	"fmt"
	"slices"
	"time"

	. "usher/sitetest"
)

// Random steps of questions, and what people read of them.

func (x *trial) askQuestion(r *draw) {
	h := x.hall(r)
	a := x.writer(r, h, chat)
	text, key, anonymous := pick(r, "Why?", "When is the next session?", "Who pays?"), fmt.Sprintf("%022d", r.IntN(1_000_000_000)), r.one(3)
	if r.one(20) {
		text = ""
	}
	if len(h.questions) > 0 && r.one(10) {
		key = lately(r, h.questions).key
	}
	for range 1 + r.IntN(20)/19 { // some ask at once again
		q, code := x.w.askQuestion(a, h, text, key, anonymous)
		got := x.ask(a, "askQuestion", Object{"roomId": h.id, "text": text, "key": key, "anonymous": anonymous}, "question { id }", code)
		if code != "" {
			return
		}
		if q.id == "" {
			q.id = got.Text("question.id")
		}
		x.same("the question", got.Text("question.id"), q.id)
		key = fmt.Sprintf("%022d", r.IntN(1_000_000_000))
	}
}

// question draws a question, mostly one of the current session and in a state, or returns nil.
func (x *trial) question(r *draw, states ...string) *mQuestion {
	h := x.hall(r)
	now := slices.DeleteFunc(slices.Clone(h.questions), func(q *mQuestion) bool { return q.session != h.now })
	fit := slices.DeleteFunc(slices.Clone(now), func(q *mQuestion) bool { return !slices.Contains(states, q.state) })
	switch {
	case len(now) == 0 || r.one(12):
		return lately(r, h.questions)
	case len(fit) == 0 || r.one(5):
		return lately(r, now)
	}
	return lately(r, fit)
}

// onQuestion runs a command on a question as somebody who mostly may.
func (x *trial) onQuestion(r *draw, name string, q *mQuestion, may func(a *mAsker, s standing) bool, more Object, do func(a *mAsker, q *mQuestion) string) {
	if q == nil {
		return
	}
	a := x.someone(r, func(a *mAsker) bool { return x.w.good(a) && may(a, x.w.stands(a, q.session.hall)) })
	with := Object{"questionId": q.id}
	for field, value := range more {
		with[field] = value
	}
	code := do(a, q)
	if got := x.ask(a, name, with, "question { state }", code); code == "" {
		x.same("the question", got.Text("question.state"), q.state)
	}
}

func hosts(_ *mAsker, s standing) bool  { return s.admits() }
func speaks(_ *mAsker, s standing) bool { return s.answers() }

func (x *trial) upvoteQuestion(r *draw) {
	on := !r.one(4)
	q := x.question(r, "OPEN")
	x.onQuestion(r, "upvoteQuestion", q, func(a *mAsker, s standing) bool { return s.uses(chat) && s.key(a) != q.asker() }, Object{"on": on},
		func(a *mAsker, q *mQuestion) string { return x.w.upvoteQuestion(a, q, on) })
}

func (x *trial) withdrawQuestion(r *draw) {
	q := x.question(r, "PENDING", "OPEN")
	x.onQuestion(r, "withdrawQuestion", q, func(a *mAsker, s standing) bool { return s.key(a) == q.asker() }, nil, x.w.withdrawQuestion)
}

func (x *trial) publishQuestion(r *draw) {
	x.onQuestion(r, "publishQuestion", x.question(r, "PENDING"), hosts, nil, x.w.publishQuestion)
}

func (x *trial) dismissQuestion(r *draw) {
	x.onQuestion(r, "dismissQuestion", x.question(r, "PENDING", "OPEN", "ANSWERED"), hosts, nil, x.w.dismissQuestion)
}

func (x *trial) reopenQuestion(r *draw) {
	x.onQuestion(r, "reopenQuestion", x.question(r, "ANSWERED", "DISMISSED"), hosts, nil, x.w.reopenQuestion)
}

func (x *trial) takeQuestion(r *draw) {
	x.onQuestion(r, "takeQuestion", x.question(r, "OPEN", "PENDING"), speaks, nil, x.w.takeQuestion)
}

func (x *trial) releaseQuestion(r *draw) {
	x.onQuestion(r, "releaseQuestion", x.question(r, "OPEN"), speaks, nil, x.w.releaseQuestion)
}

func (x *trial) answerQuestion(r *draw) {
	text, private, more := (*string)(nil), r.one(3), Object{}
	if private || r.one(2) {
		written := pick(r, "Yes.", "No.", "Tomorrow.", "")
		text, more["text"] = &written, written
	}
	q := x.question(r, "OPEN", "PENDING", "ANSWERED")
	more["private"] = private
	x.onQuestion(r, "answerQuestion", q, speaks, more, func(a *mAsker, q *mQuestion) string { return x.w.answerQuestion(a, q, text, private) })
}

func (x *trial) muteAsker(r *draw) {
	on, until, more := !r.one(3), time.Time{}, Object{}
	if more["on"] = on; on && r.one(2) {
		until = x.w.now.Add(pick(r, 2*time.Minute, 10*time.Minute, time.Second, 25*time.Hour)).Truncate(time.Second)
		more["until"] = Stamp(until)
	}
	q := x.question(r, "OPEN", "ANSWERED")
	x.onQuestion(r, "muteAsker", q, hosts, more, func(a *mAsker, q *mQuestion) string { return x.w.muteAsker(a, q, on, until) })
}

const questionsDocument = `query($id: ID!) { room(id: $id) { askingPause { until }
	questions(first: 20, order: NEWEST) { nodes { id state text anonymous author { name } takenBy { name } upvotes answer privateAnswer askerMuted mine upvoted } }
	questionCounts { asked open answered dismissed pending } } }`

// readQuestions compares what somebody reads of questions with what they may read (Q2, Q3, Q6).
func (x *trial) readQuestions(r *draw) {
	h := x.hall(r)
	a := x.writer(r, h, chat)
	if h.deleted || !x.w.good(a) {
		return
	}
	s := x.w.stands(a, h)
	x.note(a.name + " reads the questions of " + h.id)
	room := a.MustAsk(questionsDocument, Object{"id": h.id}).In("room")
	if !x.w.somebody(a) || !s.sees() {
		x.same("a room that one may not see", room == nil, true)
		return
	}
	got := []string{fmt.Sprint(room["questions"] != nil)}
	if room["questions"] != nil {
		for _, q := range room.List("questions.nodes") {
			got = append(got, fmt.Sprint(q["id"], q["state"], q["text"], q["anonymous"], q["author"] != nil, q["takenBy"] != nil, q.Int("upvotes"),
				q["answer"], q["privateAnswer"], q["askerMuted"], q["mine"], q["upvoted"]))
		}
		counts := room.In("questionCounts")
		got = append(got, fmt.Sprint(counts.Int("asked"), counts.Int("open"), counts.Int("answered"), counts.Int("dismissed"), counts["pending"]))
	}
	x.same("the questions that "+a.name+" reads", got, x.questions(a, s, h))
	reads := s.uses(chat) && !h.quiet
	closed, until := x.w.asksNothing(h, s.key(a))
	want := any(nil)
	if closed && reads {
		want = map[string]any{"until": instant(until)}
	}
	x.same("the pause of "+a.name, room["askingPause"], want)
}

// questions returns the same lines from the model, newest first.
func (x *trial) questions(a *mAsker, s standing, h *mHall) []string {
	if !s.uses(chat) || h.quiet {
		return []string{"false"}
	}
	all, counts, n := []string{"true"}, map[string]int{}, 0
	for _, q := range slices.Backward(h.questions) {
		if q.session != h.now {
			continue
		}
		counts[q.state]++
		n++
		if len(all) > 20 || !s.shows(a, q) {
			continue
		}
		mine, answer, private, muted := s.key(a) == q.asker(), any(nil), any(nil), any(nil)
		switch {
		case q.state != "ANSWERED" || q.answer == "": // Q7
		case !q.private:
			answer = q.answer
		case mine || s.admits():
			private = q.answer
		}
		if s.admits() {
			muted = q.askerMuted
		}
		all = append(all, fmt.Sprint(q.id, q.state, q.text, q.anonymous, !q.anonymous, q.taken != nil, len(q.upvotes), answer, private, muted, mine, q.upvotes[s.key(a)]))
	}
	pending := any(nil)
	if s.admits() {
		pending = float64(counts["PENDING"])
	}
	return append(all, fmt.Sprint(n, counts["OPEN"], counts["ANSWERED"], counts["DISMISSED"], pending))
}
