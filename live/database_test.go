package live_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"usher/ent"
	"usher/ent/event"
	entroom "usher/ent/room"
	"usher/ent/user"
	"usher/live"
	"usher/live/livetest"
	"usher/problem"
)

func mustLog(t *testing.T, databaseURL string) (*live.Database, *live.Log) {
	t.Helper()
	db := livetest.MustOpen(t, databaseURL)
	return db, db.Log(time.Now, live.NewHub(db))
}

func mustRoom(t *testing.T, log *live.Log) (id string) {
	t.Helper()
	err := log.Write(t.Context(), func(tx *live.Tx) error {
		r, err := tx.Room.Create().SetTitle("Room").SetCreatedAt(tx.At).Save(t.Context())
		if err == nil {
			id = r.ID
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestServersThatStartAtOnceMakeTheTablesOnce(t *testing.T) {
	databaseURL := livetest.Postgres(t)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			db, err := live.Open(t.Context(), databaseURL)
			if err != nil {
				t.Error(err)
				return
			}
			if err := db.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if text, err := live.Inspect(t.Context(), databaseURL); err != nil || !strings.HasSuffix(text, "is up to date") {
		t.Errorf("said %q: %v", text, err)
	}
}

func TestLookingAtADatabaseChangesNothing(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		for range 2 {
			if text, err := live.Inspect(t.Context(), databaseURL); err != nil || !strings.HasSuffix(text, "made at the first start") {
				t.Errorf("said %q: %v", text, err)
			}
		}
	})
}

func TestADatabaseOfANewerProgramIsLeftAlone(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		_, log := mustLog(t, databaseURL)
		err := log.Write(t.Context(), func(tx *live.Tx) error {
			_, err := tx.ExecContext(t.Context(), "INSERT INTO goose_db_version (version_id, is_applied) VALUES (99990101000000, true)")
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := live.Open(t.Context(), databaseURL); !errors.Is(err, live.ErrNewer) {
			t.Errorf("opening it: %v", err)
		}
		if _, err := live.Inspect(t.Context(), databaseURL); !errors.Is(err, live.ErrNewer) {
			t.Errorf("looking at it: %v", err)
		}
	})
}

func TestRevisionsHaveNoGapsWhoeverWritesAtOnce(t *testing.T) {
	const writers, each = 8, 25
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		db, log := mustLog(t, databaseURL)
		roomID := mustRoom(t, log)
		var all sync.WaitGroup
		for w := range writers {
			all.Go(func() {
				for n := range each {
					err := log.Write(t.Context(), func(tx *live.Tx) error {
						if _, err := tx.Lock(t.Context(), roomID); err != nil {
							return err
						}
						if err := tx.Emit(t.Context(), roomID, live.Entry{Kind: live.RoomUpdated}); err != nil || n%5 != w%5 {
							return err
						}
						return errors.New("thought better of it")
					})
					if err != nil && err.Error() != "thought better of it" {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		events, err := db.Read.Event.Query().Where(event.RoomID(roomID)).Order(event.ByRevision()).All(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if len(events) != writers*each*4/5 {
			t.Errorf("%d events", len(events))
		}
		for i, e := range events {
			if e.Revision != i+1 {
				t.Fatalf("event %d has revision %d", i+1, e.Revision)
			}
		}
	})
}

// Each of two transactions takes one room first and then the other one's: on PostgreSQL one of them must be run again.
func TestTransactionsThatBlockEachOtherBothSucceed(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		db, log := mustLog(t, databaseURL)
		rooms := []string{mustRoom(t, log), mustRoom(t, log)}
		var both, all sync.WaitGroup
		both.Add(2)
		for i := range 2 {
			all.Go(func() {
				arrive := sync.OnceFunc(both.Done)
				err := log.Write(t.Context(), func(tx *live.Tx) error {
					first, second := rooms[i], rooms[1-i]
					if _, err := tx.Lock(t.Context(), first); err != nil {
						return err
					}
					arrive()
					if strings.HasPrefix(databaseURL, "postgres") { // SQLite lets one in at a time
						both.Wait()
					}
					if _, err := tx.Lock(t.Context(), second); err != nil {
						return err
					}
					return tx.Emit(t.Context(), second, live.Entry{Kind: live.RoomUpdated})
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		n, err := db.Read.Room.Query().Where(entroom.Revision(1)).Count(t.Context())
		if err != nil || n != 2 {
			t.Errorf("%d rooms have their event: %v", n, err)
		}
	})
}

func TestATransactionThatIsAlwaysCrossedGivesUp(t *testing.T) {
	databaseURL := livetest.Postgres(t)
	_, log := mustLog(t, databaseURL)
	runs := 0
	err := log.Write(t.Context(), func(tx *live.Tx) error {
		runs++
		_, err := tx.ExecContext(t.Context(), "DO $$ BEGIN RAISE SQLSTATE '40001'; END $$")
		return err
	})
	if runs != 6 || !errors.Is(err, problem.ErrUnavailable) {
		t.Errorf("after %d runs: %v", runs, err)
	}
}

func TestWhatAnotherTransactionMadeIsFoundInTheNextRun(t *testing.T) {
	databaseURL := livetest.Postgres(t)
	_, log := mustLog(t, databaseURL)
	runs := 0
	err := log.Write(t.Context(), func(tx *live.Tx) error {
		if runs++; runs == 1 {
			mustUser(t, log, "ada@example.com")
			return tx.User.Create().SetEmail("ada@example.com").SetEmailTyped("").SetFirstName("").SetLastName("").
				SetCreatedAt(tx.At).Exec(t.Context())
		}
		found, err := tx.User.Query().Where(user.Email("ada@example.com")).Exist(t.Context())
		if err == nil && !found {
			err = errors.New("the row of the other transaction is not seen")
		}
		return err
	})
	if err != nil || runs != 2 {
		t.Errorf("after %d runs: %v", runs, err)
	}
}

func mustUser(t *testing.T, log *live.Log, email string) *ent.User {
	t.Helper()
	var made *ent.User
	err := log.Write(t.Context(), func(tx *live.Tx) (err error) {
		made, err = tx.User.Create().SetEmail(email).SetEmailTyped(email).SetFirstName("First").SetLastName("Last").
			SetCreatedAt(tx.At).Save(t.Context())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func TestTimesComeBackAsTheyWereKept(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		db := livetest.MustOpen(t, databaseURL)
		kept := time.Date(2026, 11, 23, 10, 30, 0, 123_456_789, time.FixedZone("east", 3600))
		made := mustUser(t, db.Log(func() time.Time { return kept }, live.NewHub(db)), "ada@example.com")
		read, err := db.Read.User.Get(t.Context(), made.ID)
		if err != nil {
			t.Fatal(err)
		}
		want := time.Date(2026, 11, 23, 9, 30, 0, 123_000_000, time.UTC)
		if read.CreatedAt != want {
			t.Errorf("read %v, in %v", read.CreatedAt, read.CreatedAt.Location())
		}
	})
}

func TestTextsAreOrderedByTheirBytes(t *testing.T) {
	texts := []string{"a", "B", "b", "ä", "a-b", "ab", "a b", "_", "é", "z", "Ω", "中", "😀", "a.b", "A"}
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		db, log := mustLog(t, databaseURL)
		for _, text := range texts {
			mustUser(t, log, text)
		}
		got, err := db.Read.User.Query().Order(user.ByEmail()).Select(user.FieldEmail).Strings(t.Context())
		if want := slices.Sorted(slices.Values(texts)); err != nil || !slices.Equal(got, want) {
			t.Errorf("read %q, want %q: %v", got, want, err)
		}
		n, err := db.Read.User.Query().Where(user.EmailGTE("a"), user.EmailLT("b")).Count(t.Context())
		if err != nil || n != 5 {
			t.Errorf("%d from a to b: %v", n, err)
		}
	})
}

func TestTheCharacterZeroIsNowhere(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		db, log := mustLog(t, databaseURL)
		if found, err := db.Read.User.Query().Where(user.Email("a\x00b")).Exist(t.Context()); err != nil || found {
			t.Errorf("found %v: %v", found, err)
		}
		err := log.Write(t.Context(), func(tx *live.Tx) error {
			_, err := tx.Lock(t.Context(), "r_\x00")
			return err
		})
		if !errors.Is(err, problem.ErrNotFound) {
			t.Errorf("locking it: %v", err)
		}
	})
}

func TestReadsCannotWrite(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		db, _ := mustLog(t, databaseURL)
		if _, err := db.Read.User.Delete().Exec(t.Context()); err == nil {
			t.Error("a read deleted rows")
		}
	})
}

// way is the one way to a PostgreSQL server, which can be shut.
type way struct {
	to, at string
	mu     sync.Mutex
	door   net.Listener
	open   []net.Conn
}

func (w *way) mustOpen(t *testing.T) {
	t.Helper()
	door, err := net.Listen("unix", w.at)
	if err != nil {
		t.Fatal(err)
	}
	w.mu.Lock()
	w.door = door
	w.mu.Unlock()
	go func() {
		for {
			in, err := door.Accept()
			if err != nil {
				return
			}
			out, err := net.Dial("unix", w.to)
			if err != nil {
				_ = in.Close()
				continue
			}
			w.mu.Lock()
			w.open = append(w.open, in, out)
			w.mu.Unlock()
			go func() { _, _ = io.Copy(out, in); _ = out.Close() }()
			go func() { _, _ = io.Copy(in, out); _ = in.Close() }()
		}
	}()
}

func (w *way) shut() {
	w.mu.Lock()
	defer w.mu.Unlock()
	_ = w.door.Close()
	for _, conn := range w.open {
		_ = conn.Close()
	}
	w.open = nil
}

func TestAServerThatIsAwayIsUnavailableUntilItIsBack(t *testing.T) {
	config, err := pgx.ParseConfig(livetest.Postgres(t))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	w := &way{to: config.Host + "/.s.PGSQL.5432", at: dir + "/.s.PGSQL.5432"}
	w.mustOpen(t)
	defer w.shut()
	db, log := mustLog(t, fmt.Sprintf("postgres:///%s?%s", config.Database, url.Values{"host": {dir}, "user": {config.User}}.Encode()))
	mustUser(t, log, "before@example.com")
	read := func() error { _, err := db.Read.User.Query().Count(t.Context()); return err }
	write := func() error {
		return log.Write(t.Context(), func(tx *live.Tx) error { return tx.User.Update().SetFirstName("Changed").Exec(t.Context()) })
	}
	if err := errors.Join(read(), write(), db.Check(t.Context())); err != nil {
		t.Fatal(err)
	}
	// In the middle of a transaction, then before one.
	err = log.Write(t.Context(), func(tx *live.Tx) error {
		w.shut()
		return tx.User.Update().SetFirstName("Lost").Exec(t.Context())
	})
	for doing, err := range map[string]error{
		"a transaction under way": err, "reading": read(), "writing": write(), "looking": db.Check(t.Context()),
	} {
		if !errors.Is(err, problem.ErrUnavailable) {
			t.Errorf("%s while it is away: %v", doing, err)
		}
	}
	w.mustOpen(t)
	if err := errors.Join(read(), write(), db.Check(t.Context())); err != nil {
		t.Errorf("once it is back: %v", err)
	}
}

func TestAServerThatThrowsConnectionsOutIsComeBackTo(t *testing.T) {
	databaseURL := livetest.Postgres(t)
	db, log := mustLog(t, databaseURL)
	mustUser(t, log, "ada@example.com")
	conn, err := pgx.Connect(t.Context(), databaseURL)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	_, err = conn.Exec(t.Context(), "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
	if err != nil {
		t.Fatal(err)
	}
	// What is asked over a connection that is gone may fail, as unavailable; each such connection is left at once.
	for range 20 {
		_, err = db.Read.User.Query().Count(t.Context())
		if err == nil {
			break
		}
		if !errors.Is(err, problem.ErrUnavailable) {
			t.Fatal(err)
		}
	}
	if err != nil {
		t.Errorf("it is never come back to: %v", err)
	}
}

func TestAStandbyIsNotReady(t *testing.T) {
	databaseURL := livetest.Postgres(t)
	db, _ := mustLog(t, databaseURL)
	conn, err := pgx.Connect(t.Context(), databaseURL)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if err := db.Check(t.Context()); err != nil {
		t.Errorf("before: %v", err)
	}
	readOnly := databaseURL + "&default_transaction_read_only=on"
	standby := livetest.MustOpen(t, readOnly)
	if err := standby.Check(t.Context()); !errors.Is(err, problem.ErrUnavailable) {
		t.Errorf("where nothing can be written: %v", err)
	}
}
