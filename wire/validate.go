package wire

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator/core"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// maxValidationErrors limits the errors of one document, because some rules find one for each pair of fields.
const maxValidationErrors = 10

// ValidationRules returns a function that makes the rules for one validation. They are the specification's and ours, but five of them
// without suggestions of correct names. Their errors are limited in number and repeat no value.
func ValidationRules(introspection bool) func() *rules.Rules {
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

// noDefer refuses @defer. gqlgen's prelude declares it, but no transport here answers in parts.
func noDefer(observers *core.Events, addError core.AddErrFunc) {
	observers.OnDirective(func(_ *core.Walker, directive *ast.Directive) {
		if directive.Name == "defer" {
			addError(core.Message(`Unknown directive "@defer".`), core.At(directive.Position))
		}
	})
}

// noNUL refuses the NUL character, which not every database can store.
func noNUL(observers *core.Events, addError core.AddErrFunc) {
	observers.OnValue(func(_ *core.Walker, value *ast.Value) {
		if strings.IndexByte(value.Raw, 0) >= 0 {
			addError(core.Message("A string contains the character NUL."), core.At(value.Position))
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

// maxMessage is the length, in bytes, at which a validation message is truncated. A message about conflicting fields names all of them.
const maxMessage = 400

// echo matches what a validation message repeats of the document: the value at its end, and names longer than the schema's.
var echo = regexp.MustCompile(`(?s)(: |, found ).*$|"[^" ]{41,}("|$)`)

// quiet removes values, which may be secrets, and very long names from a message. Names of ordinary length stay.
func quiet(message string) string {
	if len(message) > maxMessage {
		message = strings.ToValidUTF8(message[:maxMessage], "")
	}
	return echo.ReplaceAllString(message, "…")
}

// checkVariables checks a request's variables against the types that its operation declares, as the specification requires (October
// 2021, 3.5 and 6.1.2). gqlgen is laxer: it accepts a number for a String, a text for an Int, and an enum's name in any case.
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
				return missing(declared.Type).refusal(declared.Variable)
			}
			continue
		}
		if wrong := g.misfit(declared.Type, value); wrong != nil {
			return wrong.refusal(declared.Variable)
		}
	}
	return nil
}

// bound refuses variables with too many levels or values, and text with the NUL character, which databases store differently.
func (g *guard) bound(value any, depth int, values *int) *gqlerror.Error {
	if *values++; *values > g.limits.VariableValues {
		return refuse(CodeTooComplex, "the variables have more than %d values", g.limits.VariableValues)
	}
	switch value := value.(type) {
	case string:
		if strings.IndexByte(value, 0) >= 0 {
			return refuse(CodeBadUserInput, "a variable contains the character NUL")
		}
	case []any:
		if depth > g.limits.VariableDepth {
			return refuse(CodeTooComplex, "a variable has more than %d levels", g.limits.VariableDepth)
		}
		for _, element := range value {
			if err := g.bound(element, depth+1, values); err != nil {
				return err
			}
		}
	case map[string]any:
		if depth > g.limits.VariableDepth {
			return refuse(CodeTooComplex, "a variable has more than %d levels", g.limits.VariableDepth)
		}
		for _, field := range value {
			if err := g.bound(field, depth+1, values); err != nil {
				return err
			}
		}
	}
	return nil
}

// misfit is why a value does not fit its type, and where below the variable, as in ".role". It repeats no value.
type misfit struct{ at, why string }

func (m *misfit) below(at string) *misfit {
	if m == nil {
		return nil
	}
	return &misfit{"." + at + m.at, m.why}
}

func (m *misfit) refusal(variable string) *gqlerror.Error {
	return refuse(CodeBadUserInput, "the variable %s %s", quiet(`"$`+variable+m.at+`"`), m.why)
}

func missing(typ *ast.Type) *misfit {
	return &misfit{why: "is missing; its type is " + typ.String()}
}

// misfit checks a JSON value against a type. It accepts what it cannot check: custom scalars check themselves, and validation finds
// types that do not exist.
func (g *guard) misfit(typ *ast.Type, value any) *misfit {
	if value == nil {
		if typ.NonNull {
			return &misfit{why: "is null, but " + typ.String() + " does not allow null"}
		}
		return nil
	}
	if typ.Elem != nil {
		list, isList := value.([]any)
		if !isList {
			return g.misfit(typ.Elem, value)
		}
		for i, element := range list {
			if wrong := g.misfit(typ.Elem, element); wrong != nil {
				return wrong.below(strconv.Itoa(i))
			}
		}
		return nil
	}
	definition := g.schema.Types[typ.NamedType]
	if definition == nil {
		return nil
	}
	fits := true
	switch definition.Kind { //nolint:exhaustive // nothing else is an input
	case ast.Enum:
		name, isText := value.(string)
		fits = isText && definition.EnumValues.ForName(name) != nil
	case ast.InputObject:
		if fields, isObject := value.(map[string]any); isObject {
			return g.misfitField(definition, fields)
		}
		fits = false
	case ast.Scalar:
		fits = fitsScalar(definition.Name, value)
	}
	if fits {
		return nil
	}
	return &misfit{why: "does not fit the type " + definition.Name}
}

func (g *guard) misfitField(of *ast.Definition, given map[string]any) *misfit {
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if of.Fields.ForName(name) == nil {
			return (&misfit{why: "is not a field of " + of.Name}).below(name)
		}
	}
	for _, field := range of.Fields {
		value, present := given[field.Name]
		if !present {
			if field.Type.NonNull && field.DefaultValue == nil {
				return missing(field.Type).below(field.Name)
			}
			continue
		}
		if wrong := g.misfit(field.Type, value); wrong != nil {
			return wrong.below(field.Name)
		}
	}
	return nil
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
		return !isNested(value)
	}
}

// isNested reports whether a JSON value is a list or an object. None of the schema's scalars is; the rest they check themselves.
func isNested(value any) bool {
	switch value.(type) {
	case []any, map[string]any:
		return true
	}
	return false
}
