package stories

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	. "usher/sitetest"
)

// The schema that is served against the one that is promised, graph/contract.graphql, which is generated. That it only grows is
// tested in package graph.

// promises writes each thing of a schema as a line: a type, a field with its type, an argument with its default and limits, a value.
func promises(schema *ast.Schema) map[string]string {
	all := map[string]string{}
	for name, definition := range schema.Types {
		if definition.BuiltIn {
			continue
		}
		all[name] = string(definition.Kind)
		if by := definition.Directives.ForName("specifiedBy"); by != nil {
			all[name] += " specified by " + by.Arguments.ForName("url").Value.String()
		}
		for _, field := range definition.Fields {
			if strings.HasPrefix(field.Name, "__") {
				continue
			}
			all[name+"."+field.Name] = typed(field.Type, field.DefaultValue) + limitOf(field.Directives)
			for _, argument := range field.Arguments {
				all[name+"."+field.Name+"("+argument.Name+")"] = typed(argument.Type, argument.DefaultValue) + limitOf(argument.Directives)
			}
		}
		for _, value := range definition.EnumValues {
			all[name+"."+value.Name] = "value"
		}
		for _, member := range definition.Types {
			all[name+" | "+member] = "member"
		}
		for _, of := range definition.Interfaces {
			all[name+" & "+of] = "implements"
		}
	}
	return all
}

func typed(of *ast.Type, otherwise *ast.Value) string {
	if otherwise == nil {
		return of.String()
	}
	return of.String() + " = " + otherwise.String()
}

func limitOf(directives ast.DirectiveList) string {
	limit := directives.ForName("limit")
	if limit == nil {
		return ""
	}
	text := " @limit"
	for _, figure := range limit.Arguments {
		text += " " + figure.Name + ": " + figure.Value.Raw
	}
	return text
}

func TestWhatIsServedIsWhatTheContractPromises(t *testing.T) {
	contract, program := promises(MustContract(t)), promises(Served())
	for what, as := range contract {
		if got, ok := program[what]; !ok {
			t.Errorf("%s of the contract is not served", what)
		} else if got != as {
			t.Errorf("%s is %s, the contract says %s", what, got, as)
		}
	}
	for what := range program {
		if _, ok := contract[what]; !ok {
			t.Errorf("%s is not in the contract", what)
		}
	}
}

func TestA5_ArgumentsThatTakeASecretAreMarked(t *testing.T) {
	secret := regexp.MustCompile(`(?i)token|password|secret|attemptKey`)
	for _, root := range []*ast.Definition{Served().Query, Served().Subscription} {
		for _, field := range root.Fields {
			for _, argument := range field.Arguments {
				// What managers paste has the addresses and names of people, which belong into no log either.
				pasted := field.Name == "invitePreview" && slices.Contains([]string{"text", "file", "rows"}, argument.Name)
				if marked := argument.Directives.ForName("secret") != nil; marked != (pasted || secret.MatchString(argument.Name)) {
					t.Errorf("%s.%s(%s) is marked with @secret: %v", root.Name, field.Name, argument.Name, marked)
				}
				if !pasted && Served().Types[argument.Type.Name()].Kind == ast.InputObject {
					t.Errorf("%s.%s(%s) is an object, whose fields cannot be marked yet", root.Name, field.Name, argument.Name)
				}
			}
		}
	}
}

// everything selects every field of a type, those of objects so many levels deep, and of every member of a union or interface.
func everything(schema *ast.Schema, of string, depth int) string {
	definition := schema.Types[of]
	if definition.IsAbstractType() {
		all := "__typename"
		for _, member := range schema.GetPossibleTypes(definition) {
			all += fmt.Sprintf(" ... on %s { %s }", member.Name, everything(schema, member.Name, depth))
		}
		return all
	}
	all := "__typename"
	for _, field := range definition.Fields {
		switch kind := schema.Types[field.Type.Name()]; {
		case strings.HasPrefix(field.Name, "__"):
		case kind.IsLeafType():
			all += " " + field.Name
		case depth > 0 && kind.Name == "RoomEvent": // of so many kinds that one level is all a document can hold
			all += " " + field.Name + " { __typename"
			for _, member := range schema.GetPossibleTypes(kind) {
				if !slices.Contains(OfTools, member.Name) { // those are asked for by roomEvents
					all += fmt.Sprintf(" ... on %s { %s }", member.Name, everything(schema, member.Name, 0))
				}
			}
			all += " }"
		case depth > 0:
			all += fmt.Sprintf(" %s%s { %s }", field.Name, needed(field), everything(schema, field.Type.Name(), depth-1))
		}
	}
	return all
}

