package docs

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"usher/graph"
	"usher/live/livetest"
	"usher/site"
	. "usher/sitetest"
	"usher/wire"
)

// The examples of docs/embedding.md run as printed, against a server in a separate process.

// example is a block of code on a page, and the block below it with its output.
type example struct{ code, prints string }

var fence = regexp.MustCompile("(?ms)^```([a-z]*)\n(.*?)^```$")

// mustReadExamples returns a page's examples in one language, in order.
func mustReadExamples(t *testing.T, page, language string) (examples []example) {
	t.Helper()
	before := ""
	for _, block := range fence.FindAllStringSubmatch(MustReadFile(t, page), -1) {
		switch {
		case block[1] == language:
			examples = append(examples, example{code: block[2]})
		case block[1] == "text" && before == language:
			examples[len(examples)-1].prints = block[2]
		}
		before = block[1]
	}
	if len(examples) == 0 {
		t.Fatalf("%s has no example in %s", page, language)
	}
	return examples
}

// seam separates the outputs of two examples.
const seam = "-- next example --"

// mustPrint compares the examples' output with the page. On the page, … stands for any text within a line.
func mustPrint(t *testing.T, examples []example, printed string) {
	t.Helper()
	parts := strings.Split(printed, seam+"\n")
	for i, e := range examples {
		if i >= len(parts) {
			t.Fatalf("it stopped before the example\n%s", e.code)
		}
		pattern := strings.ReplaceAll(regexp.QuoteMeta(e.prints), "…", ".*")
		if !regexp.MustCompile(`\A` + pattern + `\z`).MatchString(parts[i]) {
			t.Errorf("the example\n%s\nprints\n%s\nthe page says\n%s", e.code, parts[i], e.prints)
		}
	}
}

// mustRunIn runs a program in a folder and returns its output.
func mustRunIn(t *testing.T, dir string, environment []string, name string, args ...string) string {
	t.Helper()
	files := map[string]*os.File{}
	for _, stream := range []string{"out", "err"} { // files instead of pipes, because a program that stays open does not block reading a file
		f, err := os.Create(filepath.Join(dir, stream))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		files[stream] = f
	}
	program := exec.CommandContext(t.Context(), name, args...)
	program.Dir, program.Stdout, program.Stderr = dir, files["out"], files["err"]
	program.Env = append(os.Environ(), environment...)
	err := program.Run()
	out, said := MustReadFile(t, files["out"].Name()), MustReadFile(t, files["err"].Name())
	if err != nil || said != "" {
		t.Fatalf("%s: %v: %s\n%s", name, err, said, out)
	}
	return out
}

