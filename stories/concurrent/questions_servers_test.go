package concurrent

import (
	"sync"
	"testing"

	. "usher/sitetest"
)

// followingQuestions follows the questions of a room.
const followingQuestions = `subscription($room: ID!, $after: Int) { roomEvents(roomId: $room, after: $after, tools: [QUESTIONS]) {
	__typename revision ... on QuestionsAsked { questions { id } } ... on QuestionChanged { questionState question { takenBy { name } } } } }`

func TestQ5_OfTwoServersOneTakesAQuestionAndBothTellIt(t *testing.T) {
	t.Parallel()
	servers := startServers(t, 2)
	room := servers[0].Hall(servers[0].User("ada@example.com"), nil)
	room.Command("startSession")
	var speakers []*Client
	for i, email := range []string{"sam@example.org", "sue@example.org"} {
		guest := servers[i].At(room.Invite(email, Object{"role": "SPEAKER", "firstName": email[:3]}).BearerGuest())
		guest.Enter(room)
		speakers = append(speakers, guest)
	}
	at := room.Revision()
	streams := make([]*Subscription, len(speakers))
	for i, c := range speakers {
		streams[i] = c.Connect().Subscribe(followingQuestions, Object{"room": room.ID, "after": at})
	}
	id := room.Host.Must("askQuestion", Object{"roomId": room.ID, "text": "Who answers?", "key": "the-key-of-the-question"}, "question { id }").Text("question.id")
	for _, s := range streams {
		Same(t, "the question", s.Expect("QuestionsAsked").List("questions")[0].Text("id"), id)
	}
	var all sync.WaitGroup
	codes := make([]string, len(speakers))
	for i, c := range speakers {
		all.Go(func() {
			_, taken := c.Do("takeQuestion", Object{"questionId": id}, "question { id }")
			codes[i] = taken.Code()
		})
	}
	all.Wait()
	if codes[0] == codes[1] || codes[0]+codes[1] != "ALREADY_HANDLED" {
		t.Errorf("the two are answered %q", codes)
	}
	first, second := streams[0].Expect("QuestionChanged"), streams[1].Expect("QuestionChanged")
	Same(t, "who answers, at the other server", second.Text("question.takenBy.name"), first.Text("question.takenBy.name"))
	for _, s := range streams {
		s.Silent()
	}
}
