package stories

import (
	"strings"
	"sync"
	"testing"
	"time"

	. "usher/sitetest"
)

func TestT7_BlockingDismissesNamedQuestionsAndNoAnonymousOnes(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		q := mustQuestion(h, nil)
		q.ask("viewer", "named", nil)
		q.ask("viewer", "unnamed", Object{"anonymous": true})
		answered := q.ask("viewer", "answered", nil)
		q.people["speaker"].Must("answerQuestion", Object{"questionId": answered}, "")
		q.people["other"].Refused("ALREADY_HANDLED", "upvoteQuestion", Object{"questionId": answered, "on": true})
		at := q.Revision()
		q.Host.Must("removeParticipant", Object{"participantId": q.places["viewer"], "block": true}, "")
		Same(t, "another viewer sees", q.sees("other"), "unnamed OPEN, answered ANSWERED")
		Same(t, "a manager sees", q.sees("manager"), "named DISMISSED, unnamed OPEN, answered ANSWERED")
		var kinds []string
		for _, e := range q.Host.MustAsk(`query($id: ID!) { room(id: $id) { events(first: 10, tools: [QUESTIONS]) { __typename revision } } }`, Object{"id": q.ID}).List("room.events") {
			if e.Int("revision") > at {
				kinds = append([]string{e.Text("__typename")}, kinds...)
			}
		}
		Same(t, "a manager's events", strings.Join(kinds, " "), "QuestionChanged ParticipantRemoved ParticipantChanged")
	})
}

func TestT8_T2_QuestionsBelongToASessionAndRestWithTheTools(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		q := mustQuestion(h, nil)
		id := q.ask("viewer", "first", nil)
		q.does("speaker", "takeQuestion", id)
		q.Update(Object{"chatAndCollaboration": false})
		Same(t, "while the tools are off", q.sees("other"), "nothing")
		q.people["speaker"].Refused("CHAT_AND_COLLABORATION_OFF", "releaseQuestion", Object{"questionId": id})
		q.Update(Object{"chatAndCollaboration": true})
		Same(t, "with them on again", q.sees("other"), "first OPEN")
		q.Command("endSession")
		h.Advance(10 * time.Second)
		q.people["manager"].Refused("SESSION_NOT_OPEN", "askQuestion", q.input("too late", nil))
		q.people["manager"].Refused("SESSION_NOT_OPEN", "answerQuestion", Object{"questionId": id})
		taken := q.Host.MustAsk(`query($id: ID!) { node(id: $id) { ... on Question { takenBy { name } } } }`, Object{"id": id})
		Same(t, "who is about to answer after the end", taken.At("node.takenBy"), nil)
		q.Command("startSession")
		q.people["other"].Enter(q.Hall)
		Same(t, "in the reopened session", q.sees("other"), "first OPEN")
		q.Command("endSession")
		h.Advance(25 * time.Hour)
		q.Host.Must("scheduleSession", Object{"roomId": q.ID, "startsAt": Stamp(h.Now().Add(time.Minute))}, "")
		Same(t, "before the next session", q.sees("manager"), "")
	})
}

func TestT9_QuestionsAreDeletedThirtyDaysAfterTheirSession(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		q := mustQuestion(h, nil)
		id := q.ask("viewer", "first", nil)
		q.people["other"].Must("upvoteQuestion", Object{"questionId": id, "on": true}, "")
		q.Command("endSession")
		ended := h.Now()
		stored := func() (n int) {
			db := h.Parts.Database.Read
			return db.Question.Query().CountX(t.Context()) + db.Upvote.Query().CountX(t.Context())
		}
		h.Set(ended.Add(30 * 24 * time.Hour))
		h.Retain()
		Same(t, "30 days after the session's end", stored(), 2)
		h.Set(ended.Add(30*24*time.Hour + time.Millisecond))
		h.Retain()
		Same(t, "a millisecond later", stored(), 0)
	})
}

func TestE4_ErasingAPersonErasesTheirQuestionsAndAnswers(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		q := mustQuestion(h, nil)
		q.ask("viewer", "named question", nil)
		q.ask("viewer", "unnamed question", Object{"anonymous": true})
		id := q.ask("other", "of another", nil)
		q.people["speaker"].Must("answerQuestion", Object{"questionId": id, "text": "the written answer"}, "")
		root := h.User("root@example.com", "--admin")
		for _, email := range []string{"viewer@example.org", "speaker@example.org"} {
			root.Must("erasePerson", Object{"email": email}, "")
		}
		Same(t, "another viewer sees", q.sees("other"), "unnamed question OPEN, of another ANSWERED")
		db := h.Parts.Database.Read
		for _, row := range db.Question.Query().AllX(t.Context()) {
			if strings.Contains(row.Text+row.Answer+row.AuthorName+row.Answerer.Name, "named question") && !row.Anonymous ||
				strings.Contains(row.Answer, "written") || row.AskerID == q.places["viewer"] && row.Anonymous {
				t.Errorf("there is still %v", row)
			}
		}
	})
}

func TestQ7_PublishingAndDismissingAtOnceLeavesOneOutcome(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		q := mustQuestion(h, Object{"questions": "MODERATED"})
		id := q.ask("viewer", "both", nil)
		var all sync.WaitGroup
		all.Go(func() { q.people["moderator"].Do("publishQuestion", Object{"questionId": id}, "") })
		all.Go(func() { q.people["manager"].Do("dismissQuestion", Object{"questionId": id}, "") })
		all.Wait()
		Same(t, "the author sees", q.sees("viewer"), "both DISMISSED") // whichever came first
		Same(t, "another viewer sees", q.sees("other"), "")
	})
}

func TestQ1_PeopleWhoAskAtTheSameTimeShareAnEvent(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		q := mustQuestion(h, nil)
		h.Advance(time.Minute)
		at := q.Revision()
		askers := []string{"viewer", "other", "speaker", "moderator", "manager"}
		inputs := map[string]Object{}
		for _, who := range askers {
			inputs[who] = q.input("of the "+who, nil)
		}
		var all sync.WaitGroup
		for range 2 { // each question twice, with one key
			for _, who := range askers {
				all.Go(func() { q.people[who].Must("askQuestion", inputs[who], "") })
			}
		}
		all.Wait()
		Same(t, "questions", len(strings.Split(q.sees("other"), ", ")), len(askers))
		if events := q.Revision() - at; events > len(askers) {
			t.Errorf("%d questions have %d events", len(askers), events)
		}
	})
}

func TestQ4_TheTallyHasTheUpvotesForThoseInTheRoom(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		q := mustQuestion(h, nil)
		id := q.ask("viewer", "first", nil)
		const document = `subscription($room: ID!) { tally(roomId: $room) { tick questions { id upvotes } } }`
		tally := q.people["viewer"].Connect().Subscribe(document, Object{"room": q.ID})
		for _, who := range []string{"other", "speaker"} {
			q.people[who].Must("upvoteQuestion", Object{"questionId": id, "on": true}, "")
		}
		for upvotes := 0; upvotes < 2; {
			m := tally.Next()
			if list := m.Data.List("tally.questions"); len(list) == 1 {
				Same(t, "question", list[0].Text("id"), id)
				upvotes = list[0].Int("upvotes")
			}
		}
	})
}
