package stories

import (
	"fmt"
	"strings"
	"testing"
	"time"

	. "usher/sitetest"
)

// questioning is a room in session, with somebody of each role in it. Each follows the room with its questions.
type questioning struct {
	*Hall
	people map[string]*Client
	places map[string]string
	watch  map[string]*Subscription
	asked  int
}

const (
	questionParts = `id state text author { name participantId } anonymous upvotes takenBy { name } answer answeredBy { name } answeredPrivately askerMuted`
	ownParts      = questionParts + ` privateAnswer mine upvoted`
)

const questionsDocument = `subscription($room: ID!, $after: Int) { roomEvents(roomId: $room, after: $after, tools: [QUESTIONS]) {
	__typename revision actor subject
	... on QuestionsAsked { questions { ` + questionParts + ` } }
	... on QuestionChanged { questionId previousQuestionState questionState privateAnswer question { ` + questionParts + ` } }
	... on OwnQuestionChanged { questionId questionState privateAnswer question { ` + questionParts + ` } }
	... on AskerMuted { questionId muted until }
	... on ToolsChanged { tools { questions anonymousQuestions } } } }`

func mustQuestion(h *House, settings Object) *questioning {
	h.T.Helper()
	q := &questioning{Hall: h.Hall(h.User("ada@example.com"), nil), people: map[string]*Client{}, places: map[string]string{}, watch: map[string]*Subscription{}}
	q.people["manager"] = q.Host
	q.Command("startSession")
	for _, name := range []string{"viewer", "other", "speaker", "moderator"} {
		role := "VIEWER"
		if name == "speaker" || name == "moderator" {
			role = strings.ToUpper(name)
		}
		q.people[name] = h.Browser()
		q.places[name] = q.people[name].Redeem(q.Invite(name+"@example.org", Object{"role": role, "firstName": name}))
		q.people[name].Enter(q.Hall)
	}
	if settings != nil {
		q.set(settings)
	}
	at := q.Revision()
	for name, c := range q.people {
		q.watch[name] = c.Connect().Subscribe(questionsDocument, Object{"room": q.ID, "after": at})
	}
	return q
}

// set changes settings of the room's tools.
func (q *questioning) set(settings Object) {
	q.H.T.Helper()
	settings["roomId"] = q.ID
	q.Host.Must("updateTools", settings, "room { tools { questions anonymousQuestions } }")
}

// input returns a question as a client sends it.
func (q *questioning) input(text string, with Object) Object {
	q.asked++
	in := Object{"roomId": q.ID, "text": text, "key": fmt.Sprintf("a-key-of-this-question-%04d", q.asked)}
	for name, value := range with {
		in[name] = value
	}
	return in
}

// ask has somebody ask a question after a while, and returns its id.
func (q *questioning) ask(who, text string, with Object) string {
	q.H.T.Helper()
	q.H.Advance(10 * time.Second)
	return q.people[who].Must("askQuestion", q.input(text, with), "question { id }").Text("question.id")
}

// does has somebody run a command on a question, and returns what they see of it then.
func (q *questioning) does(who, command, id string) Object {
	q.H.T.Helper()
	return q.people[who].Must(command, Object{"questionId": id}, "question { "+ownParts+" }").In("question")
}

// sees returns the texts and states of the questions that somebody sees, the oldest first.
func (q *questioning) sees(who string) string {
	q.H.T.Helper()
	list := q.people[who].MustAsk(`query($id: ID!) { room(id: $id) { questions(order: NEWEST) { totalCount nodes { text state } } } }`, Object{"id": q.ID})
	if list.At("room.questions") == nil {
		return "nothing"
	}
	nodes := list.List("room.questions.nodes")
	if n := list.Int("room.questions.totalCount"); n != len(nodes) {
		q.H.T.Errorf("the %s sees %d questions of %d", who, len(nodes), n)
	}
	var seen []string
	for _, node := range nodes {
		seen = append([]string{node.Text("text") + " " + node.Text("state")}, seen...)
	}
	return strings.Join(seen, ", ")
}

// hears returns the next event of somebody's stream in a few words.
func (q *questioning) hears(who string) string {
	q.H.T.Helper()
	e := q.watch[who].Event()
	said := []string{e.Text("__typename")}
	if e["questions"] != nil {
		for _, asked := range e.List("questions") {
			said = append(said, asked.Text("text"))
		}
	}
	if e["questionState"] != nil {
		said = append(said, e.Text("questionState"))
	}
	if e["question"] != nil {
		said = append(said, e.Text("question.text"))
	}
	if e["privateAnswer"] != nil {
		said = append(said, "("+e.Text("privateAnswer")+")")
	}
	if actor := e.TextIfAny("actor"); actor != "" {
		said = append(said, "by "+actor)
	}
	return strings.Join(said, " ")
}

