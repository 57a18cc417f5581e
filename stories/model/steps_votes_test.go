package model

import (
	"fmt"
	"maps"
	"slices"

	. "usher/sitetest"
)

// Random steps of interactions, and what people read of them.

// asked draws what an interaction asks, mostly something valid, and returns it as the API takes it.
func asked(r *draw) (mAsked, Object) {
	of := mAsked{
		kind: pick(r, "CHOICE", "CHOICE", "QUIZ", "TEXT", "TEXT", "RATING"), title: pick(r, "Which day?", "What helps?", "How was it?"),
		share: pick(r, "WHEN_ASKED", "AT_STOP", "LIVE"), named: r.one(2), most: 1,
	}
	if r.one(15) {
		of.title = ""
	}
	in := Object{"kind": of.kind, "title": of.title, "named": of.named, "share": of.share}
	switch of.kind {
	case "CHOICE", "QUIZ":
		of.options, of.most = 1+r.IntN(4), 1+r.IntN(2)
		options := []Object{}
		for n := range of.options {
			options = append(options, Object{"text": fmt.Sprint("Option ", n), "correct": of.kind == "QUIZ" && n == 0})
		}
		in["options"], in["maxChoices"] = options, of.most
	case "RATING":
		of.options = 1 + r.IntN(11)
		in["ratingSteps"], in["lowest"], in["highest"] = of.options, "Bad", "Good"
	}
	return of, in
}

const voteFields = "interaction { id state options { id } myAnswer { id } }"

// learn takes over from an answer what the program made up.
func (v *mVote) learn(got Object) {
	v.id, v.options = got.Text("interaction.id"), got.Texts("interaction.options", "id")
}

func (x *trial) createInteraction(r *draw) {
	h := x.hall(r)
	a := x.host(r, h)
	ask, in := asked(r)
	key := x.voteKey(r, h)
	v, code := x.w.createInteraction(a, h, ask, key)
	if got := x.ask(a, "createInteraction", Object{"roomId": h.id, "key": key, "interaction": in}, voteFields, code); code == "" {
		v.learn(got)
	}
}

// voteKey draws a key, sometimes one that was used.
func (x *trial) voteKey(r *draw, h *mHall) string {
	if len(h.votes) > 0 && r.one(8) {
		if key := lately(r, h.votes).key; key != "" {
			return key
		}
	}
	return fmt.Sprintf("%022d", r.IntN(1_000_000_000))
}

// name asks for the ids of the drafts that a new session got from the one before.
func (x *trial) name(h *mHall) {
	nameless := slices.DeleteFunc(slices.Clone(h.votes), func(v *mVote) bool { return v.session != h.now || v.state == "DELETED" })
	if h.deleted || h.quiet || !slices.ContainsFunc(nameless, func(v *mVote) bool { return v.id == "" }) {
		return
	}
	rows := x.reader.MustAsk(`query($id: ID!) { room(id: $id) { interactions(first: 100) { nodes { id options { id } } } } }`, Object{"id": h.id}).
		List("room.interactions.nodes")
	x.same("the number of interactions of a new session", len(rows), len(nameless))
	for n, v := range nameless {
		row := rows[len(rows)-1-n] // the newest is first
		v.id, v.options = row.Text("id"), row.Texts("options", "id")
	}
}

// onVote runs a command on an interaction as somebody who mostly may.
func (x *trial) onVote(r *draw, name string, v *mVote, more Object, do func(a *mAsker, v *mVote) string) {
	if v == nil {
		return
	}
	a := x.host(r, v.session.hall)
	with := Object{"interactionId": v.id}
	maps.Copy(with, more)
	code := do(a, v)
	if got := x.ask(a, name, with, voteFields, code); code == "" && v.state != "DELETED" {
		v.learn(got)
		x.same("the interaction", got.Text("interaction.state"), v.state)
	}
}

func (x *trial) updateInteraction(r *draw) {
	ask, in := asked(r)
	x.onVote(r, "updateInteraction", x.vote(r, "DRAFT"), Object{"interaction": in}, func(a *mAsker, v *mVote) string {
		return x.w.updateInteraction(a, v, ask)
	})
}

func (x *trial) copyInteraction(r *draw) {
	v := x.vote(r, "STOPPED", "DRAFT")
	if v == nil {
		return
	}
	a, key := x.host(r, v.session.hall), x.voteKey(r, v.session.hall)
	drafted, code := x.w.copyInteraction(a, v, key)
	if got := x.ask(a, "copyInteraction", Object{"interactionId": v.id, "key": key}, voteFields, code); code == "" {
		drafted.learn(got)
	}
}

func (x *trial) deleteInteraction(r *draw) {
	x.onVote(r, "deleteInteraction", x.vote(r, "DRAFT"), nil, x.w.deleteInteraction)
}

func (x *trial) startInteraction(r *draw) {
	x.onVote(r, "startInteraction", x.vote(r, "DRAFT"), nil, x.w.startInteraction)
}

func (x *trial) stopInteraction(r *draw) {
	x.onVote(r, "stopInteraction", x.vote(r, "OPEN"), nil, x.w.stopInteraction)
}

func (x *trial) shareResults(r *draw) {
	x.onVote(r, "shareResults", x.vote(r, "OPEN", "STOPPED"), nil, x.w.shareResults)
}

