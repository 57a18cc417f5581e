package wire

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"net/http"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/gorilla/websocket"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

const mediaEvents = "text/event-stream"

// EventStreamsConfig configures the transport. A zero number or duration means the default in brackets.
type EventStreamsConfig struct {
	// BodySize limits the bytes of a request (65,536).
	BodySize int64
	// Asker returns the key that a request's streams are counted under, and the credentials it shows, if any. A stream ends with the
	// first of its credentials.
	Asker func(r *http.Request) (key string, credentials []string)
	// MaxPerAsker limits an asker's open streams (16).
	MaxPerAsker int
	// KeepAlive is the time between two keep-alive comments (15 s).
	KeepAlive time.Duration
	// WriteTimeout limits how long a write waits for a client that reads nothing (5 s).
	WriteTimeout time.Duration
	// Connections are the server's. By default the transport has its own.
	Connections *Connections
}

// EventStreams is a gqlgen transport for server-sent events, with one operation per request
// (https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md, distinct connections mode). A request may also have several
// subscriptions, because a browser keeps few connections to a host: see members.several. The transport is for clients that cannot use
// WebSockets. If the server ends a stream, the errors of its last `next` say why (V9). Clients must request a stream again if it ends
// without the event `complete`.
type EventStreams struct {
	*Connections
	config EventStreamsConfig
	askers tally
}

var _ graphql.Transport = (*EventStreams)(nil)

// NewEventStreams returns the transport.
func NewEventStreams(config EventStreamsConfig) *EventStreams {
	config.BodySize = cmp.Or(config.BodySize, 64<<10)
	config.MaxPerAsker = cmp.Or(config.MaxPerAsker, 16)
	config.KeepAlive = cmp.Or(config.KeepAlive, 15*time.Second)
	config.WriteTimeout = cmp.Or(config.WriteTimeout, 5*time.Second)
	config.Connections = cmp.Or(config.Connections, new(Connections))
	if config.Asker == nil {
		config.Asker = func(r *http.Request) (string, []string) { return AddressKey(Addresses{}.Of(r)), nil }
	}
	return &EventStreams{config: config, Connections: config.Connections}
}

// Supports reports whether a POST accepts server-sent events.
func (t *EventStreams) Supports(r *http.Request) bool {
	return r.Method == http.MethodPost && acceptsEvents(r.Header.Values("Accept"))
}

// Do answers one operation, or several subscriptions. Queries and mutations get JSON if the client accepts that too. It refuses an
// invalid request, or one stream too many, like plain HTTP.
func (t *EventStreams) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	s := &eventStream{w: w, control: http.NewResponseController(w), timeout: t.config.WriteTimeout, exec: exec}
	if refusal := t.answer(r, s); refusal != nil {
		refusal.write(w, mediaJSON)
	}
}

func (t *EventStreams) answer(r *http.Request, s *eventStream) *requestError {
	request, refusal := plainHTTP{size: t.config.BodySize}.readBody(r)
	if refusal != nil {
		return refusal
	}
	ctx, cancel := context.WithCancelCause(r.Context())
	defer cancel(nil)
	s.cancel = cancel
	if request["operations"] != nil {
		several, err := request.several(r)
		if err != nil {
			return &requestError{status: http.StatusBadRequest, err: err}
		}
		return t.follow(ctx, r, s, func() { s.runAll(ctx, r, several) })
	}
	params, err := request.params()
	if err != nil {
		return refuseParams(err, r)
	}
	op, errs := s.create(ctx, params, r)
	media := negotiate(r.Header.Values("Accept"))
	if media != "" && (errs != nil || op.Operation.Operation != ast.Subscription) {
		plainHTTP{}.answer(s.w, r, s.exec, media, op, errs)
		return nil
	}
	only := running{ctx: graphql.WithOperationContext(ctx, op), op: op}
	switch {
	case errs != nil:
		s.begin(keepAliveComment)
		s.sendErrors("", s.exec.DispatchError(only.ctx, errs).Errors)
		s.complete("")
	case op.Operation.Operation != ast.Subscription:
		s.answer(only)
	default:
		return t.follow(ctx, r, s, func() { s.subscribe(only) })
	}
	return nil
}

// follow sends what run sends, until that returns or the server ends the stream. It returns a refusal if the stream may not begin.
func (t *EventStreams) follow(ctx context.Context, r *http.Request, s *eventStream, run func()) *requestError {
	asker, credentials := t.config.Asker(r)
	if status := t.askers.enter(asker, t.config.MaxPerAsker, math.MaxInt); status != 0 {
		return &requestError{status: status, err: RefuseMore(t.config.MaxPerAsker, "streams")}
	}
	defer t.askers.leave(&asker)
	reconnect := reconnectDelay()
	if !t.enter() {
		return &requestError{status: http.StatusServiceUnavailable, err: EndRestarting.finalError(reconnect)}
	}
	t.add(s)
	defer t.remove(s)
	t.identified(s, credentials)

	s.begin(fmt.Sprintf("retry: %d\n\n", reconnect.Milliseconds()))
	s.alive(ctx, t.config.KeepAlive, run)
	ending, ended := errors.AsType[Ending](context.Cause(ctx))
	if !ended && s.ending != nil {
		ending, ended = *s.ending, true
	}
	s.code = websocket.CloseNormalClosure
	switch {
	case ended:
		s.code = ending.Code
		s.sendErrors("", gqlerror.List{ending.finalError(reconnect)})
	case ctx.Err() != nil: // the client is gone or does not read
		s.code = websocket.CloseAbnormalClosure
		s.breakOff()
		return nil
	}
	s.complete("")
	return nil
}

// reconnectDelay returns when a client should reconnect after its stream ends or breaks off. It is random, so that the clients of a
// stopped server do not reconnect all at once. It is in whole milliseconds, because that is what a stream announces.
func reconnectDelay() time.Duration {
	const least, most = time.Second, 5 * time.Second
	return (least + rand.N(most-least)).Truncate(time.Millisecond)
}
