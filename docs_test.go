package main

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

func mustReadFile(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestTheOperatingPageListsEverySettingWithItsDefault(t *testing.T) {
	var listed []string
	for _, row := range regexp.MustCompile("(?m)^\\| `([a-z-]+)` \\| (.*?) \\|").FindAllStringSubmatch(mustReadFile(t, "docs/operating.md"), -1) {
		listed = append(listed, row[1]+" "+strings.ReplaceAll(row[2], "`", ""))
	}
	var settings []string
	for line := range strings.Lines(runProgram(t, nil, "config").out) {
		fields := strings.Fields(line)
		shown := strings.Trim(fields[1], "()")
		if source := strings.Join(fields[2:], " "); source != "default" {
			shown = source
		}
		settings = append(settings, fields[0]+" "+shown)
	}
	if got, want := strings.Join(listed, "\n"), strings.Join(settings, "\n"); got != want {
		t.Errorf("docs/operating.md lists\n%s\nthe program has\n%s", got, want)
	}
}

// mustFitTheContract checks documents against the public schema.
func mustFitTheContract(t *testing.T, documents []string) {
	t.Helper()
	schema, err := gqlparser.LoadSchema(&ast.Source{Name: "contract.graphql", Input: mustReadFile(t, "graph/contract.graphql")})
	if err != nil {
		t.Fatal(err)
	}
	for _, document := range documents {
		if _, errs := gqlparser.LoadQueryWithRules(schema, document, rules.NewDefaultRules()); len(errs) > 0 {
			t.Errorf("%v in %s", errs, document)
		}
	}
}
