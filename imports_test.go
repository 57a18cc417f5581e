package main

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// line is the dependency line, by the first folder of a package: which others each may import. Main is ".".
var line = map[string][]string{
	".":        {"command"},
	"command":  {"site", "graph", "wire", "export", "talk", "vote", "gesture", "ask", "mail", "tools", "room", "people", "auth", "live", "ent", "role", "problem", "text", "metric", "settings"},
	"site":     {"graph", "wire", "export", "talk", "vote", "gesture", "ask", "mail", "tools", "room", "people", "auth", "live", "ent", "role", "problem", "text", "metric", "settings", "web"},
	"graph":    {"wire", "export", "talk", "vote", "gesture", "ask", "tools", "room", "people", "auth", "live", "ent", "role", "problem", "text", "metric"},
	"ask":      {"tools", "room", "auth", "live", "ent", "role", "problem", "text", "metric"},
	"talk":     {"tools", "room", "auth", "live", "ent", "role", "problem", "text", "metric"},
	"export":   {"tools", "room", "auth", "live", "ent", "role", "problem", "text", "metric"},
	"gesture":  {"tools", "room", "auth", "live", "ent", "role", "problem", "text", "metric"},
	"vote":     {"tools", "room", "auth", "live", "ent", "role", "problem", "text", "metric"},
	"mail":     {"room", "auth", "live", "ent", "role", "problem", "text", "metric"},
	"tools":    {"room", "auth", "live", "ent", "role", "problem", "text", "metric"},
	"room":     {"people", "auth", "live", "ent", "role", "problem", "text", "metric"},
	"people":   {"auth", "live", "ent", "role", "problem", "text", "metric"},
	"auth":     {"live", "ent", "role", "problem", "text", "metric"},
	"live":     {"ent", "role", "problem", "text", "metric"},
	"ent":      {"role"},
	"role":     {},
	"problem":  {},
	"text":     {},
	"metric":   {},
	"web":      {},
	"settings": {},
	"docs":     {},
	"wire":     {"problem", "metric"},
}

// unwanted are names of layers, not of subjects.
var unwanted = []string{"internal", "pkg", "utils", "util", "common", "services", "repositories", "helpers"}

// imports returns the imports of the program's packages, by folder ("." is main), without tests and their data. It reads the files
// itself, because the test cache does not notice when the answer of go list changes.
func imports(t *testing.T) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	err := filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == "node_modules" || entry.Name() == "testdata" || name != "." && strings.HasPrefix(entry.Name(), ".")):
			return filepath.SkipDir
		case path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		var names []string
		for _, spec := range file.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			names = append(names, imported)
		}
		folder := filepath.ToSlash(filepath.Dir(name))
		found[folder] = append(found[folder], names...)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func layer(folder string) string {
	first, _, _ := strings.Cut(folder, "/")
	return first
}

func TestEachPackageImportsOnlyPackagesToItsRight(t *testing.T) {
	for folder, imported := range imports(t) {
		from := layer(folder)
		allowed, onTheLine := line[from]
		if from == "bench" || from == "sitetest" { // tools beside the program, which may import everything
			continue
		}
		if !onTheLine {
			t.Errorf("%s is not on the line: say in imports_test.go what it may import", folder)
		}
		for _, name := range imported {
			inner, ours := strings.CutPrefix(name, "usher/")
			if ours && layer(inner) != from && !slices.Contains(allowed, layer(inner)) {
				t.Errorf("%s imports %s, which is to its left", folder, name)
			}
		}
	}
}

func TestOnlyTestsUseTheTestStorage(t *testing.T) {
	for folder, imported := range imports(t) {
		if slices.Contains(imported, "usher/live/livetest") && !strings.HasPrefix(folder, "live/livetest") &&
			layer(folder) != "bench" && folder != "sitetest" {
			t.Errorf("%s imports live/livetest", folder)
		}
	}
}

