package main

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"usher/live"
	"usher/live/livetest"
)

// A SQLite database has one server, and what else there is to do with it goes on beside that one.

const inUse = "another Usher is using the database; stop it first"

// file is the SQLite database.
func (h *house) file() string {
	h.t.Helper()
	file, ok := live.SQLiteFile(strings.TrimPrefix(h.storage[0], "--database-url="))
	if !ok {
		h.t.Fatal("this is no SQLite database")
	}
	return file
}

func TestASecondServerOnASQLiteDatabaseEndsAtOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t, livetest.SQLite(t))
	first := h.ServeApart()
	h.MustNotServe(inUse + " (SQLite allows one server, PostgreSQL any number)\n")

	link := filepath.Join(t.TempDir(), "linked.db")
	if err := os.Symlink(h.file(), link); err != nil {
		t.Fatal(err)
	}
	byLink := *h
	byLink.storage = []string{"--database-url=sqlite://" + link, h.storage[1]}
	byLink.MustNotServe(inUse)

	room := h.Hall(h.User("ada@example.com"), nil)
	room.Update(object{"title": "Undisturbed"})
	first.Kill()
	again := h.Launch()
	if again.url == "" {
		t.Fatalf("after kill -9 it does not start: %s", again.log)
	}
	again.stop()
	h.ServeApart()
}

func TestASecondServerFindsTheFirstByWhateverNameTheDatabaseGoes(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("elsewhere the lock is on the file beside the database alone")
	}
	h := newHouse(t, livetest.SQLite(t))
	first := h.ServeApart()
	link := filepath.Join(t.TempDir(), "linked.db")
	if err := os.Link(h.file(), link); err != nil {
		t.Fatal(err)
	}
	byLink := *h
	byLink.storage = []string{"--database-url=sqlite://" + link, h.storage[1]}
	byLink.MustNotServe(inUse)
	if err := os.Remove(h.file() + ".lock"); err != nil {
		t.Fatal(err)
	}
	h.MustNotServe(inUse)
	got := runProgram(t, nil, "--database-url=sqlite://"+link, "restore", h.file())
	same(t, "restoring by the other name", []any{got.status, strings.Contains(got.err, inUse)}, []any{1, true})

	room := h.Hall(h.User("ada@example.com"), nil)
	room.Update(object{"title": "Undisturbed"})
	first.Kill()
	again := h.Launch()
	if again.url == "" {
		t.Fatalf("after kill -9 it does not start: %s", again.log)
	}
	same(t, "it warns of the other name", strings.Contains(again.log.String(), "2 names"), true)
	again.stop()
	same(t, "so does usher check", strings.Contains(h.MustRun("", "check", "--addr=127.0.0.1:0"), "note  database    "+h.file()+" is up to date; "+h.file()+" has 2 names"), true)
}

func TestCommandsGoOnBesideAServer(t *testing.T) {
	t.Parallel()
	h := newHouse(t, livetest.SQLite(t))
	file := h.file()
	same(t, "a look before the first start", strings.Contains(h.MustRun("", "check", "--addr=127.0.0.1:0"), file+" will be created at the first start\n"), true)
	h.Serve()
	h.Account("ada@example.com")
	same(t, "a token", h.Bearer(h.MustRun("", "token", "create", "--email", "ada@example.com")).Who(), "ada@example.com")
	people := mustWrite(t, filepath.Join(t.TempDir(), "people.csv"), "email,first_name,last_name\nalan@example.com,Alan,Turing\n", 0o600)
	same(t, "an import", h.MustRun("", "user", "import", people), "1 added, 0 changed, 0 unchanged")
	same(t, "a look", strings.Contains(h.MustRun("", "check", "--addr=127.0.0.1:0"), file+" is up to date, and a server is using it\n"), true)
	backup := filepath.Join(t.TempDir(), "copy.db")
	h.MustRun("", "backup", backup)
	for _, command := range [][]string{{"restore", backup}, {"key", "replace"}} {
		if got := h.Run("", command...); got.status != 1 || got.out != "" || !strings.Contains(got.err, inUse) {
			t.Errorf("%s: status %d, said %q and %q", command, got.status, got.out, got.err)
		}
	}
	h.stop()
	same(t, "a look when it has stopped", strings.Contains(h.MustRun("", "check", "--addr=127.0.0.1:0"), file+" is up to date\n"), true)
	h.MustRun("", "restore", backup)
	h.Serve()
	same(t, "who is there", h.User("eve@example.com").Who(), "eve@example.com")
}

func TestALockThatCannotBeTakenEndsTheStartWithOneLine(t *testing.T) {
	t.Parallel()
	h := newHouse(t, livetest.SQLite(t))
	if err := os.Mkdir(h.file()+".lock", 0o700); err != nil {
		t.Fatal(err)
	}
	h.MustNotServe("lock " + h.file() + ": open " + h.file() + ".lock: ")
	same(t, "what was made", mustList(t, filepath.Dir(h.file())), []string{"usher.db.lock"})
}
