//go:build nightly

package proxies

import (
	"fmt"
	"syscall"
	"testing"

	"usher/live/livetest"
	. "usher/sitetest"
)

// The same as in deploy/compose.yaml, without containers.
func TestThreeServersBehindCaddyStopInTurnAndLoseNoEvent(t *testing.T) {
	livetest.Long(t)
	t.Parallel()
	addrs := []string{MustFindPort(t), MustFindPort(t), MustFindPort(t)}
	f := startCaddy(t, addrs)
	h := NewHouse(t, livetest.Postgres(t))
	h.Wire = f.wire(t)
	t.Cleanup(h.Wire.CloseIdleConnections)
	serve := func(addr string) *Child { return h.ServeApart("--addr="+addr, "--public-url="+f.URL(), trusting) }
	var servers []*Child
	for _, addr := range addrs {
		servers = append(servers, serve(addr))
	}
	room := h.Hall(h.User("ada@example.com"), nil)
	room.Command("startSession")
	var followers []*Follower
	followed := make(chan error, 6)
	begun := room.Revision()
	for range cap(followed) {
		follower := &Follower{Client: room.Host, Via: f.URL(), Room: room.ID, After: begun}
		followers = append(followers, follower)
		go func() { followed <- follower.Follow(t.Context()) }()
	}
	write := func(what string) {
		for i := range 10 {
			// A request that a server did not finish may be refused. Nothing that was written may be lost.
			_, _ = room.Host.Try(t.Context(), `mutation($room: ID!, $text: String!) { updateRoom(input: {roomId: $room, description: $text}) { __typename } }`,
				Object{"room": room.ID, "text": fmt.Sprint(what, i)})
		}
	}
	for i, addr := range addrs {
		write(fmt.Sprint("before ", i))
		if err := servers[i].Cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		write(fmt.Sprint("while it stops ", i))
		if err := servers[i].Cmd.Wait(); err != nil {
			t.Errorf("server %d ends with %v", i, err)
		}
		servers[i] = serve(addr)
		write(fmt.Sprint("afterwards ", i))
	}
	room.Command("endSession")
	end := room.Revision()
	if end < begun+60 {
		t.Errorf("only %d events were written of 90", end-begun)
	}
	var all []int
	for revision := begun + 1; revision <= end; revision++ {
		all = append(all, revision)
	}
	resumed := 0
	for range followers {
		if err := <-followed; err != nil {
			t.Fatal(err)
		}
	}
	for _, follower := range followers {
		Same(t, "the events that a client received", follower.Heard, all)
		resumed += follower.Resumed
	}
	if resumed < len(followers) {
		t.Errorf("the clients resumed %d times, want %d at least", resumed, len(followers))
	}
}
