package stories

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	. "usher/sitetest"
)

// The hostile corpus asks every argument and input field of the schema, with values that are too large and with the largest that
// are allowed.

// probe is a document that passes one argument or input field, by a variable.
type probe struct {
	taken
	document  string
	variables Object
	path      []string // to the value within the variables
}

// item is a step of a path into the first item of a list.
const item = "[]"

// With returns the probe's variables with a value.
func (p probe) With(value any) Object { return replaced(p.variables, p.path, value).(Object) }

// replaced returns a copy of a value in which the value at a path is another one.
func replaced(of any, path []string, value any) any {
	if len(path) == 0 {
		return value
	}
	if path[0] == item {
		return []any{replaced(of.([]any)[0], path[1:], value)}
	}
	fields := Object{}
	if given, ok := of.(Object); ok {
		for name, field := range given {
			fields[name] = field
		}
	}
	fields[path[0]] = replaced(fields[path[0]], path[1:], value)
	return fields
}

// reaches lists the ways to fields with arguments below the root types.
var reaches = map[string]string{
	"Room":           `room(id: $reach) { %s }`,
	"RoomTools":      `room(id: $reach) { tools { %s } }`,
	"Invitation":     `node(id: $reach) { ... on Invitation { %s } }`,
	"Participant":    `node(id: $reach) { ... on Participant { %s } }`,
	"Interaction":    `node(id: $reach) { ... on Interaction { %s } }`,
	"SessionSummary": `room(id: $reach) { summary { %s } }`,
}

// probesOf makes a probe for each argument and input field of a schema. real has genuine values for them by name, and for the types
// that lead to fields.
func probesOf(t *testing.T, schema *ast.Schema, real Object) (all []probe) {
	t.Helper()
	for _, definition := range schema.Types {
		if definition.BuiltIn || definition.Kind != ast.Object {
			continue
		}
		for _, field := range definition.Fields {
			if strings.HasPrefix(field.Name, "__") {
				continue
			}
			for _, argument := range field.Arguments {
				p := passing(t, schema, definition, field, argument, real)
				p.taken = taken{fmt.Sprintf("%s.%s(%s)", definition.Name, field.Name, argument.Name), argument.Type, argument.Directives}
				p.path = []string{argument.Name}
				all = append(all, p)
				all = append(all, p.inside(schema)...)
			}
		}
	}
	return all
}

// inside makes a probe for each field of the input object that a probe passes, and of those in it.
func (p probe) inside(schema *ast.Schema) (all []probe) {
	of := schema.Types[p.of.Name()]
	if of.Kind != ast.InputObject {
		return nil
	}
	path := p.path
	if p.of.Elem != nil {
		path = append(slices.Clone(path), item)
		if given, ok := valueAt(p.variables, p.path).([]any); !ok || len(given) == 0 { // a list that is not asked for
			p.variables = replaced(p.variables, p.path, []any{genuine(schema, "", ast.NonNullNamedType(of.Name, nil), Object{})}).(Object)
		}
	}
	for _, field := range of.Fields {
		p.taken = taken{of.Name + "." + field.Name, field.Type, field.Directives}
		p.path = append(slices.Clone(path), field.Name)
		all = append(all, p)
		all = append(all, p.inside(schema)...)
	}
	return all
}

// valueAt returns the value at a path, or nil for a path that leads nowhere.
func valueAt(of any, path []string) any {
	for _, step := range path {
		switch fields, ok := of.(Object); {
		case step == item:
			of = of.([]any)[0]
		case !ok:
			return nil
		default:
			of = fields[step]
		}
	}
	return of
}

