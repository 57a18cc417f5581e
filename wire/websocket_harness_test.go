package wire_test

import (
	"cmp"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/gorilla/websocket"

	"usher/wire"
)

// server is a transport in a small site. In a synctest bubble its connections are pipes and it uses the bubble's clock.
type server struct {
	*wire.WebSocket
	*schema
	http     *http.Server
	listener net.Listener
	conns    chan net.Conn // connections to accept, if the listener is in memory
	writes   atomic.Int64  // Write calls on the server's side of the pipes
}

// MustServe starts a server on pipes, and stops it when the test ends.
func MustServe(t testing.TB, config wire.WebSocketConfig) *server {
	t.Helper()
	s := mustBuild(t, config)
	s.conns = make(chan net.Conn)
	s.listener = &pipes{conns: s.conns, done: make(chan struct{})}
	go func() { _ = s.http.Serve(s.listener) }()
	t.Cleanup(func() { _ = s.http.Close() })
	return s
}

// MustListen starts a server on its own port, with small send buffers, and stops it when the test ends.
func MustListen(t testing.TB, config wire.WebSocketConfig) *server {
	t.Helper()
	s := mustBuild(t, config)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.listener = smallBuffers{listener}
	go func() { _ = s.http.Serve(s.listener) }()
	t.Cleanup(func() { _ = s.http.Close() })
	return s
}

type smallBuffers struct{ net.Listener }

func (l smallBuffers) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err == nil {
		err = c.(*net.TCPConn).SetWriteBuffer(16 << 10)
	}
	return c, err
}

func mustBuild(t testing.TB, config wire.WebSocketConfig) *server {
	t.Helper()
	if config.Origins.Empty() {
		config.Origins = wire.MustOrigins(t, []string{"https://usher.example"})
	}
	config.Log = cmp.Or(config.Log, slog.New(slog.DiscardHandler))
	transport := wire.NewWebSocket(config)
	s := &server{WebSocket: transport, schema: newSchema()}
	h := handler.New(executable{s.schema})
	h.AddTransport(transport)
	h.SetRecoverFunc(func(context.Context, any) error { return errors.New("internal server error") })
	s.http = &http.Server{Handler: h, ReadTimeout: 10 * time.Second, WriteTimeout: time.Minute} // none of which counts after an upgrade
	return s
}

// pipes is a listener in memory.
type pipes struct {
	conns chan net.Conn
	once  sync.Once
	done  chan struct{}
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error {
	p.once.Do(func() { close(p.done) })
	return nil
}

func (p *pipes) Addr() net.Addr { return address("pipe") }

type address string

func (a address) Network() string { return "pipe" }
func (a address) String() string  { return string(a) }

// piped is the server's end of a pipe, with an address that the test chooses.
type piped struct {
	net.Conn
	from   string
	writes *atomic.Int64
}

func (p *piped) RemoteAddr() net.Addr { return address(p.from) }

func (p *piped) Write(b []byte) (int, error) {
	p.writes.Add(1)
	return p.Conn.Write(b)
}

// client is a WebSocket client that sends and expects messages as text.
type client struct {
	*websocket.Conn
	t testing.TB
}

// dialing are the options of a client's connection.
type dialing struct {
	header      http.Header
	subprotocol string
	from        string
}

// Dial connects. The response is the refusal, if any.
func (s *server) Dial(t testing.TB, d dialing) (*client, *http.Response) {
	t.Helper()
	if d.from == "" {
		d.from = "192.0.2.1:1000"
	}
	if d.header == nil {
		d.header = http.Header{"Origin": {"https://usher.example"}}
	}
	dialer := websocket.Dialer{NetDialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		if s.conns == nil {
			return (&net.Dialer{}).DialContext(ctx, "tcp", s.listener.Addr().String())
		}
		here, there := net.Pipe()
		s.conns <- &piped{there, d.from, &s.writes}
		return here, nil
	}}
	if d.subprotocol != "none" {
		dialer.Subprotocols = []string{d.subprotocol}
		if d.subprotocol == "" {
			dialer.Subprotocols = []string{"graphql-transport-ws"}
		}
	}
	ws, response, err := dialer.Dial("ws://usher.example/graphql", d.header)
	if err != nil {
		if response == nil {
			t.Fatal(err)
		}
		return nil, response
	}
	t.Cleanup(func() { _ = ws.NetConn().Close() })
	return newClient(t, ws), response
}

