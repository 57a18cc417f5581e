package wire

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
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
// (https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md, distinct connections mode). It is for clients that cannot use
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

// Supports reports whether a POST asks for server-sent events.
func (t *EventStreams) Supports(r *http.Request) bool {
	return r.Method == http.MethodPost && strings.Contains(strings.Join(r.Header.Values("Accept"), ","), mediaEvents)
}

// Do answers one operation. It refuses an invalid request, or one stream too many, like plain HTTP.
func (t *EventStreams) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	params, refusal := plainHTTP{size: t.config.BodySize}.read(r)
	if refusal != nil {
		refusal.write(w, mediaJSON)
		return
	}
	ctx, cancel := context.WithCancelCause(r.Context())
	defer cancel(nil)
	s := &eventStream{cancel: cancel, w: w, control: http.NewResponseController(w), timeout: t.config.WriteTimeout}
	op, errs := exec.CreateOperationContext(ctx, params)
	ctx = graphql.WithOperationContext(ctx, op)
	switch {
	case errs != nil:
		s.begin(keepAliveComment)
		s.sendErrors(exec.DispatchError(ctx, errs).Errors)
		s.complete()
	case op.Operation.Operation != ast.Subscription:
		s.answer(ctx, exec, op)
	default:
		if refusal := t.follow(ctx, r, s, exec, op); refusal != nil {
			refusal.write(w, mediaJSON)
		}
	}
}

// answer sends the answer to a query or mutation.
func (s *eventStream) answer(ctx context.Context, exec graphql.GraphExecutor, op *graphql.OperationContext) {
	next, ctx := exec.DispatchOperation(ctx, op)
	response := next(ctx) // before the header is sent, because it may set cookies
	if response == nil {
		response = exec.DispatchError(ctx, gqlerror.List{gqlerror.Wrap(ctx.Err())})
	}
	s.begin(keepAliveComment)
	s.send(response)
	s.complete()
}

// follow sends a subscription's results until it, or the server, ends the stream. It returns a refusal if the stream may not begin.
func (t *EventStreams) follow(ctx context.Context, r *http.Request, s *eventStream,
	exec graphql.GraphExecutor, op *graphql.OperationContext,
) *requestError {
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
	ctx, reader := withReader(ctx, func() {})
	s.run(ctx, reader, exec, op, t.config.KeepAlive)
	ending, ended := errors.AsType[Ending](context.Cause(ctx))
	if !ended && reader.ending != nil {
		ending, ended = *reader.ending, true
	}
	switch {
	case ended:
		s.sendErrors(gqlerror.List{ending.finalError(reconnect)})
	case ctx.Err() != nil: // the client is gone or does not read
		s.breakOff()
		return nil
	}
	s.complete()
	return nil
}

// reconnectDelay returns when a client should reconnect after its stream ends or breaks off. It is random, so that the clients of a
// stopped server do not reconnect all at once.
func reconnectDelay() time.Duration {
	const least, most = time.Second, 5 * time.Second
	return least + rand.N(most-least)
}

// eventStream is the answer to one request.
type eventStream struct {
	entry
	cancel context.CancelCauseFunc // ends its operation, if that is a subscription

	mu      sync.Mutex
	w       http.ResponseWriter
	control *http.ResponseController
	timeout time.Duration
}

func (s *eventStream) part(e Ending)   { s.cancel(e) }
func (s *eventStream) cutOff(e Ending) { s.cancel(e) }

// run sends results until there are no more, or ctx ends.
func (s *eventStream) run(
	ctx context.Context, reader *Reader, exec graphql.GraphExecutor, op *graphql.OperationContext, keepAlive time.Duration,
) {
	living, over := context.WithCancel(ctx)
	var alive sync.WaitGroup
	alive.Go(func() { s.keepAlive(living, keepAlive) })
	defer alive.Wait()
	defer over()
	next, dispatched := exec.DispatchOperation(ctx, op)
	for {
		response := next(dispatched)
		if response == nil || ctx.Err() != nil { // after ctx ends, a result may be incomplete
			return
		}
		begun := time.Now() //nolint:forbidigo // measures a socket, so the site's clock does not matter
		if !s.send(response) {
			return
		}
		if time.Since(begun) > slowWrite { //nolint:forbidigo // see above
			reader.behind.Store(true)
		}
		reader.ask()
	}
}

// slowWrite limits how long a write takes before its reader counts as behind.
const slowWrite = 20 * time.Millisecond

// keepAliveComment is a comment that shows that the stream is alive.
const keepAliveComment = ":\n\n"

// begin sends the header and a first line. It removes the server's read timeout, which would end the stream.
func (s *eventStream) begin(first string) {
	_ = s.control.SetReadDeadline(time.Time{})
	header := s.w.Header()
	header.Set("Content-Type", mediaEvents+"; charset=utf-8")
	header.Set("Cache-Control", "no-store")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("X-Accel-Buffering", "no") // for proxies that buffer answers
	s.write([]byte(first))
}

func (s *eventStream) send(response *graphql.Response) bool {
	payload, err := EncodeResponse(response)
	if err != nil {
		s.cancel(err)
		return false
	}
	return s.next(payload)
}

// sendErrors sends errors of the whole operation, without data.
func (s *eventStream) sendErrors(errs gqlerror.List) {
	payload, err := json.Marshal(withoutData{errs})
	if err != nil {
		s.cancel(err)
		return
	}
	s.next(payload)
}

func (s *eventStream) next(payload []byte) bool {
	b := make([]byte, 0, len(payload)+32)
	b = append(append(append(b, "event: next\ndata: "...), payload...), "\n\n"...)
	return s.write(b)
}

// complete sends an empty data line, because browsers ignore events without one.
func (s *eventStream) complete() { s.write([]byte("event: complete\ndata:\n\n")) }

// breakOff makes every further write fail, even the end of the answer. So the client does not take the answer for complete.
func (s *eventStream) breakOff() {
	s.mu.Lock()
	defer s.mu.Unlock()
	_ = s.control.SetWriteDeadline(time.Unix(1, 0))
}

// write sends bytes at once. It ends the stream if the client does not read.
func (s *eventStream) write(b []byte) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_ = s.control.SetWriteDeadline(deadline(s.timeout))
	_, err := s.w.Write(b)
	if err == nil {
		err = s.control.Flush()
	}
	if err != nil {
		s.cancel(err)
		return false
	}
	_ = s.control.SetWriteDeadline(time.Time{})
	return true
}

func (s *eventStream) keepAlive(ctx context.Context, every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			s.write([]byte(keepAliveComment))
		case <-ctx.Done():
			return
		}
	}
}