func (x *trial) answerInteraction(r *draw) {
	v := x.vote(r, "OPEN")
	if v == nil || v.state != "OPEN" && !r.one(4) {
		return
	}
	next, valid, with := mAnswer{}, true, Object{"interactionId": v.id}
	switch {
	case r.one(12): // takes it back
	case v.written():
		next.text = pick(r, "More time", "Less noise", "Lunch")
		with["texts"] = []string{next.text}
	default:
		ids := []string{}
		for _, n := range r.Perm(len(v.options))[:min(1+r.IntN(2), len(v.options))] {
			ids, next.choices = append(ids, v.options[n]), append(next.choices, n)
		}
		with["choices"] = ids
		valid = len(ids) <= v.ask.most
	}
	if r.one(20) {
		with["choices"], valid = []string{"o_nonsense"}, false
	}
	for range 1 + r.IntN(4) { // several answer
		a := x.writer(r, v.session.hall, chat)
		given, code := x.w.answerInteraction(a, v, next, valid)
		got := x.ask(a, "answerInteraction", with, voteFields, code)
		if code == "" && given != nil {
			given.id = got.Text("interaction.myAnswer.id")
		}
		if !x.w.good(a) {
			return
		}
	}
}

func (x *trial) hideAnswer(r *draw) {
	v := x.vote(r, "STOPPED", "OPEN")
	if v == nil || len(v.given()) == 0 {
		return
	}
	answers, on := v.given(), !r.one(3)
	slices.SortFunc(answers, func(a, b *mAnswer) int { return slices.Compare([]rune(a.id), []rune(b.id)) })
	answer, a := answers[0], x.host(r, v.session.hall)
	x.ask(a, "hideAnswer", Object{"answerId": answer.id, "on": on}, "", x.w.hideAnswer(a, v, answer, on))
}

const votesDocument = `query($id: ID!) { room(id: $id) { interaction { id } interactions(first: 20) { nodes {
	id kind title state resultsShared answers turnout sealed options { correct answers } myAnswer { choices texts hidden author { name } }
	allAnswers(first: 50) { totalCount } } } } }`

// readVotes compares what somebody reads of interactions with what they may read (N2, N6 to N10).
func (x *trial) readVotes(r *draw) {
	h := x.hall(r)
	a := x.writer(r, h, chat)
	if h.deleted || !x.w.good(a) {
		return
	}
	x.name(h)
	s := x.w.stands(a, h)
	x.note(a.name + " reads the interactions of " + h.id)
	room := a.MustAsk(votesDocument, Object{"id": h.id}).In("room")
	if !x.w.somebody(a) || !s.sees() {
		x.same("a room that one may not see", room == nil, true)
		return
	}
	got := []string{fmt.Sprint(room["interactions"] != nil)}
	var shown []Object
	if room["interactions"] != nil {
		shown = room.List("interactions.nodes")
	}
	for _, v := range shown {
		line := fmt.Sprint(v["id"], v["kind"], v["title"], v["state"], v["resultsShared"], v.Int("answers"), v["turnout"], v["sealed"])
		for _, o := range v.List("options") {
			line += fmt.Sprint(" ", o["correct"], o["answers"])
		}
		if mine := v.In("myAnswer"); mine != nil {
			line += fmt.Sprint(" mine ", len(mine["choices"].([]any)), mine["texts"], mine["hidden"], mine["author"] != nil)
		}
		got = append(got, line+fmt.Sprint(" all ", v.In("allAnswers")["totalCount"]))
	}
	x.same("the interactions that "+a.name+" reads", got, x.votes(a, s, h))
	running := any(nil)
	if v := h.running(); v != nil && s.uses(chat) && !h.quiet {
		running = map[string]any{"id": v.id}
	}
	x.same("the open interaction of "+h.id, room["interaction"], running)
}

// votes returns the same lines from the model, newest first.
func (x *trial) votes(a *mAsker, s standing, h *mHall) []string {
	if !s.uses(chat) || h.quiet {
		return []string{"false"}
	}
	all := []string{"true"}
	for _, v := range slices.Backward(h.votes) {
		if v.session != h.now || v.state == "DELETED" || v.state == "DRAFT" && !s.admits() || len(all) > 20 {
			continue
		}
		stopped, turnout := v.state == "STOPPED", any(nil)
		if stopped {
			turnout = float64(v.turnout)
		}
		line := fmt.Sprint(v.id, v.ask.kind, v.ask.title, v.state, v.shared, len(v.given()), turnout, stopped && !v.ask.named)
		for n := range v.ask.options {
			correct, chosen := any(nil), any(nil)
			if v.ask.kind == "QUIZ" && (s.admits() || stopped && v.shared && v.counted(s)) { // N8
				correct = n == 0
			}
			if v.counted(s) {
				chosen = float64(v.chosen(n))
			}
			line += fmt.Sprint(" ", correct, chosen)
		}
		if _, mine := v.of(a, s); mine != nil {
			line += fmt.Sprint(" mine ", len(mine.choices), texts(mine), mine.hidden, v.ask.named)
		}
		all = append(all, line+fmt.Sprint(" all ", v.listed(s)))
	}
	return all
}

// texts returns the texts of an answer, as an answer of the API has them.
func texts(a *mAnswer) []any {
	if a.text == "" {
		return []any{}
	}
	return []any{a.text}
}

// chosen counts who chose an option.
func (v *mVote) chosen(option int) (n int) {
	for _, a := range v.given() {
		if slices.Contains(a.choices, option) {
			n++
		}
	}
	return n
}

// listed returns how many answers somebody may list, nil for those who may list nothing (N6, N9).
func (v *mVote) listed(s standing) any {
	switch {
	case !v.counted(s) || s.admits() && !v.ask.named && !v.written() || !s.admits() && !v.written():
		return nil
	case s.admits():
		return float64(len(v.given()))
	}
	return float64(len(slices.DeleteFunc(v.given(), func(a *mAnswer) bool { return a.hidden })))
}
