// Command peer-gqlgen is gqlgen's own WebSocket transport in its textbook form, over gorilla/websocket or, with -impl coder, over
// coder/websocket, its default. Usher's transport is compared with it.
package main

import (
	"flag"
	"io"
	"net/http"
	"os"

	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/gorilla/websocket"
	"github.com/vektah/gqlparser/v2/ast"

	"usher/bench/fanout/hub"
	"usher/bench/fanout/schema"
)

type gorilla struct{ websocket.Upgrader }

func (g gorilla) Accept(w http.ResponseWriter, r *http.Request, o transport.WebsocketAcceptOptions) (transport.WebsocketConn, error) {
	g.Subprotocols = o.Subprotocols
	c, err := g.Upgrade(w, r, o.ResponseHeader)
	if err != nil {
		return nil, err
	}
	return conn{c}, nil
}

type conn struct{ *websocket.Conn }

func (c conn) NextReader() (int, io.Reader, error) {
	kind, r, err := c.Conn.NextReader()
	if websocket.IsCloseError(err, websocket.CloseNormalClosure, websocket.CloseNoStatusReceived) {
		err = transport.ErrWebsocketClosed
	}
	return kind, r, err
}

func (c conn) WriteClose(code int, message string) error {
	return c.WriteMessage(websocket.CloseMessage, websocket.FormatCloseMessage(code, message))
}

func main() {
	addr := flag.String("addr", "127.0.0.1:7001", "where to listen")
	impl := flag.String("impl", "gorilla", "gorilla or coder")
	flag.Parse()
	var socket transport.Websocket
	if *impl == "gorilla" {
		socket.Implementation = gorilla{websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}}
	}
	server := handler.New(schema.NewExecutableSchema(schema.Config{Resolvers: &schema.Resolver{Hub: hub.New[*schema.RoomEvent]()}}))
	server.AddTransport(socket)
	server.AddTransport(transport.POST{})
	server.SetQueryCache(lru.New[*ast.QueryDocument](1000))
	http.Handle("/graphql", server)
	if err := http.ListenAndServe(*addr, nil); err != nil {
		_, _ = os.Stderr.WriteString(err.Error() + "\n")
		os.Exit(1)
	}
}
