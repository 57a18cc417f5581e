package live_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/gofrs/flock"

	"usher/live"
	"usher/live/livetest"
)

// ofNovember is the number of a migration that is no longer the last.
const ofNovember = 20261123234534

// beside returns the names of the files beside a database, without those of its WAL.
func beside(t *testing.T, file string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(file))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if name := e.Name(); name != filepath.Base(file) && !slices.Contains([]string{"-wal", "-shm", ".lock"}, name[min(len(name), len(filepath.Base(file))):]) {
			names = append(names, name)
		}
	}
	return names
}

// mustLeaveOld makes a database as a program of November left it, with a room.
func mustLeaveOld(t *testing.T) (databaseURL, file string) {
	t.Helper()
	databaseURL = livetest.EmptySQLite(t)
	file, _ = live.SQLiteFile(databaseURL)
	db := livetest.MustMigrateTo(t, databaseURL, ofNovember)
	if _, err := db.ExecContext(t.Context(), "INSERT INTO rooms (id, title, created_at) VALUES ('r_1', 'Town hall', '2026-11-23 12:00:00+00:00')"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return databaseURL, file
}

// mustUpdate opens a database, which brings it up to date, and closes it.
func mustUpdate(t *testing.T, databaseURL string) {
	t.Helper()
	db, err := live.Open(t.Context(), databaseURL)
	if err != nil {
		t.Fatal(err)
	}
	rooms, err := db.Read.Room.Query().All(t.Context())
	if err != nil || len(rooms) != 1 || rooms[0].Title != "Town hall" {
		t.Errorf("the rooms are %v, %v", rooms, err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestAnUpdateKeepsACopyFromBefore(t *testing.T) {
	t.Parallel()
	databaseURL, file := mustLeaveOld(t)
	mustUpdate(t, databaseURL)
	copies := beside(t, file)
	if len(copies) != 1 {
		t.Fatalf("beside the database are %q", copies)
	}
	kept := filepath.Join(filepath.Dir(file), copies[0])
	if info, err := os.Stat(kept); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the copy is %v, %v", info.Mode(), err)
	}
	version := 0
	if err := livetest.MustConnect(t, "sqlite://"+kept).QueryRowContext(t.Context(), "SELECT max(version_id) FROM goose_db_version").Scan(&version); err != nil || version != ofNovember {
		t.Errorf("the copy is of version %d, %v", version, err)
	}
	mustUpdate(t, databaseURL) // there is nothing to do
	if err := live.Restore(t.Context(), kept, file); err != nil {
		t.Fatal(err)
	}
	mustUpdate(t, databaseURL)
	if left := beside(t, file); !slices.Equal(left, copies) {
		t.Errorf("beside the restored database are %q", left)
	}

	// An update that was interrupted has its copy already.
	interrupted, file := mustLeaveOld(t)
	kept = filepath.Join(filepath.Dir(file), copies[0])
	if err := os.WriteFile(kept, []byte("from before"), 0o600); err != nil {
		t.Fatal(err)
	}
	mustUpdate(t, interrupted)
	if after, err := os.ReadFile(kept); err != nil || string(after) != "from before" {
		t.Errorf("the copy is %.20q, %v", after, err)
	}
}

func TestTheLastThreeCopiesStay(t *testing.T) {
	t.Parallel()
	databaseURL, file := mustLeaveOld(t)
	names := []string{".before-20260101000000", ".before-20260201000000", ".before-20260301000000", ".before-summer", ".before-", ".before-2026.part"}
	for _, name := range names {
		if err := os.WriteFile(file+name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	mustUpdate(t, databaseURL)
	left := beside(t, file)
	for _, name := range names {
		if there := slices.Contains(left, filepath.Base(file)+name); there != (name != names[0]) {
			t.Errorf("%s is there: %t", name, there)
		}
	}
	if len(left) != len(names) { // one left, one came
		t.Errorf("beside the database are %q", left)
	}

	db := livetest.MustOpen(t, databaseURL)
	if err := db.Scrub(t.Context()); err != nil {
		t.Fatal(err)
	}
	if left := beside(t, file); !slices.Equal(left, []string{filepath.Base(file) + ".before-", filepath.Base(file) + ".before-2026.part", filepath.Base(file) + ".before-summer"}) {
		t.Errorf("after erasing, beside the database are %q", left)
	}
}

func TestUnfinishedCopiesAreRemovedUnlessSomebodyWritesThem(t *testing.T) {
	t.Parallel()
	databaseURL, file := mustLeaveOld(t)
	stale := []string{
		file + ".before-20261124000000.1.usher-part", file + ".4294967295.usher-part", file + ".2.usher-part-wal",
		file + ".2.usher-part-shm", filepath.Join(filepath.Dir(file), "copy.db.3.usher-part"), file + ".3.usher-part-journal",
	}
	others := []string{file + ".usher-part", file + ".x.usher-part", file + ".4.usher-part.txt", file + ".5.part"}
	leave := func() {
		for _, name := range slices.Concat(stale, others) {
			if err := os.WriteFile(name, []byte("half"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	written := file + ".6.usher-part"
	if err := os.WriteFile(written, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	writer := flock.New(written, flock.SetFlag(os.O_RDWR))
	if ours, err := writer.TryLock(); err != nil || !ours {
		t.Fatalf("not locked: %v", err)
	}
	mustStay := func(after string, names ...string) {
		t.Helper()
		for _, name := range slices.Concat(stale, others, []string{written}) {
			if _, err := os.Stat(name); (err == nil) != slices.Contains(names, name) {
				t.Errorf("after %s, %s: %v", after, filepath.Base(name), err)
			}
		}
	}
	leave()
	mustUpdate(t, databaseURL)
	mustStay("a start", append(others, written)...)

	db := livetest.MustOpen(t, databaseURL)
	leave()
	if err := db.Scrub(t.Context()); err != nil {
		t.Fatal(err)
	}
	mustStay("erasing", append(others, written)...)

	leave()
	if err := live.Backup(t.Context(), file, filepath.Join(filepath.Dir(file), "copy.db")); err != nil {
		t.Fatal(err)
	}
	mustStay("a backup to this folder", append(others, written)...)

	if err := writer.Close(); err != nil { // as the end of a process does
		t.Fatal(err)
	}
	if err := db.Scrub(t.Context()); err != nil {
		t.Fatal(err)
	}
	mustStay("the writer's end", others...)
}

func TestANewDatabaseHasNoCopy(t *testing.T) {
	t.Parallel()
	databaseURL := livetest.EmptySQLite(t)
	file, _ := live.SQLiteFile(databaseURL)
	livetest.MustOpen(t, databaseURL)
	if left := beside(t, file); len(left) > 0 {
		t.Errorf("beside the database are %q", left)
	}
}

func TestAnUpdateNeedsTwiceTheSizeOfTheDatabase(t *testing.T) {
	t.Parallel()
	const size = 3<<20 + 5
	if err := live.Suffices(2*size, size); err != nil {
		t.Error(err)
	}
	want := "this needs 7 MiB of free space on its disk, for a copy from before and for the update, and there are 6 MiB"
	if err := live.Suffices(2*size-1, size); err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}