func TestTheEmbeddingPagesCurlExamplesPrintTheirOutput(t *testing.T) {
	for _, tool := range []string{"bash", "curl", "jq"} {
		_, err := exec.LookPath(tool)
		MustHave(t, tool, err)
	}
	h, dir := serveExamples(t), t.TempDir()
	var script strings.Builder
	examples := mustReadExamples(t, "docs/embedding.md", "sh")
	for _, e := range examples {
		fmt.Fprintf(&script, "%s\necho; echo '%s'\n", e.code, seam)
	}
	MustWrite(t, filepath.Join(dir, "examples.sh"), script.String(), 0o600)
	program, err := filepath.Abs(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	MustWrite(t, filepath.Join(dir, "usher"), fmt.Sprintf("#!/bin/sh\nTEST_AS_PROGRAM=1 exec '%s' \"$@\" %s\n", program, strings.Join(h.Storage, " ")), 0o700)
	environment := []string{"USHER=" + h.URL, "PATH=" + dir + ":" + os.Getenv("PATH")}
	printed := mustRunIn(t, dir, environment, "bash", "examples.sh")
	// A page does not show whether an answer ends with a line break.
	printed = regexp.MustCompile(`\n+`+seam).ReplaceAllString(printed, "\n"+seam)
	printed = regexp.MustCompile(`(?m)\}\n\n\{`).ReplaceAllString(printed, "}\n{")
	mustPrint(t, examples, printed)
}

func TestTheEmbeddingPagesTypeScriptExamplesPrintTheirOutput(t *testing.T) {
	livetest.Long(t)
	node, err := exec.LookPath("node")
	MustHave(t, "node", err)
	root, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	modules := filepath.Join(root, "wire/wsclient/node_modules")
	compiler := filepath.Join(root, "web/node_modules/.bin/tsc")
	for _, file := range []string{filepath.Join(modules, "graphql-ws"), compiler} {
		_, err := os.Stat(file)
		MustHave(t, "make test installs it: "+file, err)
	}
	h, dir := serveExamples(t), t.TempDir()
	h.MustRun(Password+"\n", "user", "add", "--email", "platform@example.org", "--first-name", "Event", "--last-name", "Platform")

	var script strings.Builder
	examples := mustReadExamples(t, "docs/embedding.md", "ts")
	for _, e := range examples {
		fmt.Fprintf(&script, "%s\nconsole.log('%s');\n", e.code, seam)
	}
	MustWrite(t, filepath.Join(dir, "examples.ts"), script.String(), 0o600)
	MustWrite(t, filepath.Join(dir, "package.json"), `{"type": "module"}`, 0o600)
	types := filepath.Join(root, "web/node_modules/@types")
	MustWrite(t, filepath.Join(dir, "tsconfig.json"), fmt.Sprintf(`{"files": ["examples.ts"], "compilerOptions": {
		"module": "nodenext", "target": "es2023", "lib": ["es2023", "dom"], "strict": true, "skipLibCheck": true,
		"typeRoots": [%q], "types": ["node"], "paths": {"ws": [%q]}
	}}`, types, filepath.Join(types, "ws/index.d.mts")), 0o600)
	if err := os.Symlink(modules, filepath.Join(dir, "node_modules")); err != nil {
		t.Fatal(err)
	}
	if said := mustRunIn(t, dir, nil, compiler); said != "" {
		t.Fatalf("the examples do not compile:\n%s", said)
	}
	mustPrint(t, examples, mustRunIn(t, dir, []string{"USHER=" + h.URL, "NO_COLOR=1"}, node, "examples.js"))
}

// serveExamples runs a site with the machine's clock and the usual limits.
func serveExamples(t *testing.T) *House {
	t.Helper()
	t.Parallel()
	h := NewHouse(t, "sqlite://"+t.TempDir()+"/usher.db")
	h.Limits = site.DefaultLimits
	h.ServeApart()
	return h
}

func TestTheEmbeddingPageHasEveryCode(t *testing.T) {
	page := MustReadFile(t, "docs/embedding.md")
	listed := func(heading string) (codes []string) {
		_, section, _ := strings.Cut(page, "\n### "+heading+"\n")
		section, _, _ = strings.Cut(section, "\n### ")
		for _, row := range regexp.MustCompile("(?m)^\\| (`.*?) \\|").FindAllStringSubmatch(section, -1) {
			for _, code := range regexp.MustCompile("`([A-Z_]+)`").FindAllStringSubmatch(row[1], -1) {
				codes = append(codes, code[1])
			}
		}
		slices.Sort(codes)
		return codes
	}
	var problems []string
	for _, value := range Served().Types["ProblemCode"].EnumValues {
		problems = append(problems, value.Name)
	}
	slices.Sort(problems)
	if got := listed("Problems"); !slices.Equal(got, problems) {
		t.Errorf("the page lists the problems\n%q\nthe schema has\n%q", got, problems)
	}
	var errors []string
	for _, code := range regexp.MustCompile(`(?m)^\tCode\w+ += "([A-Z_]+)"`).FindAllStringSubmatch(MustReadFile(t, "wire/errors.go"), -1) {
		errors = append(errors, code[1])
	}
	slices.Sort(errors)
	if got := listed("GraphQL errors"); !slices.Equal(got, errors) {
		t.Errorf("the page lists the codes\n%q\nthe program has\n%q", got, errors)
	}
}

func TestTheEmbeddingPagesRequestsFitTheContract(t *testing.T) {
	page := MustReadFile(t, "docs/embedding.md")
	documents := []string{}
	for _, quoted := range regexp.MustCompile(`"query": ("(?:[^"\\]|\\.)*")`).FindAllStringSubmatch(page, -1) {
		var document string
		if err := json.Unmarshal([]byte(quoted[1]), &document); err != nil {
			t.Errorf("%v in %s", err, quoted[1])
		}
		documents = append(documents, document)
	}
	for _, quoted := range regexp.MustCompile("`((?:query|mutation|subscription|\\{) [^`]*)`").FindAllStringSubmatch(page, -1) {
		documents = append(documents, quoted[1])
	}
	if len(documents) < 15 {
		t.Fatalf("docs/embedding.md shows only the requests %q", documents)
	}
	mustFitTheContract(t, documents)
}

func TestTheEmbeddingPageHasEveryCloseCodeAndTheLimitsOfUse(t *testing.T) {
	page := MustReadFile(t, "docs/embedding.md")
	has := func(row string) {
		t.Helper()
		if !strings.Contains(page, "\n"+row) {
			t.Errorf("docs/embedding.md has no row %q", row)
		}
	}
	codes := []int{wire.CloseInvalidText, wire.CloseRestarting, wire.CloseTryAgainLater}
	for _, code := range regexp.MustCompile(`(?m)^\tClose\w+ += (4\d+)$`).FindAllStringSubmatch(MustReadFile(t, "wire/frame.go"), -1) {
		number, err := strconv.Atoi(code[1])
		if err != nil {
			t.Fatal(err)
		}
		codes = append(codes, number)
	}
	if len(codes) < 10 {
		t.Fatalf("wire/frame.go has only the codes %d", codes)
	}
	for _, code := range codes {
		has(fmt.Sprintf("| %d |", code))
	}
	use := graph.DefaultUseLimits
	has(fmt.Sprintf("| WebSockets | %d | |", use.Sockets))
	has(fmt.Sprintf("| streams of server-sent events | %d | |", use.Streams))
	has(fmt.Sprintf("| mutations | %d | %d a second |", use.Writes.Burst, use.Writes.PerSecond))
	has(fmt.Sprintf("| user searches | %d | %d a second |", use.Searches.Burst, use.Searches.PerSecond))
	has(fmt.Sprintf("| changes of invitations and links | %s | as many a minute |", grouped(int64(use.InvitingPerMinute))))
	has(fmt.Sprintf("| operations of all who show no credential, at one address | %s | %d a second |",
		grouped(int64(use.Strangers.Burst)), use.Strangers.PerSecond))
}
