package graph

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// The contract only grows: what a released contract has, the next one has too.

func TestTheContractKeepsAllOfTheReleasedOne(t *testing.T) {
	released, err := filepath.Glob("testdata/contract-*.graphql")
	if err != nil || len(released) != 1 {
		t.Fatalf("the released contract: %v, %v; want one file", released, err)
	}
	for _, broken := range breaks(mustReadSchema(t, released[0]), mustReadSchema(t, "contract.graphql")) {
		t.Error(broken)
	}
}

func TestAContractThatBreaksClientsIsFound(t *testing.T) {
	const before = `
		directive @limit(characters: Int, words: Int, items: Int) on ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION
		directive @seen(by: String) on FIELD_DEFINITION | OBJECT
		scalar Time @specifiedBy(url: "https://example.com/time")
		interface Node { id: ID! }
		type Room implements Node { id: ID! title: String! people(first: Int = 20, name: String @limit(characters: 100), role: Role!): [User!] }
		type User { name: String note: [String] }
		type Lone { id: ID }
		union Found = Room | User
		enum Role { HOST GUEST }
		input Filter { name: String! role: Role = GUEST words: [String!] @limit(items: 5) }
		type Query { find(filter: Filter): Found at: Time }`
	for _, c := range []struct{ name, from, to, want string }{
		{"nothing", "", "", ""},
		{"a new type, field, value, member and optional argument", "type Query {", `type New { id: ID! } extend union Found = New extend enum Role { CHAIR }
			extend input Filter { new: Int more: Int! = 1 } type Query { new(optional: Int, more: Int! = 1): New `, ""},
		{"an output that is never empty any more", "note: [String]", "note: [String!]!", ""},
		{"an argument that may be omitted", "role: Role!)", "role: Role)", ""},
		{"an argument that has a default", "role: Role!)", "role: Role! = HOST)", ""},
		{"an input that may be omitted", "name: String!", "name: String", ""},
		{"a higher limit", "characters: 100", "characters: 101", ""},
		{"no limit", "@limit(items: 5)", "", ""},
		{"a directive in more places", "| OBJECT", "| OBJECT | INTERFACE", ""},

		{"a removed type", "type Lone { id: ID }", "", "Lone is gone"},
		{"a renamed type", "type Lone", "type Lonely", "Lone is gone"},
		{"another kind of type", "enum Role { HOST GUEST }", "scalar Role", "Role is SCALAR, was ENUM"},
		{"another specification", "example.com/time", "example.com/date", "Time is specified by https://example.com/date, was https://example.com/time"},
		{"a removed field", "title: String!", "", "Room.title is gone"},
		{"a renamed field", "title: String!", "name: String!", "Room.title is gone"},
		{"another type of a field", "title: String!", "title: Int!", "Room.title is Int!, was String!"},
		{"a field that may be empty", "title: String!", "title: String", "Room.title is String, was String!"},
		{"a list instead of one", "note: [String]", "note: String", "User.note is String, was [String]"},
		{"items that may be empty", "[User!]", "[User]", "Room.people is [User], was [User!]"},
		{"a removed argument", "name: String @limit(characters: 100)", "", "Room.people(name) is gone"},
		{"a renamed argument", "name: String @limit(characters: 100)", "names: String", "Room.people(name) is gone"},
		{"an argument that must be given", "name: String @", "name: String! @", "Room.people(name) is String!, was String"},
		{"a new argument that must be given", "first: Int = 20", "first: Int = 20, last: Int!", "Room.people(last) is new and must be given"},
		{"another type of an argument", "name: String @", "name: Int @", "Room.people(name) is Int, was String"},
		{"another default", "Int = 20", "Int = 10", "Room.people(first) has the default 10, was 20"},
		{"a removed default", "Int = 20", "Int", "Room.people(first) has the default null, was 20"},
		{"a lower limit", "characters: 100", "characters: 99", "Room.people(name) takes 99 characters, was 100"},
		{"a new limit", "characters: 100", "characters: 100, words: 8", "Room.people(name) takes 8 words, was any number"},
		{"a lower limit of an input", "items: 5", "items: 4", "Filter.words takes 4 items, was 5"},
		{"a removed input", "words: [String!] @limit(items: 5)", "", "Filter.words is gone"},
		{"a new input that must be given", "input Filter {", "input Filter { new: Int!", "Filter.new is new and must be given"},
		{"an input that must be given", "role: Role =", "role: Role! =", "Filter.role is Role!, was Role"},
		{"a removed value", "HOST GUEST", "GUEST", "Role.HOST is gone"},
		{"a removed member", "Room | User", "Room", "Found is never a User any more"},
		{"a removed interface", "implements Node", "", "Room is no Node any more"},
		{"a removed directive", "directive @seen(by: String) on FIELD_DEFINITION | OBJECT", "", "@seen is gone"},
		{"a removed argument of a directive", "@seen(by: String)", "@seen", "@seen(by) is gone"},
		{"a directive in fewer places", "| OBJECT", "", "@seen may not be on OBJECT any more"},
	} {
		t.Run(c.name, func(t *testing.T) {
			after := strings.Replace(before, c.from, c.to, 1)
			if c.from != "" && after == before {
				t.Fatalf("the schema has no %q", c.from)
			}
			got := strings.Join(breaks(mustParseSchema(t, before), mustParseSchema(t, after)), "; ")
			if got != c.want {
				t.Errorf("breaks %q, want %q", got, c.want)
			}
		})
	}
}

func mustReadSchema(t *testing.T, name string) *ast.Schema {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return mustParseSchema(t, string(text))
}

