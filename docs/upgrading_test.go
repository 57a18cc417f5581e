package docs

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"usher/live/livetest"
	. "usher/sitetest"
)

// The examples of docs/upgrading.md, in their order.
const (
	showing = iota
	backingUp
	updating
	dumping
	migrating
	replacing
	asking
	restoring
	refilling
	upgradingExamples
)

// beforeLast are the tables of the site that is upgraded: those before the first migration that the page shows.
const (
	beforeLastSQLite   = 20261128142607
	beforeLastPostgres = 20261128142608
)

// upgrader runs the examples of the page, in a folder with the program.
type upgrader struct {
	t           *testing.T
	folder      string
	environment []string
	examples    []example
}

// mustPrepareUpgrade puts the program into a folder. programs is the folder of PostgreSQL's programs, or empty.
func mustPrepareUpgrade(t *testing.T, folder, programs string, environment ...string) *upgrader {
	t.Helper()
	_, err := exec.LookPath("bash")
	MustHave(t, "bash", err)
	program, err := filepath.Abs(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	MustWrite(t, filepath.Join(folder, "usher"), fmt.Sprintf("#!/bin/sh\nTEST_AS_PROGRAM=1 exec '%s' \"$@\"\n", program), 0o700)
	page := strings.ReplaceAll(MustReadFile(t, "docs/upgrading.md"), "\n   ", "\n") // also in lists
	u := &upgrader{t, folder, append(environment, "PATH="+strings.Join([]string{folder, programs, os.Getenv("PATH")}, ":")), nil}
	before := ""
	for _, block := range fence.FindAllStringSubmatch(page, -1) {
		switch {
		case block[1] == "sh":
			u.examples = append(u.examples, example{code: block[2]})
		case block[1] == "text" && before == "sh":
			u.examples[len(u.examples)-1].prints = block[2]
		}
		before = block[1]
	}
	Same(t, "how many examples the page has", len(u.examples), upgradingExamples)
	return u
}

// print runs an example and returns what it prints.
func (u *upgrader) print(n int) string {
	u.t.Helper()
	c := exec.CommandContext(u.t.Context(), "bash", "-euc", u.examples[n].code)
	c.Dir, c.Env = u.folder, append(os.Environ(), u.environment...)
	var said strings.Builder
	c.Stderr = &said
	out, err := c.Output()
	if err != nil {
		u.t.Fatalf("the example\n%s\nends with %v and prints\n%s%s", u.examples[n].code, err, out, said.String())
	}
	return string(out)
}

// run runs an example and compares what it prints, if the page shows that. There a line … stands for any lines, and elsewhere … for any text
// within a line.
func (u *upgrader) run(n int) (printed string) {
	u.t.Helper()
	e, printed := u.examples[n], u.print(n)
	pattern := regexp.MustCompile(`(?m)^…\n`).ReplaceAllString(regexp.QuoteMeta(e.prints), "(?:.*\n)*")
	if e.prints != "" && !regexp.MustCompile(`\A`+strings.ReplaceAll(pattern, "…", ".*")+`\z`).MatchString(printed) {
		u.t.Errorf("the example\n%s\nprints\n%s\nthe page says\n%s", e.code, printed, e.prints)
	}
	return printed
}

func TestTheUpgradingPagesExamplesWorkOnSQLite(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	u := mustPrepareUpgrade(t, folder, "", "USHER_ADDR="+MustFindPort(t))
	if err := os.Mkdir(filepath.Join(folder, "data"), 0o700); err != nil {
		t.Fatal(err)
	}
	databaseURL := "sqlite://" + filepath.Join(folder, "data/usher.db")
	if err := livetest.MustMigrateTo(t, databaseURL, beforeLastSQLite).Close(); err != nil {
		t.Fatal(err)
	}
	shown := u.run(showing)
	u.run(backingUp)
	Same(t, "what --show shows a second time", u.run(showing), shown)
	u.run(updating)
	Same(t, "what there is to do afterwards", u.print(showing), "the tables are up to date\n")
	u.run(asking)
	u.run(restoring)
}

func TestTheUpgradingPagesExamplesWorkOnPostgreSQL(t *testing.T) {
	livetest.Long(t)
	t.Parallel()
	databaseURL := livetest.EmptyPostgres(t)
	programs, err := livetest.Programs()
	MustHave(t, "PostgreSQL", err)
	folder, addr := t.TempDir(), MustFindPort(t)
	file := MustWrite(t, filepath.Join(folder, "database-url"), databaseURL+"\n", 0o600)
	key := MustWrite(t, filepath.Join(folder, "usher.key"), "1 "+strings.Repeat("A", 43)+"=\n", 0o600)
	u := mustPrepareUpgrade(t, folder, programs, "USHER_ADDR="+addr, "USHER_DATABASE_URL_FILE="+file, "USHER_SECRET_KEY_FILE="+key)
	old := livetest.MustMigrateTo(t, databaseURL, beforeLastPostgres)
	if _, err := old.ExecContext(t.Context(), "INSERT INTO rooms (id, title, created_at) VALUES ('r_1', 'Town hall', now())"); err != nil {
		t.Fatal(err)
	}
	shown := u.run(showing)
	u.run(dumping)
	u.run(migrating)
	server := StartChild(t, "--addr="+addr, "--database-url="+databaseURL, "--secret-key-file="+key)
	u.run(replacing)
	u.run(asking)
	server.Kill()
	u.run(refilling)
	Same(t, "what there is to do again", u.run(showing), shown)
	var rooms int
	if err := old.QueryRowContext(t.Context(), "SELECT count(*) FROM rooms WHERE title = 'Town hall'").Scan(&rooms); err != nil || rooms != 1 {
		t.Errorf("%d rooms are back: %v", rooms, err)
	}
}
