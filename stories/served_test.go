package stories

import (
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"usher/live/livetest"
	. "usher/sitetest"
)

// A SQLite database has one server, and what else there is to do with it goes on beside that one.

const inUse = "another Usher is using the database; stop it first"

func TestASecondServerOnASQLiteDatabaseExitsAtOnce(t *testing.T) {
	t.Parallel()
	h := NewHouse(t, livetest.SQLite(t))
	first := h.ServeApart()
	h.MustNotServe(inUse + " (SQLite allows one server, PostgreSQL any number)\n")

	link := filepath.Join(t.TempDir(), "linked.db")
	if err := os.Symlink(h.File(), link); err != nil {
		t.Fatal(err)
	}
	byLink := *h
	byLink.Storage = []string{"--database-url=sqlite://" + link, h.Storage[1]}
	byLink.MustNotServe(inUse)

	room := h.Hall(h.User("ada@example.com"), nil)
	room.Update(Object{"title": "Undisturbed"})
	first.Kill()
	again := h.Launch()
	if again.URL == "" {
		t.Fatalf("after kill -9 it does not start: %s", again.Log)
	}
	again.Stop()
	h.ServeApart()
}

func TestASecondServerFindsTheFirstWhateverPathNamesTheDatabase(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("elsewhere the lock is on the file beside the database alone")
	}
	h := NewHouse(t, livetest.SQLite(t))
	first := h.ServeApart()
	link := filepath.Join(t.TempDir(), "linked.db")
	if err := os.Link(h.File(), link); err != nil {
		t.Fatal(err)
	}
	byLink := *h
	byLink.Storage = []string{"--database-url=sqlite://" + link, h.Storage[1]}
	byLink.MustNotServe(inUse)
	if err := os.Remove(h.File() + ".lock"); err != nil {
		t.Fatal(err)
	}
	h.MustNotServe(inUse)
	got := RunProgram(t, nil, "--database-url=sqlite://"+link, "restore", h.File())
	Same(t, "restoring by the other name", []any{got.Status, strings.Contains(got.Err, inUse)}, []any{1, true})

	room := h.Hall(h.User("ada@example.com"), nil)
	room.Update(Object{"title": "Undisturbed"})
	first.Kill()
	again := h.Launch()
	if again.URL == "" {
		t.Fatalf("after kill -9 it does not start: %s", again.Log)
	}
	Same(t, "it warns of the other name", strings.Contains(again.Log.String(), "2 names"), true)
	again.Stop()
	Same(t, "so does usher check", strings.Contains(h.MustRun("", "check", "--addr=127.0.0.1:0"), "note  database    "+h.File()+" is up to date; "+h.File()+" has 2 names"), true)
}

func TestCommandsRunBesideAServer(t *testing.T) {
	t.Parallel()
	h := NewHouse(t, livetest.EmptySQLite(t))
	file := h.File()
	Same(t, "a look before the first start", strings.Contains(h.MustRun("", "check", "--addr=127.0.0.1:0"), file+" will be created at the first start\n"), true)
	h.Serve()
	h.Account("ada@example.com")
	Same(t, "a token", h.Bearer(h.MustRun("", "token", "create", "--email", "ada@example.com")).Who(), "ada@example.com")
	people := MustWrite(t, filepath.Join(t.TempDir(), "people.csv"), "email,first_name,last_name\nalan@example.com,Alan,Turing\n", 0o600)
	Same(t, "an import", h.MustRun("", "user", "import", people), "1 added, 0 changed, 0 unchanged")
	Same(t, "a look", strings.Contains(h.MustRun("", "check", "--addr=127.0.0.1:0"), file+" is up to date, and a server is using it\n"), true)
	backup := filepath.Join(t.TempDir(), "copy.db")
	h.MustRun("", "backup", backup)
	for _, command := range [][]string{{"restore", backup}, {"key", "replace"}} {
		if got := h.Run("", command...); got.Status != 1 || got.Out != "" || !strings.Contains(got.Err, inUse) {
			t.Errorf("%s: status %d, said %q and %q", command, got.Status, got.Out, got.Err)
		}
	}
	h.Stop()
	Same(t, "a look when it has stopped", strings.Contains(h.MustRun("", "check", "--addr=127.0.0.1:0"), file+" is up to date\n"), true)
	h.MustRun("", "restore", backup)
	h.Serve()
	Same(t, "who is there", h.User("eve@example.com").Who(), "eve@example.com")
}

func TestAServerThatCannotTakeTheLockExitsWithOneLine(t *testing.T) {
	t.Parallel()
	h := NewHouse(t, livetest.EmptySQLite(t))
	if err := os.Mkdir(h.File()+".lock", 0o700); err != nil {
		t.Fatal(err)
	}
	h.MustNotServe("lock " + h.File() + ": open " + h.File() + ".lock: ")
	Same(t, "what was made", MustList(t, filepath.Dir(h.File())), []string{"usher.db.lock"})
}

func TestTheHealthcheckSaysWhetherAServerIsReady(t *testing.T) {
	t.Parallel()
	u := StartHouse(t).Usher
	addr := strings.TrimPrefix(u.URL, "http://")
	Same(t, "of a server", RunProgram(t, nil, "healthcheck", "--addr="+addr), Outcome{Out: "The server at " + addr + " is ready\n"})
	u.Stop()
	silent, err := net.Listen("tcp", "127.0.0.1:0") // takes connections and answers nothing
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	for of, at := range map[string]string{"a server that has stopped": addr, "one that is silent": silent.Addr().String()} {
		got := RunProgram(t, nil, "healthcheck", "--addr="+at)
		if got.Status != 1 || got.Out != "" || !strings.HasPrefix(got.Err, "usher: no server answers: ") || strings.Count(got.Err, "\n") != 1 {
			t.Errorf("of %s: %+v", of, got)
		}
	}
}
