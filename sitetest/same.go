package sitetest

import (
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Same compares a value with the one that the test wants, and reports how they differ.
func Same(t *testing.T, what string, got, want any) {
	t.Helper()
	if diff := Diff(got, want); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// Diff returns how a value differs from the one that a test wants, empty where it does not. It compares as JSON does: numbers by
// their value, texts, lists and objects by their content, whatever their types in Go. A list that is nil is
// empty, a map that is nil is null.
func Diff(got, want any) string { return cmp.Diff(asJSON(want), asJSON(got)) }

// asJSON returns a value with the types that package json decodes into. Numbers that float64 cannot represent, times and structs
// stay as they are.
func asJSON(value any) any {
	v := reflect.ValueOf(value)
	switch v.Kind() { //nolint:exhaustive // the others stay as they are
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		if n := float64(v.Int()); int64(n) == v.Int() {
			return n
		}
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		if n := float64(v.Uint()); uint64(n) == v.Uint() {
			return n
		}
	case reflect.Float32:
		return v.Float()
	case reflect.String:
		return v.String()
	case reflect.Slice, reflect.Array:
		list := make([]any, v.Len())
		for i := range list {
			list[i] = asJSON(v.Index(i).Interface())
		}
		return list
	case reflect.Map:
		if v.Type().Key().Kind() != reflect.String {
			return value
		}
		if v.IsNil() {
			return nil
		}
		fields := make(map[string]any, v.Len())
		for entries := v.MapRange(); entries.Next(); {
			fields[entries.Key().String()] = asJSON(entries.Value().Interface())
		}
		return fields
	case reflect.Pointer:
		if v.IsNil() {
			return nil
		}
	}
	return value
}