func mustParseSchema(t *testing.T, text string) *ast.Schema {
	t.Helper()
	schema, err := gqlparser.LoadSchema(&ast.Source{Input: text})
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// breaks returns what of the old schema the new one lacks or tightens, sorted: what could break a client.
func breaks(before, after *ast.Schema) []string {
	b := new(breaking)
	for name, was := range before.Types {
		if is := after.Types[name]; is == nil {
			b.add("%s is gone", name)
		} else {
			b.definition(was, is)
		}
	}
	for name, was := range before.Directives {
		is := after.Directives[name]
		if is == nil {
			b.add("@%s is gone", name)
			continue
		}
		b.arguments("@"+name, was.Arguments, is.Arguments)
		for _, location := range was.Locations {
			if !slices.Contains(is.Locations, location) {
				b.add("@%s may not be on %s any more", name, location)
			}
		}
	}
	slices.Sort(b.found)
	return b.found
}

type breaking struct{ found []string }

func (b *breaking) add(format string, values ...any) {
	b.found = append(b.found, fmt.Sprintf(format, values...))
}

func (b *breaking) definition(was, is *ast.Definition) {
	if is.Kind != was.Kind {
		b.add("%s is %s, was %s", was.Name, is.Kind, was.Kind)
		return
	}
	if by, now := specified(was), specified(is); by != now {
		b.add("%s is specified by %s, was %s", was.Name, now, by)
	}
	for _, value := range was.EnumValues {
		if is.EnumValues.ForName(value.Name) == nil {
			b.add("%s.%s is gone", was.Name, value.Name)
		}
	}
	for _, member := range was.Types {
		if !slices.Contains(is.Types, member) {
			b.add("%s is never a %s any more", was.Name, member)
		}
	}
	for _, of := range was.Interfaces {
		if !slices.Contains(is.Interfaces, of) {
			b.add("%s is no %s any more", was.Name, of)
		}
	}
	if was.Kind == ast.InputObject {
		b.inputs(was.Name+".%s", inputsOf(was.Fields), inputsOf(is.Fields))
		return
	}
	for _, field := range was.Fields {
		now := is.Fields.ForName(field.Name)
		switch {
		case now == nil:
			b.add("%s.%s is gone", was.Name, field.Name)
			continue
		case !stricter(now.Type, field.Type):
			b.add("%s.%s is %s, was %s", was.Name, field.Name, now.Type, field.Type)
		}
		b.arguments(was.Name+"."+field.Name, field.Arguments, now.Arguments)
	}
}

func specified(d *ast.Definition) string {
	if by := d.Directives.ForName("specifiedBy"); by != nil {
		return by.Arguments.ForName("url").Value.Raw
	}
	return "nothing"
}

// inputsOf sees the fields of an input object as arguments.
func inputsOf(fields ast.FieldList) (inputs ast.ArgumentDefinitionList) {
	for _, f := range fields {
		inputs = append(inputs, &ast.ArgumentDefinition{Name: f.Name, Type: f.Type, DefaultValue: f.DefaultValue, Directives: f.Directives})
	}
	return inputs
}

func (b *breaking) arguments(of string, was, is ast.ArgumentDefinitionList) {
	b.inputs(of+"(%s)", was, is)
}

// inputs compares what may be given; the form of their names has a %s for the name.
func (b *breaking) inputs(form string, was, is ast.ArgumentDefinitionList) {
	for _, argument := range was {
		name := fmt.Sprintf(form, argument.Name)
		now := is.ForName(argument.Name)
		if now == nil {
			b.add("%s is gone", name)
			continue
		}
		if !stricter(argument.Type, now.Type) {
			b.add("%s is %s, was %s", name, now.Type, argument.Type)
		}
		if by, to := defaultOf(argument), defaultOf(now); by != to && !mustBeGiven(argument) {
			b.add("%s has the default %s, was %s", name, to, by)
		}
		for _, figure := range []string{"characters", "words", "items"} {
			by, to := figureOf(argument, figure), figureOf(now, figure)
			if to != nil && (by == nil || *to < *by) {
				b.add("%s takes %d %s, was %s", name, *to, figure, orAny(by))
			}
		}
	}
	for _, argument := range is {
		if was.ForName(argument.Name) == nil && mustBeGiven(argument) {
			b.add(form+" is new and must be given", argument.Name)
		}
	}
}

func defaultOf(argument *ast.ArgumentDefinition) string {
	if argument.DefaultValue == nil {
		return "null"
	}
	return argument.DefaultValue.String()
}

func mustBeGiven(argument *ast.ArgumentDefinition) bool {
	return argument.Type.NonNull && argument.DefaultValue == nil
}

// stricter reports whether every value of type a is one of type b.
func stricter(a, b *ast.Type) bool {
	if b.NonNull && !a.NonNull || (a.Elem == nil) != (b.Elem == nil) {
		return false
	}
	if a.Elem != nil {
		return stricter(a.Elem, b.Elem)
	}
	return a.NamedType == b.NamedType
}

// figureOf returns a figure of the argument's @limit, nil if it has none.
func figureOf(argument *ast.ArgumentDefinition, name string) *int {
	limit := argument.Directives.ForName("limit")
	if limit == nil || limit.Arguments.ForName(name) == nil {
		return nil
	}
	n, err := strconv.Atoi(limit.Arguments.ForName(name).Value.Raw)
	if err != nil {
		return nil
	}
	return &n
}

func orAny(n *int) string {
	if n == nil {
		return "any number"
	}
	return strconv.Itoa(*n)
}
