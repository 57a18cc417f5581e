package main

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
)

// taken is an argument or input field of the schema.
type taken struct {
	name       string
	of         *ast.Type
	directives ast.DirectiveList
}

// Limit is a figure of the place's @limit: characters, words or items. 0 where it has none.
func (p taken) Limit(figure string) int {
	limit := p.directives.ForName("limit")
	if limit == nil {
		return 0
	}
	given := limit.Arguments.ForName(figure)
	if given == nil {
		return 0
	}
	n, _ := strconv.Atoi(given.Value.Raw)
	return n
}

// allTaken lists every argument and input field of a schema but those of introspection.
func allTaken(schema *ast.Schema) (all []taken) {
	for _, definition := range schema.Types {
		if definition.BuiltIn {
			continue
		}
		for _, field := range definition.Fields {
			if strings.HasPrefix(field.Name, "__") {
				continue
			}
			if definition.Kind == ast.InputObject {
				all = append(all, taken{definition.Name + "." + field.Name, field.Type, field.Directives})
			}
			for _, argument := range field.Arguments {
				all = append(all, taken{definition.Name + "." + field.Name + "(" + argument.Name + ")", argument.Type, argument.Directives})
			}
		}
	}
	return all
}

func TestE2_EveryArgumentThatTakesATextOrAListHasALimit(t *testing.T) {
	bounded := []string{"Int", "Float", "Boolean", "Time"} // by what they are; a Time by its reader
	for name, schema := range map[string]*ast.Schema{"served": served(), "promised": mustContract(t)} {
		t.Run(name, func(t *testing.T) {
			all := allTaken(schema)
			if len(all) < 80 {
				t.Errorf("only %d arguments and input fields were found", len(all))
			}
			for _, p := range all {
				of := schema.Types[p.of.Name()]
				if of.Kind == ast.Scalar && !slices.Contains(bounded, of.Name) && p.Limit("characters") < 1 {
					t.Errorf("%s takes a text of any length: give it @limit(characters:)", p.name)
				}
				if p.of.Elem == nil {
					continue
				}
				if p.of.Elem.Elem != nil {
					t.Errorf("%s takes lists of lists, which have one limit for all", p.name)
				}
				if p.Limit("items") < 1 {
					t.Errorf("%s takes a list of any length: give it @limit(items:)", p.name)
				}
				if of.Kind == ast.Enum {
					same(t, p.name+" takes each value once", p.Limit("items"), len(of.EnumValues))
				}
			}
		})
	}
}
