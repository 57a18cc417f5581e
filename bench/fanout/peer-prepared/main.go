// Command peer-prepared is the best that gorilla/websocket can do: one PreparedMessage for each event, the same bytes for every
// connection, no GraphQL. It implements just enough of the protocol for the load generator.
package main

import (
	"encoding/json"
	"flag"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"

	"github.com/gorilla/websocket"

	"usher/bench/fanout/hub"
	"usher/bench/fanout/schema"
)

type audience struct {
	mu      sync.RWMutex
	clients map[*websocket.Conn]struct{}
	events  *hub.Hub[int]
	up      websocket.Upgrader
}

func (a *audience) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !websocket.IsWebSocketUpgrade(r) {
		a.publish(w)
		return
	}
	c, err := a.up.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	defer c.Close()
	for {
		_, message, err := c.ReadMessage()
		switch {
		case err != nil:
			a.mu.Lock()
			delete(a.clients, c)
			a.mu.Unlock()
			return
		case strings.Contains(string(message), `"connection_init"`):
			_ = c.WriteMessage(websocket.TextMessage, []byte(`{"type":"connection_ack"}`))
		case strings.Contains(string(message), `"subscribe"`):
			a.mu.Lock()
			a.clients[c] = struct{}{}
			a.mu.Unlock()
		}
	}
}

func (a *audience) publish(w http.ResponseWriter) {
	event := a.events.Next("r1")
	payload, err := json.Marshal(map[string]any{"id": "1", "type": "next", "payload": map[string]any{"data": map[string]any{
		"roomEvents": struct {
			Typename string `json:"__typename"`
			*schema.RoomEvent
		}{"RoomEvent", schema.Event(event)},
	}}})
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	message, err := websocket.NewPreparedMessage(websocket.TextMessage, payload)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	a.mu.RLock()
	for c := range a.clients {
		_ = c.WritePreparedMessage(message)
	}
	a.mu.RUnlock()
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write([]byte(`{"data":{"startSession":{"id":"` + strconv.Itoa(event.Seq) + `"}}}`))
}

func main() {
	addr := flag.String("addr", "127.0.0.1:7002", "where to listen")
	flag.Parse()
	http.Handle("/graphql", &audience{
		clients: map[*websocket.Conn]struct{}{}, events: hub.New[int](),
		up: websocket.Upgrader{Subprotocols: []string{"graphql-transport-ws"}, CheckOrigin: func(*http.Request) bool { return true }},
	})
	if err := http.ListenAndServe(*addr, nil); err != nil {
		_, _ = os.Stderr.WriteString(err.Error() + "\n")
		os.Exit(1)
	}
}
