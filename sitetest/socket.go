package sitetest

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

// Socket is a client's WebSocket, which speaks graphql-transport-ws and keeps what it receives.
type Socket struct {
	T    *testing.T
	WS   *websocket.Conn
	mu   sync.Mutex
	open map[string]*Subscription
	ids  int
	// Closed has the code of the close frame once the connection is closed, or 1006 if there was none.
	Closed chan int
}

// Subscription is an operation on a socket, with the messages it received.
type Subscription struct {
	*Socket
	id    string
	Heard chan Message
}

// Message is a server's message about an operation: a result, or its end with the kind "complete" or "error". The kind "closed" means
// that the connection ended first.
type Message struct {
	Kind   string
	Data   Object
	Errors []Object
	Raw    string
}

// Patience limits how long anything may take on a busy machine.
const Patience = time.Minute

// Connect opens a WebSocket with the client's credentials: its cookies, or its bearer token.
func (c *Client) Connect() *Socket {
	c.T.Helper()
	s, err := c.TryConnect(c.URL)
	if err != nil {
		c.T.Fatalf("connect: %v", err)
	}
	return s
}

// TryConnect is like Connect, to a given address and with an error.
func (c *Client) TryConnect(site string) (*Socket, error) {
	header := http.Header{}
	if c.HTTP.Jar != nil {
		header.Set("Origin", c.URL)
		home, err := url.Parse(c.URL)
		if err != nil {
			return nil, err
		}
		for _, cookie := range c.HTTP.Jar.Cookies(home) {
			header.Add("Cookie", cookie.String())
		}
	}
	dialer := websocket.Dialer{Subprotocols: []string{"graphql-transport-ws"}, HandshakeTimeout: Patience}
	if wire, ok := c.HTTP.Transport.(*http.Transport); ok {
		dialer.NetDialContext = wire.DialContext
		if dialer.TLSClientConfig = wire.TLSClientConfig.Clone(); dialer.TLSClientConfig != nil {
			dialer.TLSClientConfig.NextProtos = []string{"http/1.1"} // WebSockets do not use HTTP/2
		}
	}
	ws, response, err := dialer.DialContext(c.T.Context(), "ws"+strings.TrimPrefix(site, "http")+"/graphql", header)
	if err != nil {
		return nil, err
	}
	_ = response.Body.Close()
	c.T.Cleanup(func() { _ = ws.Close() })
	payload := Object{}
	if c.Bearer != "" {
		payload["authorization"] = "Bearer " + c.Bearer
	}
	if c.Place != "" {
		payload["place"] = c.Place
	}
	err = ws.WriteJSON(Object{"type": "connection_init", "payload": payload})
	if err == nil {
		_, _, err = ws.ReadMessage()
	}
	if err != nil {
		_ = ws.Close()
		return nil, err
	}
	s := &Socket{T: c.T, WS: ws, open: map[string]*Subscription{}, Closed: make(chan int, 1)}
	go s.read()
	return s, nil
}

