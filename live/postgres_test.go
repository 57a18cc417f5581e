package live_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"usher/ent/user"
	"usher/live"
	"usher/live/livetest"
	"usher/problem"
)

func TestServersThatStartAtOnceMigrateOnce(t *testing.T) {
	databaseURL := livetest.EmptyPostgres(t)
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
	if text, err := live.Inspect(t.Context(), databaseURL, nil); err != nil || !strings.HasSuffix(text, "is up to date") {
		t.Errorf("said %q: %v", text, err)
	}
}

func TestAPostgreSQLConnectionKeepsNoLongStatements(t *testing.T) {
	databaseURL := livetest.EmptyPostgres(t)
	_, log := mustLog(t, databaseURL)
	err := log.Write(t.Context(), func(tx *live.Tx) error {
		for _, ids := range []int{3, 1000} {
			found, err := tx.User.Query().Where(user.IDIn(make([]string, ids)...)).All(t.Context())
			if err != nil || len(found) > 0 {
				t.Errorf("of %d ids %d are found: %v", ids, len(found), err)
			}
		}
		rows, err := tx.QueryContext(t.Context(), "SELECT statement FROM pg_prepared_statements WHERE statement LIKE 'SELECT _users_._id_%'")
		if err != nil {
			return err
		}
		defer rows.Close()
		var kept []string
		for rows.Next() {
			var statement string
			if err := rows.Scan(&statement); err != nil {
				return err
			}
			kept = append(kept, statement)
		}
		if len(kept) != 1 || len(kept[0]) > 2048 {
			t.Errorf("%d statements are kept: %.200q", len(kept), kept)
		}
		return rows.Err()
	})
	if err != nil {
		t.Error(err)
	}
}

func TestATransactionThatAlwaysConflictsGivesUp(t *testing.T) {
	databaseURL := livetest.EmptyPostgres(t)
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

func TestARetryFindsWhatAnotherTransactionInserted(t *testing.T) {
	databaseURL := livetest.EmptyPostgres(t)
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

// way is the only connection to a PostgreSQL server. It can be closed.
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

func TestPostgreSQLIsUnavailableUntilItIsBack(t *testing.T) {
	livetest.Long(t)
	config, err := pgx.ParseConfig(livetest.EmptyPostgres(t))
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

func TestBrokenPostgreSQLConnectionsAreReplaced(t *testing.T) {
	livetest.Long(t)
	databaseURL := livetest.EmptyPostgres(t)
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
	// A request over a broken connection may fail as unavailable. Each such connection is dropped at once.
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
	livetest.Long(t)
	databaseURL := livetest.EmptyPostgres(t)
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
		t.Errorf("on a read-only database: %v", err)
	}
}
