package graph

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator/core"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// maxValidationErrors bounds what one document gets to read: some rules find a fault for each pair of fields.
const maxValidationErrors = 10

// validationRules gives the rules of one validation: the specification's, but for the five that answer a wrong name with
// the right ones, and ours. The errors of all together are few and repeat no value.
func validationRules(introspection bool) func() *rules.Rules {
	chosen := rules.NewDefaultRules()
	for _, rule := range []core.Rule{
		rules.FieldsOnCorrectTypeRuleWithoutSuggestions,
		rules.KnownArgumentNamesRuleWithoutSuggestions,
		rules.KnownTypeNamesRuleWithoutSuggestions,
		rules.ScalarLeafsRuleWithoutSuggestions,
		rules.ValuesOfCorrectTypeRuleWithoutSuggestions,
	} {
		chosen.RemoveRule(strings.TrimSuffix(rule.Name, "WithoutSuggestions"))
		chosen.AddRule(rule.Name, rule.RuleFunc)
	}
	chosen.AddRule("NoDefer", noDefer)
	chosen.AddRule("NoNUL", noNUL)
	if !introspection {
		chosen.AddRule("NoIntrospection", noIntrospection)
	}
	each := chosen.GetInner()
	return func() *rules.Rules {
		found := 0
		limited := &rules.Rules{}
		for name, rule := range each {
			limited.AddRule(name, func(observers *core.Events, addError core.AddErrFunc) {
				rule(observers, func(options ...core.ErrorOption) {
					if found++; found <= maxValidationErrors {
						addError(append(options, func(err *gqlerror.Error) { err.Message = quiet(err.Message) })...)
					}
				})
			})
		}
		return limited
	}
}

// noDefer refuses @defer: it stands in gqlgen's prelude, and no transport here answers in parts.
func noDefer(observers *core.Events, addError core.AddErrFunc) {
	observers.OnDirective(func(_ *core.Walker, directive *ast.Directive) {
		if directive.Name == "defer" {
			addError(core.Message(`Unknown directive "@defer".`), core.At(directive.Position))
		}
	})
}

// noNUL refuses the one character that not every database keeps.
func noNUL(observers *core.Events, addError core.AddErrFunc) {
	observers.OnValue(func(_ *core.Walker, value *ast.Value) {
		if strings.IndexByte(value.Raw, 0) >= 0 {
			addError(core.Message("A text contains the character NUL."), core.At(value.Position))
		}
	})
}

func noIntrospection(observers *core.Events, addError core.AddErrFunc) {
	observers.OnField(func(_ *core.Walker, field *ast.Field) {
		if field.Name == "__schema" || field.Name == "__type" {
			addError(core.Message("Introspection is off on this site."), core.At(field.Position))
		}
	})
}

// maxMessage is the length, in bytes, at which a validation message is cut: one about conflicting fields names them all.
const maxMessage = 400

// echo matches what a validation message repeats of the document: the value at its end, and names longer than any of ours.
var echo = regexp.MustCompile(`(?s)(: |, found ).*$|"[^" ]{41,}("|$)`)

// quiet takes values, which may be secrets, and overlong names out of a message. Names of an ordinary length stay.
func quiet(message string) string {
	if len(message) > maxMessage {
		message = strings.ToValidUTF8(message[:maxMessage], "")
	}
	return echo.ReplaceAllString(message, "…")
}

// checkVariables holds the variables of a request against the types that its operation declares, as the specification has
// it (October 2021, 3.5 and 6.1.2): gqlgen takes a number for a String, a text for an Int, and an enum's name in any case.
func (g *guard) checkVariables(operation *ast.OperationDefinition, variables map[string]any) *gqlerror.Error {
	values := 0
	for _, value := range variables {
		if err := g.bound(value, 1, &values); err != nil {
			return err
		}
	}
	for _, declared := range operation.VariableDefinitions {
		value, given := variables[declared.Variable]
		if !given {
			if declared.Type.NonNull && declared.DefaultValue == nil {
				return refuse(codeBadUserInput, "the variable %s is missing", quiet(`"$`+declared.Variable+`"`))
			}
			continue
		}
		if at, fits := g.fits(declared.Type, value); !fits {
			return refuse(codeBadUserInput, "the variable %s does not fit its type", quiet(`"$`+declared.Variable+at+`"`))
		}
	}
	return nil
}

// bound refuses variables that are too deep or too many, and text with the character NUL, which no database keeps alike.
func (g *guard) bound(value any, depth int, values *int) *gqlerror.Error {
	if *values++; *values > g.limits.VariableValues {
		return refuse(codeTooComplex, "the variables have more than %d values", g.limits.VariableValues)
	}
	switch value := value.(type) {
	case string:
		if strings.IndexByte(value, 0) >= 0 {
			return refuse(codeBadUserInput, "a variable contains the character NUL")
		}
	case []any:
		if depth > g.limits.VariableDepth {
			return refuse(codeTooComplex, "a variable has more than %d levels", g.limits.VariableDepth)
		}
		for _, element := range value {
			if err := g.bound(element, depth+1, values); err != nil {
				return err
			}
		}
	case map[string]any:
		if depth > g.limits.VariableDepth {
			return refuse(codeTooComplex, "a variable has more than %d levels", g.limits.VariableDepth)
		}
		for _, field := range value {
			if err := g.bound(field, depth+1, values); err != nil {
				return err
			}
		}
	}
	return nil
}

// fits says whether a JSON value is one of the type, and else at which place below it the fault lies, as in ".role". What it
// cannot judge, it lets pass: a custom scalar judges itself, a type that does not exist is validation's matter.
func (g *guard) fits(typ *ast.Type, value any) (at string, ok bool) {
	if value == nil {
		return "", !typ.NonNull
	}
	if typ.Elem != nil {
		list, isList := value.([]any)
		if !isList {
			return g.fits(typ.Elem, value)
		}
		for i, element := range list {
			if at, ok := g.fits(typ.Elem, element); !ok {
				return "." + strconv.Itoa(i) + at, false
			}
		}
		return "", true
	}
	definition := g.schema.Types[typ.NamedType]
	if definition == nil {
		return "", true
	}
	switch definition.Kind {
	case ast.Enum:
		name, isText := value.(string)
		return "", isText && definition.EnumValues.ForName(name) != nil
	case ast.InputObject:
		fields, isObject := value.(map[string]any)
		if !isObject {
			return "", false
		}
		return g.fitsFields(definition.Fields, fields)
	case ast.Scalar:
		return "", fitsScalar(definition.Name, value)
	default:
		return "", true
	}
}

func (g *guard) fitsFields(defined ast.FieldList, given map[string]any) (at string, ok bool) {
	for name := range given {
		if defined.ForName(name) == nil {
			return "", false
		}
	}
	for _, field := range defined {
		value, present := given[field.Name]
		if !present {
			if field.Type.NonNull && field.DefaultValue == nil {
				return "." + field.Name, false
			}
			continue
		}
		if at, ok := g.fits(field.Type, value); !ok {
			return "." + field.Name + at, false
		}
	}
	return "", true
}

func fitsScalar(name string, value any) bool {
	number, isNumber := value.(json.Number)
	switch name {
	case "String":
		_, ok := value.(string)
		return ok
	case "Boolean":
		_, ok := value.(bool)
		return ok
	case "Int":
		_, err := strconv.ParseInt(number.String(), 10, 32)
		return isNumber && err == nil
	case "Float":
		return isNumber
	case "ID":
		if _, ok := value.(string); ok {
			return true
		}
		_, err := strconv.ParseInt(number.String(), 10, 64)
		return isNumber && err == nil
	default:
		return true
	}
}