func (s *Socket) read() {
	for {
		_, text, err := s.WS.ReadMessage()
		if err != nil {
			code := websocket.CloseAbnormalClosure
			if closed, ok := errors.AsType[*websocket.CloseError](err); ok {
				code = closed.Code
			}
			s.Closed <- code
			s.mu.Lock()
			defer s.mu.Unlock()
			for _, o := range s.open {
				o.Heard <- Message{Kind: "closed", Raw: strconv.Itoa(code)}
				close(o.Heard)
			}
			s.open = nil
			return
		}
		var m struct {
			ID, Type string
			Payload  json.RawMessage
		}
		if err := json.Unmarshal(text, &m); err != nil {
			s.T.Errorf("read %q: %v", text, err)
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
		heard := Message{Kind: m.Type, Raw: string(m.Payload)}
		switch m.Type {
		case "next":
			var result struct {
				Data   Object
				Errors []Object
			}
			if err := json.Unmarshal(m.Payload, &result); err != nil {
				s.T.Errorf("read %q: %v", text, err)
			}
			heard.Data, heard.Errors = result.Data, result.Errors
		case "error":
			_ = json.Unmarshal(m.Payload, &heard.Errors)
		}
		o.Heard <- heard
		if m.Type != "next" {
			close(o.Heard)
		}
	}
}

// Subscribe starts an operation.
func (s *Socket) Subscribe(document string, variables Object) *Subscription {
	s.T.Helper()
	s.mu.Lock()
	s.ids++
	o := &Subscription{s, strconv.Itoa(s.ids), make(chan Message, 1<<14)}
	if s.open == nil {
		close(o.Heard)
	} else {
		s.open[o.id] = o
	}
	s.mu.Unlock()
	payload := Object{"id": o.id, "type": "subscribe", "payload": Object{"query": document, "variables": variables}}
	_ = s.WS.WriteJSON(payload) // reading reports a closed connection
	return o
}

// Ask runs a query or mutation over the socket.
func (s *Socket) Ask(document string, variables Object) Message {
	s.T.Helper()
	return s.Subscribe(document, variables).Next()
}

// Settle waits until the server has handled everything sent before.
func (s *Socket) Settle() {
	s.T.Helper()
	s.Ask(`{ serverTime }`, nil)
}

// Complete ends the operation.
func (o *Subscription) Complete() { _ = o.WS.WriteJSON(Object{"id": o.id, "type": "complete"}) }

// Next waits for the next message.
func (o *Subscription) Next() Message {
	o.T.Helper()
	select {
	case m, more := <-o.Heard:
		if !more {
			o.T.Fatal("nothing comes any more")
		}
		return m
	case <-time.After(Patience):
		o.T.Fatal("nothing came")
	}
	return Message{}
}

// Event waits for the next event of roomEvents, which must have no errors.
func (o *Subscription) Event() Object {
	o.T.Helper()
	m := o.Next()
	event := m.Data.In("roomEvents")
	if event == nil || len(m.Errors) > 0 {
		o.T.Fatalf("instead of an event came %s %s", m.Kind, m.Raw)
	}
	return event
}

// Expect waits for events of these kinds, in this order, and returns the last.
func (o *Subscription) Expect(kinds ...string) (last Object) {
	o.T.Helper()
	for _, kind := range kinds {
		if last = o.Event(); last.Text("__typename") != kind {
			o.T.Fatalf("%s came: %v, want %s", last.Text("__typename"), last, kind)
		}
	}
	return last
}

// Ends waits for the operation's end.
func (o *Subscription) Ends() {
	o.T.Helper()
	if m := o.Next(); m.Kind != "complete" {
		o.T.Fatalf("instead of the end came %s %s", m.Kind, m.Raw)
	}
}

// Silent fails the test if a message has arrived. It is reliable for what happened before Settle.
func (o *Subscription) Silent() {
	o.T.Helper()
	o.Settle()
	select {
	case m := <-o.Heard:
		o.T.Errorf("heard %s %s", m.Kind, m.Raw)
	default:
	}
}

// Closes waits for the connection's end with a code.
func (s *Socket) Closes(code int) {
	s.T.Helper()
	select {
	case got := <-s.Closed:
		if got != code {
			s.T.Errorf("closed with %d, want %d", got, code)
		}
	case <-time.After(Patience):
		s.T.Fatalf("not closed with %d", code)
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

// Watching is a shared document. WatchingOwn depends on the asker, so it runs for each asker alone.
const (
	Watching    = `subscription($room: ID!, $after: Int) { roomEvents(roomId: $room, after: $after) { ` + eventFields + ` } }`
	WatchingOwn = `subscription($room: ID!, $after: Int) { roomEvents(roomId: $room, after: $after) { ` + eventFields +
		` room { myParticipant { id state role capabilities } } } }`
)

// Watch opens a connection and watches a room after a revision.
func (c *Client) Watch(document, roomID string, after int) *Subscription {
	c.T.Helper()
	o := c.Connect().Subscribe(document, Object{"room": roomID, "after": after})
	return o
}

// Begin changes the room and skips everything up to that event on these subscriptions. Then the server has started them.
func (r *Hall) Begin(all ...*Subscription) {
	r.H.T.Helper()
	r.Update(Object{"description": fmt.Sprint("begun at ", r.Revision())})
	begun := r.Revision()
	for _, o := range all {
		for o.Event().Int("revision") < begun {
		}
	}
}

const Present = `subscription($room: ID!) { presence(roomId: $room) { online changed { id displayName online } } }`
