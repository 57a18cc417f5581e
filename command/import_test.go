package command_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"

	"usher/ent/user"
	"usher/live"
	"usher/live/livetest"
	"usher/people"
	. "usher/sitetest"
)

// on returns the settings of a program with its site in a database.
func on(t *testing.T, databaseURL string) []string {
	t.Helper()
	args := []string{"--database-url=" + databaseURL}
	if _, sqlite := live.SQLiteFile(databaseURL); !sqlite {
		key := MustWrite(t, t.TempDir()+"/key", "1 "+strings.Repeat("A", 43)+"=\n", 0o600)
		args = append(args, "--secret-key-file="+key)
	}
	return args
}

func mustPeople(t *testing.T, db *live.Database) (people []string) {
	t.Helper()
	rows, err := db.Read.User.Query().Order(user.ByEmail()).All(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range rows {
		people = append(people, u.Email+","+u.FirstName+","+u.LastName)
	}
	return people
}

func TestAnImportAddsAndUpdatesAccountsAndSkipsInvalidRows(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		args := on(t, databaseURL)
		file := MustWrite(t, t.TempDir()+"/people.csv", "\ufeffemail,first_name,last_name\r\n"+
			"ada@example.com,Ada,Byron\r\n"+
			`"bob@example.com","Bob ""B"" ","Smith, Jr."`+"\n"+
			"\n"+
			"nobody,No,Body\n"+
			"x@example.com,,Nameless\n"+
			"x@example.com,Two\n"+
			`"x@example.com,Open,Quote`+"\n"+
			"x@example.com,Bad\xff,Bytes\n"+
			"x@example.com,"+strings.Repeat("x", 70_000)+",Long\n"+
			",,\r\n"+
			"ADA@example.com,Ada,Lovelace\n"+
			`x@example.com,William "Bill",Gates`+"\n"+
			`grace@example.com,"`+"\r\nGrace\r\n"+`",Hopper`+"\r\n"+
			`x@example.com,"Two`+"\n"+`lines",Long`+"\n"+
			"x@example.com;Semi;Colon\n"+
			`"x@example.com,Never,Closed`+"\n"+
			`"zoe@example.com","Zoe","Z"`, 0o600)
		got := RunProgram(t, nil, append(args, "user", "import", file)...)
		if got.Status != 1 || got.Out != "4 added, 0 changed, 0 unchanged\n" {
			t.Errorf("status %d, printed %q", got.Status, got.Out)
		}
		for _, want := range []string{
			"line 5: email: An email address has an @", "line 6: first_name: Enter a first name.",
			"line 7: the row needs 3 fields, separated by ',', and has 2", "line 8: a quote (\") is out of place",
			"line 9: the row is not in UTF-8, but probably in Windows-1252", "line 10: the row is longer than 65536 bytes", "line 12: ada@example.com is already in line 2",
			"line 13: a quote (\") is out of place", "line 17: first_name: A name cannot have a line break.", "line 19: the row needs 3 fields", "line 20: a quote", "usher: rows skipped: 11",
		} {
			if strings.Count(got.Err, want) != 1 {
				t.Errorf("%q is missing in %q", want, got.Err)
			}
		}
		db := livetest.MustOpen(t, databaseURL)
		Same(t, "the people", mustPeople(t, db),
			[]string{"ada@example.com,Ada,Byron", `bob@example.com,Bob "B",Smith, Jr.`, "grace@example.com,Grace,Hopper", "zoe@example.com,Zoe,Z"})

		MustWrite(t, file, "email;first_name;last_name\r\nada@example.com;Augusta;King\r\n"+
			`bob@example.com;"Bob ""B""";Smith, Jr.`+"\r\ngrace@example.com;Grace;Hopper\r\n", 0o600)
		for _, want := range []string{"0 added, 1 changed, 2 unchanged\n", "0 added, 0 changed, 3 unchanged\n"} {
			if got := RunProgram(t, nil, append(args, "user", "import", file)...); got.Status != 0 || got.Out != want {
				t.Errorf("again: status %d, printed %q %q", got.Status, got.Out, got.Err)
			}
		}
	})
}

