package rights

import (
	questions "usher/ent/question"
	. "usher/sitetest"
)

// How questions are asked for, and what each asker reads of them.

// question names one of the questions that were asked in the seat's room.
func question(name string) func(s *seat) Object {
	return func(s *seat) Object { return Object{"questionId": s.written[name]} }
}

// ownQuestion names the question that the asker asked, or another one if they asked none.
func ownQuestion(s *seat) Object {
	id, err := s.H.Parts.Database.Read.Question.Query().Where(questions.RoomID(s.Hall.ID), questions.ClientKey(ownKey)).FirstID(s.H.T.Context())
	if err != nil {
		id = s.written["asked"]
	}
	return Object{"questionId": id}
}

// askedOfQuestions has the arguments of the lines about questions.
var askedOfQuestions = map[string]func(s *seat) Object{
	"node, a question":            node(func(s *seat) string { return s.written["asked"] }),
	"node, a question that waits": node(func(s *seat) string { return s.written["waits"] }),
	"askQuestion":                 and(inRoom, Object{"text": "Why?", "key": ownKey}),
	"upvoteQuestion":              and(question("asked"), Object{"on": true}),
	"upvoteQuestion, one's own":   and(ownQuestion, Object{"on": true}),
	"publishQuestion":             question("waits"),
	"takeQuestion":                question("asked"),
	"releaseQuestion":             question("asked"),
	"answerQuestion":              and(question("asked"), Object{"text": "Because."}),
	"reopenQuestion":              question("asked"),
	"muteAsker":                   and(question("asked"), Object{"on": true}),
	"muteAsker, one's own":        and(ownQuestion, Object{"on": true}),
	"withdrawQuestion":            question("asked"),
	"withdrawQuestion, one's own": ownQuestion,
	"dismissQuestion":             question("asked"),
}

// viewsOfQuestions are the views of questions.
var viewsOfQuestions = []view{
	{
		name: "a question", of: "Question", document: `node(id: $question) { ... on Question { %s } }`, at: at("node"),
		shown: "id at text state author anonymous upvotes answeredPrivately mine upvoted",
		empty: "takenBy answer answeredBy answeredAt privateAnswer",
		table: `
                  nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel
                  -   -   -   -   ok  ok  ok  ok  -   -   ok  ok  ok  ok  ok  -   -   -   -
askerMuted        .   .   .   .   -   -   -   no  .   .   no  no  no  no  no  .   .   .   .
`,
	},
	{
		name: "an anonymous question with a private answer", of: "Question", document: `node(id: $private) { ... on Question { %s } }`, at: at("node"),
		shown: "id at text state anonymous upvotes answeredBy answeredAt answeredPrivately mine upvoted",
		empty: "author takenBy answer",
		table: `
                  nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel
                  -   -   -   -   ok  ok  ok  ok  -   -   ok  ok  ok  ok  ok  -   -   -   -
privateAnswer     .   .   .   .   -   -   -   ok  .   .   ok  ok  ok  ok  ok  .   .   .   .
askerMuted        .   .   .   .   -   -   -   no  .   .   no  no  no  no  no  .   .   .   .
`,
	},
	{
		name: "how many questions a room has", of: "QuestionCounts", document: `room(id: $room) { questionCounts { %s } }`, at: at("room.questionCounts"),
		shown: "asked open answered dismissed",
		table: `
                  nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel
                  -   -   -   -   ok  ok  ok  ok  -   -   ok  ok  ok  ok  ok  -   -   -   -
pending           .   .   .   .   -   -   -   ok  .   .   ok  ok  ok  ok  ok  .   .   .   .
`,
	},
}
