package chaos

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"usher/live/livetest"
	. "usher/sitetest"
)

func TestPostgreSQLGoesAwayAndComesBack(t *testing.T) {
	livetest.Long(t)
	t.Parallel()
	cluster, databaseURL := livetest.MustStartEmpty(t)
	h := NewHouse(t, databaseURL)
	h.Serve("--invitations-per-session=1000000")
	y := newHistory(h)
	room := y.room
	room.Command("startSession")
	followers := make([]*Follower, 8)
	for i := range followers {
		followers[i] = &Follower{Client: room.Host, Via: h.URL, Room: room.ID}
		if i >= 2 {
			k := room.Invite(fmt.Sprintf("follower%d@example.org", i), nil)
			y.invited[k.ID] = k
			followers[i].Client = k.BearerGuest()
			followers[i].Enter(room)
		}
	}
	begun := room.Revision()
	var following, working sync.WaitGroup
	for _, f := range followers {
		f.After = begun
		following.Go(func() {
			if err := f.Follow(t.Context()); err != nil {
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
		Same(t, "/readyz while storage is away", h.Ready(), http.StatusServiceUnavailable)
		Same(t, "usher healthcheck", RunProgram(t, nil, "healthcheck", "--addr="+strings.TrimPrefix(h.URL, "http://")),
			Outcome{Status: 1, Err: "usher: the server at " + strings.TrimPrefix(h.URL, "http://") + " is not ready: the database does not answer\n"})
		alive, _ := MustDo(t, http.MethodGet, h.URL+"/healthz")
		Same(t, "/healthz", alive.StatusCode, http.StatusOK)
		room.Host.Fails("SERVICE_UNAVAILABLE", "updateRoom", Object{"roomId": room.ID, "description": signal})
		Same(t, "a read", room.Host.Ask(`query($id: ID!) { room(id: $id) { title } }`, Object{"id": room.ID}).Code(), "SERVICE_UNAVAILABLE")
		Same(t, "a look at a link", h.Browser().Ask(`{ invitationLink(token: "u1_") { roomTitle } }`, nil).Code(), "")
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
		want[i] = f.History(room.ID, begun)
	}
	room.Command("endSession")
	following.Wait()
	for i, f := range followers {
		Same(t, fmt.Sprint("follower ", i, " hears"), f.Heard, append(want[i], room.Revision()))
	}
	if y.away.Load() == 0 {
		t.Error("storage was never away to those at work")
	}
}

func TestTheServerRecoversWhenALockedDatabaseIsUnlocked(t *testing.T) {
	livetest.Long(t)
	t.Parallel()
	h := NewHouse(t, livetest.SQLite(t))
	h.ServeApart()
	room := h.Hall(h.User("ada@example.com"), nil)
	watched := room.Host.Watch(Watching, room.ID, room.Revision())
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
	room.Host.Fails("SERVICE_UNAVAILABLE", "updateRoom", Object{"roomId": room.ID, "title": "Lost"})
	Same(t, "/readyz while it is locked", h.Ready(), http.StatusServiceUnavailable)
	wrong := Object{"email": "ada@example.com", "password": "wrong horse battery"}
	h.Browser().Fails("SERVICE_UNAVAILABLE", "signIn", wrong) // a guess that cannot be counted is not answered (A9)
	Same(t, "a look at a forged link", h.Browser().Look("nonsense").Text("problem.code"), "LINK_NOT_VALID")
	Same(t, "the room, which can be read", room.Host.MustAsk(`query($id: ID!) { room(id: $id) { title } }`, Object{"id": room.ID}).Text("room.title"), "Town hall")
	if _, err := locked.ExecContext(t.Context(), "ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	Same(t, "/readyz afterwards", h.Ready(), http.StatusOK)
	h.Browser().Refused("INVALID_CREDENTIALS", "signIn", wrong)
	room.Update(Object{"title": "Kept"})
	Same(t, "the event that subscribers receive", watched.Expect("RoomUpdated").Int("revision"), before+1)
}