func TestImportReportsRepeatedRowsAcrossTransactions(t *testing.T) {
	args := on(t, livetest.SQLite(t))
	file := MustWrite(t, t.TempDir()+"/people.csv", "email,first_name,last_name\na@example.com,A,A\nb@example.com,B,B\nA@Example.com,A,A\n", 0o600)
	got := RunProgram(t, nil, append(args, "user", "import", "--batch=1", file)...)
	Same(t, "it says", []any{got.Status, got.Out, got.Err},
		[]any{1, "2 added, 0 changed, 0 unchanged\n", "1 added, 0 changed, 0 unchanged so far, 45 bytes read\n" +
			"2 added, 0 changed, 0 unchanged so far, 63 bytes read\n" +
			"line 4: a@example.com is already in line 2\n" +
			"2 added, 0 changed, 0 unchanged so far, 81 bytes read\n" +
			"usher: rows skipped: 1\n"})
}

func TestImportRejectsFilesOfAnotherKind(t *testing.T) {
	args := on(t, livetest.SQLite(t))
	for name, c := range map[string]struct{ text, says string }{
		"nothing":         {"", "the file is empty"},
		"no email column": {"first_name,last_name\nAda,Lovelace\n", `line 1: no column is named email; the columns are "first_name", "last_name"`},
		"no columns":      {"hello\nworld\n", `line 1: the header needs a column named email, such as email,first_name,last_name; it is "hello"`},
		"a workbook":      {"PK\x03\x04\x14\x00xl/workbook.xml", "this is an Excel workbook (.xlsx)"},
		"an archive":      {"PK\x03\x04\x14\x00people.csv", "this is a zip archive"},
		"an endless line": {strings.Repeat("x", 65_537), "line 1: the row is longer than 65536 bytes"},
	} {
		t.Run(name, func(t *testing.T) {
			file := MustWrite(t, t.TempDir()+"/people.csv", c.text, 0o600)
			got := RunProgram(t, nil, append(args, "user", "import", file)...)
			if got.Status != 1 || !strings.Contains(got.Err, c.says) {
				t.Errorf("status %d, printed %q, want %q", got.Status, got.Err, c.says)
			}
		})
	}
}

func TestAKilledImportCanBeRunAgain(t *testing.T) {
	const rows = 1500
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		db := livetest.MustOpen(t, databaseURL)
		var text strings.Builder
		var want []string
		text.WriteString("email,first_name,last_name\n")
		for i := range rows {
			row := fmt.Sprintf("user%d@example.com,User%d,Of%d", (i*7919)%rows, i, i%13)
			fmt.Fprintln(&text, row)
			want = append(want, row)
		}
		slices.SortFunc(want, func(a, b string) int {
			before, _, _ := strings.Cut(a, ",")
			after, _, _ := strings.Cut(b, ",")
			return cmp.Compare(before, after)
		})
		file := MustWrite(t, t.TempDir()+"/people.csv", text.String(), 0o600)
		args := append(on(t, databaseURL), "user", "import", "--batch=20")
		for range 5 {
			killAfter(t, db, args, text.String(), rand.IntN(rows-100))
		}
		got := RunProgram(t, nil, append(args, file)...)
		if got.Status != 0 {
			t.Fatalf("status %d, printed %q", got.Status, got.Err)
		}
		if people := mustPeople(t, db); !slices.Equal(people, want) {
			t.Errorf("there are %d people, not those of the file: %q", len(people), people[:5])
		}
		// A search for an address that only one of them has finds each.
		for i := range rows {
			found, err := people.Search(t.Context(), db.Read, fmt.Sprintf("user%d@example.com", i), 1)
			if err != nil || len(found) != 1 || found[0].Email != fmt.Sprintf("user%d@example.com", i) {
				t.Fatalf("person %d is found as %v: %v", i, found, err)
			}
		}
	})
}

// killAfter runs the program until this many people are imported, then kills it. The program reads from a pipe that does not end, so it
// cannot finish before.
func killAfter(t *testing.T, db *live.Database, args []string, text string, people int) {
	t.Helper()
	name := t.TempDir() + "/pipe"
	if err := syscall.Mkfifo(name, 0o600); err != nil {
		t.Fatal(err)
	}
	pipe, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	var writing sync.WaitGroup
	writing.Go(func() { _, _ = pipe.WriteString(text) }) // fails if the program is killed before it has read everything
	program := exec.CommandContext(t.Context(), os.Args[0], append(args, name)...)
	program.Env = []string{"TEST_AS_PROGRAM=1"}
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	WaitUntil(t, "so many people are in", func() bool {
		n, err := db.Read.User.Query().Count(t.Context())
		if err != nil {
			t.Error(err)
		}
		return n >= people || t.Failed()
	})
	_ = program.Process.Kill()
	if err := program.Wait(); err == nil {
		t.Error("it was at its end before it was killed")
	}
	_ = pipe.Close()
	writing.Wait()
}
