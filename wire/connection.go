package wire

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"runtime/debug"
	"slices"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"
	"github.com/gorilla/websocket"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// connection is one WebSocket and its protocol state. It has goroutines only while there is something to do. Where its socket cannot
// rest, one goroutine stays and reads, on a small stack.
type connection struct {
	outbox
	inbox
	socket  *WebSocket
	ws      *websocket.Conn
	exec    graphql.GraphExecutor
	ctx     context.Context // ends with the connection
	cancel  context.CancelFunc
	silent  atomic.Int32 // sweeps since the peer was last heard
	waiting atomic.Int64 // bytes of results that the outbox has not accepted yet
	entry
	step int // the sweep step that pings it
	idle *idle
	fd   int // its descriptor while it rests, else -1; guarded by idle.mu

	// Guarded by the outbox's mutex.
	request      *http.Request // of the upgrade, until connection_init
	seat         seat
	asker        Asker
	acknowledged bool
	parting      *Ending       // set when the connection is ending; no operation begins then
	operations   []*operation  // the open ones
	begun        int           // operations begun so far
	running      int           // goroutines of operations, including ended ones
	vacancy      chan struct{} // closed when running falls; the reader waits for it
}

func newConnection(socket *WebSocket, exec graphql.GraphExecutor, request *http.Request) *connection {
	c := &connection{socket: socket, exec: exec, request: request}
	c.ctx, c.cancel = context.WithCancel(context.Background())
	c.inbox.c, c.fd = c, -1
	c.writeTimeout, c.closeTimeout = socket.config.WriteTimeout, socket.config.CloseTimeout
	c.onClose = func() {
		_ = c.Conn.SetReadDeadline(time.Unix(1, 0)) // wakes the reader, if one waits
		c.cancel()
		if c.idle.take(c) {
			go c.leave()
		}
	}
	return c
}

// attach sets up the upgraded connection.
func (c *connection) attach(ws *websocket.Conn) {
	c.ws = ws
	ws.SetReadLimit(c.socket.config.MaxMessage)
	ws.SetPongHandler(func(string) error {
		c.silent.Store(0)
		return nil
	})
	ws.SetPingHandler(func(payload string) error {
		c.silent.Store(0)
		if c.ready() { // a peer that does not read needs no answer
			c.put(appendFrame(nil, opPong, payload))
		}
		return nil
	})
	ws.SetCloseHandler(func(code int, _ string) error {
		if code == websocket.CloseNoStatusReceived {
			c.finish(nil, appendFrame(nil, opClose, ""))
			return nil
		}
		c.close(code, "")
		return nil
	})
	_ = c.Conn.SetReadDeadline(deadline(c.socket.config.InitTimeout))
}

// handle reports whether the connection goes on.
func (c *connection) handle(kind int, data []byte) (goesOn bool) {
	defer func() {
		if fault := recover(); fault != nil {
			c.report("handle message", fault)
			c.close(CloseInternalError, "Internal server error")
		}
	}()
	switch {
	case kind != websocket.TextMessage:
		c.close(CloseBadRequest, reasonInvalidMessage+"binary")
		return false
	case !utf8.Valid(data):
		c.close(CloseInvalidText, "Invalid UTF-8")
		return false
	}
	m, err := parseMessage(data)
	if err != nil {
		c.close(CloseBadRequest, reasonInvalidMessage+err.Error())
		return false
	}
	switch m.Type {
	case "connection_init":
		return c.greet(m.Payload)
	case "subscribe":
		return c.subscribe(quote(*m.ID), m.Payload)
	case "complete":
		c.complete(quote(*m.ID))
	case "ping":
		c.put(appendPong(nil, m.Payload))
	}
	return true
}

// waitForPeer blocks the reader while its peer reads too slowly or has too many operations running. The peer's messages then wait in
// the network, not in memory. waitForPeer reports whether the connection is still open.
func (c *connection) waitForPeer() bool {
	if !c.ready() {
		ready := make(chan struct{})
		c.whenReady(func() { close(ready) })
		select {
		case <-ready:
		case <-c.ctx.Done():
		}
	}
	for {
		c.mu.Lock()
		if c.running < 2*c.socket.config.MaxOperations || c.closing {
			c.mu.Unlock()
			return c.ctx.Err() == nil
		}
		vacancy := make(chan struct{})
		c.vacancy = vacancy
		c.mu.Unlock()
		select {
		case <-vacancy:
		case <-c.ctx.Done():
		}
	}
}

func (c *connection) subscribe(id string, payload json.RawMessage) bool {
	c.mu.Lock()
	_, duplicate := c.find(id)
	switch {
	case !c.acknowledged:
		c.mu.Unlock()
		c.close(CloseUnauthorized, "Unauthorized")
		return false
	case duplicate:
		c.mu.Unlock()
		c.close(CloseDuplicate, "Subscriber for "+id[1:len(id)-1]+" already exists")
		return false
	case c.parting != nil:
		c.mu.Unlock()
		return true // not begun: the connection closes soon, and the code tells the client what to do
	case len(c.operations) >= c.socket.config.MaxOperations:
		c.mu.Unlock()
		c.put(appendError(nil, id, c.encode(gqlerror.List{RefuseMore(c.socket.config.MaxOperations, "operations on this connection")})))
		return true
	}
	o := &operation{c: c, id: id}
	c.operations = append(c.operations, o)
	c.running++
	c.begun++
	number := c.begun
	c.mu.Unlock()
	go o.run(number, payload)
	return true
}

// complete handles the client's complete message. An unknown id belongs to an operation that the server has just completed.
func (c *connection) complete(id string) {
	c.mu.Lock()
	i, ok := c.find(id)
	if !ok {
		c.mu.Unlock()
		return
	}
	o := c.operations[i]
	c.operations = slices.Delete(c.operations, i, i+1)
	c.mu.Unlock()
	o.drop()
	c.closeIfParted()
}

// find returns an open operation's index. The caller holds the mutex.
func (c *connection) find(id string) (int, bool) {
	i := slices.IndexFunc(c.operations, func(o *operation) bool { return o.id == id })
	return i, i >= 0
}

// leave ends the operations, flushes the close frame, and discards what the peer sends until it has seen that.
func (c *connection) leave() {
	c.finish(nil, nil)
	<-c.ctx.Done() // by now, whoever closed it has woken the reader, and will not set the deadline again
	c.mu.Lock()
	open := c.operations
	c.operations = nil
	c.mu.Unlock()
	for _, o := range open {
		o.drop()
	}
	_ = c.Conn.SetReadDeadline(time.Time{})
	go func() {
		<-c.flushed
		_ = c.Conn.SetReadDeadline(deadline(c.closeTimeout))
	}()
	_, _ = io.Copy(io.Discard, c.Conn)
	<-c.flushed
	_ = c.Conn.Close()
	c.socket.sweeper.remove(c)
	c.mu.Lock()
	c.seat.leave() // closing is set by now, so reseat no longer changes it
	c.mu.Unlock()
	c.socket.remove(c)
}

func (c *connection) report(doing string, fault any) {
	c.socket.config.Log.Error(doing, "panic", fault, "stack", string(debug.Stack()))
}
