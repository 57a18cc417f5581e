package wire

import (
	"context"
	"errors"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
)

// Limits bound what one document and its variables may ask for, all counted before anything expensive looks at them.
type Limits struct {
	// Tokens of the document as gqlparser counts them, comments too.
	Tokens int
	// Fields as written.
	Fields int
	// Expanded counts the fields with each fragment in the place of its spreads, over all operations of the document.
	Expanded int
	// Depth counts the levels of fields; fragments add none.
	Depth int
	// Aliases are names given that differ from the field's own.
	Aliases int
	// AliasLength is that of one alias: answers repeat it in each row.
	AliasLength int
	// Comparisons of fields that have one response name, to see whether they agree.
	Comparisons int
	// Directives in all places together.
	Directives int
	// Fragments with a name.
	Fragments int
	// Complexity as gqlgen adds it up, with the schema's own figures where a field has one.
	Complexity int
	// MessageComplexity is that of a subscription, whose document is executed again for each message.
	MessageComplexity int
	// VariableDepth counts the levels of lists and objects in one variable.
	VariableDepth int
	// VariableValues counts the values in all variables together.
	VariableValues int
}

// DefaultLimits let graphql-js's introspection query with every option pass (15 levels), and a subscription that selects
// every field of every event, one level of objects deep, with __typename everywhere (about 780 fields).
var DefaultLimits = Limits{
	Tokens:            1_000,
	Fields:            800,
	Expanded:          2_000,
	Depth:             15,
	Aliases:           15,
	AliasLength:       100,
	Comparisons:       10_000,
	Directives:        10,
	Fragments:         30,
	Complexity:        DefaultComplexity,
	MessageComplexity: 350,
	VariableDepth:     10,
	VariableValues:    10_000,
}

// DefaultComplexity lets a query for every field pass, two levels deep, which comes to 33,521 for twenty rooms; the app's dearest,
// of a room's last hundred events, comes to 22,303.
const DefaultComplexity = 40_000

// guard refuses documents that would cost too much. It runs before gqlgen parses and validates, looks at each node of a
// document once, and not at all at a document that stands in the query cache: what is there has passed.
type guard struct {
	limits     Limits
	known      graphql.Cache[*ast.QueryDocument]
	executable graphql.ExecutableSchema
	schema     *ast.Schema
}

// NewGuard returns the extension that refuses documents beyond the limits. known is the query cache of the server that uses it.
func NewGuard(limits Limits, known graphql.Cache[*ast.QueryDocument]) graphql.HandlerExtension {
	return &guard{limits: limits, known: known}
}

func (*guard) ExtensionName() string { return "Guard" }

// Validate takes the schema that variables are held against.
func (g *guard) Validate(schema graphql.ExecutableSchema) error {
	g.executable, g.schema = schema, schema.Schema()
	return nil
}

// MutateOperationParameters changes nothing: it is gqlgen's first look at a request.
func (g *guard) MutateOperationParameters(ctx context.Context, params *graphql.RawParams) *gqlerror.Error {
	doc, known := g.known.Get(ctx, params.Query)
	if !known {
		var err *gqlerror.Error
		if doc, err = g.parse(params.Query); err != nil {
			return err
		}
		if err := measure(doc, g.limits).err; err != nil {
			return err
		}
	}
	if len(doc.Operations) == 0 {
		return refuse(CodeValidationFailed, "the document has no operation")
	}
	operation := doc.Operations.ForName(params.OperationName)
	if operation == nil {
		return refuse(CodeValidationFailed, "the document has no operation of that name; set operationName to one that it contains")
	}
	return g.checkVariables(operation, params.Variables)
}

// MutateOperationContext changes nothing: it looks at what validation has found to be a request, before anything reads it.
func (g *guard) MutateOperationContext(ctx context.Context, op *graphql.OperationContext) *gqlerror.Error {
	if err := g.checkLimits(op.Operation, op.Variables); err != nil {
		return err
	}
	return g.checkComplexity(ctx, op)
}

// parse reads a document of at most limits.Tokens. Its errors say where, and repeat nothing of the document.
func (g *guard) parse(query string) (*ast.QueryDocument, *gqlerror.Error) {
	doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: query}, g.limits.Tokens)
	if err == nil {
		return doc, nil
	}
	if strings.Contains(err.Error(), "exceeded token limit") {
		return nil, refuseCost(g.limits.Tokens, "tokens")
	}
	refusal := refuse(CodeParseFailed, "syntax error")
	if at, ok := errors.AsType[*gqlerror.Error](err); ok && len(at.Locations) > 0 {
		refusal = refuse(CodeParseFailed, "syntax error at line %d, column %d", at.Locations[0].Line, at.Locations[0].Column)
		refusal.Locations = at.Locations
	}
	return nil, refusal
}

func refuseCost(limit int, of string) *gqlerror.Error {
	return refuse(CodeTooComplex, "the document has more than %d %s", limit, of)
}

