package live_test

import (
	"errors"
	"log/slog"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/gofrs/flock"

	"usher/live"
	"usher/live/livetest"
)

func TestOnlyOneServerMayUseASQLiteDatabase(t *testing.T) {
	databaseURL := livetest.EmptySQLite(t)
	var served atomic.Pointer[live.Database]
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			db, err := live.Serve(t.Context(), databaseURL, slog.New(slog.DiscardHandler))
			if err == nil && !served.CompareAndSwap(nil, db) {
				t.Error("two servers use it")
			}
			if err != nil && !errors.Is(err, live.ErrInUse) {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if err := served.Load().Close(); err != nil {
		t.Fatal(err)
	}
	mustServeOnce(t, databaseURL)
}

func mustServeOnce(t *testing.T, databaseURL string) {
	t.Helper()
	db, err := live.Serve(t.Context(), databaseURL, slog.New(slog.DiscardHandler))
	if err == nil {
		err = db.Close()
	}
	if err != nil {
		t.Error(err)
	}
}

func TestAnyNumberOfServersMayUseAPostgreSQLDatabase(t *testing.T) {
	databaseURL := livetest.EmptyPostgres(t)
	db, err := live.Serve(t.Context(), databaseURL, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	mustServeOnce(t, databaseURL)
}

func TestInspectingADatabaseDoesNotStopAServerFromStarting(t *testing.T) {
	databaseURL := livetest.EmptySQLite(t)
	mustServeOnce(t, databaseURL)
	file, _ := live.SQLiteFile(databaseURL)
	synctest.Test(t, func(t *testing.T) {
		looks := flock.New(file + ".lock")
		if free, err := looks.TryRLock(); !free || err != nil {
			t.Fatal(free, err)
		}
		var starting sync.WaitGroup
		starting.Go(func() { mustServeOnce(t, databaseURL) })
		synctest.Wait() // it waits for the lock
		if err := looks.Close(); err != nil {
			t.Fatal(err)
		}
		starting.Wait()
	})
}

func TestALockedDatabaseCannotBeRestored(t *testing.T) {
	backup, databaseURL := livetest.EmptySQLite(t), livetest.EmptySQLite(t)
	mustServeOnce(t, backup)
	from, _ := live.SQLiteFile(backup)
	file, _ := live.SQLiteFile(databaseURL)
	lock := flock.New(file + ".lock")
	if ours, err := lock.TryLock(); !ours || err != nil {
		t.Fatal(ours, err)
	}
	if err := live.Restore(t.Context(), from, file); !errors.Is(err, live.ErrInUse) {
		t.Errorf("restoring: %v", err)
	}
	if _, err := live.Serve(t.Context(), databaseURL, slog.New(slog.DiscardHandler)); !errors.Is(err, live.ErrInUse) {
		t.Errorf("serving: %v", err)
	}
	if _, err := os.Stat(file); err == nil {
		t.Error("a database was created")
	}
	if err := lock.Close(); err != nil {
		t.Fatal(err)
	}
	if err := live.Restore(t.Context(), from, file); err != nil {
		t.Errorf("restoring: %v", err)
	}
	mustServeOnce(t, databaseURL)
}
