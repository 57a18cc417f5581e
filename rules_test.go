package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	. "usher/sitetest"
)

var (
	ruleOfThePage = regexp.MustCompile(`(?m)^\*\*([A-Z]\d+)\.\*\*|^(\d)\. `)
	// A rule is named at the beginning of the name of a test or case, or in brackets: TestL2_4_…, "L2.4 a second device", "(L2.4)".
	ruleInAName = regexp.MustCompile(`^Test((?:[A-Z]\d+(?:_\d)?_)+)`)
	ruleInAText = regexp.MustCompile(`(?:^|\()([A-Z]\d+(?:\.\d)?(?:, [A-Z]\d+(?:\.\d)?)*)(?:\)|[ :])`)
	webTestText = regexp.MustCompile("(?:test|it|describe)\\(\\s*['\"`](.*?)['\"`]")
	oneRule     = regexp.MustCompile(`[A-Z]\d+(?:[._]\d)?`)
)

// mustReadRules returns the rules of docs/rules.md in order. A rule with numbered parts is replaced by its parts.
func mustReadRules(t *testing.T) (rules []string) {
	t.Helper()
	var part string
	for _, m := range ruleOfThePage.FindAllStringSubmatch(MustReadFile(t, "docs/rules.md"), -1) {
		if m[1] != "" {
			part = m[1]
			rules = append(rules, part)
			continue
		}
		if m[2] == "1" {
			rules = rules[:len(rules)-1]
		}
		rules = append(rules, part+"."+m[2])
	}
	return rules
}

func TestEveryRuleIsNamedByATest(t *testing.T) {
	rules := mustReadRules(t)
	if len(rules) < 50 {
		t.Fatalf("docs/rules.md has only the rules %v", rules)
	}
	named := map[string]bool{}
	name := func(texts ...string) {
		for _, text := range texts {
			for _, rule := range oneRule.FindAllString(text, -1) {
				named[strings.ReplaceAll(rule, "_", ".")] = true
			}
		}
	}
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == "node_modules" || len(path) > 1 && strings.HasPrefix(entry.Name(), ".")):
			return fs.SkipDir
		case strings.HasSuffix(path, "_test.go"):
			names, texts := mustReadTests(t, path)
			for _, m := range names {
				name(ruleInAName.FindString(m))
			}
			for _, text := range texts {
				for _, m := range ruleInAText.FindAllStringSubmatch(text, -1) {
					name(m[1])
				}
			}
		case strings.HasSuffix(path, ".spec.ts"), strings.HasSuffix(path, ".test.ts"), strings.HasSuffix(path, ".test.tsx"):
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			for _, title := range webTestText.FindAllStringSubmatch(string(text), -1) {
				for _, m := range ruleInAText.FindAllStringSubmatch(title[1], -1) {
					name(m[1])
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, rule := range rules {
		known[rule], known[strings.Split(rule, ".")[0]] = true, true
		if !named[rule] {
			t.Errorf("no test names the rule %s of docs/rules.md", rule)
		}
	}
	for rule := range named {
		if !known[rule] {
			t.Errorf("a test names the rule %s, which docs/rules.md does not have", rule)
		}
	}
}

// mustReadTests returns the names of a file's functions, and the texts in it.
func mustReadTests(t *testing.T, path string) (names, texts []string) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			names = append(names, n.Name.Name)
		case *ast.BasicLit:
			if text, err := strconv.Unquote(n.Value); n.Kind == token.STRING && err == nil {
				texts = append(texts, text)
			}
		}
		return true
	})
	return names, texts
}
