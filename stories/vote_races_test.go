package stories

import (
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"usher/ent/answer"
	"usher/ent/choice"
	. "usher/sitetest"
)

// tallied returns the stored counters of an interaction: of its answers, and of each option.
func (v *voting) tallied(of Object) (answers int, each []int) {
	v.H.T.Helper()
	row, err := v.H.Parts.Database.Read.Interaction.Get(v.H.T.Context(), of.Text("id"))
	if err != nil {
		v.H.T.Fatal(err)
	}
	options, err := v.H.Parts.Database.Read.Choice.Query().Where(choice.InteractionID(row.ID)).Order(choice.ByNth()).All(v.H.T.Context())
	if err != nil {
		v.H.T.Fatal(err)
	}
	for _, o := range options {
		each = append(each, o.Answers)
	}
	return row.Answers, each
}

func TestN5_AStopAmongManyAnswersCountsExactlyThoseThatWereAcknowledged(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		v := mustVote(h)
		of := v.start(poll(nil))
		const people, tries = 20, 25
		guests := make([]*Client, people)
		for i := range guests {
			guests[i] = v.Invite(fmt.Sprintf("guest%d@example.org", i), nil).BearerGuest()
			guests[i].Enter(v.Hall)
		}
		last := make([]int, people) // the option of each one's last acknowledged answer, 0 without one
		var late atomic.Int64
		all := make([]func(), 0, people+1)
		for i, guest := range guests {
			all = append(all, func() {
				for n := range tries {
					option := 1 + (i+n)%2
					result := guest.MustAsk(callOf("answerInteraction"), choosing(of, option-1)).In("answerInteraction")
					switch result.Code() {
					case "":
						last[i] = option
					case "INTERACTION_NOT_OPEN":
						late.Add(1)
					default:
						t.Errorf("an answer is refused: %s", result.Code())
					}
					if i == 0 && n == tries/2 {
						v.call("moderator", "stopInteraction", named(of))
					}
				}
			})
		}
		atOnce(all...)
		want, voted := []int{0, 0}, 0
		for _, option := range last {
			if option > 0 {
				want[option-1]++
				voted++
			}
		}
		answers, each := v.tallied(of)
		Same(t, "the answers", answers, voted)
		Same(t, "the counters", each, want)
		if late.Load() == 0 {
			t.Error("no answer came after the stop")
		}
		if strings.Contains(h.Log.String(), "counters of an interaction") {
			t.Error("the stop found a wrong counter")
		}
	})
}

func TestN3_OfTwoStartsAtOnceOneWins(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		v := mustVote(h)
		for range 5 {
			one, other := v.draft(poll(nil)), v.draft(poll(nil))
			codes := make([]string, 2)
			begin := func(i int, who string, of Object) func() {
				return func() {
					codes[i] = v.people[who].MustAsk(callOf("startInteraction"), named(of)).In("startInteraction").Code()
				}
			}
			atOnce(begin(0, "moderator", one), begin(1, "manager", other))
			slices.Sort(codes)
			Same(t, "the codes", codes, []string{"", "INTERACTION_OPEN"})
			if v.reads("manager", one).Text("state") == "OPEN" {
				v.call("manager", "stopInteraction", named(one))
			} else {
				v.call("manager", "stopInteraction", named(other))
			}
		}
	})
}

