package stories

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	questions "usher/ent/question"
	. "usher/sitetest"
)

func TestQ1_APersonHasThreeOpenQuestionsAndAsksOneEveryTenSeconds(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		q := mustQuestion(h, nil)
		first := q.ask("viewer", "one", nil)
		early := q.people["viewer"].Refused("SLOW_DOWN", "askQuestion", q.input("too early", nil))
		if early.At("retryAt") == nil {
			t.Errorf("it does not say when to ask again: %v", early)
		}
		h.Advance(9 * time.Second)
		q.people["viewer"].Refused("SLOW_DOWN", "askQuestion", q.input("still too early", nil))
		h.Advance(time.Second)
		q.people["viewer"].Must("askQuestion", q.input("two", nil), "")
		q.ask("viewer", "three", Object{"anonymous": true})
		h.Advance(10 * time.Second)
		q.people["viewer"].Refused("QUOTA_EXCEEDED", "askQuestion", q.input("four", nil))
		q.does("viewer", "withdrawQuestion", first)
		q.ask("viewer", "four", nil)
		h.Advance(10 * time.Second)
		q.people["viewer"].Refused("QUOTA_EXCEEDED", "askQuestion", q.input("five", nil))
		q.people["other"].Must("askQuestion", q.input("of another", nil), "")
		q.set(Object{"questions": "OFF"})
		q.people["speaker"].Refused("QUESTIONS_OFF", "askQuestion", q.input("closed", nil))
		Same(t, "a viewer sees", q.sees("other"), "two OPEN, three OPEN, four OPEN, of another OPEN")
	})
}

func TestQ1_Q6_TextsAreCheckedAndChangeNothingOtherwise(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		q := mustQuestion(h, Object{"anonymousQuestions": false})
		for _, text := range []string{
			"", " \n ", strings.Repeat("a", 501), "turned\u202eround", "bell\x07", "\u200b", "a" + strings.Repeat("\u0301", 10), strings.Repeat("line\n", 20) + "line",
		} {
			Same(t, "field", q.people["viewer"].Refused("INVALID_VALUE", "askQuestion", q.input(text, nil)).Text("field"), "text")
		}
		Same(t, "field", q.people["viewer"].Refused("INVALID_VALUE", "askQuestion", q.input("Who?", Object{"anonymous": true})).Text("field"), "anonymous")
		Same(t, "field", q.people["viewer"].Refused("INVALID_VALUE", "askQuestion", q.input("Who?", Object{"key": "short"})).Text("field"), "key")
		id := q.ask("viewer", strings.Repeat("ä", 500), nil)
		for _, text := range []string{"", strings.Repeat("a", 2001), strings.Repeat("\n", 3)} {
			in := Object{"questionId": id, "text": text}
			Same(t, "field", q.people["speaker"].Refused("INVALID_VALUE", "answerQuestion", in).Text("field"), "text")
		}
		Same(t, "field", q.people["speaker"].Refused("INVALID_VALUE", "answerQuestion", Object{"questionId": id, "private": true}).Text("field"), "text")
		q.people["speaker"].Must("answerQuestion", Object{"questionId": id, "text": strings.Repeat("ö", 2000)}, "")
		html := "\"><img onerror=alert(1)> <b>&amp;"
		Same(t, "text", q.does("viewer", "withdrawQuestion", q.ask("viewer", html, nil)).Text("text"), html)
	})
}

