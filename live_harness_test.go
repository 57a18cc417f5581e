package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// What live stories are told with: a client of graphql-transport-ws that keeps what it hears.

// socket is a WebSocket of a client.
type socket struct {
	t    *testing.T
	ws   *websocket.Conn
	mu   sync.Mutex
	open map[string]*subscription
	ids  int
	// closed has the code of the close frame, 1006 where there was none, once the connection is closed.
	closed chan int
}

// subscription is an operation on a socket, and what was heard of it.
type subscription struct {
	*socket
	id    string
	heard chan message
}

// message is what a server says about an operation: a result, or with the kind "complete" or "error" its end; "closed" where
// the connection ended before it.
type message struct {
	kind   string
	data   object
	errors []object
	raw    string
}

// patience is how long anything may take on a busy machine.
const patience = time.Minute

// Connect opens a WebSocket with the client's credentials: its cookies, or its bearer token.
func (c *client) Connect() *socket {
	c.t.Helper()
	s, err := c.TryConnect(c.url)
	if err != nil {
		c.t.Fatalf("connect: %v", err)
	}
	return s
}

// TryConnect is Connect to an address of choice, where that may fail.
func (c *client) TryConnect(site string) (*socket, error) {
	header := http.Header{}
	if c.http.Jar != nil {
		header.Set("Origin", c.url)
		home, err := url.Parse(c.url)
		if err != nil {
			return nil, err
		}
		for _, cookie := range c.http.Jar.Cookies(home) {
			header.Add("Cookie", cookie.String())
		}
	}
	dialer := websocket.Dialer{Subprotocols: []string{"graphql-transport-ws"}, HandshakeTimeout: patience}
	ws, response, err := dialer.DialContext(c.t.Context(), "ws"+strings.TrimPrefix(site, "http")+"/graphql", header)
	if err != nil {
		return nil, err
	}
	_ = response.Body.Close()
	c.t.Cleanup(func() { _ = ws.Close() })
	payload := object{}
	if c.bearer != "" {
		payload["authorization"] = "Bearer " + c.bearer
	}
	if c.place != "" {
		payload["place"] = c.place
	}
	err = ws.WriteJSON(object{"type": "connection_init", "payload": payload})
	if err == nil {
		_, _, err = ws.ReadMessage()
	}
	if err != nil {
		_ = ws.Close()
		return nil, err
	}
	s := &socket{t: c.t, ws: ws, open: map[string]*subscription{}, closed: make(chan int, 1)}
	go s.read()
	return s, nil
}

func (s *socket) read() {
	for {
		_, text, err := s.ws.ReadMessage()
		if err != nil {
			code := websocket.CloseAbnormalClosure
			if closed, ok := errors.AsType[*websocket.CloseError](err); ok {
				code = closed.Code
			}
			s.closed <- code
			s.mu.Lock()
			defer s.mu.Unlock()
			for _, o := range s.open {
				o.heard <- message{kind: "closed", raw: strconv.Itoa(code)}
				close(o.heard)
			}
			s.open = nil
			return
		}
		var m struct {
			ID, Type string
			Payload  json.RawMessage
		}
		if err := json.Unmarshal(text, &m); err != nil {
			s.t.Errorf("read %q: %v", text, err)
			continue
		}
		s.mu.Lock()
		o := s.open[m.ID]
		if o != nil && m.Type != "next" {
			delete(s.open, m.ID)
		}
		s.mu.Unlock()
		if o == nil {
			continue
		}
		heard := message{kind: m.Type, raw: string(m.Payload)}
		switch m.Type {
		case "next":
			var result struct {
				Data   object
				Errors []object
			}
			if err := json.Unmarshal(m.Payload, &result); err != nil {
				s.t.Errorf("read %q: %v", text, err)
			}
			heard.data, heard.errors = result.Data, result.Errors
		case "error":
			_ = json.Unmarshal(m.Payload, &heard.errors)
		}
		o.heard <- heard
		if m.Type != "next" {
			close(o.heard)
		}
	}
}

// Subscribe begins an operation.
func (s *socket) Subscribe(document string, variables object) *subscription {
	s.t.Helper()
	s.mu.Lock()
	s.ids++
	o := &subscription{s, strconv.Itoa(s.ids), make(chan message, 1<<14)}
	if s.open == nil {
		close(o.heard)
	} else {
		s.open[o.id] = o
	}
	s.mu.Unlock()
	payload := object{"id": o.id, "type": "subscribe", "payload": object{"query": document, "variables": variables}}
	_ = s.ws.WriteJSON(payload) // where it is closed by now, that is heard
	return o
}

