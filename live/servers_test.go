package live_test

import (
	"context"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"usher/live"
	"usher/live/livetest"
)

// server is one of several servers on a database.
type server struct {
	*live.Servers
	hub      *live.Hub
	presence *live.Presence
	log      *live.Log
	stop     func()
}

// mustServe starts a server that runs until the test ends or stop is called. before is called with it first.
func mustServe(t testing.TB, databaseURL string, before func(*server)) *server {
	t.Helper()
	db := livetest.MustOpen(t, databaseURL)
	s := &server{hub: live.NewHub(db), presence: live.NewPresence(5*time.Second, live.GatherFor)}
	s.Servers = live.NewServers(db, s.hub, s.presence, slog.New(slog.DiscardHandler))
	s.log = db.Log(time.Now, s.Servers)
	if before != nil {
		before(s)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { s.Run(ctx) })
	s.stop = func() {
		cancel()
		running.Wait()
	}
	t.Cleanup(s.stop)
	return s
}

func mustEmit(t testing.TB, log *live.Log, roomID string) {
	t.Helper()
	err := log.Write(context.Background(), func(tx *live.Tx) error {
		return tx.Emit(context.Background(), roomID, "RoomUpdated", 0, live.Entry{})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// mustHear waits until a watch reaches a revision, and checks that each revision before came once.
func mustHear(t testing.TB, w *live.Watch, revision int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for w.At < revision {
		before := w.At
		rows, err := w.Next(ctx)
		if err != nil {
			t.Fatalf("at %d of %d: %v", before, revision, err)
		}
		for i, e := range rows {
			if e.Revision != before+1+i {
				t.Fatalf("revision %d comes after %d", e.Revision, before+i)
			}
		}
	}
}

func waitUntil(t testing.TB, what string, is func() bool) {
	t.Helper()
	deadline, tick := time.After(time.Minute), time.NewTicker(5*time.Millisecond)
	defer tick.Stop()
	for !is() {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("timed out waiting until %s", what)
		}
	}
}

func mustConnect(t testing.TB, databaseURL string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), databaseURL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

// endHints ends the connections for hints, like a restart of the database.
func endHints(t *testing.T, conn *pgx.Conn) (ended int) {
	t.Helper()
	err := conn.QueryRow(t.Context(), `SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity
		WHERE datname = current_database() AND application_name = 'usher hints'`).Scan(&ended)
	if err != nil {
		t.Fatal(err)
	}
	return ended
}
