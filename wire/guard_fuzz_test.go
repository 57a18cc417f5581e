package wire

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator"
)

// contract is the public API without resolvers, which is enough to guard, validate and cost documents.
type contract struct{ schema *ast.Schema }

func (c contract) Schema() *ast.Schema { return c.schema }

func (contract) Complexity(context.Context, string, string, int, map[string]any) (int, bool) {
	return 0, false
}

func (contract) Exec(context.Context) graphql.ResponseHandler { panic("nothing is run here") }

func MustReadContract(t testing.TB) contract {
	t.Helper()
	return contract{gqlparser.MustLoadSchema(&ast.Source{Name: "contract", Input: MustReadFile(t, "../graph/contract.graphql")})}
}

func MustReadFile(t testing.TB, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// guardDocument runs only the guard on a document of the contract's API.
func guardDocument(es graphql.ExecutableSchema, query string) *gqlerror.Error {
	g := &guard{limits: DefaultLimits, known: graphql.NoCache[*ast.QueryDocument]{}, schema: es.Schema()}
	doc, err := g.parse(query)
	if err != nil {
		return err
	}
	return measure(doc, g.limits).err
}

// doubling returns a document of n fragments that each spread the next one twice.
func doubling(n int) string {
	var doc strings.Builder
	doc.WriteString("{...F1}")
	for i := 1; i < n; i++ {
		fmt.Fprintf(&doc, " fragment F%d on Query{...F%d ...F%d}", i, i+1, i+1)
	}
	fmt.Fprintf(&doc, " fragment F%d on Query{serverTime}", n)
	return doc.String()
}

// FuzzGuard checks documents that the guard and validation accept. Counting their complexity takes less than 10 ms (100 ms on slow
// machines), and the guard's count of fields equals a full expansion.
func FuzzGuard(f *testing.F) {
	es := MustReadContract(f)
	for _, seed := range []string{
		"{serverTime}", doubling(3), doubling(10), doubling(28), MustReadFile(f, "testdata/introspection.graphql"),
		"query A($id: ID!){room(id: $id){...R}} fragment R on Room{id session{...S}} fragment S on Session{id}",
		"mutation{signOut{me{user{id}}}}", "{...A} fragment A on Query{...B} fragment B on Query{...A}",
		"{a:serverTime @skip(if: true) ... on Query @include(if: false){b:serverTime}}",
		"subscription{presence(roomId: 1){online}}", `{room(id: "\u0000"){id}}`, "{", "#", "\ufeff{serverTime}",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, query string) {
		g := &guard{limits: DefaultLimits, known: graphql.NoCache[*ast.QueryDocument]{}, schema: es.schema}
		doc, refusal := g.parse(query)
		if refusal != nil {
			return
		}
		m := measure(doc, g.limits)
		if m.visited > nodes(doc) {
			t.Errorf("visited %d of %d nodes", m.visited, nodes(doc))
		}
		if m.err != nil || len(validator.ValidateWithRules(es.schema, doc, ValidationRules(true)())) > 0 {
			return
		}
		expanded := 0
		for _, operation := range doc.Operations {
			expanded += expand(operation.SelectionSet)
			start := time.Now()
			costs{t.Context(), es, es.schema, nil, map[string]bool{}}.of(operation.SelectionSet)
			if took := time.Since(start); took > 5*time.Second {
				t.Errorf("accepted, but counting its complexity took %v", took)
			}
		}
		if expanded > g.limits.Expanded {
			t.Errorf("accepted with %d fields", expanded)
		}
	})
}

// expand counts the fields of a valid selection set by visiting all of them.
func expand(set ast.SelectionSet) int {
	total := 0
	for _, selection := range set {
		switch selection := selection.(type) {
		case *ast.Field:
			total += 1 + expand(selection.SelectionSet)
		case *ast.InlineFragment:
			total += expand(selection.SelectionSet)
		case *ast.FragmentSpread:
			total += expand(selection.Definition.SelectionSet)
		}
	}
	return total
}

func BenchmarkGuard(b *testing.B) {
	es := MustReadContract(b)
	for _, bench := range []struct{ name, doc string }{
		{"a usual query", "query Room($id: ID!){room(id: $id){id title session{id state startsAt} managers{role user{id name}}}}"},
		{"28 fragments that double", doubling(28)},
	} {
		b.Run(bench.name, func(b *testing.B) {
			for b.Loop() {
				_ = guardDocument(es, bench.doc)
			}
		})
	}
}
