package docs

import (
	"encoding/json"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	. "usher/sitetest"
)

// The set-ups of docs/clients.md are files of wire/clients/setup. Package stories runs them.
func TestTheClientsPageShowsTheSetUpsThatTheTestsRun(t *testing.T) {
	page := MustReadFile(t, "docs/clients.md")
	files, err := filepath.Glob("wire/clients/setup/*.js")
	if err != nil || len(files) < 6 {
		t.Fatalf("the set-ups are %q: %v", files, err)
	}
	for _, file := range files {
		if !strings.Contains(page, "```js\n"+MustReadFile(t, file)+"```\n") {
			t.Errorf("docs/clients.md does not show %s as it is", file)
		}
	}
	if shown := strings.Count(page, "```js\n"); shown != len(files) {
		t.Errorf("docs/clients.md shows %d set-ups; there are %d", shown, len(files))
	}
}

func TestTheClientsPageHasTheVersionsThatTheTestsRun(t *testing.T) {
	var installed struct{ Dependencies map[string]string }
	if err := json.Unmarshal([]byte(MustReadFile(t, "wire/clients/package.json")), &installed); err != nil {
		t.Fatal(err)
	}
	listed := regexp.MustCompile("(?m)^\\| \\[[^|]+ \\| (`[^|]+`) \\| ([0-9.]+) \\|").FindAllStringSubmatch(MustReadFile(t, "docs/clients.md"), -1)
	if len(listed) < 6 {
		t.Fatalf("docs/clients.md lists only %q", listed)
	}
	for _, row := range listed {
		for _, name := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(row[1], -1) {
			Same(t, "the version of "+name[1], row[2], installed.Dependencies[name[1]])
		}
	}
}

// Who installs from a lock file fetches from the addresses in it.
func TestTheLockFilesNameOnlyThePublicRegistry(t *testing.T) {
	files, err := filepath.Glob("w*/*/package-lock.json")
	if err != nil || len(files) < 3 {
		t.Fatalf("the lock files are %q: %v", files, err)
	}
	for _, file := range append(files, "web/package-lock.json") {
		for _, address := range regexp.MustCompile(`"resolved": "([^"]*)"`).FindAllStringSubmatch(MustReadFile(t, file), -1) {
			if !strings.HasPrefix(address[1], "https://registry.npmjs.org/") {
				t.Errorf("%s names %s", file, address[1])
			}
		}
	}
}
