package stories

import (
	"fmt"
	"strings"
	"testing"
	"time"

	. "usher/sitetest"
)

func TestN2_N5_N7_APollFromItsDraftToItsResults(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		v := mustVote(h)
		of := v.draft(poll(nil))
		for _, who := range []string{"manager", "moderator"} {
			Same(t, "what the "+who+" hears", v.hears(who), "InteractionChanged DRAFT ()")
		}
		for _, who := range []string{"viewer", "speaker"} {
			Same(t, "the draft to the "+who, v.reads(who, of) == nil, true)
		}
		v.refused("moderator", "INTERACTION_NOT_OPEN", "answerInteraction", choosing(of, 0))
		of = v.call("moderator", "updateInteraction", updating(of, poll(Object{
			"title": "Which day is best?", "options": []Object{{"text": "Monday"}, {"text": "Friday"}, {"text": "Sunday"}}, "maxChoices": 2,
		})))
		revision := v.Revision()
		v.call("moderator", "updateInteraction", updating(of, poll(Object{
			"title": " Which day is best? ", "options": []Object{{"text": "Monday"}, {"text": "Friday"}, {"text": "Sunday"}}, "maxChoices": 2,
		})))
		Same(t, "events of a change that changes nothing", v.Revision(), revision)
		v.call("moderator", "startInteraction", named(of))
		for _, who := range []string{"viewer", "speaker"} {
			Same(t, "what the "+who+" hears first", v.hears(who), "InteractionChanged DRAFT OPEN ()")
		}
		v.refused("moderator", "ALREADY_HANDLED", "updateInteraction", updating(of, poll(nil)))
		v.refused("moderator", "ALREADY_HANDLED", "deleteInteraction", named(of))

		revision = v.Revision()
		mine := v.call("viewer", "answerInteraction", choosing(of, 0, 1))
		Same(t, "how many have answered", mine.Int("answers"), 1)
		Same(t, "the own answer", len(stringsOf(mine, "myAnswer.choices")), 2)
		Same(t, "the results to a viewer", counts(mine), "")
		v.call("viewer", "answerInteraction", choosing(of, 2)) // another one
		v.call("viewer", "answerInteraction", choosing(of, 2)) // the same again
		v.call("speaker", "answerInteraction", choosing(of, 0, 2))
		Same(t, "the results of two answers to a moderator", counts(v.reads("moderator", of)), "")
		v.call("manager", "answerInteraction", choosing(of, 0))
		v.call("moderator", "answerInteraction", choosing(of, 1))
		v.call("moderator", "answerInteraction", choosing(of)) // takes it back
		Same(t, "the results to a moderator", counts(v.reads("moderator", of)), "2 0 2")
		Same(t, "the results to a viewer", counts(v.reads("viewer", of)), "")
		Same(t, "how many have answered, to a viewer", v.reads("viewer", of).Int("answers"), 3)
		Same(t, "events of answers", v.Revision(), revision)

		stopped := v.call("moderator", "stopInteraction", named(of))
		Same(t, "who could have answered", stopped.Int("turnout"), 4) // the manager answered from elsewhere
		Same(t, "whether it is sealed", stopped.At("sealed"), true)
		v.refused("viewer", "INTERACTION_NOT_OPEN", "answerInteraction", choosing(of, 1))
		Same(t, "what the viewer hears at the stop", v.hears("viewer"), "InteractionChanged OPEN STOPPED ()")
		v.call("manager", "shareResults", named(of))
		v.call("manager", "shareResults", named(of))
		Same(t, "what the viewer hears once it is shared", v.hears("viewer"), "ResultsShared (2 0 2)")
		Same(t, "the events", v.Kinds(revision), []string{"InteractionChanged", "ResultsShared"})
	})
}

func TestN3_OneInteractionIsOpenAtATime(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		v := mustVote(h)
		first, second := v.draft(poll(nil)), v.draft(poll(Object{"timeLimitSeconds": 10}))
		v.call("moderator", "startInteraction", named(first))
		v.call("manager", "startInteraction", named(first)) // already
		v.refused("moderator", "INTERACTION_OPEN", "startInteraction", named(second))
		v.call("moderator", "stopInteraction", named(first))
		v.call("moderator", "stopInteraction", named(first))
		v.refused("moderator", "ALREADY_HANDLED", "startInteraction", named(first))
		again := v.call("moderator", "copyInteraction", Object{"interactionId": first.Text("id"), "key": strings.Repeat("k", 22)})
		Same(t, "the same key again", v.call("moderator", "copyInteraction", Object{"interactionId": first.Text("id"), "key": strings.Repeat("k", 22)}).Text("id"), again.Text("id"))
		v.call("moderator", "startInteraction", named(second))
		h.Advance(10 * time.Second) // its time is over, even if nothing has stopped it yet
		v.call("moderator", "startInteraction", named(again))
		Same(t, "the one whose time is over", v.reads("viewer", second).Text("state"), "STOPPED")

		v.Command("endSession")
		Same(t, "the events of the end", v.Kinds(v.Revision()-2), []string{"InteractionChanged", "SessionEnded"})
		Same(t, "at the end of the session", v.reads("manager", again).Text("state"), "STOPPED")
		third := v.call("manager", "createInteraction", v.asked(poll(nil)))
		v.refused("manager", "SESSION_NOT_OPEN", "startInteraction", named(third))
		v.Command("startSession")
		v.people["moderator"].Enter(v.Hall)
		v.call("moderator", "startInteraction", named(third))
	})
}

