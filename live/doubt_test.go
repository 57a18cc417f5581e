package live_test

import (
	"bytes"
	"context"
	"errors"
	"net"
	"net/url"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"usher/live"
	"usher/live/livetest"
	"usher/problem"
)

// lossy forwards connections to PostgreSQL. After lose is set, it forwards the next commit but breaks the connection before the answer.
type lossy struct {
	lose atomic.Bool
}

// startLossy listens in a new folder and returns the URL of the database through it.
func startLossy(t *testing.T, databaseURL string) (*lossy, string) {
	t.Helper()
	at, err := url.Parse(databaseURL)
	if err != nil {
		t.Fatal(err)
	}
	query := at.Query()
	const socket = ".s.PGSQL.5432"
	to, folder := filepath.Join(query.Get("host"), socket), t.TempDir()
	listener, err := net.Listen("unix", filepath.Join(folder, socket))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	query.Set("host", folder)
	at.RawQuery = query.Encode()
	l := &lossy{}
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			go l.pass(client, to)
		}
	}()
	return l, at.String()
}

func (l *lossy) pass(client net.Conn, to string) {
	defer client.Close()
	server, err := net.Dial("unix", to)
	if err != nil {
		return
	}
	defer server.Close()
	var committing atomic.Bool
	go func() {
		defer server.Close()
		for buffer := make([]byte, 1<<16); ; {
			n, err := client.Read(buffer)
			if err != nil {
				return
			}
			if bytes.Contains(bytes.ToLower(buffer[:n]), []byte("commit\x00")) && l.lose.CompareAndSwap(true, false) {
				committing.Store(true)
			}
			if _, err := server.Write(buffer[:n]); err != nil {
				return
			}
		}
	}()
	for buffer := make([]byte, 1<<16); ; {
		n, err := server.Read(buffer)
		if err != nil || committing.Load() {
			return
		}
		if _, err := client.Write(buffer[:n]); err != nil {
			return
		}
	}
}

func TestWatchesGetTheEventsOfACommitWhoseAnswerWasLost(t *testing.T) {
	loses, databaseURL := startLossy(t, livetest.EmptyPostgres(t))
	db := livetest.MustOpen(t, databaseURL)
	hub := live.NewHub(db)
	log := db.Log(time.Now, hub)
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	var roomID string
	emit := func(tx *live.Tx) error { return tx.Emit(ctx, roomID, "RoomUpdated", 0, live.Entry{}) }
	err := log.Write(ctx, func(tx *live.Tx) error {
		r, err := tx.Room.Create().SetTitle("Room").SetCreatedAt(tx.At).Save(ctx)
		if err != nil {
			return err
		}
		roomID = r.ID
		return emit(tx)
	})
	if err != nil {
		t.Fatal(err)
	}
	watch := hub.Watch(roomID, 0)
	defer watch.Close()
	expect := func(revision int) {
		t.Helper()
		rows, err := watch.Next(ctx)
		if err != nil || len(rows) != 1 || rows[0].Revision != revision {
			t.Fatalf("received %v: %v, want revision %d", rows, err, revision)
		}
	}
	expect(1)
	if err := log.Write(ctx, emit); err != nil {
		t.Fatal(err)
	}
	expect(2)
	loses.lose.Store(true)
	if err := log.Write(ctx, emit); !errors.Is(err, problem.ErrUnavailable) {
		t.Fatalf("a commit without an answer returns %v", err)
	}
	expect(3)
	if err := log.Write(ctx, emit); err != nil {
		t.Fatal(err)
	}
	expect(4)
}

func TestACrowdWhoseCommitHasNoAnswerIsToldAndNotRunAgain(t *testing.T) {
	loses, databaseURL := startLossy(t, livetest.EmptyPostgres(t))
	db := livetest.MustOpen(t, databaseURL)
	log := db.Log(time.Now, live.NewHub(db))
	n := notesIn(db, log, mustRoom(t, log))
	lose := func(*live.Tx) error { loses.lose.Store(true); return nil }
	for _, answer := range n.Crowd(t, note{name: "a"}, note{name: "b", last: lose}) {
		if !strings.Contains(answer, problem.ErrUnavailable.Error()) {
			t.Errorf("a command is answered %q", answer)
		}
	}
	mustEqual(t, "commands in each transaction", n.Sizes(), []int{1, 2})
	mustEqual(t, "events", n.Kinds(t), []string{"first", "a", "b"})
}
