package live_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"usher/live"
	"usher/live/livetest"
)

func TestNewsDuringASendIsSentTogether(t *testing.T) {
	t.Parallel()
	databaseURL := livetest.Postgres(t)
	ear := mustConnect(t, databaseURL)
	if _, err := ear.Exec(t.Context(), "LISTEN usher"); err != nil {
		t.Fatal(err)
	}
	mustServe(t, databaseURL, func(s *server) {
		for revision := range 1000 {
			s.Wake("one", revision)
			s.Wake("other", 2*revision)
		}
		s.Wake("one", 7) // too late, as may happen with concurrent commits
	})
	hint, err := ear.WaitForNotification(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	words := strings.Fields(hint.Payload)[1:]
	slices.Sort(words)
	if got := fmt.Sprint(words); got != "[* . ? one@999 other@1998]" {
		t.Errorf("sent %s", got)
	}
}

func TestEachServerGetsEveryEventOnceAndInOrder(t *testing.T) {
	t.Parallel()
	const events = 200
	databaseURL := livetest.Postgres(t)
	servers := []*server{mustServe(t, databaseURL, nil), mustServe(t, databaseURL, nil), mustServe(t, databaseURL, nil)}
	roomID := mustRoom(t, servers[0].log)
	var all sync.WaitGroup
	for _, s := range servers {
		w := s.hub.Watch(roomID, 0)
		defer w.Close()
		all.Go(func() { mustHear(t, w, len(servers)*events) })
		all.Go(func() {
			for range events {
				mustEmit(t, s.log, roomID)
			}
		})
	}
	all.Wait()
}

func TestWithoutHintsEventsAreFoundByPolling(t *testing.T) {
	livetest.Long(t)
	t.Parallel()
	databaseURL := livetest.Postgres(t)
	writer := mustServe(t, databaseURL, nil)
	deaf := mustServe(t, databaseURL, func(s *server) { s.DetourTo("/nowhere") })
	roomID := mustRoom(t, writer.log)
	w := deaf.hub.Watch(roomID, 0)
	defer w.Close()
	for n := range 3 {
		mustEmit(t, writer.log, roomID)
		mustEmit(t, writer.log, roomID)
		mustHear(t, w, 2*n+2)
	}
}

func TestPollingWakesOnlyRoomsWithNews(t *testing.T) {
	livetest.Long(t)
	t.Parallel()
	databaseURL := livetest.Postgres(t)
	s := mustServe(t, databaseURL, func(s *server) { s.DetourTo("/nowhere") })
	db := livetest.MustOpen(t, databaseURL)
	elsewhere := db.Log(time.Now, live.NewHub(db))
	roomID := mustRoom(t, elsewhere)
	mustEmit(t, elsewhere, roomID)
	w := s.hub.Watch(roomID, 1)
	defer w.Close()
	read := func() int {
		rows, err := w.Read(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return len(rows)
	}
	if n := read(); n != 0 {
		t.Errorf("%d events instead of none", n)
	}
	ctx, cancel := context.WithCancel(t.Context())
	none := make(chan error, 1)
	go func() {
		_, err := w.Next(ctx)
		none <- err
	}()
	if err := s.hub.Poll(t.Context()); err != nil {
		t.Fatal(err)
	}
	cancel()
	if err := <-none; !errors.Is(err, context.Canceled) {
		t.Errorf("polling a room without news: %v", err)
	}
	mustEmit(t, elsewhere, roomID)
	if err := s.hub.Poll(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := read(); n != 1 {
		t.Errorf("%d events after polling a room with one", n)
	}
}

func TestServersReconnectForHints(t *testing.T) {
	livetest.Long(t)
	t.Parallel()
	databaseURL := livetest.Postgres(t)
	one, other := mustServe(t, databaseURL, nil), mustServe(t, databaseURL, nil)
	conn := mustConnect(t, databaseURL)
	roomID := mustRoom(t, one.log)
	w := other.hub.Watch(roomID, 0)
	defer w.Close()
	for n := range 5 {
		grace := fmt.Sprint("grace", n)
		one.presence.Connect(roomID, grace)
		waitUntil(t, "hints travel", func() bool { return other.presence.Online(roomID, grace) })
		if ended := endHints(t, conn); ended < 2 {
			t.Errorf("%d connections were ended", ended)
		}
		mustEmit(t, one.log, roomID)
		mustHear(t, w, n+1)
		one.presence.Disconnect(roomID, grace)
	}
	waitUntil(t, "who is gone is gone everywhere", func() bool { return !one.presence.Anyone(roomID) && !other.presence.Anyone(roomID) })
}

// mute accepts connections but sends nothing.
func mute(t *testing.T) (host string) {
	t.Helper()
	host = t.TempDir()
	door, err := net.Listen("unix", host+"/.s.PGSQL.5432")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = door.Close() })
	return host
}

func TestWakeNeverBlocks(t *testing.T) {
	livetest.Long(t)
	t.Parallel()
	for name, host := range map[string]string{"nobody is there to send to": "/nowhere", "who is there never answers": mute(t)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := mustServe(t, livetest.Postgres(t), func(s *server) { s.DetourTo(host) })
			woken := make(chan struct{})
			go func() {
				defer close(woken)
				for n := range 100_000 {
					s.Wake(fmt.Sprint("room", n%1000), n)
				}
			}()
			select {
			case <-woken:
			case <-time.After(time.Minute):
				t.Fatal("Wake blocks")
			}
			roomID := mustRoom(t, s.log)
			w := s.hub.Watch(roomID, 0)
			defer w.Close()
			mustEmit(t, s.log, roomID)
			mustHear(t, w, 1)
		})
	}
}

func TestALateServerLearnsWhoIsOnline(t *testing.T) {
	livetest.Long(t)
	t.Parallel()
	const people = 5000
	databaseURL := livetest.Postgres(t)
	first := mustServe(t, databaseURL, nil)
	for n := range people {
		first.presence.Connect("room", fmt.Sprintf("p_%026d", n))
	}
	second := mustServe(t, databaseURL, nil)
	watch, stop := second.presence.Watch("room")
	defer stop()
	waitUntil(t, "the second server knows all", func() bool { n, _ := second.presence.Take("room", watch); return n == people })
	first.stop()
	waitUntil(t, "they are gone with their server", func() bool { return !second.presence.Anyone("room") })
}

func TestServersEventuallyAgreeOnWhoIsOnline(t *testing.T) {
	livetest.Long(t)
	t.Parallel()
	databaseURL := livetest.Postgres(t)
	conn := mustConnect(t, databaseURL)
	var servers []*server
	for range 3 {
		servers = append(servers, mustServe(t, databaseURL, nil))
	}
	chance := rand.New(rand.NewPCG(5, 8))
	connected := map[string][]*server{} // the server of each connection
	for n := range 3000 {
		if n%300 == 299 {
			endHints(t, conn)
		}
		who := fmt.Sprint("person", chance.IntN(40))
		if open := connected[who]; len(open) > chance.IntN(4) {
			open[0].presence.Disconnect("room", who)
			connected[who] = open[1:]
			continue
		}
		at := servers[chance.IntN(3)]
		at.presence.Connect("room", who)
		connected[who] = append(connected[who], at)
	}
	for i, s := range servers {
		waitUntil(t, fmt.Sprint("server ", i, " knows who is there"), func() bool {
			for n := range 40 {
				who := fmt.Sprint("person", n)
				if s.presence.Online("room", who) != (len(connected[who]) > 0) {
					return false
				}
			}
			return true
		})
	}
}