// Ask runs a query or mutation over the socket.
func (s *socket) Ask(document string, variables object) message {
	s.t.Helper()
	return s.Subscribe(document, variables).Next()
}

// Settle waits until what was sent before has been taken up by the server.
func (s *socket) Settle() {
	s.t.Helper()
	s.Ask(`{ serverTime }`, nil)
}

// Complete ends the operation.
func (o *subscription) Complete() { _ = o.ws.WriteJSON(object{"id": o.id, "type": "complete"}) }

// Next waits for what is heard next.
func (o *subscription) Next() message {
	o.t.Helper()
	select {
	case m, more := <-o.heard:
		if !more {
			o.t.Fatal("nothing comes any more")
		}
		return m
	case <-time.After(patience):
		o.t.Fatal("nothing came")
	}
	return message{}
}

// Event waits for the next event of roomEvents, which has no errors.
func (o *subscription) Event() object {
	o.t.Helper()
	m := o.Next()
	event := m.data.In("roomEvents")
	if event == nil || len(m.errors) > 0 {
		o.t.Fatalf("instead of an event came %s %s", m.kind, m.raw)
	}
	return event
}

// Expect waits for events of these kinds, in this order, and returns the last.
func (o *subscription) Expect(kinds ...string) (last object) {
	o.t.Helper()
	for _, kind := range kinds {
		if last = o.Event(); last.Text("__typename") != kind {
			o.t.Fatalf("%s came: %v, want %s", last.Text("__typename"), last, kind)
		}
	}
	return last
}

// Ends waits for the operation's end.
func (o *subscription) Ends() {
	o.t.Helper()
	if m := o.Next(); m.kind != "complete" {
		o.t.Fatalf("instead of the end came %s %s", m.kind, m.raw)
	}
}

// Silent reports what was heard although nothing was to be. It holds for what happened before Settle.
func (o *subscription) Silent() {
	o.t.Helper()
	o.Settle()
	select {
	case m := <-o.heard:
		o.t.Errorf("heard %s %s", m.kind, m.raw)
	default:
	}
}

// Closes waits for the connection's end with a code.
func (s *socket) Closes(code int) {
	s.t.Helper()
	select {
	case got := <-s.closed:
		if got != code {
			s.t.Errorf("closed with %d, want %d", got, code)
		}
	case <-time.After(patience):
		s.t.Fatalf("not closed with %d", code)
	}
}

const eventFields = `__typename revision actor
	... on SessionStarted { session { state } } ... on SessionEnded { session { state } }
	... on ParticipantChanged { previousState state participant { id displayName state role } }
	... on ParticipantRemoved { blocked participant { id } }
	... on RolePromoted { previousRole role capabilities roleRevision participant { id role } }
	... on RoleDemoted { previousRole role capabilities roleRevision participant { id role } }
	... on RoleDelivered { participant { id roleDelivered } }
	... on InvitationRevoked { invitation { id status link } }
	... on HostAsked { message invitation { id } }`

// watching is the shared document; watchingOwn depends on who asks, so that it runs for each asker alone.
const (
	watching    = `subscription($room: ID!, $after: Int) { roomEvents(roomId: $room, after: $after) { ` + eventFields + ` } }`
	watchingOwn = `subscription($room: ID!, $after: Int) { roomEvents(roomId: $room, after: $after) { ` + eventFields +
		` room { myParticipant { id state role capabilities } } } }`
)

// Watch opens a connection and watches a room behind a revision.
func (c *client) Watch(document, roomID string, after int) *subscription {
	c.t.Helper()
	o := c.Connect().Subscribe(document, object{"room": roomID, "after": after})
	return o
}

// Begin changes the room, of which all hear who watch it, and passes over what these subscriptions hear up to there: then the
// server has taken them up.
func (r *hall) Begin(all ...*subscription) {
	r.h.t.Helper()
	r.Update(object{"description": fmt.Sprint("begun at ", r.Revision())})
	begun := r.Revision()
	for _, o := range all {
		for o.Event().Int("revision") < begun {
		}
	}
}

// Enter brings the client into the room.
func (c *client) Enter(r *hall) object {
	c.t.Helper()
	return c.Must("enterRoom", object{"roomId": r.id}, "participant { id state role }").In("participant")
}
