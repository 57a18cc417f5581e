package graph

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"usher/graph/generated"
	"usher/wire"
)

// mustNotRun checks a document of the API without running it and returns the refusal, or nil.
func mustNotRun(t testing.TB, document, variables string) *graphql.Response {
	t.Helper()
	return mustAskAgain(t, document, variables)()
}

// mustAskAgain is like mustNotRun, for repeated calls.
func mustAskAgain(t testing.TB, document, variables string) func() *graphql.Response {
	t.Helper()
	exec := executor.New(generated.NewExecutableSchema(Config(nil)))
	exec.SetDefaultRulesFn(wire.ValidationRules(true))
	exec.Use(wire.NewGuard(wire.DefaultLimits, graphql.NoCache[*ast.QueryDocument]{}))
	params := &graphql.RawParams{Query: document}
	decoder := json.NewDecoder(strings.NewReader(variables))
	decoder.UseNumber()
	if err := decoder.Decode(&params.Variables); err != nil {
		t.Fatal(err)
	}
	return func() *graphql.Response {
		ctx := graphql.StartOperationTrace(t.Context())
		if _, errs := exec.CreateOperationContext(ctx, params); len(errs) > 0 {
			return &graphql.Response{Errors: errs}
		}
		return nil
	}
}

func TestArgumentsHaveTheLimitsOfTheSchema(t *testing.T) {
	const (
		fine  = ""
		chars = "the argument search has more than 100 characters"
		words = "the argument search has more than 8 words"
		twice = "the argument state contains a value twice"
	)
	search := func(text string) string { return `{rooms(search:"` + text + `"){totalCount}}` }
	searchVariable := "query($s: String){rooms(search:$s){totalCount}}"
	people := func(state string) string { return `{room(id:"r"){participants(state:` + state + `){totalCount}}}` }
	states := "[ParticipantState!]"
	create := "mutation($in: CreateRoomInput!){createRoom(input:$in){__typename}}"
	titled := func(title string) string {
		return `{"in":{"title":"` + title + `","startsAt":"2026-11-23T09:30:00Z"}}`
	}
	redeem := "mutation($in: RedeemInvitationInput!){redeemInvitation(input:$in){__typename}}"
	policy := "mutation($in: SitePolicyInput!){updateSitePolicy(input:$in){__typename}}"
	admit := func(n int) string {
		return `mutation{admitParticipants(roomId:"r" participantIds:["p"` + strings.Repeat(`,"p"`, n-1) + `]){__typename}}`
	}
	domains := func(n int) string { return `{"in":{"blockedDomains":["a"` + strings.Repeat(`,"a"`, n-1) + `]}}` }
	many := strings.Repeat
	for _, test := range []struct{ name, document, variables, refusal string }{
		{"a text of 100 characters", search(many("é", 100)), "{}", fine},
		{"a text of 101", search(many("a", 101)), "{}", chars},
		{"101 characters of two bytes", search(many("é", 101)), "{}", chars},
		{"100 characters of four bytes", search(many("𐐷", 100)), "{}", fine},
		{"a text of 60 KB", search(many("a", 60_000)), "{}", chars},
		{"a text of three quotes", `{rooms(search:"""` + many("a", 101) + `"""){totalCount}}`, "{}", chars},
		{"a variable of 100", searchVariable, `{"s":"` + many("a", 100) + `"}`, fine},
		{"a variable of 101", searchVariable, `{"s":"` + many("a", 101) + `"}`, chars},
		{"a default of 101", strings.Replace(searchVariable, "String", `String = "`+many("a", 101)+`"`, 1), "{}", chars},
		{"a default that another value replaces", strings.Replace(searchVariable, "String", `String = "`+many("a", 101)+`"`, 1), `{"s":"a"}`, fine},
		{"8 words", search(many("a ", 8)), "{}", fine},
		{"9 words", search(many("a ", 9)), "{}", words},
		{"9 words with other blanks", search(many(`a\u00a0\n`, 9)), "{}", words},
		{"an argument in a fragment", "{...F} fragment F on Query{... on Query{rooms(search:\"" + many("a", 101) + `"){totalCount}}}`, "{}", chars},
		{"an operation that does not run", `query A{serverTime} query B{rooms(search:"` + many("a", 101) + `"){totalCount}}`, "{}", "the document has no operation of that name"},
		{"an id of 64", `{room(id:"` + many("a", 64) + `"){id}}`, "{}", fine},
		{"an id of 65", `{room(id:"` + many("a", 65) + `"){id}}`, "{}", "the argument id has more than 64 characters"},
		{"an id that is a number", `query($id: ID!){room(id:$id){id}}`, `{"id":7}`, fine},

		{"each value of an enum once", people("[COUNTDOWN LOBBY WAITING IN_ROOM LEFT DENIED REMOVED BLOCKED]"), "{}", fine},
		{"a value twice", people("[LOBBY LEFT LOBBY]"), "{}", twice},
		{"a value twice, by two variables", "query($a: ParticipantState! $b: ParticipantState!)" + people("[$a $b]"), `{"a":"LEFT","b":"LEFT"}`, twice},
		{"a value in place of a list", people("LEFT"), "{}", fine},
		{"a variable in place of a list", "query($a: " + states + ")" + people("$a"), `{"a":"LEFT"}`, fine},
		{"a variable with a value twice", "query($a: " + states + ")" + people("$a"), `{"a":["LEFT","LEFT"]}`, twice},
		{"300 values", people("[" + many("LEFT ", 300) + "]"), "{}", "the argument state has more than 8 items"},

		{"a field of an input", create, titled(many("é", 400)), fine},
		{"a field of an input that is longer", create, titled(many("é", 401)), "the argument input.title has more than 400 characters"},
		{"a field in the text", `mutation($t: String!){createRoom(input:{title:$t startsAt:"2026-11-23T09:30:00Z"}){__typename}}`, `{"t":"` + many("a", 401) + `"}`, "the argument input.title has more than 400 characters"},
		{"a number in place of an email", redeem, `{"in":{"token":"t","email":1` + many("0", 512) + `}}`, "the argument input.email has more than 512 characters"},
		{"an object in place of an email", redeem, `{"in":{"token":"t","email":{"a":"` + many("a", 600) + `"}}}`, `the variable "$in.email" does not fit the type EmailAddress`},
		{"500 people", admit(500), "{}", fine},
		{"501 people", admit(501), "{}", "the argument participantIds has more than 500 items"},
		{"2,000 items", policy, domains(2000), fine},
		{"2,001 items", policy, domains(2001), "the argument input.blockedDomains has more than 2000 items"},
		{"an item of 513", policy, `{"in":{"blockedDomains":["a","` + many("a", 513) + `"]}}`, "the argument input.blockedDomains.1 has more than 512 characters"},
		{"a long text in place of a list", policy, `{"in":{"blockedDomains":"` + many("a", 513) + `"}}`, "the argument input.blockedDomains.0 has more than 512 characters"},
	} {
		t.Run(test.name, func(t *testing.T) {
			refused := mustNotRun(t, test.document, test.variables)
			if test.refusal == fine {
				if refused != nil {
					t.Errorf("refused: %v", refused.Errors)
				}
				return
			}
			if refused == nil || !strings.HasPrefix(refused.Errors[0].Message, test.refusal) {
				t.Fatalf("got %v, want %s", refused, test.refusal)
			}
			if code := refused.Errors[0].Extensions["code"]; code != wire.CodeBadUserInput && !strings.Contains(test.refusal, "operation") {
				t.Errorf("code %v", code)
			}
		})
	}
}

