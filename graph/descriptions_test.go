package graph_test

import (
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"usher/graph/generated"
)

// GraphiQL shows descriptions as the API's manual. So every type, input, enum and enum value has one, and every field with an argument,
// every mutation and every subscription. Connections and edges are the same everywhere.
func TestTheSchemaDescribesItself(t *testing.T) {
	schema := generated.NewExecutableSchema(generated.Config{}).Schema()
	for _, d := range schema.Types {
		if d.BuiltIn {
			continue
		}
		if strings.TrimSpace(d.Description) == "" {
			t.Errorf("%s %s has no description", strings.ToLower(string(d.Kind)), d.Name)
		}
		for _, value := range d.EnumValues {
			if strings.TrimSpace(value.Description) == "" {
				t.Errorf("%s.%s has no description", d.Name, value.Name)
			}
		}
		for _, field := range d.Fields {
			if describes(schema, d, field) && strings.TrimSpace(field.Description) == "" {
				t.Errorf("%s.%s has no description", d.Name, field.Name)
			}
		}
	}
}

func describes(schema *ast.Schema, of *ast.Definition, field *ast.FieldDefinition) bool {
	return !strings.HasPrefix(field.Name, "__") && (len(field.Arguments) > 0 || of == schema.Mutation || of == schema.Subscription || of == schema.Query)
}
