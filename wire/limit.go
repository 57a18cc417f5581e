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

// limit is the content of an argument's or input field's @limit. Zero means no limit.
type limit struct{ characters, words, items int }

func limitOf(directives ast.DirectiveList) (l limit) {
	given := directives.ForName("limit")
	if given == nil {
		return l
	}
	for _, argument := range given.Arguments {
		n, _ := strconv.Atoi(argument.Value.Raw) // always a number, because the schema is valid
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

// limited checks the arguments of an operation against the schema's limits. It runs on a valid document, after variables have their
// defaults and before anything reads an argument.
type limited struct {
	schema    *ast.Schema
	variables map[string]any
	seen      map[string]bool // the fragments already checked
}

// checkLimits returns the refusal of the first argument beyond its limit. It repeats no value.
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
		if err != nil { // not of its type, so parsing the arguments refuses it
			continue
		}
		if excess := l.excess(declared.Type, limitOf(declared.Directives), value); excess != nil {
			return refuse(CodeBadUserInput, "the argument %s%s %s", given.Name, excess.at, excess.why)
		}
	}
	return nil
}

// excess returns how and where below the argument a value exceeds its limit, or nil if it does not.
func (l *limited) excess(typ *ast.Type, most limit, value any) *misfit {
	switch value := value.(type) {
	case nil, bool, int64, float64:
		return nil
	case string:
		return most.ofText(value)
	case json.Number: // some scalars accept a number as text
		return most.ofText(value.String())
	case map[string]any:
		return l.excessField(l.schema.Types[typ.Name()], value)
	case []any:
		return l.excessItem(typ, most, value)
	}
	if list := reflect.ValueOf(value); list.Kind() == reflect.Slice { // a single value in place of a list
		items := make([]any, list.Len())
		for i := range items {
			items[i] = list.Index(i).Interface()
		}
		return l.excessItem(typ, most, items)
	}
	return nil
}

func (l *limited) excessField(of *ast.Definition, given map[string]any) *misfit {
	for _, field := range of.Fields { // empty for a scalar, which refuses objects itself
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

// longer reports whether a text has more characters. It counts them only if the number of bytes does not decide it.
func longer(text string, characters int) bool {
	return len(text) > characters && (len(text) > characters*utf8.UTFMax || utf8.RuneCountInString(text) > characters)
}
