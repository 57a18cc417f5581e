package live_test

import (
	"context"
	"errors"
	"math"
	"testing"
	"time"

	"usher/live"
	"usher/live/livetest"
	"usher/problem"
)

func TestADatabaseIsReadyDuringALongWrite(t *testing.T) {
	livetest.EachEmpty(t, func(t *testing.T, databaseURL string) {
		db, log := mustLog(t, databaseURL)
		roomID := mustRoom(t, log)
		err := log.Write(t.Context(), func(tx *live.Tx) error {
			if err := tx.Emit(t.Context(), roomID, "RoomUpdated", 0, live.Entry{}); err != nil {
				return err
			}
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second) // the limit of /readyz
			defer cancel()
			return db.Check(ctx)
		})
		if err != nil {
			t.Error(err)
		}
	})
}

func TestADatabaseWithLittleFreeSpaceIsNotReady(t *testing.T) {
	db, _ := mustLog(t, livetest.EmptySQLite(t))
	if err := db.Check(t.Context()); err != nil {
		t.Errorf("with enough space: %v", err)
	}
	db.WantFree(math.MaxUint64)
	if err := db.Check(t.Context()); !errors.Is(err, problem.ErrUnavailable) {
		t.Errorf("with little space: %v", err)
	}
}

func TestADatabaseIsNotReadyAfterAFailedWriteUntilOneSucceeds(t *testing.T) {
	livetest.EachEmpty(t, func(t *testing.T, databaseURL string) {
		db, log := mustLog(t, databaseURL)
		roomID := mustRoom(t, log)
		db.Failing()
		if err := log.Write(t.Context(), func(*live.Tx) error { return errors.New("thought better of it") }); err == nil {
			t.Error("the write succeeded")
		}
		locked, err := livetest.MustConnect(t, databaseURL).Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer locked.Close()
		begin := "BEGIN; LOCK TABLE goose_db_version IN EXCLUSIVE MODE"
		if !db.Shared() {
			begin = "BEGIN IMMEDIATE"
		}
		for _, statement := range []string{begin, "ROLLBACK"} {
			if _, err := locked.ExecContext(t.Context(), statement); err != nil {
				t.Fatal(err)
			}
			if err := db.Check(t.Context()); errors.Is(err, problem.ErrUnavailable) != (statement == begin) {
				t.Errorf("after %s: %v", statement, err)
			}
		}
		db.Failing()
		err = log.Write(t.Context(), func(tx *live.Tx) error {
			return tx.Emit(t.Context(), roomID, "RoomUpdated", 0, live.Entry{})
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Check(t.Context()); err != nil {
			t.Errorf("after a write: %v", err)
		}
	})
}
