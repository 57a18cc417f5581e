package wire

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestCostsAreKeptByTheVariablesThatDecide(t *testing.T) {
	kept := newKeptCosts(map[string]bool{"first": true, "after": true})
	given := []map[string]any{
		{},
		{"first": nil},
		{"first": int64(1)},
		{"first": json.Number("1")},
		{"first": int64(100)},
		{"first": "1"},
		{"first": true},
		{"after": int64(1)},
		{"after": "1"},
		{"first": "1", "after": ""},
		{"first": `1" s""`},
		{"after": strings.Repeat("a", 200)},
	}
	for cost, variables := range given {
		if _, known := kept.find(variables); known {
			t.Errorf("%v: the cost is known before it is kept", variables)
		}
		kept.add(variables, cost)
	}
	for want, variables := range given {
		variables["other"] = strings.Repeat("a", 300)
		if cost, known := kept.find(variables); !known || cost != want {
			t.Errorf("%v: got %d, %t, want %d", variables, cost, known, want)
		}
	}
	for name, variables := range map[string]map[string]any{
		"a long value": {"after": strings.Repeat("a", maxDecidingValue)},
		"a list":       {"first": []any{1}},
		"an object":    {"after": map[string]any{}},
	} {
		kept.add(variables, 1)
		if _, known := kept.find(variables); known {
			t.Errorf("%s is kept", name)
		}
	}
	for n := range int64(10 * mostKeptCosts) {
		if kept.add(map[string]any{"first": n}, 1); len(kept.byValues) > mostKeptCosts {
			t.Fatalf("%d costs are kept", len(kept.byValues))
		}
	}
}
