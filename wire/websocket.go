package wire

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/gorilla/websocket"
)

const subprotocol = "graphql-transport-ws"

// WebSocketConfig configures a WebSocket transport. A zero number or duration means the default in brackets.
type WebSocketConfig struct {
	// Init identifies the asker by the upgrade request and connection_init's payload, which may be empty. Without Init, nobody has
	// credentials. ctx lasts as long as the connection and has none of the request's values. problem.ErrUnauthenticated closes the
	// connection with 4401, ErrForbidden with 4403, BadInput with 4400, any other error with 1013.
	Init func(ctx context.Context, r *http.Request, payload json.RawMessage) (Asker, error)
	// Share is offered each subscription first. Optional.
	Share Sharer

	// Origins judge which pages may connect. Where cookies do not count, Init does not see them.
	Origins Origins
	// Principal returns whom an upgrade is counted for, until Init names another. By default it is a stranger at the remote address,
	// IPv6 by /64.
	Principal func(r *http.Request) Principal
	// MaxPerPrincipal limits the open connections of one principal that is not a stranger (32).
	MaxPerPrincipal int
	// MaxAnonymousPerAddress (2,000) and MaxAnonymous (20,000) limit the connections of strangers.
	MaxAnonymousPerAddress, MaxAnonymous int

	// MaxMessage limits the bytes of a client's message (65,536).
	MaxMessage int64
	// MaxOperations limits the open operations of a connection (16).
	MaxOperations int
	// InitTimeout limits the wait for connection_init (5 s).
	InitTimeout time.Duration
	// MessageTimeout limits how long a message takes to arrive once it has begun (10 s).
	MessageTimeout time.Duration
	// PingInterval is the time between two pings to a client (20 s). A client that is silent for two intervals is dropped.
	PingInterval time.Duration
	// WriteTimeout limits how long a write waits for a client that reads nothing (5 s).
	WriteTimeout time.Duration
	// CloseTimeout limits how long a closed connection waits for the client to read why (1 s).
	CloseTimeout time.Duration
	// Connections are the server's. By default the transport has its own.
	Connections *Connections
	Log         *slog.Logger
}

// Principal is whom connections are counted for.
type Principal struct {
	// Key is unique on the site, across strangers and others. If empty, the connection is not counted.
	Key string
	// Stranger means that only the address is known. Strangers have limits of their own.
	Stranger bool
}

// Asker identifies who opened a connection.
type Asker struct {
	// Context is for operations; it derives from Init's.
	Context context.Context
	// Credentials are the keys of the credentials shown, each unique on the site. Without any, the asker is nobody.
	Credentials []string
	// Principal is whom the connection is counted for. If empty, the one at the upgrade stays.
	Principal Principal
}

// WebSocket is a gqlgen transport for graphql-transport-ws (https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md) over
// gorilla/websocket. The HTTP handler returns after the upgrade. Where the system can watch many sockets at once, an idle connection costs
// no goroutine and no buffer; elsewhere, and over TLS, it costs one goroutine with a small stack.
type WebSocket struct {
	*Connections
	config    WebSocketConfig
	strangers tally // by address
	known     tally // by principal
	sweeper   sweeper
	idle      func() *idle
	upgrader  websocket.Upgrader
}

var _ graphql.Transport = (*WebSocket)(nil)

