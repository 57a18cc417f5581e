package wire

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
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

// WebSocketConfig is what a WebSocket transport is made of. For a number or duration that is zero the default holds.
type WebSocketConfig struct {
	// Init says who asks, from the request of the upgrade and connection_init's payload (empty: none came); without it everyone
	// is nobody. ctx lives as long as the connection and has none of the request's values. problem.ErrUnauthenticated closes the
	// connection with 4401, ErrForbidden with 4403, BadInput with 4400, any other error with 1013.
	Init func(ctx context.Context, r *http.Request, payload json.RawMessage) (Asker, error)
	// Share is asked first for each subscription. Optional.
	Share Sharer

	// Origins judge which pages may connect. Where cookies do not count, Init does not see them.
	Origins Origins
	// Principal is for whom an upgrade is counted, until Init names another. By default a stranger at the remote address, IPv6 by /64.
	Principal func(r *http.Request) Principal
	// MaxPerPrincipal is how many connections of one principal may be open (32), strangers apart.
	MaxPerPrincipal int
	// MaxAnonymousPerAddress (2,000) and MaxAnonymous (20,000) bound the connections of strangers.
	MaxAnonymousPerAddress, MaxAnonymous int

	// MaxMessage is the most bytes that a message of a client may have (65,536).
	MaxMessage int64
	// MaxOperations is how many operations may be open on a connection (16).
	MaxOperations int
	// InitTimeout is how long connection_init may take to come (5 s).
	InitTimeout time.Duration
	// MessageTimeout is how long a message that has begun may take to come whole (10 s).
	MessageTimeout time.Duration
	// PingInterval is the time between two pings to a client (20 s); silent for two of them, it is dropped.
	PingInterval time.Duration
	// WriteTimeout is how long a write may wait for a client that takes nothing of it (5 s).
	WriteTimeout time.Duration
	// CloseTimeout is how long a closed connection waits for the client to see why (1 s).
	CloseTimeout time.Duration
	// Connections are those of the server; by default the transport has its own.
	Connections *Connections
	Log         *slog.Logger
}

// Principal is for whom connections are counted.
type Principal struct {
	// Key is unique on the site, among strangers and others together. Empty: nobody is named.
	Key string
	// Stranger: nothing but the address is known. Strangers have limits of their own.
	Stranger bool
}

// Asker is who is at the other end of a connection.
type Asker struct {
	// Context is what operations run in, derived from the one that Init got.
	Context context.Context
	// Credentials are the keys of the credentials that were shown, each unique on the site; none: nobody.
	Credentials []string
	// Principal is for whom the connection is counted; empty: as at the upgrade.
	Principal Principal
}

// WebSocket is a gqlgen transport that speaks graphql-transport-ws
// (https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md) over gorilla/websocket. The HTTP handler returns after
// the upgrade: an idle connection costs one goroutine with a small stack and a small read buffer.
type WebSocket struct {
	*Connections
	config    WebSocketConfig
	strangers tally // by address
	known     tally // by principal
	sweeper   sweeper
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
	t.config, t.Connections = config, config.Connections
	t.upgrader = websocket.Upgrader{
		ReadBufferSize: 128, WriteBufferSize: 256, WriteBufferPool: new(sync.Pool), // the pool: no buffer while idle
		Subprotocols: []string{subprotocol},
		CheckOrigin:  func(*http.Request) bool { return true }, // Do has checked it
	}
	return t
}

// Supports reports whether the request asks for a WebSocket.
func (t *WebSocket) Supports(r *http.Request) bool { return websocket.IsWebSocketUpgrade(r) }

// Do upgrades the request, or refuses it: 403 for its origin, 429 or 503 where too many are connected. It returns as soon
// as the connection stands, which frees net/http's goroutine and buffers.
func (t *WebSocket) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	if !t.config.Origins.Trusts(r) {
		http.Error(w, "pages of this origin may not connect; the setting allowed-origins can allow them", http.StatusForbidden)
		return
	}
	r = t.config.Origins.withoutForeignCookies(r)
	var place seat
	status := http.StatusServiceUnavailable
	if t.enter() {
		if place, status = t.seat(t.config.Principal(r)); status != 0 {
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
	c.seat = place
	ws, err := t.upgrader.Upgrade(hijacker{w, &c.outbox}, r, nil)
	if err != nil {
		c.cancel()
		c.seat.leave()
		t.forget()
		return
	}
	c.heed(ws)
	t.add(c)
	t.sweeper.over(c, t.config.PingInterval)
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

// hijacker hands gorilla the connection through its outbox, behind any middleware.
type hijacker struct {
	http.ResponseWriter
	outbox *outbox
}

func (h hijacker) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, buffers, err := http.NewResponseController(h.ResponseWriter).Hijack()
	if err != nil {
		return nil, nil, fmt.Errorf("take over connection: %w", err)
	}
	h.outbox.Conn, h.outbox.raw = conn, rawOf(conn)
	return h.outbox, buffers, nil
}
