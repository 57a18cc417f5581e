package docs

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/rules"

	. "usher/sitetest"
)

func TestTheOperatingPageListsEverySettingWithItsDefault(t *testing.T) {
	var listed []string
	for _, row := range regexp.MustCompile("(?m)^\\| `([a-z-]+)` \\| (.*?) \\|").FindAllStringSubmatch(MustReadFile(t, "docs/operating.md"), -1) {
		listed = append(listed, row[1]+" "+strings.ReplaceAll(row[2], "`", ""))
	}
	var settings []string
	for line := range strings.Lines(RunProgram(t, nil, "config").Out) {
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

// mustFindPages returns the documents that people read.
func mustFindPages(t *testing.T) (names []string) {
	t.Helper()
	for _, pattern := range []string{"*.md", "docs/*.md", "docs/*/*.md", "wire/*.md"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, found...)
	}
	return names
}

var (
	pageLink    = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	pageHeading = regexp.MustCompile("(?m)^#+ (.+)$")
)

// anchorsOf returns the anchors of a page: its headings, in GitHub's form.
func anchorsOf(text string) (anchors []string) {
	for _, heading := range pageHeading.FindAllStringSubmatch(text, -1) {
		kept := strings.Map(func(r rune) rune {
			switch {
			case r == ' ':
				return '-'
			case r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r):
				return unicode.ToLower(r)
			}
			return -1
		}, heading[1])
		anchors = append(anchors, kept)
	}
	return anchors
}

func TestLinksInTheDocsHaveTargets(t *testing.T) {
	for _, page := range mustFindPages(t) {
		text := MustReadFile(t, page)
		for _, link := range pageLink.FindAllStringSubmatch(text, -1) {
			if strings.Contains(link[1], "://") || strings.HasPrefix(link[1], "../../security/") { // a page of GitHub
				continue
			}
			name, anchor, _ := strings.Cut(link[1], "#")
			target := page
			if name != "" {
				target = filepath.Join(filepath.Dir(page), name)
			}
			if _, err := os.Stat(target); err != nil {
				t.Errorf("%s links to %s: %v", page, link[1], err)
			} else if anchor != "" && !slices.Contains(anchorsOf(MustReadFile(t, target)), anchor) {
				t.Errorf("%s links to %s, but has no such heading", page, link[1])
			}
		}
	}
}

// namedFunctions matches a link to a Go file, and the functions and methods that follow it.
var namedFunctions = regexp.MustCompile(`\]\(\.\./([^)]+\.go)\)((?:,?\s+` + "`[A-Za-z.]+`" + `)+)`)

func TestTheDocsNameFunctionsThatExist(t *testing.T) {
	links := namedFunctions.FindAllStringSubmatch(MustReadFile(t, "docs/architecture.md"), -1)
	if len(links) < 15 {
		t.Fatalf("docs/architecture.md names the functions of %d files only", len(links))
	}
	for _, link := range links {
		code := MustReadFile(t, link[1])
		for _, quoted := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(link[2], -1) {
			declared := `func ` + quoted[1] + `[\[(]`
			if of, method, ok := strings.Cut(quoted[1], "."); ok {
				declared = `func \((\w+ )?\*?` + of + `\) ` + method + `\(`
			}
			if !regexp.MustCompile(`(?m)^` + declared).MatchString(code) {
				t.Errorf("docs/architecture.md names %s in %s, which has none", quoted[1], link[1])
			}
		}
	}
}

// namedThings matches what a page says is in a file: `name` in `file.go`.
var namedThings = regexp.MustCompile("`([A-Za-z.]+)`\\s+in\\s+`([a-z/_]+\\.go)`")

func TestContributingNamesWhatExists(t *testing.T) {
	named := namedThings.FindAllStringSubmatch(MustReadFile(t, "CONTRIBUTING.md"), -1)
	if len(named) < 8 {
		t.Fatalf("CONTRIBUTING.md names %d things only", len(named))
	}
	for _, thing := range named {
		declared := `(?m)^(func|type|var|const|\t) ?` + thing[1] + `\b`
		if of, method, ok := strings.Cut(thing[1], "."); ok {
			declared = `(?m)^func \((\w+ )?\*?` + of + `\) ` + method + `\(`
		}
		if !regexp.MustCompile(declared).MatchString(MustReadFile(t, thing[2])) {
			t.Errorf("CONTRIBUTING.md names %s in %s, which has none", thing[1], thing[2])
		}
	}
}

// mustFitTheContract checks documents against the public schema.
func mustFitTheContract(t *testing.T, documents []string) {
	t.Helper()
	schema, err := gqlparser.LoadSchema(&ast.Source{Name: "contract.graphql", Input: MustReadFile(t, "graph/contract.graphql")})
	if err != nil {
		t.Fatal(err)
	}
	for _, document := range documents {
		if _, errs := gqlparser.LoadQueryWithRules(schema, document, rules.NewDefaultRules()); len(errs) > 0 {
			t.Errorf("%v in %s", errs, document)
		}
	}
}

var (
	// runCommand matches a command that runs some tests: the pattern and the packages.
	runCommand = regexp.MustCompile(`go test (?:-\S+ )*-run (?:'([^']+)'|(\S+)) ([./a-z ]+)`)
	testName   = regexp.MustCompile(`(?m)^func (Test\w+)`)
)

// mustListTests returns the names of the tests in packages as go test names them.
func mustListTests(t *testing.T, packages string) (names []string) {
	t.Helper()
	for _, folder := range strings.Fields(packages) {
		folder, below := strings.CutSuffix(folder, "/...")
		patterns := []string{filepath.Join(folder, "*_test.go")}
		if below {
			patterns = append(patterns, filepath.Join(folder, "*", "*_test.go"))
		}
		for _, pattern := range patterns {
			files, err := filepath.Glob(pattern)
			if err != nil {
				t.Fatal(err)
			}
			for _, file := range files {
				for _, name := range testName.FindAllStringSubmatch(MustReadFile(t, file), -1) {
					names = append(names, name[1])
				}
			}
		}
	}
	return names
}

func TestEachCommandOfContributingRunsTests(t *testing.T) {
	text := strings.ReplaceAll(MustReadFile(t, "CONTRIBUTING.md"), `\|`, "|")
	commands := runCommand.FindAllStringSubmatch(text, -1)
	if len(commands) < 15 {
		t.Fatalf("CONTRIBUTING.md has %d commands only", len(commands))
	}
	for _, command := range commands {
		for _, part := range strings.Split(command[1]+command[2], "|") {
			pattern := regexp.MustCompile(part)
			if !slices.ContainsFunc(mustListTests(t, command[3]), pattern.MatchString) {
				t.Errorf("%s: no test is named like %s", command[0], part)
			}
		}
	}
}

func TestTheLineIsTheSameOnEachPage(t *testing.T) {
	line := regexp.MustCompile(`server\.go → .*`)
	want := line.FindString(MustReadFile(t, "server.go"))
	for _, page := range []string{"README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/decisions/0001-one-line-through-the-house.md"} {
		if got := line.FindString(MustReadFile(t, page)); got != want {
			t.Errorf("%s has the line %q, want %q", page, got, want)
		}
	}
}