// size is what a selection set comes to with its fragments expanded.
type size struct {
	fields int // below and in it
	depth  int // levels of fields
	roots  int // fields of its own level
	lists  int // levels of the lists by which introspection can go round in circles
}

// beyond is more than any limit and still far from overflow when added up.
const beyond = 1 << 40

func (s *size) add(other size) {
	s.fields = min(s.fields+other.fields, beyond)
	s.depth = max(s.depth, other.depth)
	s.roots = min(s.roots+other.roots, beyond)
	s.lists = max(s.lists, other.lists)
}

// measurement is one walk over a document. Each fragment is measured once, whatever the number of its spreads, so that
// nested fragments that double at each level cost their length alone.
type measurement struct {
	limits    Limits
	fragments map[string]*ast.FragmentDefinition
	sizes     map[*ast.FragmentDefinition]*size // nil while it is being measured: met again, it is a cycle

	fields, aliases, directives, visited int
	introspects                          bool
	err                                  *gqlerror.Error
}

// measure walks the document and stops at the first limit that it exceeds.
func measure(doc *ast.QueryDocument, limits Limits) *measurement {
	m := &measurement{
		limits:    limits,
		fragments: make(map[string]*ast.FragmentDefinition, len(doc.Fragments)),
		sizes:     make(map[*ast.FragmentDefinition]*size, len(doc.Fragments)),
	}
	m.limit(len(doc.Fragments), limits.Fragments, "fragments")
	for _, fragment := range doc.Fragments {
		if m.fragments[fragment.Name] == nil {
			m.fragments[fragment.Name] = fragment
		}
	}
	expanded := 0
	for _, operation := range doc.Operations {
		m.visited++
		m.count(operation.Directives)
		for _, variable := range operation.VariableDefinitions {
			m.count(variable.Directives)
		}
		total := m.selections(operation.SelectionSet)
		expanded += total.fields
		m.limit(total.depth, limits.Depth, "levels of fields")
		m.limit(expanded, limits.Expanded, "fields with its fragments expanded")
		if m.introspects {
			m.limit(total.lists, maxIntrospectedLists, "levels of fields, interfaces, possibleTypes or inputFields in introspection")
			m.limit(m.aliases, 0, "aliases beside introspection")
		}
		if operation.Operation != ast.Query {
			m.limit(total.roots, 1, "root field in a mutation or subscription")
		}
	}
	for _, fragment := range doc.Fragments {
		m.limit(m.fragment(fragment).fields, limits.Expanded, "fields with its fragments expanded")
	}
	if m.err == nil {
		merging := merging{fragments: m.fragments, reached: map[string]bool{}, most: limits.Comparisons}
		m.limit(merging.document(doc), limits.Comparisons, "comparisons of fields with one name")
	}
	return m
}

func (m *measurement) limit(n, limit int, of string) {
	if n > limit && m.err == nil {
		m.err = refuseCost(limit, of)
	}
}

func (m *measurement) count(directives ast.DirectiveList) {
	m.visited += len(directives)
	m.directives += len(directives)
	m.limit(m.directives, m.limits.Directives, "directives")
}

func (m *measurement) selections(set ast.SelectionSet) size {
	var total size
	for _, selection := range set {
		if m.err != nil {
			return total
		}
		m.visited++
		switch selection := selection.(type) {
		case *ast.Field:
			total.add(m.field(selection))
		case *ast.InlineFragment:
			m.count(selection.Directives)
			total.add(m.selections(selection.SelectionSet))
		case *ast.FragmentSpread:
			m.count(selection.Directives)
			if fragment := m.fragments[selection.Name]; fragment != nil {
				total.add(m.fragment(fragment))
			}
		}
	}
	return total
}

func (m *measurement) field(field *ast.Field) size {
	m.fields++
	m.limit(m.fields, m.limits.Fields, "fields")
	if field.Alias != field.Name {
		m.aliases++
		m.limit(m.aliases, m.limits.Aliases, "aliases")
		m.limit(len(field.Alias), m.limits.AliasLength, "characters in an alias")
	}
	m.count(field.Directives)
	below := m.selections(field.SelectionSet)
	here := size{fields: below.fields + 1, depth: below.depth + 1, roots: 1, lists: below.lists}
	switch field.Name {
	case "__schema", "__type":
		m.introspects = true
	case "fields", "interfaces", "possibleTypes", "inputFields":
		here.lists++
	}
	return here
}

// maxIntrospectedLists is what tools need, with one to spare. Each level multiplies the answer by the fields of a type, so
// graphql-js bounds the same lists (its rule MaxIntrospectionDepth).
const maxIntrospectedLists = 2

func (m *measurement) fragment(fragment *ast.FragmentDefinition) size {
	if known, met := m.sizes[fragment]; met {
		if known == nil {
			if m.err == nil {
				m.err = refuse(CodeValidationFailed, "a fragment contains itself")
			}
			return size{}
		}
		return *known
	}
	m.sizes[fragment] = nil
	m.visited++
	m.count(fragment.Directives)
	total := m.selections(fragment.SelectionSet)
	m.sizes[fragment] = &total
	return total
}