// NewWebSocket returns the transport.
func NewWebSocket(config WebSocketConfig) *WebSocket {
	t := new(WebSocket)
	config.MaxPerPrincipal = cmp.Or(config.MaxPerPrincipal, 32)
	config.MaxAnonymousPerAddress = cmp.Or(config.MaxAnonymousPerAddress, 2_000)
	config.MaxAnonymous = cmp.Or(config.MaxAnonymous, 20_000)
	config.MaxMessage = cmp.Or(config.MaxMessage, 64<<10)
	config.MaxOperations = cmp.Or(config.MaxOperations, 16)
	config.InitTimeout = cmp.Or(config.InitTimeout, 5*time.Second)
	config.MessageTimeout = cmp.Or(config.MessageTimeout, 10*time.Second)
	config.PingInterval = cmp.Or(config.PingInterval, 20*time.Second)
	config.WriteTimeout = cmp.Or(config.WriteTimeout, 5*time.Second)
	config.CloseTimeout = cmp.Or(config.CloseTimeout, time.Second)
	config.Connections = cmp.Or(config.Connections, new(Connections))
	config.Log = cmp.Or(config.Log, slog.Default())
	if config.Principal == nil {
		config.Principal = func(r *http.Request) Principal { return Principal{AddressKey(Addresses{}.Of(r)), true} }
	}
	t.config, t.Connections, t.idle = config, config.Connections, idling
	t.upgrader = websocket.Upgrader{
		WriteBufferSize: 256, WriteBufferPool: new(sync.Pool), // the pool: no buffer while idle
		Subprotocols: []string{subprotocol},
		CheckOrigin:  func(*http.Request) bool { return true }, // Do checks it
	}
	return t
}

// Supports reports whether the request asks for a WebSocket.
func (t *WebSocket) Supports(r *http.Request) bool { return websocket.IsWebSocketUpgrade(r) }

// Do upgrades the request. It refuses with 403 because of the origin, or with 429 or 503 if too many are connected. It returns once the
// connection is open, which frees net/http's goroutine and buffers.
func (t *WebSocket) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	if !t.config.Origins.Trusts(r) {
		http.Error(w, "pages of this origin may not connect; the setting allowed-origins can allow them", http.StatusForbidden)
		return
	}
	r = t.config.Origins.withoutForeignCookies(r)
	var counted seat
	status := http.StatusServiceUnavailable
	if t.enter() {
		if counted, status = t.seat(t.config.Principal(r)); status != 0 {
			t.forget()
		}
	}
	if status != 0 {
		w.Header().Set("Retry-After", "5")
		http.Error(w, "too many connections; try again later", status)
		return
	}
	// The request's context ends when this handler returns, before Init looks at the request.
	c := newConnection(t, exec, r.WithContext(context.WithoutCancel(r.Context())))
	c.seat = counted
	giveBack := c.lend()
	ws, err := t.upgrader.Upgrade(hijacker{w, c}, r, nil)
	giveBack()
	if err != nil {
		c.cancel()
		c.seat.leave()
		t.forget()
		return
	}
	c.attach(ws)
	t.add(c)
	t.sweeper.add(c, t.config.PingInterval)
	if ws.Subprotocol() != subprotocol {
		c.close(CloseSubprotocol, "Subprotocol not acceptable")
	}
	go c.serve()
}

// seat counts one more connection of a principal. A status other than 0 refuses it.
func (t *WebSocket) seat(of Principal) (seat, int) {
	in, most, mostOfAll := &t.known, t.config.MaxPerPrincipal, math.MaxInt
	if of.Stranger {
		in, most, mostOfAll = &t.strangers, t.config.MaxAnonymousPerAddress, t.config.MaxAnonymous
	}
	return seat{in, of.Key}, in.enter(of.Key, most, mostOfAll)
}

// hijacker gives gorilla the connection through its inbox and outbox, even behind middleware.
type hijacker struct {
	http.ResponseWriter
	c *connection
}

func (h hijacker) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, buffers, err := http.NewResponseController(h.ResponseWriter).Hijack()
	if err != nil {
		return nil, nil, fmt.Errorf("take over connection: %w", err)
	}
	if buffers.Reader.Buffered() > 0 {
		_ = conn.Close()
		return nil, nil, errors.New("take over connection: the client sent data before the answer")
	}
	h.c.Conn, h.c.raw = conn, rawOf(conn)
	if h.c.raw != nil {
		h.c.idle = h.c.socket.idle()
	}
	return h.c, bufio.NewReadWriter(&h.c.buffer, buffers.Writer), nil
}
