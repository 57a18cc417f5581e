package graph

import (
	"cmp"
	"context"
	"maps"
	"net/http"
	"slices"
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
	// Asker is whose streams are counted together and, where they show credentials, which: the stream ends with the last of them.
	Asker func(r *http.Request) (key string, credentials []string)
	// MaxPerAsker is how many streams an asker may have open (16).
	MaxPerAsker int
	// KeepAlive is the time between two signs of life (15 s).
	KeepAlive time.Duration
	// WriteTimeout is how long a write may wait for a client that takes nothing of it (5 s).
	WriteTimeout time.Duration
}

// EventStreams is a gqlgen transport that answers with server-sent events, one operation a request
// (https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md, distinct connections mode): for clients that cannot use
// WebSockets. A stream that breaks off, without the event `complete`, is asked for again.
type EventStreams struct {
	config EventStreamsConfig

	mu      sync.Mutex
	open    map[*eventStream]struct{}
	askers  map[string]int
	leaving bool
}

var _ graphql.Transport = (*EventStreams)(nil)

// NewEventStreams returns the transport.
func NewEventStreams(config EventStreamsConfig) *EventStreams {
	config.BodySize = cmp.Or(config.BodySize, 64<<10)
	config.MaxPerAsker = cmp.Or(config.MaxPerAsker, 16)
	config.KeepAlive = cmp.Or(config.KeepAlive, 15*time.Second)
	config.WriteTimeout = cmp.Or(config.WriteTimeout, 5*time.Second)
	if config.Asker == nil {
		config.Asker = func(r *http.Request) (string, []string) { return remoteAddress(r), nil }
	}
	return &EventStreams{config: config, open: map[*eventStream]struct{}{}, askers: map[string]int{}}
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
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	key, credentials := t.config.Asker(r)
	s := &eventStream{
		key: key, credentials: make(map[string]struct{}, len(credentials)), cancel: cancel,
		w: w, control: http.NewResponseController(w), timeout: t.config.WriteTimeout,
	}
	for _, credential := range credentials {
		s.credentials[credential] = struct{}{}
	}
	if status := t.enter(s); status != 0 {
		w.Header().Set("Retry-After", "5")
		refusal := refuse(codeRateLimited, "too many streams are open, or none for now")
		refusal.Extensions["retryAfterSeconds"] = 5
		(&requestError{status: status, err: refusal}).write(w, mediaJSON)
		return
	}
	defer t.leave(s)
	s.run(ctx, exec, params, t.config.KeepAlive)
}

// enter counts a stream. A status other than 0 refuses it.
func (t *EventStreams) enter(s *eventStream) (status int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case t.leaving:
		return http.StatusServiceUnavailable
	case t.askers[s.key] >= t.config.MaxPerAsker:
		return http.StatusTooManyRequests
	}
	t.askers[s.key]++
	t.open[s] = struct{}{}
	return 0
}

func (t *EventStreams) leave(s *eventStream) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.open, s)
	if t.askers[s.key]--; t.askers[s.key] == 0 {
		delete(t.askers, s.key)
	}
}

// Held returns the credentials with a prefix that open streams hold.
func (t *EventStreams) Held(prefix string) (credentials []string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for s := range t.open {
		for credential := range s.credentials {
			if strings.HasPrefix(credential, prefix) {
				credentials = append(credentials, credential)
			}
		}
	}
	return credentials
}

// EndCredential breaks off the streams that were opened with this credential and hold no other.
func (t *EventStreams) EndCredential(credential string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for s := range t.open {
		if _, held := s.credentials[credential]; held {
			if delete(s.credentials, credential); len(s.credentials) == 0 {
				s.cancel()
			}
		}
	}
}

// Shutdown breaks off all streams, at once, and refuses new ones.
func (t *EventStreams) Shutdown() {
	t.mu.Lock()
	t.leaving = true
	open := slices.Collect(maps.Keys(t.open))
	t.mu.Unlock()
	for _, s := range open {
		s.cancel()
	}
}

// eventStream is the answer to one request.
type eventStream struct {
	key         string
	credentials map[string]struct{} // that hold still; guarded by the mutex of EventStreams
	cancel      context.CancelFunc

	mu      sync.Mutex
	w       http.ResponseWriter
	control *http.ResponseController
	timeout time.Duration
}

func (s *eventStream) run(ctx context.Context, exec graphql.GraphExecutor, params *graphql.RawParams, keepAlive time.Duration) {
	op, errs := exec.CreateOperationContext(ctx, params)
	ctx = graphql.WithOperationContext(ctx, op)
	if errs != nil {
		s.begin()
		s.send(exec.DispatchError(ctx, errs))
		s.complete()
		return
	}
	if op.Operation.Operation == ast.Subscription {
		s.follow(ctx, exec, op, keepAlive)
		return
	}
	next, ctx := exec.DispatchOperation(ctx, op)
	response := next(ctx) // before the head: it may set cookies
	if response == nil {
		response = exec.DispatchError(ctx, gqlerror.List{gqlerror.Wrap(ctx.Err())})
	}
	s.begin()
	s.send(response)
	s.complete()
}

// follow sends what a subscription gives until it ends.
func (s *eventStream) follow(ctx context.Context, exec graphql.GraphExecutor, op *graphql.OperationContext, keepAlive time.Duration) {
	ctx, end := withEnding(ctx)
	s.begin()
	var alive sync.WaitGroup
	alive.Go(func() { s.keepAlive(ctx, keepAlive) })
	defer alive.Wait()
	defer s.cancel()
	next, dispatched := exec.DispatchOperation(ctx, op)
	for response := next(dispatched); response != nil && s.send(response); {
		response = next(dispatched)
	}
	if ctx.Err() != nil || end.fault() {
		s.breakOff()
		return
	}
	s.complete()
}

// begin sends the head. The server's limit of time for reading a request holds no longer: it would end the stream.
func (s *eventStream) begin() {
	_ = s.control.SetReadDeadline(time.Time{})
	header := s.w.Header()
	header.Set("Content-Type", mediaEvents+"; charset=utf-8")
	header.Set("Cache-Control", "no-store")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("X-Accel-Buffering", "no") // proxies that gather answers before they pass them on
	s.write([]byte(":\n\n"))
}

func (s *eventStream) send(response *graphql.Response) bool {
	payload, err := encodeResponse(response)
	if err != nil {
		s.cancel()
		return false
	}
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
	_ = s.control.SetWriteDeadline(time.Now().Add(s.timeout))
	_, err := s.w.Write(b)
	if err == nil {
		err = s.control.Flush()
	}
	if err != nil {
		s.cancel()
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
			s.write([]byte(":\n\n"))
		case <-ctx.Done():
			return
		}
	}
}
