package live_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

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

func mustRoom(t testing.TB, log *live.Log) (id string) {
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

func TestInspectingADatabaseChangesNothing(t *testing.T) {
	livetest.EachEmpty(t, func(t *testing.T, databaseURL string) {
		for range 2 {
			if text, err := live.Inspect(t.Context(), databaseURL, nil); err != nil || !strings.HasSuffix(text, "be created at the first start") {
				t.Errorf("said %q: %v", text, err)
			}
		}
	})
}

func TestV1_RevisionsHaveNoGapsWithConcurrentWriters(t *testing.T) {
	const writers, each = 8, 25
	livetest.EachEmpty(t, func(t *testing.T, databaseURL string) {
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
						if err := tx.Emit(t.Context(), roomID, "RoomUpdated", 0, live.Entry{}); err != nil || n%5 != w%5 {
							return err
						}
						return errors.New("changed its mind")
					})
					if err != nil && err.Error() != "changed its mind" {
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

// Two transactions lock two rooms in opposite order. On PostgreSQL one of them must be retried.
func TestDeadlockedTransactionsBothSucceed(t *testing.T) {
	livetest.EachEmpty(t, func(t *testing.T, databaseURL string) {
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
					if strings.HasPrefix(databaseURL, "postgres") { // SQLite runs one transaction at a time
						both.Wait()
					}
					if _, err := tx.Lock(t.Context(), second); err != nil {
						return err
					}
					return tx.Emit(t.Context(), second, "RoomUpdated", 0, live.Entry{})
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

func TestTimesAreReadAsTheyWereStored(t *testing.T) {
	livetest.EachEmpty(t, func(t *testing.T, databaseURL string) {
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
	livetest.EachEmpty(t, func(t *testing.T, databaseURL string) {
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

func TestNULCharactersFindNothing(t *testing.T) {
	livetest.EachEmpty(t, func(t *testing.T, databaseURL string) {
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
	livetest.EachEmpty(t, func(t *testing.T, databaseURL string) {
		db, _ := mustLog(t, databaseURL)
		if _, err := db.Read.User.Delete().Exec(t.Context()); err == nil {
			t.Error("a read deleted rows")
		}
	})
}
