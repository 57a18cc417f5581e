//go:build unix

package concurrent

import (
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"usher/live/livetest"
	. "usher/sitetest"
)

// This test counts goroutines, so it does not run in parallel.
func TestV6_SlowReadersDelayNobodyAndAreClosed(t *testing.T) {
	livetest.Long(t)
	const normally, slowly = 100, 20
	const events = 360 // of 20 KB each: enough to fill what the system keeps for a slow connection
	h := StartHouse(t)
	room := h.Hall(h.User("ada@example.com"), nil)
	document := func(extra string) string {
		return `subscription($room: ID!, $after: Int) { roomEvents(roomId: $room, after: $after) { __typename revision room { title description` + extra + ` } } }`
	}
	documents := []string{document(""), document(" myManagerRole")}
	at := room.Revision()
	with := Object{"room": room.ID, "after": at}
	before := runtime.NumGoroutine()

	var normal []*Subscription
	for i := range normally {
		normal = append(normal, room.Host.Watch([]string{Watching, WatchingOwn}[i%10/9], room.ID, at))
	}
	over := make(chan struct{})
	var pongs sync.WaitGroup
	var slow []*websocket.Conn
	for i := range 2 * slowly {
		ws, err := room.Host.Sluggish(documents[i/2%10/9], with)
		if err != nil {
			t.Fatal(err)
		}
		slow = append(slow, ws)
		if i%2 == 0 {
			continue
		}
		pongs.Go(func() { // reads nothing, but answers pings
			tick := time.NewTicker(100 * time.Millisecond)
			defer tick.Stop()
			for {
				select {
				case <-tick.C:
					if ws.WriteControl(websocket.PongMessage, nil, time.Now().Add(Patience)) != nil {
						return
					}
				case <-over:
					return
				}
			}
		})
	}
	for n := range events {
		room.Update(Object{"title": fmt.Sprint("Title ", n), "description": strings.Repeat(string(rune('𐐀'+n%10)), 5000)})
		for _, o := range normal {
			if got := o.Event().Int("revision"); got != at+n+1 {
				t.Fatalf("revision %d came, want %d", got, at+n+1)
			}
		}
	}
	for _, o := range normal {
		_ = o.WS.Close()
	}
	// A few goroutines come and go by themselves; a leak would be one for each slow reader.
	const few = slowly / 2
	WaitUntil(t, "the server keeps nothing for slow readers", func() bool { return runtime.NumGoroutine() <= before+slowly+few })
	close(over)
	pongs.Wait()
	WaitUntil(t, "the goroutines of all readers have ended", func() bool { return runtime.NumGoroutine() <= before+few })
	for i, ws := range slow { // a reader that wakes up finds its connection closed
		heard := 0
		for ; ; heard++ {
			if _, _, err := ws.ReadMessage(); err != nil {
				break
			}
		}
		if heard >= events {
			t.Errorf("slow reader %d was not slow: it heard %d events", i, heard)
		}
		_ = ws.Close()
	}
}
