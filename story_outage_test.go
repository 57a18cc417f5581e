package main

import (
	"fmt"
	"net/http"
	"sync"
	"testing"

	"usher/live/livetest"
)

// Storage that goes away and comes back while people are at work: the program says so, loses nothing, and goes on by itself.

// Ready is the status of /readyz.
func (h *house) Ready() int {
	h.t.Helper()
	answer, _ := mustDo(h.t, http.MethodGet, h.url+"/readyz")
	return answer.StatusCode
}

func TestPostgreSQLGoesAwayAndComesBack(t *testing.T) {
	t.Parallel()
	cluster := livetest.MustStart(t)
	databaseURL, _, err := cluster.Create(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	h := newHouse(t, databaseURL)
	h.Serve("--invitations-per-session=1000000", "--invites-per-minute=1000000")
	y := newHistory(h)
	room := y.room
	room.Command("startSession")
	followers := make([]*follower, 8)
	for i := range followers {
		followers[i] = &follower{client: room.host, via: h.url, room: room.id}
		if i >= 2 {
			k := room.Invite(fmt.Sprintf("follower%d@example.org", i), nil)
			y.invited[k.id] = k
			followers[i].client = k.bearerGuest()
			followers[i].Enter(room)
		}
	}
	begun := room.Revision()
	var following, working sync.WaitGroup
	for _, f := range followers {
		f.after = begun
		following.Go(func() {
			if err := f.follow(t.Context()); err != nil {
				t.Errorf("a follower fails: %v", err)
			}
		})
	}
	working.Go(func() { y.Work(t.Context(), t, h) })
	work := func() {
		t.Helper()
		before := y.Titled()
		h.WaitUntil("more is acknowledged", func() bool { return y.Titled() >= before+20 })
	}
	for _, signal := range []string{"INT", "QUIT"} { // shut down by its operator; crashed
		work()
		if err := cluster.Away(signal); err != nil {
			t.Fatal(err)
		}
		same(t, "/readyz while storage is away", h.Ready(), http.StatusServiceUnavailable)
		alive, _ := mustDo(t, http.MethodGet, h.url+"/healthz")
		same(t, "/healthz", alive.StatusCode, http.StatusOK)
		room.host.Fails("SERVICE_UNAVAILABLE", "updateRoom", object{"roomId": room.id, "description": signal})
		same(t, "a read", room.host.Ask(`query($id: ID!) { room(id: $id) { title } }`, object{"id": room.id}).Code(), "SERVICE_UNAVAILABLE")
		same(t, "a look at a link", h.Browser().Ask(`{ invitationLink(token: "u1_") { roomTitle } }`, nil).Code(), "")
		if err := cluster.Back(t.Context()); err != nil {
			t.Fatal(err)
		}
		h.WaitUntil("the site is ready again", func() bool { return h.Ready() == http.StatusOK })
	}
	work()
	y.over.Store(true)
	working.Wait()
	y.Check(t)
	want := make([][]int, len(followers))
	for i, f := range followers {
		want[i] = f.history(room.id, begun)
	}
	room.Command("endSession")
	following.Wait()
	for i, f := range followers {
		same(t, fmt.Sprint("follower ", i, " hears"), f.heard, append(want[i], room.Revision()))
	}
	if y.away.Load() == 0 {
		t.Error("storage was never away to those at work")
	}
}

func TestADatabaseThatSomebodyElseLocksIsWaitedFor(t *testing.T) {
	t.Parallel()
	h := newHouse(t, livetest.SQLite(t))
	h.ServeApart()
	room := h.Hall(h.User("ada@example.com"), nil)
	watched := room.host.Watch(watching, room.id, room.Revision())
	room.Begin(watched)
	before := room.Revision()
	locked, err := h.DB().Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer locked.Close()
	if _, err := locked.ExecContext(t.Context(), "BEGIN IMMEDIATE"); err != nil {
		t.Fatal(err)
	}
	room.host.Fails("SERVICE_UNAVAILABLE", "updateRoom", object{"roomId": room.id, "title": "Lost"})
	same(t, "/readyz while it is locked", h.Ready(), http.StatusServiceUnavailable)
	same(t, "the room, which can be read", room.host.MustAsk(`query($id: ID!) { room(id: $id) { title } }`, object{"id": room.id}).Text("room.title"), "Town hall")
	if _, err := locked.ExecContext(t.Context(), "ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	same(t, "/readyz afterwards", h.Ready(), http.StatusOK)
	room.Update(object{"title": "Kept"})
	same(t, "what is heard of it", watched.Expect("RoomUpdated").Int("revision"), before+1)
}
