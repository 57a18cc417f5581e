package sitetest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Object is a part of an answer, or variables.
//
// A path names fields, separated by dots. A path through null gives null. A path that names a field which the answer lacks is a
// mistake in the test: its methods panic, rather than return a zero that looks like an answer.
type Object map[string]any

// At returns the value at a path of field names, or nil.
func (o Object) At(path string) any {
	var at any
	if o != nil {
		at = map[string]any(o)
	}
	for name := range strings.SplitSeq(path, ".") {
		if at == nil {
			return nil
		}
		fields, isObject := at.(map[string]any)
		value, found := fields[name]
		if !isObject || !found {
			panic(o.lacks(path, "field"))
		}
		at = value
	}
	return at
}

// Text returns the text at a path, empty where the answer has null.
func (o Object) Text(path string) string {
	at := o.At(path)
	text, isText := at.(string)
	if !isText && at != nil {
		panic(o.lacks(path, "text"))
	}
	return text
}

// TextIfAny returns the text at a path, empty where the answer has no such field: a Problem lacks the fields of a success, and an
// event those of other kinds.
func (o Object) TextIfAny(path string) string {
	first, rest, deeper := strings.Cut(path, ".")
	value, found := o[first]
	if !found {
		return ""
	}
	if in, isObject := value.(map[string]any); deeper && isObject {
		return Object(in).TextIfAny(rest)
	}
	return o.Text(path)
}

// Int returns the number at a path.
func (o Object) Int(path string) int {
	n, isNumber := o.At(path).(float64)
	if !isNumber {
		panic(o.lacks(path, "number"))
	}
	return int(n)
}

// In returns the object at a path, nil where the answer has null.
func (o Object) In(path string) Object {
	at := o.At(path)
	fields, isObject := at.(map[string]any)
	if !isObject && at != nil {
		panic(o.lacks(path, "object"))
	}
	return fields
}

// List returns the objects of the list at a path.
func (o Object) List(path string) (list []Object) {
	for _, one := range o.all(path) {
		fields, isObject := one.(map[string]any)
		if !isObject {
			panic(o.lacks(path, "list of objects"))
		}
		list = append(list, fields)
	}
	return list
}

// Texts returns a field of the objects of the list at a path, each value as text; where the field is empty, the list's own values.
func (o Object) Texts(path, field string) []string {
	values := o.all(path)
	if field != "" {
		for i, one := range o.List(path) {
			values[i] = one.At(field)
		}
	}
	texts := []string{}
	for _, value := range values {
		switch value.(type) {
		case string, float64, bool:
			texts = append(texts, fmt.Sprint(value))
		default:
			panic(o.lacks(path, "list of values"))
		}
	}
	return texts
}

func (o Object) all(path string) []any {
	list, isList := o.At(path).([]any)
	if !isList {
		panic(o.lacks(path, "list"))
	}
	return slices.Clone(list)
}

// Code returns the code of a Problem, empty where the object is none.
func (o Object) Code() string {
	code, _ := o["code"].(string)
	return code
}

func (o Object) lacks(path, what string) string {
	text, err := json.Marshal(o)
	if err != nil {
		text = fmt.Append(nil, map[string]any(o))
	}
	return fmt.Sprintf("there is no %s at %s of %s", what, path, text)
}
