package concurrent

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"usher/live/livetest"
	. "usher/sitetest"
)

func TestV8_PresenceIsCountedAcrossServers(t *testing.T) {
	livetest.Long(t)
	t.Parallel()
	servers := startServers(t, 3)
	room := servers[0].Hall(servers[0].User("ada@example.com"), nil)
	room.Command("startSession")
	grace := room.Invite("grace@example.org", nil).BearerGuest()
	place := grace.Enter(room).Text("id")
	online := func(h *House) string {
		p := h.At(room.Host).MustAsk(`query($id: ID!) { node(id: $id) { ... on Participant { online } } }`, Object{"id": place})
		return fmt.Sprint(p.At("node.online"))
	}
	watching3 := servers[2].At(room.Host).Connect().Subscribe(
		`subscription($id: ID!) { presence(roomId: $id) { online changed { id online } } }`, Object{"id": room.ID})
	Same(t, "who is there at first", watching3.Next().Data.Int("presence.online"), 0)

	tab := grace.Watch(Watching, room.ID, room.Revision())
	came := watching3.Next().Data
	Same(t, "who came, heard at another server", []any{came.Int("presence.online"), came.At("presence.changed")},
		[]any{1, []any{map[string]any{"id": place, "online": true}}})
	other := servers[1].At(grace).Watch(Watching, room.ID, room.Revision()-1)
	other.Expect("ParticipantChanged")
	for i, h := range servers {
		h.WaitUntil(fmt.Sprint("grace is online at server ", i), func() bool { return online(h) == "true" })
	}
	_ = tab.WS.Close()
	servers[1].At(room.Host).Watch(Watching, room.ID, room.Revision())
	Same(t, "with a tab left at one server and the host come to it", watching3.Next().Data.Int("presence.online"), 2)
	_ = other.WS.Close()
	gone := watching3.Next().Data
	Same(t, "after the last tab", []any{gone.Int("presence.online"), gone.At("presence.changed")},
		[]any{1, []any{map[string]any{"id": place, "online": false}}})
	for i, h := range servers {
		Same(t, fmt.Sprint("online at server ", i), online(h), "false")
	}
}

func TestS3_ASessionIsEmptyWhenNobodyIsConnectedToAnyServer(t *testing.T) {
	livetest.Long(t)
	t.Parallel()
	servers := startServers(t, 2)
	room := servers[0].Hall(servers[0].User("ada@example.com", "--admin"), Object{"endsAt": Stamp(servers[0].Now().Add(2 * time.Hour))})
	room.Command("startSession")
	lapse := func() string {
		t.Helper()
		var all sync.WaitGroup // whatever the order: both at once
		for _, h := range servers {
			all.Go(func() {
				if err := h.Parts.Clock.Lapse(context.Background(), h.Now()); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		return room.Host.MustAsk(`query($id: ID!) { room(id: $id) { session { state } } }`, Object{"id": room.ID}).Text("room.session.state")
	}
	tab := servers[1].At(room.Host).Watch(Watching, room.ID, room.Revision())
	servers[1].WaitUntil("somebody is there", func() bool { return servers[1].Parts.Presence.Anyone(room.ID) })
	servers[0].Advance(4 * time.Hour)
	for range 3 {
		Same(t, "somebody is at the other server", lapse(), "OPEN")
		servers[0].Advance(59 * time.Minute)
	}
	_ = tab.WS.Close()
	for _, h := range servers {
		h.WaitUntil("nobody is there", func() bool { return !h.Parts.Presence.Anyone(room.ID) })
	}
	Same(t, "after 59 minutes", lapse(), "OPEN")
	servers[0].Advance(time.Minute)
	begun := room.Revision()
	Same(t, "for an hour", lapse(), "ENDED")
	Same(t, "times that it was ended", room.Revision()-begun, 1)
}
