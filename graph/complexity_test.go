package graph

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"usher/graph/generated"
	"usher/wire"
)

func TestComplexityIsLimitedByKindOfOperation(t *testing.T) {
	for name, test := range map[string]struct {
		limit, beside int // beside is the document's cost without its rows
		document      string
	}{
		"a query":        {wire.DefaultLimits.Complexity, 2, `query($n: Int){room(id:"r"){participants(first:$n){totalCount}}}`},
		"a subscription": {wire.DefaultLimits.MessageComplexity, 3, `subscription($n: Int){roomEvents(roomId:"r"){room{participants(first:$n){totalCount}}}}`},
		"a subscription to events of several types": {wire.DefaultLimits.MessageComplexity, 3, `subscription($n: Int){roomEvents(roomId:"r"){
			... on RoomUpdated{room{participants(first:$n){totalCount}}} ...F}} fragment F on RoomDeleted{room{participants(first:$n){totalCount}}}`},
		"a subscription with fragments on all events": {wire.DefaultLimits.MessageComplexity, 3, `subscription($n: Int){roomEvents(roomId:"r"){...E ...F}}
			fragment E on RoomEvent{... on RoomUpdated{room{participants(first:$n){totalCount}}}}
			fragment F on RoomEvent{... on RoomDeleted{room{participants(first:$n){totalCount}}}}`},
	} {
		t.Run(name, func(t *testing.T) {
			rows := test.limit - test.beside
			if refused := mustNotRun(t, test.document, fmt.Sprintf(`{"n":%d}`, rows)); refused != nil {
				t.Errorf("%d: %v", test.limit, refused.Errors)
			}
			refused := mustNotRun(t, test.document, fmt.Sprintf(`{"n":%d}`, rows+1))
			if refused == nil || refused.Errors[0].Extensions["code"] != wire.CodeTooComplex {
				t.Errorf("%d: got %v, want %s", test.limit+1, refused, wire.CodeTooComplex)
			}
		})
	}
}

func mustReadFile(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// appDocument matches the app's own documents, and those in GraphiQL's examples.
var appDocument = regexp.MustCompile("(?s)`\n(# .*?)`")

func TestTheAppsOwnDocumentsPassTheComplexityLimit(t *testing.T) {
	schema := generated.NewExecutableSchema(Config(nil))
	var app strings.Builder
	err := filepath.WalkDir("../web/src", func(path string, _ fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".graphql") {
			app.WriteString(mustReadFile(t, path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	documents := []string{app.String()}
	for _, file := range []string{"examples.ts", "ofTools.ts", "gestures.ts"} {
		for _, example := range appDocument.FindAllStringSubmatch(mustReadFile(t, "../web/src/graphiql/"+file), -1) {
			documents = append(documents, example[1])
		}
	}
	if len(documents) < 5 {
		t.Errorf("found %d documents", len(documents))
	}
	guard := wire.NewGuard(wire.DefaultLimits, graphql.NoCache[*ast.QueryDocument]{})
	if err := guard.Validate(schema); err != nil {
		t.Fatal(err)
	}
	for _, text := range documents {
		document, errs := gqlparser.LoadQueryWithRules(schema.Schema(), text, wire.ValidationRules(true)())
		if errs != nil {
			t.Fatal(errs)
		}
		for _, operation := range document.Operations {
			op := &graphql.OperationContext{
				RawQuery: text, Doc: document, Operation: operation, Variables: map[string]any{"first": 100},
			}
			if err := guard.(graphql.OperationContextMutator).MutateOperationContext(t.Context(), op); err != nil {
				t.Errorf("%s: %v", operation.Name, err)
			}
		}
	}
}

// The guard keeps the cost of an operation, unless its variables change the cost.
func TestAVariableDecidesTheCostOfEachRequest(t *testing.T) {
	schema := generated.NewExecutableSchema(Config(nil))
	guard := wire.NewGuard(wire.DefaultLimits, graphql.NoCache[*ast.QueryDocument]{})
	if err := guard.Validate(schema); err != nil {
		t.Fatal(err)
	}
	const text = `query Rooms($first: Int, $state: ParticipantState!) {
		rooms(first: $first) { nodes { participants(first: 30, state: [$state]) { nodes { displayName role } } } } }`
	document, errs := gqlparser.LoadQueryWithRules(schema.Schema(), text, wire.ValidationRules(true)())
	if errs != nil {
		t.Fatal(errs)
	}
	for _, test := range []struct {
		first   int
		refused bool
	}{{1, false}, {2, false}, {100, false}, {1000, true}, {1, false}} {
		op := &graphql.OperationContext{
			RawQuery: text, Doc: document, Operation: document.Operations[0],
			Variables: map[string]any{"first": test.first, "state": "IN_ROOM"},
		}
		err := guard.(graphql.OperationContextMutator).MutateOperationContext(t.Context(), op)
		if (err != nil) != test.refused {
			t.Errorf("first %d: %v, costs %d", test.first, err, wire.Cost(op))
		}
	}
}