// hearsAlike has each of some people get the same event.
func (q *questioning) hearsAlike(want string, who ...string) {
	q.H.T.Helper()
	for _, name := range who {
		Same(q.H.T, "the event of the "+name, q.hears(name), want)
	}
}

// silent has nothing more reach some people.
func (q *questioning) silent(who ...string) {
	q.H.T.Helper()
	for _, name := range who {
		q.watch[name].Silent()
	}
}

func TestQ1_Q2_EveryoneInTheRoomSeesAnOpenQuestionAndItsAnswer(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		q := mustQuestion(h, nil)
		id := q.ask("viewer", "Will there be slides?", nil)
		q.hearsAlike("QuestionsAsked Will there be slides?", "viewer", "other", "speaker", "moderator", "manager")
		q.people["other"].Fails("FORBIDDEN", "takeQuestion", Object{"questionId": id})
		Same(t, "taken by", q.does("speaker", "takeQuestion", id).Text("takenBy.name"), "speaker Guest")
		q.hearsAlike("QuestionChanged OPEN Will there be slides? by speaker Guest", "moderator", "manager")
		q.hearsAlike("QuestionChanged OPEN Will there be slides?", "viewer", "other", "speaker")
		answered := q.people["speaker"].Must("answerQuestion", Object{"questionId": id, "text": "Yes, tomorrow."}, "question { "+ownParts+" }").In("question")
		Same(t, "answer", answered.Text("answer"), "Yes, tomorrow.")
		Same(t, "taken by", answered.At("takenBy"), nil)
		e := q.watch["other"].Expect("QuestionChanged")
		Same(t, "the answer for another viewer", e.Text("question.answer"), "Yes, tomorrow.")
		Same(t, "answered by", e.Text("question.answeredBy.name"), "speaker Guest")
		q.hears("viewer")
		q.silent("viewer", "other")
		Same(t, "a viewer sees", q.sees("other"), "Will there be slides? ANSWERED")
		counts := q.people["other"].MustAsk(`query($id: ID!) { room(id: $id) { questionCounts { asked open answered dismissed pending } } }`, Object{"id": q.ID}).In("room.questionCounts")
		Same(t, "asked", counts.Int("asked"), 1)
		Same(t, "answered", counts.Int("answered"), 1)
		Same(t, "pending for a viewer", counts.At("pending"), nil)
	})
}

func TestQ2_Q7_AModeratedQuestionWaitsForAModerator(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		q := mustQuestion(h, Object{"questions": "MODERATED"})
		first, second := q.ask("viewer", "first", nil), q.ask("viewer", "second", nil)
		q.hearsAlike("QuestionsAsked first", "moderator", "manager")
		q.hearsAlike("QuestionsAsked second", "moderator", "manager")
		Same(t, "another viewer sees", q.sees("other"), "")
		Same(t, "a speaker sees", q.sees("speaker"), "")
		Same(t, "its author sees", q.sees("viewer"), "first PENDING, second PENDING")
		q.people["speaker"].Fails("NOT_FOUND", "answerQuestion", Object{"questionId": first, "text": "No."})
		q.people["viewer"].Fails("FORBIDDEN", "publishQuestion", Object{"questionId": first})
		q.does("moderator", "publishQuestion", first)
		q.hearsAlike("QuestionChanged OPEN first by moderator Guest", "moderator", "manager")
		q.hearsAlike("QuestionChanged OPEN first", "viewer", "other", "speaker")
		q.does("manager", "publishQuestion", first)
		q.does("manager", "dismissQuestion", second)
		q.hearsAlike("QuestionChanged DISMISSED second by Ada Host", "moderator", "manager")
		Same(t, "its author is told", q.hears("viewer"), "OwnQuestionChanged DISMISSED second")
		q.silent("viewer", "other", "speaker", "moderator", "manager")
		Same(t, "another viewer sees", q.sees("other"), "first OPEN")
		Same(t, "its author sees", q.sees("viewer"), "first OPEN, second DISMISSED")
		q.people["manager"].Refused("ALREADY_HANDLED", "publishQuestion", Object{"questionId": second})
		q.does("moderator", "reopenQuestion", second)
		Same(t, "its author is told", q.hears("viewer"), "OwnQuestionChanged PENDING second")
		q.does("moderator", "dismissQuestion", first)
		Same(t, "a published question goes", q.hears("other"), "QuestionChanged DISMISSED")
		q.does("moderator", "reopenQuestion", first)
		Same(t, "and comes back", q.hears("other"), "QuestionChanged OPEN first")
		Same(t, "another viewer sees", q.sees("other"), "first OPEN")
	})
}