func TestN6_AfterTheStopNothingLeadsFromAnAnonymousAnswerToItsPerson(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		v := mustVote(h)
		of := v.start(poll(Object{"kind": "TEXT", "options": nil}))
		for _, who := range rolesOfVoters {
			v.call(who, "answerInteraction", writes(of, "a text of somebody"))
		}
		stored := func() int {
			n, err := h.Parts.Database.Read.Answer.Query().Where(answer.PersonNotNil()).Count(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		Same(t, "answers with a person while it is open", stored(), 3)
		for _, a := range v.reads("manager", of).List("allAnswers.nodes") {
			Same(t, "the author of an answer", a.At("author"), nil)
		}
		v.call("moderator", "stopInteraction", named(of))
		Same(t, "answers with a person after the stop", stored(), 0)
		Same(t, "the own answer after the stop", v.reads("viewer", of).At("myAnswer"), nil)
		rows, err := h.Parts.Database.Read.Answer.Query().All(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range rows {
			if s := a.String(); strings.Contains(s, v.places["viewer"]) || a.Author != nil {
				t.Errorf("an answer leads to somebody: %s", s)
			}
		}
		for _, e := range v.Log(0) {
			if e.Kind == "InteractionChanged" && strings.Contains(fmt.Sprint(e), v.places["viewer"]) {
				t.Errorf("an event leads to somebody: %v", e)
			}
		}

		named1 := v.start(poll(Object{"named": true}))
		v.call("viewer", "answerInteraction", choosing(named1, 1))
		v.call("moderator", "stopInteraction", named(named1))
		Same(t, "the author in a named one", v.reads("moderator", named1).List("allAnswers.nodes")[0].Text("author.name"), "viewer Guest")
		Same(t, "the answers of a named one to a speaker", v.reads("speaker", named1).At("allAnswers"), nil)
		Same(t, "whether a named one is sealed", v.reads("moderator", named1).At("sealed"), false)
	})
}

func TestN1_TheLimitsOfInteractions(t *testing.T) {
	h := StartHouse(t)
	v := mustVote(h)
	options := func(n int) (all []Object) {
		for i := range n {
			all = append(all, Object{"text": fmt.Sprint("Option ", i)})
		}
		return all
	}
	rating := func(with Object) Object {
		in := Object{"kind": "RATING", "title": "How was it?", "ratingSteps": 5, "lowest": "bad", "highest": "good"}
		for name, value := range with {
			in[name] = value
		}
		return in
	}
	long := func(n int) string { return strings.Repeat("ä", n) }
	for _, c := range []struct {
		in    Object
		field string // empty: it is accepted
	}{
		{poll(Object{"title": long(300)}), ""},
		{poll(Object{"title": long(301)}), "title"},
		{poll(Object{"title": " \u200b "}), "title"},
		{poll(Object{"title": "two\nlines"}), "title"},
		{poll(Object{"title": "turned \u202e around"}), "title"},
		{poll(Object{"options": options(20), "maxChoices": 20}), ""},
		{poll(Object{"options": options(1)}), "options"},
		{poll(Object{"options": []Object{{"text": long(120)}, {"text": "b"}}}), ""},
		{poll(Object{"options": []Object{{"text": long(121)}, {"text": "b"}}}), "options"},
		{poll(Object{"options": []Object{{"text": "same"}, {"text": " same "}}}), "options"},
		{poll(Object{"options": []Object{{"text": "right", "correct": true}, {"text": "b"}}}), "options"},
		{poll(Object{"maxChoices": 2}), ""},
		{poll(Object{"maxChoices": 3}), "maxChoices"},
		{poll(Object{"maxChoices": 0}), "maxChoices"},
		{poll(Object{"kind": "QUIZ"}), "options"},
		{poll(Object{"kind": "TEXT"}), "options"},
		{poll(Object{"timeLimitSeconds": 10}), ""},
		{poll(Object{"timeLimitSeconds": 9}), "timeLimitSeconds"},
		{poll(Object{"timeLimitSeconds": 7200}), ""},
		{poll(Object{"timeLimitSeconds": 7201}), "timeLimitSeconds"},
		{poll(Object{"timeLimitSeconds": -2147483648}), "timeLimitSeconds"},
		{poll(Object{"lowest": "bad"}), "lowest"},
		{poll(Object{"ratingSteps": 3}), "ratingSteps"},
		{rating(nil), ""},
		{rating(Object{"ratingSteps": 2, "lowest": long(60)}), ""},
		{rating(Object{"ratingSteps": 10}), ""},
		{rating(Object{"ratingSteps": 1}), "ratingSteps"},
		{rating(Object{"ratingSteps": 11}), "ratingSteps"},
		{rating(Object{"highest": nil}), "highest"},
		{rating(Object{"lowest": long(61)}), "lowest"},
		{rating(Object{"options": options(2)}), "options"},
		{poll(Object{"kind": "WORDS", "options": nil, "maxChoices": 3}), ""},
		{poll(Object{"kind": "WORDS", "options": nil, "maxChoices": 4}), "maxChoices"},
	} {
		if c.field == "" {
			v.draft(c.in)
			continue
		}
		Same(t, fmt.Sprint("the field of ", c.in), v.refused("moderator", "INVALID_VALUE", "createInteraction", v.asked(c.in)).Text("field"), c.field)
	}
	if reply := v.people["moderator"].Ask(callOf("createInteraction"), v.asked(poll(Object{"options": options(21)}))); len(reply.Errors) == 0 {
		t.Error("21 options are accepted")
	}
	refusedKey := v.asked(poll(nil))
	refusedKey["input"].(Object)["key"] = strings.Repeat("k", 21)
	v.refused("moderator", "INVALID_VALUE", "createInteraction", refusedKey)

	words := v.start(poll(Object{"kind": "WORDS", "options": nil}))
	for _, c := range []struct {
		texts []string
		ok    bool
	}{
		{[]string{long(30)}, true},
		{[]string{long(31)}, false},
		{[]string{"a", "b", "c"}, true},
		{[]string{"Tea", "tea"}, false},
		{[]string{"two\nlines"}, false},
		{[]string{"", " "}, true},
	} {
		if c.ok {
			v.call("viewer", "answerInteraction", writes(words, c.texts...))
		} else {
			v.refused("viewer", "INVALID_VALUE", "answerInteraction", writes(words, c.texts...))
		}
	}
	v.refused("viewer", "INVALID_VALUE", "answerInteraction", Object{"input": Object{"interactionId": words.Text("id"), "choices": []string{"o_x"}}})
	v.call("moderator", "stopInteraction", named(words))
	other := v.draft(poll(nil))
	of := v.start(poll(nil))
	v.refused("viewer", "INVALID_VALUE", "answerInteraction", choosing(of, 0, 1))
	v.refused("viewer", "INVALID_VALUE", "answerInteraction", choosing(of, 0, 0))
	v.refused("viewer", "INVALID_VALUE", "answerInteraction", writes(of, "text"))
	foreign := choosing(other, 0)
	foreign["input"].(Object)["interactionId"] = of.Text("id")
	v.refused("viewer", "INVALID_VALUE", "answerInteraction", foreign)
	Same(t, "what was counted", v.reads("moderator", of).Int("answers"), 0)
	for v.reads("moderator", of) != nil {
		n, err := h.Parts.Database.Read.Interaction.Query().Count(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if n == 100 {
			break
		}
		v.draft(poll(nil))
	}
	v.refused("moderator", "QUOTA_EXCEEDED", "createInteraction", v.asked(poll(nil)))
	v.call("moderator", "deleteInteraction", named(other))
	v.draft(poll(nil))
}
