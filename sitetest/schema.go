package sitetest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"usher/graph/generated"
)

// Served is the program's schema.
var Served = sync.OnceValue(func() *ast.Schema { return generated.NewExecutableSchema(generated.Config{}).Schema() })

const refusalFields = `... on Problem { code message nextSteps field retryAt attemptsLeft standingInvitation { id } }`

// Mutation writes the document of a mutation, with a variable for each argument. selection is what it reads of a success.
func Mutation(name, selection string) string {
	field := Served().Mutation.Fields.ForName(name)
	var declared, passed []string
	for _, argument := range field.Arguments {
		declares := fmt.Sprintf("$%s: %s", argument.Name, argument.Type)
		if argument.DefaultValue != nil {
			declares += " = " + argument.DefaultValue.String()
		}
		declared = append(declared, declares)
		passed = append(passed, fmt.Sprintf("%s: $%s", argument.Name, argument.Name))
	}
	if selection == "" {
		selection = "__typename"
	}
	result := Served().Types[field.Type.Name()]
	if result.Kind == ast.Union {
		for _, member := range result.Types {
			if member != "Problem" {
				selection = fmt.Sprintf("... on %s { %s } %s", member, selection, refusalFields)
			}
		}
	}
	if len(declared) == 0 {
		return fmt.Sprintf("mutation { %s { %s } }", name, selection)
	}
	return fmt.Sprintf("mutation(%s) { %s(%s) { %s } }", strings.Join(declared, ", "), name, strings.Join(passed, ", "), selection)
}

func MustContract(t *testing.T) *ast.Schema {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(Root(t), "graph/contract.graphql"))
	if err != nil {
		t.Fatal(err)
	}
	schema, err := gqlparser.LoadSchema(&ast.Source{Name: "contract.graphql", Input: string(text)})
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// Sample returns a value of an input type.
func Sample(schema *ast.Schema, of *ast.Type) any {
	if of.Elem != nil {
		return []any{Sample(schema, of.Elem)}
	}
	definition := schema.Types[of.NamedType]
	switch definition.Kind { //nolint:exhaustive // scalars follow
	case ast.Enum:
		return definition.EnumValues[0].Name
	case ast.InputObject:
		fields := Object{}
		for _, field := range definition.Fields {
			if field.Type.NonNull {
				fields[field.Name] = Sample(schema, field.Type)
			}
		}
		return fields
	}
	switch of.NamedType {
	case "Int":
		return 1
	case "Boolean":
		return false
	case "Time":
		return "2026-11-23T09:30:00.000Z"
	}
	return "x"
}

// OfTools are the kinds of events that only those get who ask for tools.
var OfTools = []string{
	"MessagesPosted", "MessagesChanged", "MessagePinned", "ToolsChanged", "ParticipantMuted", "MessagesHidden", "ChannelCleared",
	"HandsRaised", "HandLowered", "HandsLowered",
	"QuestionsAsked", "QuestionChanged", "OwnQuestionChanged", "AskerMuted",
	"InteractionChanged", "ResultsShared", "AnswerHidden",
}
