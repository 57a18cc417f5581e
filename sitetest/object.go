package sitetest

import (
	"fmt"
	"strings"
)

// Object is a part of an answer, or variables.
type Object map[string]any

// At returns the value at a path of field names, or nil.
func (o Object) At(path string) any {
	var at any = map[string]any(o)
	for name := range strings.SplitSeq(path, ".") {
		fields, _ := at.(map[string]any)
		at = fields[name]
	}
	return at
}

// Text returns the text at a path, or "".
func (o Object) Text(path string) string { s, _ := o.At(path).(string); return s }

// Int returns the number at a path.
func (o Object) Int(path string) int { n, _ := o.At(path).(float64); return int(n) }

// In returns the object at a path.
func (o Object) In(path string) Object { m, _ := o.At(path).(map[string]any); return m }

// List returns the objects of the list at a path.
func (o Object) List(path string) (list []Object) {
	all, _ := o.At(path).([]any)
	for _, one := range all {
		m, _ := one.(map[string]any)
		list = append(list, m)
	}
	return list
}

// Texts returns the texts of a field over the list at a path, or of the list itself if field is "".
func (o Object) Texts(path, field string) (texts []string) {
	texts = []string{}
	if field == "" {
		all, _ := o.At(path).([]any)
		for _, one := range all {
			texts = append(texts, fmt.Sprint(one))
		}
		return texts
	}
	for _, one := range o.List(path) {
		texts = append(texts, fmt.Sprint(one.At(field)))
	}
	return texts
}
