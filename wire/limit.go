package wire

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// limit is what @limit says of an argument or input field. Zero stands for no limit.
type limit struct{ characters, words, items int }

func limitOf(directives ast.DirectiveList) (l limit) {
	given := directives.ForName("limit")
	if given == nil {
		return l
	}
	for _, argument := range given.Arguments {
		n, _ := strconv.Atoi(argument.Value.Raw) // a number: the schema was validated
		switch argument.Name {
		case "characters":
			l.characters = n
		case "words":
			l.words = n
		case "items":
			l.items = n
		}
	}
	return l
}

// limited holds the arguments of an operation against the limits of the schema. It runs on a document that is valid, after
// variables have their defaults, and before anything reads an argument.
type limited struct {
	schema    *ast.Schema
	variables map[string]any
	seen      map[string]bool // the fragments that are checked
}

// checkLimits returns the refusal of the first argument that has more than the schema allows. It repeats no value.
func (g *guard) checkLimits(operation *ast.OperationDefinition, variables map[string]any) *gqlerror.Error {
	l := &limited{schema: g.schema, variables: variables, seen: map[string]bool{}}
	return l.selections(operation.SelectionSet)
}

func (l *limited) selections(set ast.SelectionSet) *gqlerror.Error {
	for _, selection := range set {
		var err *gqlerror.Error
		switch s := selection.(type) {
		case *ast.Field:
			if err = l.arguments(s); err == nil {
				err = l.selections(s.SelectionSet)
			}
		case *ast.InlineFragment:
			err = l.selections(s.SelectionSet)
		case *ast.FragmentSpread:
			if !l.seen[s.Name] {
				l.seen[s.Name] = true
				err = l.selections(s.Definition.SelectionSet)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (l *limited) arguments(field *ast.Field) *gqlerror.Error {
	for _, given := range field.Arguments {
		declared := field.Definition.Arguments.ForName(given.Name)
		value, err := given.Value.Value(l.variables)
		if err != nil { // no value of its type: the reading of arguments refuses it
			continue
		}
		if excess := l.excess(declared.Type, limitOf(declared.Directives), value); excess != nil {
			return refuse(CodeBadUserInput, "the argument %s%s %s", given.Name, excess.at, excess.why)
		}
	}
	return nil
}

// excess says in what a value exceeds its limit, and where below the argument; nil where it does not.
func (l *limited) excess(typ *ast.Type, most limit, value any) *misfit {
	switch value := value.(type) {
	case nil, bool, int64, float64:
		return nil
	case string:
		return most.ofText(value)
	case json.Number: // some scalars take a number for a text
		return most.ofText(value.String())
	case map[string]any:
		return l.excessField(l.schema.Types[typ.Name()], value)
	case []any:
		return l.excessItem(typ, most, value)
	}
	if list := reflect.ValueOf(value); list.Kind() == reflect.Slice { // one value, given where a list belongs
		items := make([]any, list.Len())
		for i := range items {
			items[i] = list.Index(i).Interface()
		}
		return l.excessItem(typ, most, items)
	}
	return nil
}

func (l *limited) excessField(of *ast.Definition, given map[string]any) *misfit {
	for _, field := range of.Fields { // none where a scalar is given an object: it refuses that itself
		if value, present := given[field.Name]; present {
			if excess := l.excess(field.Type, limitOf(field.Directives), value); excess != nil {
				return excess.below(field.Name)
			}
		}
	}
	return nil
}

func (l *limited) excessItem(typ *ast.Type, most limit, items []any) *misfit {
	if most.items > 0 && len(items) > most.items {
		return &misfit{why: fmt.Sprintf("has more than %d items", most.items)}
	}
	of := typ
	if typ.Elem != nil {
		of = typ.Elem
	}
	once := map[string]bool{}
	isEnum := l.schema.Types[of.Name()].Kind == ast.Enum
	for i, item := range items {
		if name, isText := item.(string); isEnum && isText {
			if once[name] {
				return &misfit{why: "contains a value twice"}
			}
			once[name] = true
		}
		if excess := l.excess(of, most, item); excess != nil {
			return excess.below(strconv.Itoa(i))
		}
	}
	return nil
}

func (most limit) ofText(text string) *misfit {
	if most.characters > 0 && longer(text, most.characters) {
		return &misfit{why: fmt.Sprintf("has more than %d characters", most.characters)}
	}
	if most.words > 0 && len(text) > most.words && len(strings.Fields(text)) > most.words {
		return &misfit{why: fmt.Sprintf("has more than %d words", most.words)}
	}
	return nil
}

// longer reports whether a text has more characters. It counts them only where the number of bytes leaves it open.
func longer(text string, characters int) bool {
	return len(text) > characters && (len(text) > characters*utf8.UTFMax || utf8.RuneCountInString(text) > characters)
}
