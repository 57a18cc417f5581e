package wire

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"usher/wire/testdata/mini"
)

func TestEachLimitAllowsItsNumberAndNoMore(t *testing.T) {
	es := MustReadContract(t)
	repeat := func(format string) func(n int) string {
		return func(n int) string {
			var text strings.Builder
			for i := range n {
				fmt.Fprintf(&text, format, i)
			}
			return text.String()
		}
	}
	const comparisons = "the document has more than 10000 comparisons of fields with one name"
	const expanded = "the document has more than 2000 fields with its fragments expanded"
	spread, fragments := repeat("...F%[1]d "), repeat("fragment F%[1]d on Query{serverTime} ")
	for name, test := range map[string]struct {
		limit   int
		refusal string
		doc     func(n int) string
	}{
		"tokens": {DefaultLimits.Tokens, "the document has more than 2000 tokens", func(n int) string {
			return "{serverTime" + strings.Repeat(" #\n", n-3) + "}"
		}},
		"fields as written": {DefaultLimits.Fields, "the document has more than 1500 fields", func(n int) string {
			return "{" + numbered("f%d ", n) + "}"
		}},
		"fields as written in fragments": {DefaultLimits.Fields, "the document has more than 1500 fields", func(n int) string {
			return "{...F} fragment F on Query{... on Query{" + numbered("f%d ", n) + "}}"
		}},
		"fields expanded": {DefaultLimits.Expanded, expanded, func(n int) string {
			return "{" + numbered("f%d ", n-1900) + strings.Repeat("...F ", 19) + "} fragment F on Query{" + numbered("g%d ", 100) + "}"
		}},
		"fields expanded over all operations": {DefaultLimits.Expanded, expanded, func(n int) string {
			return numbered("query Q%d{...F} ", 20) + "query{" + numbered("f%d ", n-2000) + "...G} fragment F on Query{" +
				numbered("g%d ", 90) + "} fragment G on Query{...H ...H} fragment H on Query{" + numbered("h%d ", 100) + "}"
		}},
		"levels": {DefaultLimits.Depth, "the document has more than 15 levels of fields", func(n int) string {
			return strings.Repeat("{a", n) + strings.Repeat("}", n)
		}},
		"levels through fragments": {DefaultLimits.Depth, "the document has more than 15 levels of fields", func(n int) string {
			return "{a{...F}} fragment F on X{b{... on Y{" + strings.Repeat("c{", n-3) + "d" + strings.Repeat("}", n-3) + "}}}"
		}},
		"aliases": {DefaultLimits.Aliases, "the document has more than 15 aliases", func(n int) string {
			return "{same:same " + repeat("a%d:serverTime ")(n) + "}"
		}},
		"characters in an alias": {DefaultLimits.AliasLength, "the document has more than 100 characters in an alias", func(n int) string {
			return "{" + strings.Repeat("a", n) + ":serverTime}"
		}},
		"comparisons of equal fields": {DefaultLimits.Comparisons, comparisons, func(n int) string { return "{" + compared(n) + "}" }},
		"comparisons in objects that merge": {DefaultLimits.Comparisons, comparisons, func(n int) string {
			return "{a{b{c c}} a{b{c}} ... on X{a{b{c}}}" + compared(n-3*2-6) + "}" // 3 of a, 3 of b, 6 of c
		}},
		"comparisons through fragments": {DefaultLimits.Comparisons, comparisons, func(n int) string {
			return "{a{...F} a{...F ...G}} fragment F on X{b c} fragment G on X{b{" + compared(n-2) + "}}" // of a, and of b
		}},
		"comparisons in an unused fragment": {DefaultLimits.Comparisons, comparisons, func(n int) string {
			return "{a} fragment F on X{...G} fragment G on X{b{" + compared(n) + "}}"
		}},
		"directives": {DefaultLimits.Directives, "the document has more than 10 directives", func(n int) string {
			return "query($v: Int @a) @a {serverTime @a ... @a {serverTime} ...F @a} fragment F on Query @a {serverTime " +
				repeat("@b%d ")(n-6) + "}"
		}},
		"fragments": {DefaultLimits.Fragments, "the document has more than 30 fragments", func(n int) string {
			return "{" + spread(n) + "} " + fragments(n)
		}},
		"root fields of a mutation": {1, "the document has more than 1 root field in a mutation or subscription", func(n int) string {
			return "mutation{" + strings.Repeat("signOut{me{user{id}}} ", n) + "}"
		}},
		"root fields of a subscription through fragments": {
			1, "the document has more than 1 root field in a mutation or subscription",
			func(n int) string {
				return "subscription{" + strings.Repeat("...F ", n) + "} fragment F on Subscription{... on Subscription{a{b c d}}}"
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			if err := guardDocument(es, test.doc(test.limit)); err != nil {
				t.Errorf("%d: %v", test.limit, err)
			}
			err := guardDocument(es, test.doc(test.limit+1))
			if err == nil || err.Message != test.refusal || err.Extensions["code"] != CodeTooComplex {
				t.Errorf("%d: got %v, want %s: %s", test.limit+1, err, CodeTooComplex, test.refusal)
			}
		})
	}
}

