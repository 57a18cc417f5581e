package live_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"usher/live"
	"usher/live/livetest"
)

// mustStir commits a transaction that changes numbers of rooms without an event.
func mustStir(t testing.TB, log *live.Log, rooms ...string) {
	t.Helper()
	err := log.Write(context.Background(), func(tx *live.Tx) error {
		for _, id := range rooms {
			tx.Stir(id)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// mustFeel waits for a signal.
func mustFeel(t testing.TB, what string, stirred <-chan struct{}) {
	t.Helper()
	select {
	case <-stirred:
	case <-time.After(time.Minute):
		t.Fatalf("%s: no signal", what)
	}
}

// mustBeCalm checks that nothing has been signalled so far.
func mustBeCalm(t testing.TB, what string, stirred <-chan struct{}) {
	t.Helper()
	select {
	case <-stirred:
		t.Errorf("%s: a signal", what)
	default:
	}
}

func TestACommitStirsTheRoomsThatItMarks(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		db := livetest.MustOpen(t, databaseURL)
		hub := live.NewHub(db)
		log := db.Log(time.Now, hub)
		one, stop := hub.Stirs("one")
		other, stopOther := hub.Stirs("other")
		defer stopOther()
		mustStir(t, log, "one")
		mustStir(t, log, "one", "nobody counts this one")
		mustFeel(t, "the room", one)
		mustBeCalm(t, "after two commits that were gathered", one)
		mustBeCalm(t, "another room", other)
		refused := errors.New("refused")
		err := log.Write(t.Context(), func(tx *live.Tx) error {
			tx.Stir("one")
			return refused
		})
		if !errors.Is(err, refused) {
			t.Fatal(err)
		}
		mustBeCalm(t, "after a command that was refused", one)
		stop()
		mustStir(t, log, "one")
		mustBeCalm(t, "after the end", one)
	})
}

func TestAnotherServerLearnsOfAStir(t *testing.T) {
	t.Parallel()
	databaseURL := livetest.Postgres(t)
	ear := mustConnect(t, databaseURL)
	writer, reader := mustServe(t, databaseURL, nil), mustServe(t, databaseURL, nil)
	stirred, stop := reader.hub.Stirs("room")
	defer stop()
	mustFeel(t, "when the servers met", stirred)
	if _, err := ear.Exec(t.Context(), "LISTEN usher"); err != nil {
		t.Fatal(err)
	}
	// The servers may still exchange lists, which stir too. So the words themselves are read.
	for range 1000 {
		mustStir(t, writer.log, "room")
	}
	mustFeel(t, "after a commit of the other server", stirred)
	for {
		hint, err := ear.WaitForNotification(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if words := countWords(hint.Payload, "~room"); words > 0 {
			if words > 1 {
				t.Errorf("one hint has the word %d times", words)
			}
			return
		}
	}
}

func countWords(line, word string) (n int) {
	for i := 0; i+len(word) <= len(line); i++ {
		if line[i:i+len(word)] == word {
			n++
		}
	}
	return n
}

func TestAServerThatHearsNoHintsCountsAgainByItself(t *testing.T) {
	livetest.Long(t)
	t.Parallel()
	databaseURL := livetest.Postgres(t)
	deaf := mustServe(t, databaseURL, func(s *server) { s.DetourTo("/nowhere") })
	stirred, stop := deaf.hub.Stirs("room")
	defer stop()
	mustFeel(t, "by polling", stirred)
	mustFeel(t, "by polling once more", stirred)
}

func TestTheLastHintsOfALostServerAreNotMissed(t *testing.T) {
	livetest.Long(t)
	t.Parallel()
	databaseURL := livetest.Postgres(t)
	db := livetest.MustOpen(t, databaseURL)
	hub := live.NewHub(db)
	s := live.NewServers(db, hub, live.NewPresence(50*time.Millisecond, live.GatherFor), slog.New(slog.DiscardHandler))
	s.Receive("other")
	stirred, stop := hub.Stirs("room")
	defer stop()
	mustFeel(t, "once the other server counts as gone", stirred)
	s.Receive("third *")
	mustFeel(t, "after a server connects again", stirred)
}
