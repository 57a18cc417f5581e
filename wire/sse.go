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

// EventStreamsConfig is what server-sent events are made of. For a number or duration that is zero the default holds.
type EventStreamsConfig struct {
	// BodySize is the most bytes that a request may have (65,536).
	BodySize int64
	// Asker is whose streams are counted together and, where they show credentials, which: the stream ends with the first of them.
	Asker func(r *http.Request) (key string, credentials []string)
	// MaxPerAsker is how many streams an asker may have open (16).
	MaxPerAsker int
	// KeepAlive is the time between two signs of life (15 s).
	KeepAlive time.Duration
	// WriteTimeout is how long a write may wait for a client that takes nothing of it (5 s).
	WriteTimeout time.Duration
	// Connections are those of the server; by default the transport has its own.
	Connections *Connections
}

// EventStreams is a gqlgen transport that answers with server-sent events, one operation a request
// (https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md, distinct connections mode): for clients that cannot use
// WebSockets. A stream that the server ends says why in the errors of its last `next` (V9). One that breaks off, without the
// event `complete`, is asked for again.
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

// Do answers one operation. A request that is none is refused as over plain HTTP, and so is one stream too many.
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
		s.begin(aSign)
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
	response := next(ctx) // before the head: it may set cookies
	if response == nil {
		response = exec.DispatchError(ctx, gqlerror.List{gqlerror.Wrap(ctx.Err())})
	}
	s.begin(aSign)
	s.send(response)
	s.complete()
}

// follow sends what a subscription gives until it ends, or the server ends it. It returns the refusal of one that may not begin.
func (t *EventStreams) follow(ctx context.Context, r *http.Request, s *eventStream,
	exec graphql.GraphExecutor, op *graphql.OperationContext,
) *requestError {
	asker, credentials := t.config.Asker(r)
	if status := t.askers.enter(asker, t.config.MaxPerAsker, math.MaxInt); status != 0 {
		return &requestError{status: status, err: RefuseMore(t.config.MaxPerAsker, "streams")}
	}
	defer t.askers.leave(&asker)
	comeBack := comeBackIn()
	if !t.enter() {
		return &requestError{status: http.StatusServiceUnavailable, err: EndRestarting.lastWord(comeBack)}
	}
	t.add(s)
	defer t.remove(s)
	t.hold(s, credentials)

	s.begin(fmt.Sprintf("retry: %d\n\n", comeBack.Milliseconds()))
	ctx, reader := withReader(ctx, func() {})
	s.run(ctx, reader, exec, op, t.config.KeepAlive)
	ending, ended := errors.AsType[Ending](context.Cause(ctx))
	if !ended && reader.ending != nil {
		ending, ended = *reader.ending, true
	}
	switch {
	case ended:
		s.sendErrors(gqlerror.List{ending.lastWord(comeBack)})
	case ctx.Err() != nil: // its reader is gone, or takes nothing
		s.breakOff()
		return nil
	}
	s.complete()
	return nil
}

// comeBackIn is after how long the client of a stream that ends or breaks off is to come back: another time for each, so that
// those of a server that is gone at once do not come all at once.
func comeBackIn() time.Duration {
	const least, most = time.Second, 5 * time.Second
	return least + rand.N(most-least)
}

// eventStream is the answer to one request.
type eventStream struct {
	place
	cancel context.CancelCauseFunc // ends its operation, where that is a subscription

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
		if response == nil || ctx.Err() != nil { // what was being put together then may be half of it
			return
		}
		begun := time.Now() //nolint:forbidigo // how long a socket takes is no matter of the site's clock
		if !s.send(response) {
			return
		}
		if time.Since(begun) > slowWrite { //nolint:forbidigo // see above
			reader.behind.Store(true)
		}
		reader.ask()
	}
}

// slowWrite is how long a write may take before its reader counts as one that is behind.
const slowWrite = 20 * time.Millisecond

// aSign is a comment, which says that the stream is alive.
const aSign = ":\n\n"

// begin sends the head and a first line. The server's limit of time for reading a request holds no longer: it would end the stream.
func (s *eventStream) begin(first string) {
	_ = s.control.SetReadDeadline(time.Time{})
	header := s.w.Header()
	header.Set("Content-Type", mediaEvents+"; charset=utf-8")
	header.Set("Cache-Control", "no-store")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("X-Accel-Buffering", "no") // proxies that gather answers before they pass them on
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

// sendErrors sends errors that stand for the whole operation: without data.
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

// complete has a data line, although there is nothing to say: browsers pass events without one over.
func (s *eventStream) complete() { s.write([]byte("event: complete\ndata:\n\n")) }

// breakOff sees to it that not even the end of the answer can be written, so that its reader does not take it for whole.
func (s *eventStream) breakOff() {
	s.mu.Lock()
	defer s.mu.Unlock()
	_ = s.control.SetWriteDeadline(time.Unix(1, 0))
}

// write sends bytes at once. A client that takes nothing of them ends the stream.
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
			s.write([]byte(aSign))
		case <-ctx.Done():
			return
		}
	}
}
