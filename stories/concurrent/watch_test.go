package concurrent

import (
	"fmt"
	"testing"

	. "usher/sitetest"
)

func TestA8_APersonWatchesARoomByEightDocuments(t *testing.T) {
	t.Parallel()
	h := StartHouse(t)
	ada := h.User("ada@example.com")
	room, other := h.Hall(ada, nil), h.Hall(ada, nil)
	document := func(n int) string {
		field := "revision"
		if n%2 == 1 {
			field = "room { myManagerRole }" // executed for her alone
		}
		return fmt.Sprintf(`subscription($room: ID!, $after: Int) { roomEvents(roomId: $room, after: $after) { f%d: __typename %s } }`, n, field)
	}
	with := Object{"room": room.ID, "after": 0}
	sockets := []*Socket{ada.Connect(), ada.Connect()}
	open := make([]*Subscription, 0, 16)
	for n := range 8 {
		open = append(open, sockets[n%2].Subscribe(document(n), with))
		if m := open[n].Next(); m.Kind != "next" || len(m.Errors) > 0 {
			t.Fatalf("document %d: %s %s", n+1, m.Kind, m.Raw)
		}
	}
	for n := range 3 {
		m := sockets[n%2].Ask(document(8+n), with)
		if len(m.Errors) != 1 || m.Errors[0].Text("extensions.code") != "RATE_LIMITED" {
			t.Errorf("document %d: %s %s", 9+n, m.Kind, m.Raw)
		}
	}
	for n := range 8 { // in another tab
		again := sockets[(n+1)%2].Subscribe(document(n), Object{"room": room.ID, "after": 0})
		if m := again.Next(); m.Kind != "next" || len(m.Errors) > 0 {
			t.Errorf("document %d a second time: %s %s", n+1, m.Kind, m.Raw)
		}
		again.Complete()
	}
	if m := sockets[0].Subscribe(document(9), Object{"room": other.ID, "after": 0}).Next(); m.Kind != "next" || len(m.Errors) > 0 {
		t.Errorf("another room: %s %s", m.Kind, m.Raw)
	}
	open[3].Complete()
	h.WaitUntil("another document fits in", func() bool {
		m := sockets[1].Ask(document(10), with)
		return m.Kind == "next" && len(m.Errors) == 0
	})
}