func TestHonestClientsPassTheLimits(t *testing.T) {
	schema := generated.NewExecutableSchema(Config(nil)).Schema()
	for name, document := range map[string]string{
		"the introspection query of graphql-js with every option": mustReadFile(t, "../wire/testdata/introspection.graphql"),
		"every field of every event of a room itself":             everyEvent(schema, "event"),
		"every field of every event of the chat":                  everyEvent(schema, "chat"),
	} {
		t.Run(name, func(t *testing.T) {
			if _, errs := gqlparser.LoadQueryWithRules(schema, document, wire.ValidationRules(true)()); len(errs) > 0 {
				t.Errorf("the document itself is wrong: %v", errs)
			}
			if refused := mustNotRun(t, document, `{"roomId":"r"}`); refused != nil {
				t.Errorf("refused: %v", refused.Errors)
			}
		})
	}
}

// everyEvent is a subscription that selects every field of every event type, one level of objects deep, with __typename everywhere,
// like clients that cache by type.
func everyEvent(schema *ast.Schema, file string) string {
	var selections func(definition *ast.Definition, levels int) string
	selections = func(definition *ast.Definition, levels int) string {
		set := "__typename"
		for _, field := range definition.Fields {
			of := schema.Types[field.Type.Name()]
			switch {
			case strings.HasPrefix(field.Name, "__"):
			case of.IsLeafType():
				set += " " + field.Name
			case levels > 0:
				set += " " + field.Name + "{" + selections(of, levels-1) + "}"
			}
		}
		return set
	}
	doc := "subscription($roomId: ID! $after: Int){roomEvents(roomId: $roomId after: $after){__typename"
	for _, event := range schema.GetPossibleTypes(schema.Types["RoomEvent"]) {
		if strings.Contains(event.Position.Src.Name, "/"+file+".") {
			doc += " ... on " + event.Name + "{" + selections(event, 1) + "}"
		}
	}
	return doc + "}}"
}

func BenchmarkRefusal(b *testing.B) {
	for _, bench := range []struct{ name, document, variables string }{
		{"790 equal fields", "{" + strings.Repeat("__typename ", 790) + "}", "{}"},
		{"64 KiB in search", `{rooms(search:"` + strings.Repeat("ab ", 21_800) + `"){totalCount}}`, "{}"},
		{"64 KiB in search by a variable", "query($s: String){rooms(search:$s){totalCount}}", `{"s":"` + strings.Repeat("ab ", 21_800) + `"}`},
		{"a usual query that passes", "query($id: ID!){room(id: $id){id title session{id state startsAt} managers{role user{id name}}}}", `{"id":"r"}`},
		{"every field of every event, which passes", everyEvent(generated.NewExecutableSchema(Config(nil)).Schema(), "event"), `{"roomId":"r"}`},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			ask := mustAskAgain(b, bench.document, bench.variables)
			for b.Loop() {
				ask()
			}
		})
	}
}
