package concurrent

import (
	"fmt"
	"slices"
	"testing"
	"time"

	. "usher/sitetest"
)

func TestV6_OnePersonsDocumentsDelayNobodyElse(t *testing.T) {
	t.Parallel()
	h := StartHouse(t)
	room := h.Hall(h.User("ada@example.com"), nil)
	room.Command("startSession")
	calm, greedy := room.Invite("grace@example.org", nil).BearerGuest(), room.Invite("mallory@example.org", nil).BearerGuest()
	heard := calm.Watch(Watching, room.ID, room.Revision())
	room.Begin(heard)
	delay := func() time.Duration {
		var took []time.Duration
		for n := range 20 {
			begun := time.Now()
			room.Update(Object{"title": fmt.Sprint("Title ", n)})
			heard.Expect("RoomUpdated")
			took = append(took, time.Since(begun))
		}
		slices.Sort(took)
		return took[len(took)*3/4]
	}
	before := delay()
	socket, at := greedy.Connect(), room.Revision()
	var subscribed []*Subscription
	for n := range 8 {
		document := fmt.Sprintf(`subscription($room: ID!, $after: Int) { roomEvents(roomId: $room, after: $after) { n%d: __typename room {
			title session { id } sessions(first: 100) { nodes { id startsAt } } managers { user { name } } } } }`, n)
		subscribed = append(subscribed, socket.Subscribe(document, Object{"room": room.ID, "after": at}))
	}
	room.Update(Object{"title": "They watch"})
	heard.Expect("RoomUpdated")
	for _, o := range subscribed {
		if m := o.Next(); m.Kind != "next" || len(m.Errors) > 0 {
			t.Fatalf("%s %s", m.Kind, m.Raw)
		}
	}
	after := delay()
	t.Logf("an event takes %v, and %v beside eight documents of somebody else", before, after)
	if after > time.Second {
		t.Errorf("an event takes %v", after)
	}
}