func TestQ3_NobodyLearnsWhoAskedAnAnonymousQuestion(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		q := mustQuestion(h, Object{"questions": "MODERATED"})
		const canary = "Zephyrine"
		asker := h.Browser()
		place := asker.Redeem(q.Invite("canary@example.org", Object{"firstName": canary}))
		asker.Enter(q.Hall)
		q.people[canary], q.places[canary] = asker, place
		own := asker.Connect().Subscribe(questionsDocument, Object{"room": q.ID, "after": q.Revision()})
		q.watch[canary] = own
		from := q.Revision()
		id := q.ask(canary, "Is it true?", Object{"anonymous": true})
		q.does("moderator", "publishQuestion", id)
		asked := own.Expect("QuestionChanged")
		Same(t, "its author", asked.At("question.author"), nil)
		q.does("speaker", "takeQuestion", id)
		q.people["moderator"].Must("answerQuestion", Object{"questionId": id, "text": "Only for you.", "private": true}, "")
		withdrawn := q.ask(canary, "Never mind.", Object{"anonymous": true})
		q.does(canary, "withdrawQuestion", withdrawn)
		q.people["moderator"].Must("muteAsker", Object{"questionId": id, "on": true}, "question { "+questionParts+" }")
		q.people["moderator"].Fails("NOT_FOUND", "muteAsker", Object{"questionId": "q_0", "on": true})
		Same(t, "its author reads", q.people[canary].MustAsk(`query($id: ID!) { node(id: $id) { ... on Question { `+ownParts+` } } }`, Object{"id": id}).Text("node.privateAnswer"), "Only for you.")
		h.Advance(10 * time.Second)
		asker.Refused("MUTED", "askQuestion", q.input("Once more", nil))

		const everything = `query($id: ID!) { room(id: $id) {
			questions(order: NEWEST) { nodes { ` + ownParts + ` } } questionCounts { asked pending }
			events(first: 200, tools: [QUESTIONS]) { __typename revision actor subject
				... on QuestionsAsked { questions { ` + questionParts + ` } }
				... on QuestionChanged { questionId questionState privateAnswer question { ` + questionParts + ` } }
				... on OwnQuestionChanged { questionId question { ` + questionParts + ` } }
				... on AskerMuted { questionId muted } } } }`
		for _, who := range []string{"manager", "moderator", "speaker", "viewer"} {
			room := q.people[who].MustAsk(everything, Object{"id": q.ID}).In("room")
			for _, e := range room.List("events") {
				kind := e.Text("__typename")
				if strings.HasPrefix(kind, "Own") || kind == "AskerMuted" {
					t.Errorf("the %s gets %s of another's question", who, kind)
				}
				if e.Int("revision") > from && strings.Contains(kind, "Question") {
					q.hidden(who, e, canary, place)
				}
			}
			for _, node := range room.List("questions.nodes") {
				q.hidden(who, node, canary, place)
			}
		}
		for _, who := range []string{"manager", "moderator"} { // their streams
			for e := (Object{}); e["revision"] == nil || e.Int("revision") < q.Revision()-1; {
				if e = q.watch[who].Event(); strings.Contains(e.Text("__typename"), "Question") {
					q.hidden(who, e, canary, place)
				}
			}
		}
		for _, name := range h.Parts.Database.Read.Question.Query().Select(questions.FieldAuthorName).StringsX(t.Context()) {
			Same(t, "the name that is stored", name, "")
		}
		var told []string
		for range 4 {
			told = append(told, q.hears(canary))
		}
		Same(t, "what its author is told", strings.Join(told, "; "), "QuestionChanged OPEN Is it true?; QuestionChanged ANSWERED Is it true?; "+
			"OwnQuestionChanged ANSWERED Is it true? (Only for you.); OwnQuestionChanged WITHDRAWN Never mind.")
		Same(t, "and", own.Expect("AskerMuted").At("muted"), true)
	})
}

// hidden reports if something that somebody got names the author of an anonymous question.
func (q *questioning) hidden(who string, got Object, name, place string) {
	q.H.T.Helper()
	if raw := fmt.Sprint(got); strings.Contains(raw, name) || strings.Contains(raw, place) {
		q.H.T.Errorf("the %s gets %s", who, raw)
	}
}

func TestQ4_AnUpvoteIsOnePersonsAndACount(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		q := mustQuestion(h, nil)
		first, second := q.ask("viewer", "first", nil), q.ask("viewer", "second", nil)
		at := q.Revision()
		upvote := func(who, id string, on bool) Object {
			return q.people[who].Must("upvoteQuestion", Object{"questionId": id, "on": on}, "question { upvotes upvoted }").In("question")
		}
		for range 3 {
			Same(t, "upvotes", upvote("other", second, true).Int("upvotes"), 1)
		}
		Same(t, "upvotes", upvote("speaker", second, true).Int("upvotes"), 2)
		Same(t, "for the one who upvoted", upvote("manager", second, true).At("upvoted"), true)
		Same(t, "upvotes", upvote("manager", second, false).Int("upvotes"), 2)
		q.people["viewer"].Fails("FORBIDDEN", "upvoteQuestion", Object{"questionId": second, "on": true})
		order := q.people["viewer"].MustAsk(`query($id: ID!) { room(id: $id) { questions { nodes { text upvotes upvoted } } } }`, Object{"id": q.ID}).List("room.questions.nodes")
		Same(t, "the first by upvotes", order[0].Text("text"), "second")
		Same(t, "upvoted by its author", order[0].At("upvoted"), false)
		var all sync.WaitGroup
		for _, who := range []string{"other", "speaker", "moderator", "manager"} {
			for range 4 {
				all.Go(func() { q.people[who].Must("upvoteQuestion", Object{"questionId": first, "on": true}, "") })
			}
		}
		all.Wait()
		Same(t, "at the same time", upvote("other", first, true).Int("upvotes"), 4)
		Same(t, "events of all that", q.Revision()-at, 0)
		q.people["speaker"].Must("answerQuestion", Object{"questionId": first}, "")
		q.people["other"].Refused("ALREADY_HANDLED", "upvoteQuestion", Object{"questionId": first, "on": false})
		Same(t, "what is given already", upvote("other", first, true).Int("upvotes"), 4)
	})
}

