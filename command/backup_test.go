package command_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"usher/ent/event"
	"usher/live"
	"usher/live/livetest"
	. "usher/sitetest"
)

func mustEmit(t *testing.T, db *live.Database, roomID string, times int) string {
	t.Helper()
	log := db.Log(time.Now, live.NewHub(db))
	for range times {
		err := log.Write(t.Context(), func(tx *live.Tx) error {
			if roomID == "" {
				r, err := tx.Room.Create().SetTitle("Room").SetCreatedAt(tx.At).Save(t.Context())
				if err != nil {
					return err
				}
				roomID = r.ID
			}
			return tx.Emit(t.Context(), roomID, "RoomUpdated", 0, live.Entry{})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return roomID
}

func TestBackupRunsBesideTheServerAndRestoreNeedsItStopped(t *testing.T) {
	folder := t.TempDir()
	databaseURL := "sqlite://" + folder + "/site.db"
	args := []string{"--database-url=" + databaseURL}
	u := StartWith(t, append(args, "--addr=127.0.0.1:0"))
	db := livetest.MustOpen(t, databaseURL)
	roomID := mustEmit(t, db, "", 3)
	backup := folder + "/kept/copy.db"
	if err := os.Mkdir(filepath.Dir(backup), 0o700); err != nil {
		t.Fatal(err)
	}
	if got := RunProgram(t, nil, append(args, "backup", backup)...); got.Status != 0 {
		t.Fatalf("backup: %q", got.Err)
	}
	if files := MustList(t, filepath.Dir(backup)); len(files) != 1 {
		t.Errorf("the backup left %v", files)
	}
	if info, err := os.Stat(backup); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the backup is open to others: %v %v", info.Mode(), err)
	}
	if got := RunProgram(t, nil, append(args, "backup", backup)...); got.Status != 1 || !strings.Contains(got.Err, "already exists") {
		t.Errorf("a second backup to the same file: %q", got.Err)
	}
	mustEmit(t, db, roomID, 5)
	if got := RunProgram(t, nil, append(args, "restore", backup)...); got.Status != 1 || !strings.Contains(got.Err, live.ErrInUse.Error()) {
		t.Errorf("restoring while a server runs: status %d, printed %q", got.Status, got.Err)
	}
	if r, err := db.Read.Room.Get(t.Context(), roomID); err != nil || r.Revision != 8 {
		t.Errorf("the refused restoring changed the room: %v %v", r, err)
	}
	u.Stop()
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if got := RunProgram(t, nil, append(args, "restore", backup)...); got.Status != 0 {
		t.Fatalf("restore: %q", got.Err)
	}
	again := livetest.MustOpen(t, databaseURL)
	r, err := again.Read.Room.Get(t.Context(), roomID)
	if err != nil {
		t.Fatal(err)
	}
	first, err := again.Read.Event.Query().Where(event.RoomID(roomID)).Order(event.ByRevision()).First(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	// A client that had read up to 8 finds that the events after 8 are gone, and reads the room again.
	if r.Revision != 1_000_003 || first.Revision != 1_000_001 {
		t.Errorf("the room is at %d, what is kept begins with %d", r.Revision, first.Revision)
	}
	mustEmit(t, again, roomID, 1)
	for _, file := range append(MustList(t, folder), MustList(t, filepath.Dir(backup))...) {
		if strings.HasSuffix(file, ".usher-part") {
			t.Errorf("%s is left over", file)
		}
	}
}

func TestRestoreRejectsFilesThatAreNotBackups(t *testing.T) {
	folder := t.TempDir()
	args := []string{"--database-url=sqlite://" + folder + "/site.db"}
	if got := RunProgram(t, nil, append(args, "backup", folder+"/copy.db")...); got.Status != 1 {
		t.Error("a backup of nothing was made")
	}
	for _, file := range []string{folder + "/none", MustWrite(t, folder+"/text", strings.Repeat("no database ", 1000), 0o600), MustWrite(t, folder+"/empty", "", 0o600)} {
		if got := RunProgram(t, nil, append(args, "restore", file)...); got.Status != 1 || strings.Count(got.Err, "\n") != 1 {
			t.Errorf("%s: status %d, printed %q", file, got.Status, got.Err)
		}
	}
	if files := MustList(t, folder); len(files) != 2 {
		t.Errorf("there is %v", files)
	}
}

func TestBackupAndRestoreNeedSQLite(t *testing.T) {
	args := on(t, "postgres://localhost/none")
	for _, command := range []string{"backup", "restore"} {
		if got := RunProgram(t, nil, append(args, command, "file")...); got.Status != 1 || !strings.Contains(got.Err, "pg_dump") {
			t.Errorf("%s: %q", command, got.Err)
		}
	}
}
