package docs

import (
	"reflect"
	"strconv"
	"strings"
	"testing"

	"usher/graph"
	. "usher/sitetest"
	"usher/wire"
)

// grouped formats a number like the page: 40,000.
func grouped(n int64) string {
	text := strconv.FormatInt(n, 10)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

func TestTheSecurityPageHasEachLimitWithItsValue(t *testing.T) {
	page := MustReadFile(t, "docs/security.md")
	for _, limits := range []any{wire.DefaultLimits, graph.DefaultUseLimits} {
		of := reflect.ValueOf(limits)
		for i := range of.NumField() {
			name, value := of.Type().Field(i).Name, of.Field(i)
			row := ""
			for line := range strings.Lines(page) {
				if strings.HasPrefix(line, "| `"+name+"`") {
					row = line
				}
			}
			var want []string
			if value.Kind() == reflect.Struct {
				want = []string{grouped(value.Field(0).Int()) + " a second", grouped(value.Field(1).Int()) + " at once"}
			} else {
				want = []string{grouped(value.Int())}
			}
			for _, text := range want {
				if !strings.Contains(row, text) {
					t.Errorf("the row of %s is %q, want %s", name, row, text)
				}
			}
		}
	}
}