// needed writes the arguments that a field below the root must have: numbers so far.
func needed(field *ast.FieldDefinition) string {
	for _, argument := range field.Arguments {
		if argument.Type.NonNull && argument.DefaultValue == nil {
			return fmt.Sprintf("(%s: 0)", argument.Name)
		}
	}
	return ""
}

func TestEveryFieldOfEveryAnswerCanBeAskedForAtOnce(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		admin := h.User("admin@example.com", "--admin")
		schema := Served()
		for _, root := range []*ast.Definition{schema.Query, schema.Mutation, schema.Subscription} {
			if root == nil {
				continue
			}
			depth := 2
			if root == schema.Subscription {
				depth = 1
			}
			for _, field := range root.Fields {
				if strings.HasPrefix(field.Name, "__") {
					continue
				}
				asker := admin
				switch field.Name {
				case "signOut":
					asker = h.Browser()
				case "signOutEverywhere":
					asker = h.User("leaver@example.com")
				}
				selections := []string{everything(schema, field.Type.Name(), depth)}
				if field.Type.Name() == "Node" { // its members have fields of one name and two types, which no document can merge
					selections = nil
					for _, member := range schema.GetPossibleTypes(schema.Types["Node"]) {
						selections = append(selections, fmt.Sprintf("... on %s { %s }", member.Name, everything(schema, member.Name, depth)))
					}
				}
				if field.Name == "roomEvents" { // its kinds have more fields of one name than a document may have
					selections = []string{"__typename", "__typename"}
					for _, kind := range schema.GetPossibleTypes(schema.Types["RoomEvent"]) {
						of := 0
						if slices.Contains(OfTools, kind.Name) {
							of = 1
						}
						selections[of] += fmt.Sprintf(" ... on %s { %s }", kind.Name, everything(schema, kind.Name, depth))
					}
				}
				for _, selection := range selections {
					t.Run(root.Name+"."+field.Name, func(t *testing.T) {
						document, variables := operation(schema, root, field, selection)
						if field.Name == "askHandOver" { // one of two ways must be given, so both are optional
							variables["input"].(Object)["secret"] = "nonsense"
						}
						r := asker.Ask(document, variables)
						// A subscription over POST is refused when its document has passed.
						if code := r.Code(); code != "" && code != "NOT_FOUND" && (root != schema.Subscription || !strings.Contains(r.Raw, "need WebSocket")) {
							t.Errorf("%s\nis answered %s", document, r.Raw)
						}
					})
				}
			}
		}
	}, "--no-introspection")
}

// operation writes a document of one root field, with a variable for each argument that must be given.
func operation(schema *ast.Schema, root *ast.Definition, field *ast.FieldDefinition, selection string) (string, Object) {
	var declared, passed []string
	variables := Object{}
	for _, argument := range field.Arguments {
		if argument.Type.NonNull {
			declared = append(declared, fmt.Sprintf("$%s: %s", argument.Name, argument.Type))
			passed = append(passed, fmt.Sprintf("%s: $%s", argument.Name, argument.Name))
			variables[argument.Name] = Sample(schema, argument.Type)
		}
		if argument.Name == "first" { // every field of as many rooms as a page has by itself would cost too much
			passed = append(passed, "first: 8")
		}
	}
	document := fmt.Sprintf("%s(%s) { %s(%s)", strings.ToLower(root.Name), strings.Join(declared, ", "), field.Name, strings.Join(passed, ", "))
	document = strings.ReplaceAll(document, "()", "")
	if schema.Types[field.Type.Name()].IsLeafType() {
		return document + " }", variables
	}
	return document + " { " + selection + " } }", variables
}
