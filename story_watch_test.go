package main

import (
	"fmt"
	"testing"
)

func TestA8_APersonWatchesARoomByEightDocuments(t *testing.T) {
	t.Parallel()
	h := startHouse(t)
	ada := h.User("ada@example.com")
	room, other := h.Hall(ada, nil), h.Hall(ada, nil)
	document := func(n int) string {
		field := "revision"
		if n%2 == 1 {
			field = "room { myManagerRole }" // executed for her alone
		}
		return fmt.Sprintf(`subscription($room: ID!, $after: Int) { roomEvents(roomId: $room, after: $after) { f%d: __typename %s } }`, n, field)
	}
	with := object{"room": room.id, "after": 0}
	sockets := []*socket{ada.Connect(), ada.Connect()}
	open := make([]*subscription, 0, 16)
	for n := range 8 {
		open = append(open, sockets[n%2].Subscribe(document(n), with))
		if m := open[n].Next(); m.kind != "next" || len(m.errors) > 0 {
			t.Fatalf("document %d: %s %s", n+1, m.kind, m.raw)
		}
	}
	for n := range 3 {
		m := sockets[n%2].Ask(document(8+n), with)
		if len(m.errors) != 1 || m.errors[0].Text("extensions.code") != "RATE_LIMITED" {
			t.Errorf("document %d: %s %s", 9+n, m.kind, m.raw)
		}
	}
	for n := range 8 { // in another tab
		again := sockets[(n+1)%2].Subscribe(document(n), object{"room": room.id, "after": 0})
		if m := again.Next(); m.kind != "next" || len(m.errors) > 0 {
			t.Errorf("document %d a second time: %s %s", n+1, m.kind, m.raw)
		}
		again.Complete()
	}
	if m := sockets[0].Subscribe(document(9), object{"room": other.id, "after": 0}).Next(); m.kind != "next" || len(m.errors) > 0 {
		t.Errorf("another room: %s %s", m.kind, m.raw)
	}
	open[3].Complete()
	h.WaitUntil("another document fits in", func() bool {
		m := sockets[1].Ask(document(10), with)
		return m.kind == "next" && len(m.errors) == 0
	})
}