func TestN4_NoAnswerIsAcceptedOnceTheTimeIsOver(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		v := mustVote(h)
		of := v.start(poll(Object{"timeLimitSeconds": 30}))
		Same(t, "the end", MustTime(t, of.Text("stopsAt")).Sub(MustTime(t, of.Text("startedAt"))), 30*time.Second)
		h.Advance(30*time.Second - time.Millisecond)
		v.call("viewer", "answerInteraction", choosing(of, 0))
		h.Advance(time.Millisecond)
		v.refused("speaker", "INTERACTION_NOT_OPEN", "answerInteraction", choosing(of, 0))
		Same(t, "the start", v.hears("viewer"), "InteractionChanged DRAFT OPEN ()")
		Same(t, "what stops it by itself", v.hears("viewer"), "InteractionChanged OPEN STOPPED ()")
		Same(t, "how many have answered", v.reads("viewer", of).Int("answers"), 1)
	})
}

func TestN7_N8_AQuizSaysNothingOfWhatIsCorrectBeforeItsResults(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		v := mustVote(h)
		of := v.start(poll(Object{"kind": "QUIZ", "share": "AT_STOP", "options": []Object{{"text": "4"}, {"text": "5", "correct": true}}}))
		correct := func(of Object) (all []any) {
			for _, option := range of.List("options") {
				all = append(all, option.At("correct"))
			}
			return all
		}
		for _, who := range []string{"viewer", "speaker"} {
			e := v.watch[who].Event()
			Same(t, "what the start says to the "+who, correct(e.In("interaction")), []any{nil, nil})
			Same(t, "the answer to the "+who, correct(v.call(who, "answerInteraction", choosing(of, 1))), []any{nil, nil})
			Same(t, "what the "+who+" reads", correct(v.reads(who, of)), []any{nil, nil})
		}
		Same(t, "to who wrote it", correct(v.reads("moderator", of)), []any{false, true})
		v.call("moderator", "answerInteraction", choosing(of, 0))
		v.call("moderator", "stopInteraction", named(of))
		for _, who := range []string{"viewer", "speaker"} {
			e := v.watch[who].Event().In("interaction")
			Same(t, "what the stop says to the "+who, correct(e), []any{false, true})
			Same(t, "the results to the "+who, counts(e), "1 2")
		}
	})
}

func TestN9_TextsAndWordsAreSharedUnlessTheyAreHidden(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		v := mustVote(h)
		texts := v.start(poll(Object{"kind": "TEXT", "options": nil}))
		for _, who := range rolesOfVoters {
			v.call(who, "answerInteraction", writes(texts, " from the "+who+" "))
		}
		of := func(who string) (all string) {
			if v.reads(who, texts).At("allAnswers") == nil {
				return "none"
			}
			seen := map[string]bool{}
			for _, a := range v.reads(who, texts).List("allAnswers.nodes") {
				Same(t, "the author", a.At("author"), nil)
				seen[stringsOf(a, "texts")[0]] = true
			}
			for _, r := range rolesOfVoters {
				if seen["from the "+r] {
					all += r + " "
				}
			}
			return all
		}
		Same(t, "to a moderator", of("moderator"), "viewer speaker moderator ")
		Same(t, "to a viewer", of("viewer"), "none")
		for _, a := range v.reads("moderator", texts).List("allAnswers.nodes") {
			if stringsOf(a, "texts")[0] == "from the speaker" {
				v.call("moderator", "hideAnswer", Object{"answerId": a.Text("id")})
				v.call("moderator", "hideAnswer", Object{"answerId": a.Text("id")})
			}
		}
		v.call("moderator", "stopInteraction", named(texts))
		v.call("moderator", "shareResults", named(texts))
		Same(t, "shared with a viewer", of("viewer"), "viewer moderator ")
		Same(t, "still to a moderator", of("moderator"), "viewer speaker moderator ")

		words := v.start(poll(Object{"kind": "WORDS", "options": nil, "share": "LIVE"}))
		v.call("viewer", "answerInteraction", writes(words, "Café", "tea"))
		v.call("speaker", "answerInteraction", writes(words, "CAFE"))
		v.call("moderator", "answerInteraction", writes(words, "milk", "Tea", "cafe"))
		v.call("moderator", "answerInteraction", writes(words, "cafe"))
		cloud := func(who string) (all []string) {
			for _, w := range v.reads(who, words).List("words") {
				all = append(all, fmt.Sprint(w.Text("word"), " ", w.Int("answers"), " ", w.At("hidden")))
			}
			return all
		}
		Same(t, "the words to a viewer", cloud("viewer"), []string{"Café 3 false", "tea 1 false"})
		tea := v.reads("moderator", words).List("words")[1].Text("id")
		v.call("moderator", "hideAnswer", Object{"answerId": tea})
		Same(t, "the words to a viewer once one is hidden", cloud("viewer"), []string{"Café 3 false"})
		Same(t, "the words to a moderator", cloud("moderator"), []string{"Café 3 false", "tea 1 true"})
		v.call("moderator", "hideAnswer", Object{"answerId": tea, "on": false})
		v.call("moderator", "stopInteraction", named(words))
		Same(t, "the words after the stop", cloud("viewer"), []string{"Café 3 false", "tea 1 false"})
		if strings.Contains(h.Log.String(), "counters") {
			t.Error("a counter was wrong at the stop")
		}
	})
}
