package live_test

import (
	"os"
	"strings"
	"testing"

	"usher/live"
	"usher/live/livetest"
)

// These tests read the bytes of the database’s files.

func TestC2_TheWALIsEmptiedOnceNoReaderNeedsIt(t *testing.T) {
	databaseURL := livetest.SQLite(t)
	db, log := mustLog(t, databaseURL)
	file, _ := live.SQLiteFile(databaseURL)
	size := func() int64 {
		info, err := os.Stat(file + "-wal")
		if err != nil {
			t.Fatal(err)
		}
		return info.Size()
	}
	reader, err := livetest.MustConnect(t, databaseURL).BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var rooms int
	if err := reader.QueryRowContext(t.Context(), "SELECT COUNT(*) FROM rooms").Scan(&rooms); err != nil { // the snapshot begins
		t.Fatal(err)
	}
	mustRoom(t, log)
	if err := db.EmptyWAL(t.Context()); err != nil {
		t.Errorf("a reader is a fault: %v", err)
	}
	if size() == 0 {
		t.Error("the WAL was emptied under a reader")
	}
	if err := reader.Rollback(); err != nil {
		t.Fatal(err)
	}
	if err := db.EmptyWAL(t.Context()); err != nil {
		t.Error(err)
	}
	if left := size(); left > 0 {
		t.Errorf("the WAL keeps %d bytes", left)
	}
}

func TestC2_SQLiteOverwritesWhatItDeletes(t *testing.T) {
	databaseURL := livetest.SQLite(t)
	db, log := mustLog(t, databaseURL)
	file, _ := live.SQLiteFile(databaseURL)
	const word = "vermilion"
	long := strings.Repeat(word+" ", 2000) // more than a page of the file
	room := mustRoom(t, log)
	set := func(text string) {
		t.Helper()
		err := log.Write(t.Context(), func(tx *live.Tx) error {
			return tx.Room.UpdateOneID(room).SetTitle("Room").SetDescription(text).Exec(t.Context())
		})
		if err == nil {
			err = db.EmptyWAL(t.Context())
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	kept := func() bool {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		return strings.Contains(string(content), word)
	}
	set(long)
	if !kept() {
		t.Fatal("the text is not even stored")
	}
	set("")
	if kept() {
		t.Error("the text is still in the file")
	}
}
