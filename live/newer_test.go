package live_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"usher/live"
	"usher/live/livetest"
	"usher/problem"
)

func TestTheDatabaseOfANewerProgramThatOnlyAddedIsUsed(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		db, log := mustLog(t, databaseURL)
		if err := db.KnowsAll(t.Context()); err != nil {
			t.Errorf("before: %v", err)
		}
		livetest.MustAddLater(t, databaseURL)
		if err := db.KnowsAll(t.Context()); !errors.Is(err, live.ErrNewer) || !errors.Is(err, problem.ErrUnavailable) {
			t.Errorf("a running program finds %v", err)
		}
		roomID := mustRoom(t, log)

		again := livetest.MustOpen(t, databaseURL)
		if r, err := again.Read.Room.Get(t.Context(), roomID); err != nil || r.Title != "Room" {
			t.Errorf("the room is %v, %v", r, err)
		}
		if text, err := live.Inspect(t.Context(), databaseURL, nil); err != nil || !strings.Contains(text, "was changed by a newer program, and this one can work with it") {
			t.Errorf("it is said to be %q, %v", text, err)
		}
		if pending, err := live.Pending(t.Context(), databaseURL); err != nil || len(pending) > 0 {
			t.Errorf("it lacks %v, %v", pending, err)
		}

		// Its newer tables might give access that a restore would not end.
		if file, ok := live.SQLiteFile(databaseURL); ok {
			backup := filepath.Join(t.TempDir(), "copy.db")
			if err := live.Backup(t.Context(), file, backup); err != nil {
				t.Fatal(err)
			}
			if err := live.Restore(t.Context(), backup, filepath.Join(t.TempDir(), "restored.db")); !errors.Is(err, live.ErrNewer) {
				t.Errorf("restoring it: %v", err)
			}
		}
	})
}

func TestADatabaseThatNeedsANewerProgramIsNotOpened(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		db := livetest.MustAddLater(t, databaseURL)
		pending, err := live.Pending(t.Context(), databaseURL)
		if err != nil || len(pending) > 0 {
			t.Errorf("before, it lacks %v, %v", pending, err)
		}
		if _, err := db.ExecContext(t.Context(), "INSERT INTO needed_migrations (version, later) VALUES (99990101000000, '')"); err != nil {
			t.Fatal(err)
		}
		_, opening := live.Open(t.Context(), databaseURL)
		_, inspecting := live.Inspect(t.Context(), databaseURL, nil)
		_, migrating := live.Migrate(t.Context(), databaseURL, noLog)
		_, showing := live.Pending(t.Context(), databaseURL)
		for doing, err := range map[string]error{"opening": opening, "looking": inspecting, "migrating": migrating, "showing": showing} {
			if !errors.Is(err, live.ErrNewer) {
				t.Errorf("%s: %v", doing, err)
			}
		}
	})
}

// A migration may need a program that knows an earlier one: that which stopped using what it removes.
func TestADatabaseThatNeedsTheLastMigrationOfThisProgramIsOpened(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		db := livetest.MustAddLater(t, databaseURL)
		last := 0
		if err := db.QueryRowContext(t.Context(), "SELECT max(version_id) FROM goose_db_version WHERE version_id < 99990101000000").Scan(&last); err != nil {
			t.Fatal(err)
		}
		if _, err := db.ExecContext(t.Context(), "INSERT INTO needed_migrations (version, later) VALUES ($1, '')", last); err != nil {
			t.Fatal(err)
		}
		livetest.MustOpen(t, databaseURL)
		if _, err := db.ExecContext(t.Context(), "INSERT INTO needed_migrations (version, later) VALUES ($1, '')", last+1); err != nil {
			t.Fatal(err)
		}
		if _, err := live.Open(t.Context(), databaseURL); !errors.Is(err, live.ErrNewer) {
			t.Errorf("one more: %v", err)
		}
	})
}

// Such a database comes from two lines of development, and neither program knows what the other one did.
func TestADatabaseThatLacksAMigrationBesideNewerOnesIsNotOpened(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		db := livetest.MustAddLater(t, databaseURL)
		if _, err := db.ExecContext(t.Context(), "DELETE FROM goose_db_version WHERE version_id = 20261127172014"); err != nil {
			t.Fatal(err)
		}
		if _, err := live.Open(t.Context(), databaseURL); !errors.Is(err, live.ErrNewer) {
			t.Errorf("opening it: %v", err)
		}
	})
}
