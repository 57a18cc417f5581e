package command_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"usher/ent/user"
	"usher/live/livetest"
	. "usher/sitetest"
	"usher/text"
	"usher/text/texttest"
)

func TestAnImportReadsEveryFileOfTheCorpus(t *testing.T) {
	for _, c := range texttest.Files(t) {
		t.Run(c.Name, func(t *testing.T) {
			database := livetest.SQLite(t)
			args := on(t, database)
			file := MustWrite(t, t.TempDir()+"/people.csv", string(c.Content(t)), 0o600)
			got := RunProgram(t, nil, append(args, "user", "import", file)...)
			if c.Error != "" {
				if got.Status != 1 || !strings.HasSuffix(got.Err, file+": "+c.Error+"\n") {
					t.Errorf("status %d, printed %q, want %q", got.Status, got.Err, c.Error)
				}
				return
			}
			var said []string
			for line := range strings.Lines(got.Err) {
				if line = strings.TrimSuffix(line, "\n"); !strings.HasPrefix(line, "usher: rows skipped") {
					said = append(said, line)
				}
			}
			var want []string
			if len(c.Skipped) > 0 {
				want = append(want, "columns that are not imported: "+strings.Join(c.Skipped, ", "))
			}
			if c.Before > 0 {
				want = append(want, fmt.Sprintf("lines before the header that are not imported: %d", c.Before))
			}
			Same(t, "what it says", said, append(want, c.Wrong...))
			if failed := got.Status != 0; failed != (len(c.Wrong) > 0) {
				t.Errorf("status %d with %d invalid rows", got.Status, len(c.Wrong))
			}
			rows, err := livetest.MustOpen(t, database).Read.User.Query().Order(user.ByEmail()).All(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			people := []string{}
			for _, u := range rows {
				people = append(people, u.EmailTyped+"|"+u.FirstName+"|"+u.LastName)
			}
			slices.SortFunc(c.People, func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) })
			Same(t, "the people", people, c.People)
		})
	}
}

func TestAnImportReadsEveryAddressAndNameOfTheCorpora(t *testing.T) {
	args := on(t, livetest.SQLite(t))
	content, line := "email,first_name,last_name\n", 2
	var want []string
	row := func(column, message string, fields ...string) {
		if message != "" {
			want = append(want, fmt.Sprintf("line %d: %s: %s", line, column, message))
		}
		for i, field := range fields {
			fields[i] = `"` + strings.ReplaceAll(field, `"`, `""`) + `"`
		}
		written := strings.Join(fields, ",") + "\n"
		content += written
		line += strings.Count(strings.ReplaceAll(written, "\r\n", "\n"), "\n")
	}
	known := map[string]bool{}
	for _, c := range texttest.Addresses(t) {
		normal, ok := text.NormalizeEmail(c.Typed)
		if known[normal] && ok {
			continue
		}
		known[normal] = true
		row("email", c.Message, c.Typed, "A", "B")
	}
	for i, c := range texttest.Names(t) {
		message := strings.Replace(c.Message, "Enter a name.", "Enter a first name.", 1)
		row("first_name", message, fmt.Sprintf("guest%d@example.net", i), c.Typed, "B")
	}
	file := MustWrite(t, t.TempDir()+"/people.csv", content, 0o600)
	got := RunProgram(t, nil, append(args, "user", "import", file)...)
	Same(t, "what it says", strings.Split(strings.TrimSpace(got.Err), "\n"), append(want, fmt.Sprintf("usher: rows skipped: %d", len(want))))
}