func TestSomePackagesImportLittleBesideTheStandardLibrary(t *testing.T) {
	found := imports(t)
	for folder, allowed := range map[string][]string{
		"role":    nil,
		"problem": nil,
		"text":    {"golang.org/x/"},
		"metric":  {"github.com/prometheus/client_golang/"},
		"wire":    {"usher/problem", "usher/metric", "github.com/99designs/gqlgen/", "github.com/vektah/gqlparser/", "github.com/gorilla/websocket", "github.com/go-json-experiment/json"},
	} {
		if len(found[folder]) == 0 {
			t.Errorf("package %s was not found", folder)
		}
		for _, name := range found[folder] {
			isOther := strings.Contains(layer(name), ".") || layer(name) == "usher"
			if isOther && !slices.ContainsFunc(allowed, func(prefix string) bool { return strings.HasPrefix(name, prefix) }) {
				t.Errorf("%s imports %s", folder, name)
			}
		}
	}
}

func TestTheSchemaImportsNothingOfTheProgramButRoles(t *testing.T) {
	found := imports(t)["ent/schema"]
	if len(found) == 0 {
		t.Error("package ent/schema was not found")
	}
	for _, name := range found {
		if strings.HasPrefix(name, "usher/") && name != "usher/role" {
			t.Errorf("ent/schema imports %s, which is made from it", name)
		}
	}
}

func TestPackagesAreNamedAfterTheirSubject(t *testing.T) {
	for folder := range imports(t) {
		for part := range strings.SplitSeq(folder, "/") {
			if slices.Contains(unwanted, part) {
				t.Errorf("%s: %q is not the name of a subject", folder, part)
			}
		}
	}
}

var namesImporters = regexp.MustCompile(`\bimports? \w+\b`)

func TestEachPackageCommentSaysWhoMayImportIt(t *testing.T) {
	comments := map[string]string{} // by folder, of all files of a package
	for _, name := range written(t, ".go") {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.PackageClauseOnly|parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		if file.Name.Name != "main" && !strings.HasSuffix(file.Name.Name, "_test") {
			comments[filepath.Dir(name)] += file.Doc.Text()
		}
	}
	for folder, comment := range comments {
		sentence, _, _ := strings.Cut(comment, ". ")
		if !strings.HasPrefix(sentence, "Package ") || !namesImporters.MatchString(comment) {
			t.Errorf("%s: the package comment says what the package is for and who may import it, not %q", folder, comment)
		}
	}
}

// written returns the files that people write here, without generated code and built files.
func written(t *testing.T, extensions ...string) (names []string) {
	t.Helper()
	err := filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (slices.Contains([]string{"node_modules", "dist", "generated", "test-results", "playwright-report"}, entry.Name()) ||
			name != "." && strings.HasPrefix(entry.Name(), ".")):
			return filepath.SkipDir
		case !entry.Type().IsRegular() || !slices.Contains(extensions, path.Ext(name)):
			return nil
		case layer(filepath.ToSlash(name)) == "ent" && !strings.HasPrefix(filepath.ToSlash(name), "ent/schema/"), strings.Contains(filepath.Base(name), "generated"),
			strings.HasPrefix(filepath.ToSlash(name), "graph/model/"), path.Ext(name) == ".graphql" && layer(filepath.ToSlash(name)) == "graph":
			return nil
		}
		names = append(names, name)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(names) < 150 {
		t.Fatalf("found only %d files", len(names))
	}
	return names
}

func TestHandWrittenFilesHaveAtMost300Lines(t *testing.T) {
	for _, name := range written(t, ".go", ".ts", ".tsx", ".css", ".graphql", ".graphqls", ".html", ".mjs", ".cjs", ".c") {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if lines := bytes.Count(text, []byte("\n")); lines > 300 {
			t.Errorf("%s has %d lines", name, lines)
		}
	}
}

// Resolvers have the methods that the schema asks for. Types used only in tests may have more, so that stories read well.
func TestTypesHaveAtMost20Methods(t *testing.T) {
	methods := map[string]int{}
	for _, name := range written(t, ".go") {
		if strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, ".resolvers.go") || layer(filepath.ToSlash(name)) == "sitetest" {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, declared := range file.Decls {
			if method, ok := declared.(*ast.FuncDecl); ok && method.Recv != nil {
				of := method.Recv.List[0].Type
				if pointer, ok := of.(*ast.StarExpr); ok {
					of = pointer.X
				}
				if generic, ok := of.(*ast.IndexExpr); ok {
					of = generic.X
				}
				if named, ok := of.(*ast.Ident); ok {
					methods[filepath.Dir(name)+"."+named.Name]++
				}
			}
		}
	}
	for name, count := range methods {
		if count > 20 {
			t.Errorf("%s has %d methods", name, count)
		}
	}
}