// passing returns a probe that passes an argument, and the other required arguments of its field.
func passing(t *testing.T, schema *ast.Schema, of *ast.Definition, field *ast.FieldDefinition, passed *ast.ArgumentDefinition, real Object) probe {
	t.Helper()
	p := probe{variables: Object{}}
	var declared, given []string
	for _, argument := range field.Arguments {
		if argument == passed || argument.Type.NonNull {
			declared = append(declared, fmt.Sprintf("$%s: %s", argument.Name, argument.Type))
			given = append(given, fmt.Sprintf("%s: $%s", argument.Name, argument.Name))
			p.variables[argument.Name] = genuine(schema, argument.Name, argument.Type, real)
		}
	}
	asked := field.Name + "(" + strings.Join(given, ", ") + ")"
	if !schema.Types[field.Type.Name()].IsLeafType() {
		asked += " { __typename }"
	}
	kind := strings.ToLower(of.Name)
	if of != schema.Query && of != schema.Mutation && of != schema.Subscription {
		reach, ok := reaches[of.Name]
		if !ok {
			t.Fatalf("fields of %s have arguments: say in reaches how to come to one", of.Name)
		}
		declared = append(declared, "$reach: ID!")
		p.variables["reach"] = real[of.Name]
		kind, asked = "query", fmt.Sprintf(reach, asked)
	}
	p.document = fmt.Sprintf("%s(%s) { %s }", kind, strings.Join(declared, ", "), asked)
	return p
}

// genuine returns a valid value, the real one if there is one of the name.
func genuine(schema *ast.Schema, name string, of *ast.Type, real Object) any {
	if value, ok := real[name]; ok {
		return value
	}
	definition := schema.Types[of.Name()]
	if definition.Kind != ast.InputObject || of.Elem != nil {
		return Sample(schema, of)
	}
	fields := Object{}
	for _, field := range definition.Fields {
		if field.Type.NonNull && field.DefaultValue == nil {
			fields[field.Name] = genuine(schema, field.Name, field.Type, real)
		}
	}
	return fields
}

// bodySize is the most bytes that a request has.
const bodySize = 64 << 10

// Filled returns the probe's variables with a value of as many parts as fit a body.
func (p probe) Filled(part int, value func(parts int) any) Object {
	body, _ := json.Marshal(Object{"query": p.document, "variables": p.With(value(0))})
	return p.With(value((bodySize - len(body)) / part))
}

// hostile returns values that are too large for the probe, by a description.
func (p probe) hostile() map[string]Object {
	repeated := func(text string) func(int) any { return func(n int) any { return strings.Repeat(text, n) } }
	listed := func(item any) func(int) any {
		return func(n int) any {
			items := make([]any, n)
			for i := range items {
				items[i] = item
			}
			return items
		}
	}
	all := map[string]Object{
		"a body of one word":   p.Filled(1, repeated("a")),
		"9,000 lists in lists": p.With(json.RawMessage(strings.Repeat("[", 9000) + strings.Repeat("]", 9000))),
	}
	if p.directives.ForName("limit") == nil { // neither a text nor a list
		return all
	}
	all["a body of words"] = p.Filled(3, repeated("ab "))
	all["a body of digits"] = p.Filled(1, func(n int) any { return json.Number("1" + strings.Repeat("0", n)) })
	all["a body of list items"] = p.Filled(4, listed("a"))
	all["a list of 9,000 items"] = p.With(listed("a")(9000))
	if n := p.Limit("characters"); n > 0 {
		all["a character too many"] = p.With(p.item(strings.Repeat("é", n+1)))
	}
	if n := p.Limit("words"); n > 0 {
		all["a word too many"] = p.With(strings.Repeat("a ", n+1))
	}
	if n := p.Limit("items"); n > 0 {
		all["an item too many"] = p.With(listed("a")(n + 1))
	}
	return all
}

// item returns a text as the probe accepts it: alone, or in a list.
func (p probe) item(text string) any {
	if p.of.Elem != nil {
		return []any{text}
	}
	return text
}

// largest returns the largest values that the probe's limits allow. It is empty without a limit.
func (p probe) largest(schema *ast.Schema) map[string]Object {
	all := map[string]Object{}
	of := schema.Types[p.of.Name()]
	if n := p.Limit("characters"); n > 0 {
		all["as many characters"] = p.With(p.item(strings.Repeat("é", n)))
	}
	if n := p.Limit("words"); n > 0 {
		all["as many words"] = p.With(strings.Repeat("a ", n))
	}
	if n := p.Limit("items"); n > 0 {
		items := make([]any, n)
		for i := range items {
			switch items[i] = fmt.Sprintf("d%d.example", i); of.Kind { //nolint:exhaustive // the rest are texts
			case ast.Enum:
				items[i] = of.EnumValues[i%len(of.EnumValues)].Name
			case ast.InputObject:
				items[i] = Sample(schema, p.of.Elem)
			}
		}
		all["as many items"] = p.With(items)
	}
	return all
}
