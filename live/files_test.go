package live_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"usher/live"
	"usher/live/livetest"
)

// Somebody else has planted a file or a link where the program is about to write.
func TestFilesPlantedByOthersAreNotWrittenTo(t *testing.T) {
	backup, databaseURL := filepath.Join(t.TempDir(), "copy.db"), livetest.EmptySQLite(t)
	mustServeOnce(t, databaseURL)
	file, _ := live.SQLiteFile(databaseURL)
	victim := filepath.Join(t.TempDir(), "victim")
	mustDo := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	mustDo(os.WriteFile(victim, []byte("untouched"), 0o644))
	for _, name := range []string{backup, file} {
		mustDo(os.Symlink(victim, name+".usher-part"))
	}
	mustDo(live.Backup(t.Context(), file, backup))
	mustDo(live.Restore(t.Context(), backup, file))
	if text, err := os.ReadFile(victim); err != nil || string(text) != "untouched" {
		t.Errorf("the file contains %q: %v", text, err)
	}
	info, err := os.Lstat(backup)
	mustDo(err)
	if info.Mode() != 0o600 {
		t.Errorf("the backup is %v", info.Mode())
	}
	mustDo(os.Symlink(victim, backup+".2"))
	if err := live.Backup(t.Context(), file, backup+".2"); err == nil {
		t.Error("a backup replaced a link")
	}
	made := filepath.Join(t.TempDir(), "made.db")
	mustDo(live.Restore(t.Context(), backup, made))
	info, err = os.Stat(made)
	mustDo(err)
	if info.Mode() != 0o600 {
		t.Errorf("a database that a restore makes is %v", info.Mode())
	}
	for _, folder := range []string{filepath.Dir(backup), filepath.Dir(file), filepath.Dir(made)} {
		left, err := filepath.Glob(folder + "/*.db.*.usher-part")
		mustDo(err)
		if left != nil {
			t.Errorf("%v are left over", left)
		}
	}
}

func TestDatabaseFilesThatOthersCanReadCauseAWarning(t *testing.T) {
	databaseURL := livetest.EmptySQLite(t)
	if warnings := live.Warnings(databaseURL); warnings != nil {
		t.Errorf("without a database: %q", warnings)
	}
	mustServeOnce(t, databaseURL)
	file, _ := live.SQLiteFile(databaseURL)
	for _, mode := range []os.FileMode{0o600, 0o640, 0o604} {
		if err := os.Chmod(file, mode); err != nil {
			t.Fatal(err)
		}
		warnings := live.Warnings(databaseURL)
		warned := slices.ContainsFunc(warnings, func(d string) bool { return strings.Contains(d, "chmod 600 "+file) })
		if warned != (mode != 0o600) {
			t.Errorf("with %v: %q", mode, warnings)
		}
	}
	if err := os.Link(file, file+".link"); err != nil {
		t.Fatal(err)
	}
	if warnings := fmt.Sprint(live.Warnings(databaseURL)); !strings.Contains(warnings, "2 names") {
		t.Errorf("with a hard link: %s", warnings)
	}
	if warnings := live.Warnings("postgres://127.0.0.1/usher"); warnings != nil {
		t.Errorf("for PostgreSQL: %q", warnings)
	}
}

func TestTheWALFileShrinksAgain(t *testing.T) {
	databaseURL := livetest.EmptySQLite(t)
	_, log := mustLog(t, databaseURL)
	roomID := mustRoom(t, log)
	file, _ := live.SQLiteFile(databaseURL)
	write := func(text string, times int) {
		t.Helper()
		err := log.Write(t.Context(), func(tx *live.Tx) error {
			for range times {
				if err := tx.Room.Create().SetTitle(text).SetCreatedAt(tx.At).Exec(t.Context()); err != nil {
					return err
				}
			}
			return tx.Room.UpdateOneID(roomID).SetTitle(text).SetDescription("").Exec(t.Context())
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	size := func() int64 {
		t.Helper()
		info, err := os.Stat(file + "-wal")
		if err != nil {
			t.Fatal(err)
		}
		return info.Size()
	}
	write(strings.Repeat("x", 1<<20), 20)
	if n := size(); n < 20<<20 {
		t.Fatalf("after writing 20 MiB the log has %d bytes", n)
	}
	write("a little", 0)
	write("a little more", 0)
	if n := size(); n > 16<<20 {
		t.Errorf("the log still has %d bytes", n)
	}
}