// newClient answers pings, and waits longer for that than gorilla does.
func newClient(t testing.TB, ws *websocket.Conn) *client {
	ws.SetPingHandler(func(payload string) error {
		return ws.WriteControl(websocket.PongMessage, []byte(payload), time.Now().Add(patience))
	})
	return &client{ws, t}
}

// MustDial connects.
func (s *server) MustDial(t testing.TB) *client {
	t.Helper()
	c, response := s.Dial(t, dialing{})
	if c == nil {
		t.Fatalf("refused with %s", response.Status)
	}
	return c
}

// MustOpen connects and waits for the acknowledgement.
func (s *server) MustOpen(t testing.TB) *client {
	t.Helper()
	c := s.MustDial(t)
	c.Send(`{"type":"connection_init"}`)
	c.Expect(`{"type":"connection_ack"}`)
	return c
}

func (c *client) Send(messages ...string) {
	c.t.Helper()
	for _, m := range messages {
		if err := c.WriteMessage(websocket.TextMessage, []byte(m)); err != nil {
			c.t.Fatalf("send %.100s: %v", m, err)
		}
	}
}

// Subscribe starts an operation.
func (c *client) Subscribe(id, query string) {
	c.t.Helper()
	c.Send(subscribe(id, query))
}

func subscribe(id, query string) string {
	return `{"id":` + strconv.Quote(id) + `,"type":"subscribe","payload":{"query":` + strconv.Quote(query) + `}}`
}

// Expect reads messages and compares them byte for byte.
func (c *client) Expect(messages ...string) {
	c.t.Helper()
	for _, want := range messages {
		if got := c.Read(); got != want {
			c.t.Fatalf("got  %.300s\nwant %.300s", got, want)
		}
	}
}

// patience limits how long anything may take on a busy machine.
const patience = time.Minute

func (c *client) Read() string {
	c.t.Helper()
	_ = c.SetReadDeadline(time.Now().Add(patience))
	_, b, err := c.ReadMessage()
	if err != nil {
		c.t.Fatalf("read: %v", err)
	}
	return string(b)
}

// ExpectClose reads until the connection is closed; reason "*" matches any. Other messages fail the test unless they may be skipped.
func (c *client) ExpectClose(code int, reason string, passOver ...bool) {
	c.t.Helper()
	_ = c.SetReadDeadline(time.Now().Add(patience))
	for {
		_, b, err := c.ReadMessage()
		if err == nil {
			if len(passOver) == 0 {
				c.t.Fatalf("got %.300s, want close %d", b, code)
			}
			continue
		}
		var closed *websocket.CloseError
		if !errors.As(err, &closed) {
			c.t.Fatalf("got %v, want close %d", err, code)
		}
		if closed.Code != code || reason != "*" && closed.Text != reason {
			c.t.Fatalf("closed with %d %q, want %d %q", closed.Code, closed.Text, code, reason)
		}
		if len(closed.Text) > 123 {
			c.t.Fatalf("reason of %d bytes", len(closed.Text))
		}
		if _, err := c.NetConn().Read(make([]byte, 1)); !errors.Is(err, io.EOF) {
			c.t.Fatalf("after the close frame: %v, want EOF", err)
		}
		return
	}
}

// Sync returns when the server has handled everything sent before.
func (c *client) Sync() {
	c.t.Helper()
	c.Send(`{"type":"ping"}`)
	c.Expect(`{"type":"pong"}`)
}
