package rights

import . "usher/sitetest"

// How interactions are asked for, and what each asker reads of them.

// aPoll is a poll as its form sends it.
var aPoll = Object{"kind": "CHOICE", "title": "Which day?", "options": []Object{{"text": "Monday"}, {"text": "Friday"}}, "named": true, "share": "LIVE"}

// vote has the host run a poll, open an interaction for words, and draft two more. Somebody answers both.
func (s *seat) vote(by *Client) {
	s.H.T.Helper()
	draft := func(name string, of Object) {
		s.written[name] = s.Host.Must("createInteraction", Object{
			"roomId": s.Hall.ID, "key": "the-key-of-interaction-" + name, "interaction": of,
		}, "interaction { id }").Text("interaction.id")
	}
	run := func(name, command string) Object {
		return s.Host.Must(command, Object{"interactionId": s.written[name]}, "interaction { options { id } words { id } }").In("interaction")
	}
	draft("poll", aPoll)
	option := run("poll", "startInteraction").List("options")[0].Text("id")
	by.Must("answerInteraction", Object{"interactionId": s.written["poll"], "choices": []string{option}}, "")
	run("poll", "stopInteraction")
	draft("words", Object{"kind": "WORDS", "title": "What do you think of?", "named": true, "share": "LIVE"})
	run("words", "startInteraction")
	words := by.Must("answerInteraction", Object{"interactionId": s.written["words"], "texts": []string{"tea"}}, "interaction { words { id } }")
	s.written["word"] = words.List("interaction.words")[0].Text("id")
	draft("draft", aPoll)
	draft("spare", aPoll)
}

func ofVote(name string) func(s *seat) Object {
	return func(s *seat) Object { return Object{"interactionId": s.written[name]} }
}

// askedOfVotes has the arguments of the lines about interactions.
var askedOfVotes = map[string]func(s *seat) Object{
	"node, an interaction":           node(func(s *seat) string { return s.written["poll"] }),
	"node, a drafted one":            node(func(s *seat) string { return s.written["draft"] }),
	"createInteraction":              and(inRoom, Object{"key": ownKey, "interaction": aPoll}),
	"updateInteraction":              and(ofVote("draft"), Object{"interaction": aPoll}),
	"copyInteraction":                and(ofVote("draft"), Object{"key": ownKey + "-copy"}),
	"copyInteraction, a stopped one": and(ofVote("poll"), Object{"key": ownKey + "-poll"}),
	"deleteInteraction":              ofVote("spare"),
	"answerInteraction":              and(ofVote("words"), Object{"texts": []string{"coffee"}}),
	"hideAnswer":                     func(s *seat) Object { return Object{"answerId": s.written["word"], "on": true} },
	"shareResults":                   ofVote("words"),
	"stopInteraction":                ofVote("words"),
	"startInteraction":               ofVote("draft"),
}

// viewsOfVotes are the views of interactions.
var viewsOfVotes = []view{
	{
		name: "a poll", of: "Interaction", document: `node(id: $poll) { ... on Interaction { %s } }`, at: at("node"),
		shown: "id kind title state options maxChoices named share resultsShared startedAt stoppedAt answers turnout sealed",
		empty: "timeLimitSeconds lowest highest stopsAt words myAnswer",
		table: `
                  nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel
                  -   -   -   -   ok  ok  ok  ok  -   -   ok  ok  ok  ok  ok  -   -   -   -
allAnswers        .   .   .   .   -   -   -   1   .   .   1   1   1   1   1   .   .   .   .
`,
	},
	{
		name: "an option of a poll", of: "InteractionOption", document: `node(id: $poll) { ... on Interaction { options { %s } } }`, at: at("node.options.0"),
		shown: "id text answers", empty: "correct",
		table: `
                  nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel
                  -   -   -   -   ok  ok  ok  ok  -   -   ok  ok  ok  ok  ok  -   -   -   -
`,
	},
	{
		name: "a word", of: "WordCount", document: `node(id: $words) { ... on Interaction { words { %s } } }`, at: at("node.words.0"),
		shown: "id word answers hidden",
		table: `
                  nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel
                  -   -   -   -   ok  ok  ok  ok  -   -   ok  ok  ok  ok  ok  -   -   -   -
`,
	},
	{
		name: "an answer", of: "Answer", document: `node(id: $poll) { ... on Interaction { allAnswers { nodes { %s } } } }`, at: at("node.allAnswers.nodes.0"),
		shown: "id author choices texts hidden",
		table: `
                  nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel
                  -   -   -   -   -   -   -   ok  -   -   ok  ok  ok  ok  ok  -   -   -   -
`,
	},
}
