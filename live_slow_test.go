//go:build unix

package main

import (
	"fmt"
	"net"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// sluggish is a client of which nothing is read: it subscribes, and stalls. Its window is small, so that it is soon full.
func (c *client) sluggish(document string, variables object) (*websocket.Conn, error) {
	narrow := func(_, _ string, raw syscall.RawConn) (err error) {
		if failed := raw.Control(func(fd uintptr) { err = syscall.SetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_RCVBUF, 16<<10) }); failed != nil {
			return failed
		}
		return err
	}
	dialer := websocket.Dialer{Subprotocols: []string{"graphql-transport-ws"}, NetDialContext: (&net.Dialer{Control: narrow}).DialContext}
	ws, response, err := dialer.DialContext(c.t.Context(), "ws"+strings.TrimPrefix(c.url, "http")+"/graphql", http.Header{})
	if err != nil {
		return nil, err
	}
	_ = response.Body.Close()
	_ = ws.WriteJSON(object{"type": "connection_init", "payload": object{"authorization": "Bearer " + c.bearer}})
	if _, _, err := ws.ReadMessage(); err != nil {
		return nil, err
	}
	return ws, ws.WriteJSON(object{"id": "1", "type": "subscribe", "payload": object{"query": document, "variables": variables}})
}

// It runs before the tests that run beside one another: it counts goroutines.
func TestV6_SlowReadersHarmNobodyAndAreClosedInTheEnd(t *testing.T) {
	const normally, slowly = 100, 20
	const events = 360 // of 20 KB each: enough to fill what the system keeps for a slow connection
	h := startHouse(t)
	room := h.Hall(h.User("ada@example.com"), nil)
	document := func(extra string) string {
		return `subscription($room: ID!, $after: Int) { roomEvents(roomId: $room, after: $after) { __typename revision room { title description` + extra + ` } } }`
	}
	documents := []string{document(""), document(" myManagerRole")}
	at := room.Revision()
	with := object{"room": room.id, "after": at}
	before := runtime.NumGoroutine()

	var normal []*subscription
	for i := range normally {
		normal = append(normal, room.host.Watch([]string{watching, watchingOwn}[i%10/9], room.id, at))
	}
	over := make(chan struct{})
	var pongs sync.WaitGroup
	var slow []*websocket.Conn
	for i := range 2 * slowly {
		ws, err := room.host.sluggish(documents[i/2%10/9], with)
		if err != nil {
			t.Fatal(err)
		}
		slow = append(slow, ws)
		if i%2 == 0 {
			continue
		}
		pongs.Go(func() { // reads nothing, but says that it is alive
			tick := time.NewTicker(100 * time.Millisecond)
			defer tick.Stop()
			for {
				select {
				case <-tick.C:
					if ws.WriteControl(websocket.PongMessage, nil, time.Now().Add(patience)) != nil {
						return
					}
				case <-over:
					return
				}
			}
		})
	}
	for n := range events {
		room.Update(object{"title": fmt.Sprint("Title ", n), "description": strings.Repeat(string(rune('𐐀'+n%10)), 5000)})
		for _, o := range normal {
			if got := o.Event().Int("revision"); got != at+n+1 {
				t.Fatalf("revision %d came, want %d", got, at+n+1)
			}
		}
	}
	for _, o := range normal {
		_ = o.ws.Close()
	}
	waitUntil(t, "what the server kept for the slow ones is gone", func() bool { return runtime.NumGoroutine() <= before+slowly })
	close(over)
	pongs.Wait()
	waitUntil(t, "all goroutines are gone", func() bool { return runtime.NumGoroutine() <= before })
	for i, ws := range slow { // who wakes up so late finds the connection closed
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
