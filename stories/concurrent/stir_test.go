package concurrent

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"

	"usher/ent"
	"usher/live"
	"usher/live/livetest"
	. "usher/sitetest"
)

const tallying = `subscription($room: ID!) { tally(roomId: $room) { tick online inRoom chatGapSeconds } }`

// setGap changes a number of a room's tally at a server, without an event.
func setGap(h *House, roomID string, seconds int) {
	h.T.Helper()
	ctx := context.Background()
	err := h.Parts.Log.Write(ctx, func(tx *live.Tx) error {
		tx.Stir(roomID)
		return tx.RoomTools.Create().SetRoomID(roomID).SetChat("EVERYONE").SetSlowSeconds(seconds).
			OnConflictColumns("room_id").UpdateNewValues().Exec(ctx)
	})
	if err != nil {
		h.T.Fatal(err)
	}
}

func TestV12_AChangeWithoutAnEventReachesTheTalliesOfAllServers(t *testing.T) {
	t.Parallel()
	servers := startServers(t, 2)
	room := servers[0].Hall(servers[0].User("ada@example.com"), nil)
	room.Command("startSession")
	guest, _ := room.Guest("grace@example.org", nil)
	var follow []func(gap int)
	for i, h := range servers {
		socket, last := h.At(guest).Connect().Subscribe(tallying, Object{"room": room.ID}), 0
		stream, streamed := h.At(guest).Stream(tallying, Object{"room": room.ID}), 0
		// until waits for a gap, and checks that ticks rise.
		until := func(by string, last *int, gap int, next func() Object) {
			for {
				tally := next()
				if tally.Int("tick") <= *last {
					t.Fatalf("by %s from server %d: tick %d after %d", by, i, tally.Int("tick"), *last)
				}
				if *last = tally.Int("tick"); tally.Int("chatGapSeconds") == gap {
					return
				}
			}
		}
		follow = append(follow, func(gap int) {
			until("socket", &last, gap, func() Object { return socket.Next().Data.In("tally") })
			until("stream", &streamed, gap, func() Object { return stream.Expect("next").In("data.tally") })
		})
	}
	all := func(gap int) {
		for _, f := range follow {
			f(gap)
		}
	}
	all(0)
	for n := 1; n <= 4; n++ {
		revision := room.Revision()
		setGap(servers[n%2], room.ID, n)
		all(n)
		Same(t, "the revision", room.Revision(), revision)
	}
}

func TestV12_OnlyTheRoomThatChangedIsCountedAgain(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		h := NewHouse(t, databaseURL)
		h.Serve()
		var statements atomic.Int64
		h.OnRead(func(_ context.Context, q ent.Query, _ ent.Value) {
			if _, tools := q.(*ent.RoomToolsQuery); tools {
				statements.Add(1)
			}
		})
		host := h.User("ada@example.com")
		var rooms []*Hall
		var tallies []*Subscription
		for range 21 {
			room := h.Hall(host, nil)
			rooms = append(rooms, room)
			for n := range 2 {
				o := host.Connect().Subscribe(fmt.Sprintf("# %d\n%s", n, tallying), Object{"room": room.ID})
				Same(t, "at first", o.Next().Data.Int("tally.chatGapSeconds"), 0)
				tallies = append(tallies, o)
			}
		}
		before := statements.Load()
		for range 50 {
			setGap(h, rooms[0].ID, 30)
		}
		for tallies[0].Next().Data.Int("tally.chatGapSeconds") != 30 {
		}
		for tallies[1].Next().Data.Int("tally.chatGapSeconds") != 30 {
		}
		if n := statements.Load() - before; n > 10 { // two documents, 50 changes, 20 other rooms
			t.Errorf("the numbers of the tools were read %d times", n)
		}
	})
}