// compared writes fields that need this many comparisons.
func compared(n int) string {
	var text strings.Builder
	for i := 0; n > 0; i++ {
		equal := 2
		for ; (equal+1)*equal/2 <= n; equal++ {
		}
		text.WriteString(strings.Repeat(fmt.Sprintf(" f%d", i), equal))
		n -= equal * (equal - 1) / 2
	}
	return text.String()
}

func TestFragmentsThatContainThemselvesAreRejected(t *testing.T) {
	es := MustReadContract(t)
	for name, doc := range map[string]string{
		"at once":            "{...A} fragment A on Query{...A}",
		"by way of another":  "{...A} fragment A on Query{...B} fragment B on Query{x{...A}}",
		"an unused fragment": "{serverTime} fragment A on Query{... on Query{...A}}",
	} {
		t.Run(name, func(t *testing.T) {
			if err := guardDocument(es, doc); err == nil || err.Extensions["code"] != CodeValidationFailed {
				t.Errorf("got %v, want %s", err, CodeValidationFailed)
			}
		})
	}
}

// nodes counts the operations, fragments, selections and directives, each once.
func nodes(doc *ast.QueryDocument) int {
	total := 0
	var selections func(ast.SelectionSet)
	selections = func(set ast.SelectionSet) {
		for _, selection := range set {
			total++
			switch selection := selection.(type) {
			case *ast.Field:
				total += len(selection.Directives)
				selections(selection.SelectionSet)
			case *ast.InlineFragment:
				total += len(selection.Directives)
				selections(selection.SelectionSet)
			case *ast.FragmentSpread:
				total += len(selection.Directives)
			}
		}
	}
	for _, operation := range doc.Operations {
		total += 1 + len(operation.Directives)
		for _, variable := range operation.VariableDefinitions {
			total += len(variable.Directives)
		}
		selections(operation.SelectionSet)
	}
	for _, fragment := range doc.Fragments {
		total += 1 + len(fragment.Directives)
		selections(fragment.SelectionSet)
	}
	return total
}

func TestEachNodeIsVisitedOnce(t *testing.T) {
	unlimited := Limits{}
	for _, limit := range []*int{
		&unlimited.Fields, &unlimited.Expanded, &unlimited.Depth, &unlimited.Aliases, &unlimited.AliasLength, &unlimited.Comparisons,
		&unlimited.Directives, &unlimited.Fragments,
	} {
		*limit = beyond + 1
	}
	for name, text := range map[string]string{
		"nested fragments that double, 1,000 of them": doubling(1000),
		"the introspection query":                     MustReadFile(t, "testdata/introspection.graphql"),
		"directives and variables":                    "query($a: Int @x) @y {a @z ...F @z ...F} fragment F on Query @x {... @x {b}}",
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := parser.ParseQuery(&ast.Source{Input: text})
			if err != nil {
				t.Fatal(err)
			}
			m := measure(doc, unlimited)
			if m.err != nil {
				t.Fatal(m.err)
			}
			if m.visited != nodes(doc) {
				t.Errorf("visited %d of %d nodes", m.visited, nodes(doc))
			}
			if m := measure(doc, DefaultLimits); m.visited > nodes(doc) {
				t.Errorf("visited %d of %d nodes", m.visited, nodes(doc))
			}
		})
	}
}

