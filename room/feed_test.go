package room_test

import (
	"testing"
	"time"

	"usher/live"
	"usher/role"
	"usher/room"
)

var noteShared = room.Register(room.Kind{
	Name: "NoteShared", Topic: room.Topic("NOTES").Always, Audience: room.InRoom.Always,
	Show: func(_ *room.Happening, e room.Event) room.RoomEvent { return NotePosted{Event: e} },
})

func TestV13_EventsOfToolsGatherForAWindow(t *testing.T) {
	k := mustKernel(t, "sqlite://"+t.TempDir()+"/usher.db")
	emit := func(kind *room.Kind) {
		t.Helper()
		err := k.services.Rooms.Act(t.Context(), k.owner, k.roomID, role.SeeRoom, func(t *room.Turn) error { return t.Emit(kind, live.Entry{}) })
		if err != nil {
			t.Fatal(err)
		}
	}
	var at int
	if r, err := k.services.Rooms.Get(t.Context(), k.owner, k.roomID); err != nil {
		t.Fatal(err)
	} else {
		at = r.Revision
	}
	window := time.Hour
	feed := k.services.News.Feed(k.roomID, at, func() time.Duration { return window })
	defer feed.Close()
	next := func(want int, events ...*room.Kind) {
		t.Helper()
		came := make(chan int, 1)
		go func() {
			got, err := feed.Next(t.Context())
			if err != nil {
				t.Error(err)
			}
			came <- len(got)
		}()
		for _, kind := range events {
			emit(kind)
		}
		if got := <-came; got != want {
			t.Fatalf("%d events came, want %d", got, want)
		}
	}
	next(1, noteShared)                         // after a quiet time it does not wait
	next(3, noteShared, noteShared, notePosted) // an event of the room brings those that wait
	window = time.Second
	next(2, noteShared, notePosted)
	next(1, noteShared) // at the end of the window
}
