package command_test

import (
	"strings"
	"testing"

	"usher/live"
	"usher/live/livetest"
	. "usher/sitetest"
)

func TestMigrateShowsWhatIsToDoAndDoesIt(t *testing.T) {
	livetest.EachEmpty(t, func(t *testing.T, databaseURL string) {
		livetest.MustMigrateTo(t, databaseURL, 20261123234534)
		args := on(t, databaseURL)
		shown := RunProgram(t, nil, append(args, "migrate", "--show")...)
		list, last := cutLast(shown.Out)
		if shown.Status != 0 || shown.Err != "" || !strings.HasSuffix(last, " migrations to run") || strings.Count(list, ": ") < 17 {
			t.Errorf("showing: status %d, printed %q and %q", shown.Status, shown.Out, shown.Err)
		}
		ran := RunProgram(t, nil, append(args, "migrate")...)
		done, last := cutLast(ran.Out)
		if ran.Status != 0 || last != "the tables are up to date" || done != list {
			t.Errorf("migrating: status %d, printed %q and %q", ran.Status, ran.Out, ran.Err)
		}
		if !strings.Contains(ran.Err, `msg="the database is prepared" work="update tables"`) {
			t.Errorf("on the way it logged %q", ran.Err)
		}
		for _, again := range [][]string{{"migrate", "--show"}, {"migrate"}} {
			got := RunProgram(t, nil, append(args, again...)...)
			Same(t, "afterwards", got, Outcome{Status: 0, Out: "the tables are up to date\n"})
		}
	})
}

// cutLast returns a text without its last line, and that line.
func cutLast(text string) (before, last string) {
	text = strings.TrimSuffix(text, "\n")
	at := strings.LastIndex(text, "\n") + 1
	return text[:at], text[at:]
}

func TestMigrateFailsWithOneLine(t *testing.T) {
	newer := livetest.SQLite(t)
	db := livetest.MustAddLater(t, newer)
	if _, err := db.ExecContext(t.Context(), "INSERT INTO needed_migrations (version) VALUES (99990101000000)"); err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	used := "sqlite://" + folder + "/used.db"
	StartWith(t, []string{"--addr=127.0.0.1:0", "--database-url=" + used})
	for database, want := range map[string]string{
		newer: live.ErrNewer.Error(),
		used:  live.ErrInUse.Error(),
		"sqlite://" + MustWrite(t, folder+"/text", strings.Repeat("no database ", 1000), 0o600): "file is not a database",
		"postgres://usher@127.0.0.1:1/none?connect_timeout=2":                                   "open database: ",
	} {
		for _, command := range [][]string{{"migrate"}, {"migrate", "--show"}} {
			got := RunProgram(t, nil, append(on(t, database), command...)...)
			if database == used && len(command) == 2 { // this changes nothing
				Same(t, "showing beside a server", got, Outcome{Status: 0, Out: "the tables are up to date\n"})
			} else if got.Status != 1 || got.Out != "" || strings.Count(got.Err, "\n") != 1 || !strings.Contains(got.Err, want) {
				t.Errorf("%s %q: status %d, printed %q and %q", database, command, got.Status, got.Out, got.Err)
			}
		}
	}
}

func TestMigrateMakesTheTablesOfANewSite(t *testing.T) {
	folder := t.TempDir()
	args := on(t, "sqlite://"+folder+"/new/usher.db")
	shown := RunProgram(t, nil, append(args, "migrate", "--show")...)
	if files := MustList(t, folder); shown.Status != 0 || !strings.Contains(shown.Out, "_initial: creates ") || len(files) > 0 {
		t.Errorf("showing: status %d, printed %q and %q; files %q", shown.Status, shown.Out, shown.Err, files)
	}
	ran := RunProgram(t, nil, append(args, "migrate")...)
	if ran.Status != 0 || ran.Err != "" || !strings.HasSuffix(ran.Out, "\nthe tables are up to date\n") {
		t.Errorf("migrating: status %d, printed %q and %q", ran.Status, ran.Out, ran.Err)
	}
}