func TestFragmentsThatDoubleAreRejectedByLength(t *testing.T) {
	es := MustReadContract(t)
	start := time.Now()
	err := guardDocument(es, doubling(28))
	if err == nil || err.Message != "the document has more than 2000 fields with its fragments expanded" {
		t.Errorf("got %v, want a refusal of the fields expanded", err)
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("took %v: 2^27 fields were walked", took)
	}
}

func TestOnlyValidDocumentsAreCached(t *testing.T) {
	es := mini.New()
	kept := documents{graphql.MapCache[*ast.QueryDocument]{}}
	exec := executor.New(es)
	exec.SetQueryCache(kept)
	exec.SetDefaultRulesFn(ValidationRules(false))
	exec.Use(NewGuard(DefaultLimits, kept))
	long := "{hello(name: " + `"` + strings.Repeat("a", keptDocumentLen) + `"` + ")}"
	for name, test := range map[string]struct {
		doc  string
		kept bool
	}{
		"one that the guard refuses": {"{" + strings.Repeat("hello ", DefaultLimits.Fields+1) + "}", false},
		"one that does not parse":    {"{hello", false},
		"one that is not valid":      {"{goodbye}", false},
		"one that is very long":      {long, false},
		"one that passes":            {"{hello}", true},
	} {
		t.Run(name, func(t *testing.T) {
			ctx := graphql.StartOperationTrace(t.Context())
			_, errs := exec.CreateOperationContext(ctx, &graphql.RawParams{Query: test.doc})
			if refused := len(errs) > 0; refused == (test.kept || test.doc == long) {
				t.Errorf("refused with %v", errs)
			}
			if _, found := kept.Get(ctx, test.doc); found != test.kept {
				t.Errorf("kept %t, want %t", found, test.kept)
			}
		})
	}
}

func TestAKnownDocumentIsNotMeasuredAgain(t *testing.T) {
	known := graphql.MapCache[*ast.QueryDocument]{}
	text := "{" + strings.Repeat("hello ", DefaultLimits.Fields+1) + "}"
	doc, err := parser.ParseQuery(&ast.Source{Input: text})
	if err != nil {
		t.Fatal(err)
	}
	known.Add(t.Context(), text, doc)
	g := &guard{limits: DefaultLimits, known: known, schema: mini.New().Schema()}
	if err := g.MutateOperationParameters(t.Context(), &graphql.RawParams{Query: text}); err != nil {
		t.Errorf("measured again: %v", err)
	}
	if err := g.MutateOperationParameters(t.Context(), &graphql.RawParams{Query: text + " "}); err == nil {
		t.Error("another text passes")
	}
}

func TestA8_IntrospectionHasNoAliasesAndTwoLevelsOfLists(t *testing.T) {
	for document, want := range map[string]string{
		"{__schema{types{fields{type{fields{name}}}}}}":                                                                         "",
		"{__schema{types{fields{type{fields{type{fields{name}}}}}}}}":                                                           "more than 2 levels",
		`{__type(name:"Room"){possibleTypes{interfaces{inputFields{name}}}}}`:                                                   "more than 2 levels",
		"{__schema{types{...F}}} fragment F on __Type{fields{type{...G}}} fragment G on __Type{fields{name}}":                   "",
		"{__schema{types{...F}}} fragment F on __Type{fields{type{...G}}} fragment G on __Type{fields{type{interfaces{name}}}}": "more than 2 levels",
		`{__schema{types{name}} __type(name:"Room"){name}}`:                                                                     "",
		"{a:__schema{types{name}}}":             "more than 0 aliases",
		"{__schema{a:types{name} types{name}}}": "more than 0 aliases",
		"{a:serverTime b:serverTime}":           "",
	} {
		doc, err := parser.ParseQuery(&ast.Source{Input: document})
		if err != nil {
			t.Fatal(err)
		}
		refusal := measure(doc, DefaultLimits).err
		switch {
		case want == "" && refusal != nil:
			t.Errorf("%s: refused: %v", document, refusal)
		case want != "" && (refusal == nil || !strings.Contains(refusal.Message, want)):
			t.Errorf("%s: refused with %v, want %s", document, refusal, want)
		}
	}
}
