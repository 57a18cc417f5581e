package wire

import (
	"context"
	"errors"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
)

// Limits limit what one document and its variables may ask for. All are checked before anything expensive.
type Limits struct {
	// Tokens limits the document's tokens as gqlparser counts them, including comments.
	Tokens int
	// Fields limits the fields as written.
	Fields int
	// Expanded limits the fields of all operations after each fragment has replaced its spreads.
	Expanded int
	// Depth limits the levels of fields. Fragments add none.
	Depth int
	// Aliases limits the aliases that differ from the field's name.
	Aliases int
	// AliasLength limits the characters of an alias, because answers repeat it in each row.
	AliasLength int
	// Comparisons limits how many pairs of fields with the same response name validation must compare.
	Comparisons int
	// Directives limits the directives in all places together.
	Directives int
	// Fragments limits the named fragments.
	Fragments int
	// Complexity limits the cost as gqlgen computes it, with the schema's own functions.
	Complexity int
	// MessageComplexity limits the cost of a subscription. Its document is executed again for each message.
	MessageComplexity int
	// VariableDepth limits the levels of lists and objects in one variable.
	VariableDepth int
	// VariableValues limits the values in all variables together.
	VariableValues int
}

// DefaultLimits accept graphql-js's introspection query with every option (15 levels). They also accept a subscription to every field
// of every event, one level of objects deep, with __typename everywhere: about 720 fields and 1,000 tokens. That leaves room for as many
// kinds of events again.
var DefaultLimits = Limits{
	Tokens:            2_000,
	Fields:            1_500,
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

// DefaultComplexity accepts a query for every field, two levels deep, which costs 33,521 for twenty rooms. The app's most expensive
// query, for a room's last hundred events, costs 22,303.
const DefaultComplexity = 40_000

// guard refuses documents that would cost too much. It runs before gqlgen parses and validates, and visits each node of a document
// once. It skips documents in the query cache, because they have passed before.
type guard struct {
	limits     Limits
	known      graphql.Cache[*ast.QueryDocument]
	executable graphql.ExecutableSchema
	schema     *ast.Schema
	costs      graphql.Cache[*keptCosts] // of documents with one operation
}

// NewGuard returns the extension that refuses documents beyond the limits. known is the server's query cache.
func NewGuard(limits Limits, known graphql.Cache[*ast.QueryDocument]) graphql.HandlerExtension {
	return &guard{limits: limits, known: known, costs: lru.New[*keptCosts](keptDocuments)}
}

func (*guard) ExtensionName() string { return "Guard" }

// Validate stores the schema, which variables are checked against.
func (g *guard) Validate(schema graphql.ExecutableSchema) error {
	g.executable, g.schema = schema, schema.Schema()
	return nil
}

// MutateOperationParameters checks a request before gqlgen reads it. It changes nothing.
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

// MutateOperationContext checks a validated request before anything executes it. It changes nothing.
func (g *guard) MutateOperationContext(ctx context.Context, op *graphql.OperationContext) *gqlerror.Error {
	if err := g.checkLimits(op.Operation, op.Variables); err != nil {
		return err
	}
	return g.checkComplexity(ctx, op)
}

// parse parses a document of at most limits.Tokens. Its errors give the position and repeat nothing of the document.
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

// size is the size of a selection set with its fragments expanded.
type size struct {
	fields int // including those below
	depth  int // levels of fields
	roots  int // fields of the top level
	lists  int // levels of the lists through which introspection can form cycles
}

// beyond exceeds every limit but does not overflow when added up.
const beyond = 1 << 40

func (s *size) add(other size) {
	s.fields = min(s.fields+other.fields, beyond)
	s.depth = max(s.depth, other.depth)
	s.roots = min(s.roots+other.roots, beyond)
	s.lists = max(s.lists, other.lists)
}

// measurement is one walk over a document. It measures each fragment once, however often it is spread. So nested fragments that double
// at each level cost no more than their length.
type measurement struct {
	limits    Limits
	fragments map[string]*ast.FragmentDefinition
	sizes     map[*ast.FragmentDefinition]*size // nil while a fragment is being measured, to detect cycles

	fields, aliases, directives, visited int
	introspects                          bool
	err                                  *gqlerror.Error
}

// measure walks the document and stops at the first exceeded limit.
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

// maxIntrospectedLists is one more than tools need. Each level multiplies the answer by the fields of a type, so graphql-js limits the
// same lists (its rule MaxIntrospectionDepth).
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
