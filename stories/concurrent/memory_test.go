//go:build unix

package concurrent

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"usher/live/livetest"
	. "usher/sitetest"
)

// heap returns how many bytes of memory are in use, once that no longer grows.
func heap(t *testing.T) (bytes int64) {
	t.Helper()
	steady := 0
	WaitUntil(t, "no more memory is taken", func() bool {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		grown := int64(m.HeapAlloc) - bytes
		bytes += grown
		if steady++; grown > 64<<10 {
			steady = 0
		}
		return steady == 20
	})
	return bytes
}

// This test measures memory, so it does not run in parallel.
func TestV6_AStalledReaderCostsAtMostTwoMegabytes(t *testing.T) {
	livetest.Long(t)
	const readers, events = 5, 60
	h := StartHouse(t)
	room := h.Hall(h.User("ada@example.com"), nil)
	at := room.Revision()
	for n := range events {
		room.Update(Object{"title": fmt.Sprint(n), "description": strings.Repeat("\U0001f511", 4990) + fmt.Sprint(n)})
	}
	many := func(what string, n int) (all string) {
		for i := range n {
			all += fmt.Sprintf(" a%d: %s", i, what)
		}
		return all
	}
	for name, document := range map[string]string{
		"shared subscriptions":     `subscription($room: ID!, $after: Int) { roomEvents(roomId: $room, after: $after) { revision room { description %s } } }`,
		"subscriptions of its own": `subscription($room: ID!, $after: Int) { roomEvents(roomId: $room, after: $after) { revision room { myManagerRole description %s } } }`,
		"queries":                  `query($room: ID!) { room(id: $room) { %s } }`,
	} {
		var guests []*Client
		for n := range readers {
			guests = append(guests, room.Invite(fmt.Sprintf("%d@%s.example.org", n, strings.ReplaceAll(name, " ", "-")), nil).BearerGuest())
		}
		before := heap(t)
		for _, guest := range guests {
			asked := fmt.Sprintf(document, many("title", 1))
			with := Object{"room": room.ID, "after": at}
			if name == "queries" {
				asked, with = fmt.Sprintf(document, many("description", 14)), Object{"room": room.ID}
			}
			ws, err := guest.Sluggish(asked, with)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = ws.Close() })
			for n := 2; n <= 16; n++ {
				next := strings.Replace(asked, "a0:", fmt.Sprintf("b%d:", n%8), 1)
				if err := ws.WriteJSON(Object{"id": fmt.Sprint(n), "type": "subscribe", "payload": Object{"query": next, "variables": with}}); err != nil {
					break // it is closed for being too slow
				}
			}
		}
		took := heap(t) - before
		per := took / readers
		t.Logf("%s: %d KB a reader", name, per>>10)
		if per > 2<<20 {
			t.Errorf("%s: a stalled reader costs %d KB", name, per>>10)
		}
	}
}