func TestQ5_OnePersonTakesAQuestion(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		q := mustQuestion(h, nil)
		first, second := q.ask("viewer", "first", nil), q.ask("viewer", "second", nil)
		takers := []string{"speaker", "moderator", "manager"}
		won := make([]bool, len(takers))
		var all sync.WaitGroup
		for i, who := range takers {
			all.Go(func() {
				_, taken := q.people[who].Do("takeQuestion", Object{"questionId": first}, "question { id }")
				won[i] = taken.Code() == ""
			})
		}
		all.Wait()
		winners := 0
		for _, one := range won {
			if one {
				winners++
			}
		}
		Same(t, "those who took it at the same time", winners, 1)
		q.does("moderator", "releaseQuestion", first)
		q.does("speaker", "takeQuestion", first)
		q.people["manager"].Refused("ALREADY_HANDLED", "takeQuestion", Object{"questionId": first})
		q.does("speaker", "takeQuestion", second)
		taken := func(id string) any {
			return q.Host.MustAsk(`query($id: ID!) { node(id: $id) { ... on Question { takenBy { name } } } }`, Object{"id": id}).At("node.takenBy")
		}
		Same(t, "the one that was taken before", taken(first), nil)
		q.Host.Must("changeRole", Object{"participantId": q.places["speaker"], "role": "VIEWER"}, "")
		Same(t, "after a demotion", taken(second), nil)
		q.does("moderator", "takeQuestion", second)
		q.people["moderator"].Must("leaveRoom", Object{"roomId": q.ID}, "")
		Same(t, "after leaving", taken(second), nil)
	})
}

func TestQ6_APrivateAnswerIsForTheAuthor(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		q := mustQuestion(h, nil)
		id := q.ask("viewer", "My contract?", nil)
		q.hearsAlike("QuestionsAsked My contract?", "viewer", "other", "speaker", "moderator", "manager")
		q.people["moderator"].Must("answerQuestion", Object{"questionId": id, "text": "Call me.", "private": true}, "")
		q.hearsAlike("QuestionChanged ANSWERED My contract?", "viewer", "other", "speaker")
		q.hearsAlike("QuestionChanged ANSWERED My contract? (Call me.) by moderator Guest", "moderator", "manager")
		Same(t, "the author is told", q.hears("viewer"), "OwnQuestionChanged ANSWERED My contract? (Call me.)")
		q.silent("other", "speaker", "moderator", "manager")
		node := func(who string) Object {
			return q.people[who].MustAsk(`query($id: ID!) { node(id: $id) { ... on Question { `+ownParts+` } } }`, Object{"id": id}).In("node")
		}
		Same(t, "for the author", node("viewer").TextIfAny("privateAnswer"), "Call me.")
		Same(t, "for another", node("other").At("privateAnswer"), nil)
		Same(t, "the answer for another", node("other").At("answer"), nil)
		Same(t, "that it is private", node("other").At("answeredPrivately"), true)
		q.people["speaker"].Must("answerQuestion", Object{"questionId": id, "text": "For all."}, "")
		Same(t, "the last writer wins", node("other").TextIfAny("answer"), "For all.")
		Same(t, "reopened", q.does("manager", "reopenQuestion", id).At("answer"), nil)
	})
}

func TestQ8_PagesOfQuestionsAndCursorsOfOtherLists(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		q := mustQuestion(h, nil)
		for _, who := range []string{"viewer", "other", "speaker"} {
			q.ask(who, "of the "+who, nil)
		}
		read := func(order string, after any) Object {
			return q.people["viewer"].MustAsk(`query($id: ID!, $order: QuestionOrder!, $after: Cursor) {
				room(id: $id) { questions(first: 2, order: $order, after: $after) { totalCount nodes { text } pageInfo { hasNextPage endCursor } } } }`,
				Object{"id": q.ID, "order": order, "after": after}).In("room.questions")
		}
		for order, last := range map[string]string{"NEWEST": "of the viewer", "UPVOTES": "of the speaker"} {
			page := read(order, nil)
			Same(t, "more", page.At("pageInfo.hasNextPage"), true)
			rest := read(order, page.Text("pageInfo.endCursor"))
			Same(t, order, rest.List("nodes")[0].Text("text"), last)
			Same(t, "total", rest.Int("totalCount"), 3)
			other := map[string]string{"NEWEST": "UPVOTES", "UPVOTES": "NEWEST"}[order]
			refused := q.people["viewer"].Ask(`query($id: ID!, $after: Cursor) { room(id: $id) { questions(order: `+other+`, after: $after) { totalCount } } }`,
				Object{"id": q.ID, "after": page.Text("pageInfo.endCursor")})
			Same(t, "a cursor of "+order, refused.Code(), "BAD_USER_INPUT")
		}
	})
}
