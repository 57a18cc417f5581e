package live_test

import (
	"errors"
	"log/slog"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gofrs/flock"

	"usher/live"
	"usher/live/livetest"
)

var noLog = slog.New(slog.DiscardHandler)

func mustFindPending(t *testing.T, databaseURL string) []live.Migration {
	t.Helper()
	pending, err := live.Pending(t.Context(), databaseURL)
	if err != nil {
		t.Fatal(err)
	}
	return pending
}

func TestPendingMigrationsAreShownAndThenRun(t *testing.T) {
	livetest.EachEmpty(t, func(t *testing.T, databaseURL string) {
		all := mustFindPending(t, databaseURL)
		if file, ok := live.SQLiteFile(databaseURL); ok {
			if _, err := os.Stat(file); !errors.Is(err, os.ErrNotExist) {
				t.Errorf("showing made the file: %v", err)
			}
		}
		if !slices.Equal(mustFindPending(t, databaseURL), all) {
			t.Error("showing changes what is shown")
		}
		if !strings.HasSuffix(all[0].Name, "_initial") || !strings.Contains(all[0].Does, "creates devices, ") {
			t.Errorf("the first one is %v", all[0])
		}

		livetest.MustMigrateTo(t, databaseURL, ofNovember)
		pending := mustFindPending(t, databaseURL)
		if !slices.Equal(pending, all[3:]) {
			t.Errorf("of %v are pending %v", all, pending)
		}
		ran, err := live.Migrate(t.Context(), databaseURL, noLog)
		if err != nil || !slices.Equal(ran, pending) {
			t.Errorf("pending were %v, and it ran %v, %v", pending, ran, err)
		}
		if left := mustFindPending(t, databaseURL); len(left) > 0 {
			t.Errorf("left are %v", left)
		}
		if again, err := live.Migrate(t.Context(), databaseURL, noLog); err != nil || len(again) > 0 {
			t.Errorf("a second time it ran %v, %v", again, err)
		}
		if file, ok := live.SQLiteFile(databaseURL); ok && len(beside(t, file)) != 1 {
			t.Errorf("beside the database are %q, and not only the copy from before", beside(t, file))
		}
		livetest.MustOpen(t, databaseURL)
	})
}

// Servers start and commands run at the same time.
func TestWhoeverMigratesAtTheSameTimeMigratesOnce(t *testing.T) {
	livetest.Long(t)
	databaseURL := livetest.EmptyPostgres(t)
	livetest.MustMigrateTo(t, databaseURL, ofNovember)
	pending := mustFindPending(t, databaseURL)
	var all sync.WaitGroup
	ran := make([][]live.Migration, 4)
	for i := range ran {
		all.Go(func() {
			var err error
			if ran[i], err = live.Migrate(t.Context(), databaseURL, noLog); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if got := slices.Concat(ran...); !slices.Equal(got, pending) {
		t.Errorf("pending were %v, and together they ran %v", pending, got)
	}
	if left := mustFindPending(t, databaseURL); len(left) > 0 {
		t.Errorf("left are %v", left)
	}
}

// A backup reads all tables in one transaction, for as long as it takes.
func TestReadersDoNotWaitForAMigrationThatWaitsForABackup(t *testing.T) {
	livetest.Long(t)
	databaseURL := livetest.EmptyPostgres(t)
	db := livetest.MustMigrateTo(t, databaseURL, ofNovember)
	backup, err := db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := backup.ExecContext(t.Context(), "LOCK TABLE users IN ACCESS SHARE MODE"); err != nil {
		t.Fatal(err)
	}
	lines := make(chan string, 100)
	done := make(chan error, 1)
	go func() {
		_, err := live.Migrate(t.Context(), databaseURL, slog.New(slog.NewTextHandler(lineWriter(lines), nil)))
		done <- err
	}()
	for limit, waits := time.After(time.Minute), false; !waits; {
		select {
		case line := <-lines:
			waits = strings.Contains(line, "waiting for a table that somebody uses")
		case err := <-done:
			t.Fatalf("it did not wait: %v", err)
		case <-limit:
			t.Fatal("it waits without a limit")
		}
	}
	var users int // the migration must not be in the way of this
	if err := db.QueryRowContext(t.Context(), "SELECT count(*) FROM users").Scan(&users); err != nil {
		t.Error(err)
	}
	if len(mustFindPending(t, databaseURL)) == 0 {
		t.Error("it migrated a table that was in use")
	}
	if err := backup.Commit(); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
	if left := mustFindPending(t, databaseURL); len(left) > 0 {
		t.Errorf("left are %v", left)
	}
}

type lineWriter chan<- string

func (w lineWriter) Write(line []byte) (int, error) {
	w <- string(line)
	return len(line), nil
}

func TestASQLiteDatabaseIsNotMigratedUnderAServer(t *testing.T) {
	databaseURL, file := mustLeaveOld(t)
	lock := mustLock(t, file)
	if _, err := live.Migrate(t.Context(), databaseURL, noLog); !errors.Is(err, live.ErrInUse) {
		t.Errorf("migrating: %v", err)
	}
	if _, err := live.Open(t.Context(), databaseURL); !errors.Is(err, live.ErrInUse) { // as other commands do
		t.Errorf("opening: %v", err)
	}
	if len(mustFindPending(t, databaseURL)) == 0 {
		t.Error("it was migrated")
	}
	if left := beside(t, file); len(left) > 0 {
		t.Errorf("beside the database are %q", left)
	}
	if err := lock.Close(); err != nil {
		t.Fatal(err)
	}
	mustUpdate(t, databaseURL)

	// While nothing is pending, commands work beside the server.
	mustLock(t, file)
	mustUpdate(t, databaseURL)
}

// mustLock locks a database as a server does.
func mustLock(t *testing.T, file string) *flock.Flock {
	t.Helper()
	lock := flock.New(file + ".lock")
	if ours, err := lock.TryLock(); !ours || err != nil {
		t.Fatal(ours, err)
	}
	t.Cleanup(func() { _ = lock.Close() })
	return lock
}
