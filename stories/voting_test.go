package stories

import (
	"fmt"
	"strings"

	. "usher/sitetest"
)

// voting is a room in session, with somebody of each role in it. Each follows its interactions.
type voting struct {
	*Hall
	people  map[string]*Client
	places  map[string]string
	watch   map[string]*Subscription
	drafted int
}

const interactionParts = `id kind title state options { id text correct answers } maxChoices named share resultsShared startedAt stopsAt stoppedAt
	answers words { id word answers hidden } turnout sealed`

const followingVotes = `subscription($room: ID!, $after: Int) { roomEvents(roomId: $room, after: $after, tools: [INTERACTIONS]) {
	__typename revision actor
	... on InteractionChanged { interactionId interaction { ` + interactionParts + ` } from to }
	... on ResultsShared { interactionId interaction { ` + interactionParts + ` } }
	... on AnswerHidden { interactionId answerId hidden } } }`

var rolesOfVoters = []string{"viewer", "speaker", "moderator"}

func mustVote(h *House) *voting {
	h.T.Helper()
	return mustVoteOf(h, "ada@example.com")
}

// mustVoteOf is mustVote in a room of this account.
func mustVoteOf(h *House, host string) *voting {
	h.T.Helper()
	v := &voting{Hall: h.Hall(h.User(host), nil), people: map[string]*Client{}, places: map[string]string{}, watch: map[string]*Subscription{}}
	v.people["manager"] = v.Host
	v.Command("startSession")
	for _, name := range rolesOfVoters {
		v.people[name] = h.Browser()
		v.places[name] = v.people[name].Redeem(v.Invite(name+"@example.org", Object{"role": strings.ToUpper(name), "firstName": name}))
		v.people[name].Enter(v.Hall)
	}
	at := v.Revision()
	for name, c := range v.people {
		v.watch[name] = c.Connect().Subscribe(followingVotes, Object{"room": v.ID, "after": at})
	}
	return v
}

// poll is a poll as its form sends it.
func poll(with Object) Object {
	in := Object{"kind": "CHOICE", "title": "Which day?", "options": []Object{{"text": "Monday"}, {"text": "Friday"}}}
	for name, value := range with {
		if in[name] = value; value == nil {
			delete(in, name)
		}
	}
	return in
}

// asked are the arguments with which somebody drafts an interaction.
func (v *voting) asked(in Object) Object {
	v.drafted++
	return Object{"input": Object{"roomId": v.ID, "key": fmt.Sprintf("a-key-of-this-draft-%06d", v.drafted), "interaction": in}}
}

// call runs a command of interactions by its own arguments.
func (v *voting) call(who, name string, args Object) Object {
	v.H.T.Helper()
	data := v.people[who].MustAsk(callOf(name), args)
	result := data.In(name)
	if code := result.Code(); code != "" {
		v.H.T.Fatalf("%s by the %s: %s", name, who, code)
	}
	return result.In("interaction")
}

// refused runs a command that must be refused with a problem.
func (v *voting) refused(who, code, name string, args Object) Object {
	v.H.T.Helper()
	result := v.people[who].MustAsk(callOf(name), args).In(name)
	Same(v.H.T, name+" by the "+who, result.Code(), code)
	return result
}

// callOf returns the document of a command of interactions.
func callOf(name string) string {
	arguments := map[string][2]string{
		"createInteraction": {"$input: CreateInteractionInput!", "input: $input"},
		"updateInteraction": {"$input: UpdateInteractionInput!", "input: $input"},
		"copyInteraction":   {"$interactionId: ID!, $key: String!", "interactionId: $interactionId, key: $key"},
		"hideAnswer":        {"$answerId: ID!, $on: Boolean! = true", "answerId: $answerId, on: $on"},
		"answerInteraction": {"$input: AnswerInteractionInput!", "input: $input"},
	}
	a, ok := arguments[name]
	if !ok {
		a = [2]string{"$interactionId: ID!", "interactionId: $interactionId"}
	}
	return fmt.Sprintf(`mutation(%s) { %s(%s) { ... on InteractionSuccess { interaction { %s myAnswer { id choices texts } } }
		... on Problem { code message field } } }`, a[0], name, a[1], interactionParts)
}

// draft drafts an interaction as a moderator, and returns it.
func (v *voting) draft(in Object) Object {
	v.H.T.Helper()
	return v.call("moderator", "createInteraction", v.asked(in))
}

// start drafts an interaction and starts it.
func (v *voting) start(in Object) Object {
	v.H.T.Helper()
	return v.call("moderator", "startInteraction", named(v.draft(in)))
}

// updating are the arguments with which somebody changes a draft.
func updating(of, in Object) Object {
	return Object{"input": Object{"interactionId": of.Text("id"), "interaction": in}}
}

func named(of Object) Object { return Object{"interactionId": of.Text("id")} }

// choosing are the arguments with which somebody chooses options by their positions.
func choosing(of Object, options ...int) Object {
	ids := []string{}
	for _, n := range options {
		ids = append(ids, of.List("options")[n].Text("id"))
	}
	return Object{"input": Object{"interactionId": of.Text("id"), "choices": ids}}
}

func writes(of Object, texts ...string) Object {
	return Object{"input": Object{"interactionId": of.Text("id"), "texts": texts}}
}

// stringsOf returns a list of texts of an answer.
func stringsOf(o Object, path string) (all []string) {
	for _, one := range o.At(path).([]any) {
		all = append(all, one.(string))
	}
	return all
}

// counts returns the counters of options, "" where they may not be seen.
func counts(of Object) string {
	all := []string{}
	for _, option := range of.List("options") {
		if option.At("answers") == nil {
			return ""
		}
		all = append(all, fmt.Sprint(option.Int("answers")))
	}
	return strings.Join(all, " ")
}

// reads returns an interaction as somebody reads it by its id, nil if they may not.
func (v *voting) reads(who string, of Object) Object {
	v.H.T.Helper()
	data := v.people[who].MustAsk(`query($id: ID!) { node(id: $id) { ... on Interaction { `+interactionParts+` myAnswer { choices texts }
		allAnswers { totalCount nodes { id author { name } choices texts hidden } } } } }`, Object{"id": of.Text("id")})
	if data.At("node") == nil {
		return nil
	}
	return data.In("node")
}

// hears returns the next event that somebody gets, in short.
func (v *voting) hears(who string) string {
	v.H.T.Helper()
	e := v.watch[who].Event()
	words := []string{e.Text("__typename")}
	for _, name := range []string{"from", "to"} {
		if e[name] != nil {
			words = append(words, e.Text(name))
		}
	}
	if e["interaction"] != nil {
		words = append(words, "("+counts(e.In("interaction"))+")")
	}
	return strings.Join(words, " ")
}
