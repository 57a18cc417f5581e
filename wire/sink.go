package wire

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Sink receives the results of one WebSocket operation. Its methods never block and may be called from any goroutine. After the
// operation's end they do nothing.
type Sink interface {
	// Context returns the asker's context, without the operation, so that a subscription that keeps it stays small.
	Context() context.Context
	// Next sends execution results, as JSON, in one write. If the reader is behind, it sends none and returns false, and the caller
	// retries after WhenReady. Next does not keep the payloads, so many sinks can share them.
	Next(payloads ...[]byte) bool
	// Ready reports whether Next would accept results now.
	Ready() bool
	// WhenReady calls f once, on its own goroutine, when the reader has caught up or the connection closes.
	WhenReady(f func())
	// Streams announces that the subscription does not end when its asker loses access. So an ending connection does not wait for it.
	Streams()
	// Complete ends the operation.
	Complete()
	// Error ends the operation with request errors in the form for clients.
	Error(errors gqlerror.List)
	// Part completes the operation and ends the connection like EndConnection.
	Part(e Ending)
	// EndConnection ends the whole connection, after everything sent before and what its client waits for. That is answers and, with
	// EndForbidden, the last events of subscriptions that end when their asker loses access.
	EndConnection(e Ending)
}

// Sharer may take over subscriptions, to share results between connections.
type Sharer interface {
	// Share is offered each subscription first, once its document is valid. ctx is the asker's, with the operation in it, and ends with
	// the connection. If Share returns false, the operation is executed alone. Otherwise Share feeds out, and stop is called once when
	// the client completes the operation or the connection ends, but not after out's Complete or Error.
	Share(ctx context.Context, op *graphql.OperationContext, out Sink) (stop func(), ok bool)
}

// internalError stands for a fault whose details are not for clients.
var internalError = gqlerror.List{{Message: "internal server error", Extensions: map[string]any{"code": "INTERNAL_SERVER_ERROR"}}}

// operation is one operation of a connection.
type operation struct {
	stream
	c  *connection
	id string // as JSON

	// Guarded by the outbox's mutex.
	kind    kind
	stop    func() // ends its source
	dropped bool   // drop was called
}

// scratch pools the buffers for building frames.
var scratch = sync.Pool{New: func() any { return new([]byte) }}

// maxWaiting limits the bytes of results that wait on one connection for a slow reader.
const maxWaiting = 1 << 19

// maxScratch limits the size of buffers that are reused.
const maxScratch = 64 << 10

func (o *operation) Next(payloads ...[]byte) bool {
	kept := scratch.Get().(*[]byte)
	b := (*kept)[:0]
	for _, payload := range payloads {
		b = appendNext(b, o.id, payload)
	}
	taken := o.c.offer(b, &o.stream)
	if cap(b) <= maxScratch {
		*kept = b
		scratch.Put(kept)
	}
	return taken
}

func (o *operation) Context() context.Context { return o.c.asker.Context }
func (o *operation) Ready() bool              { return o.c.ready() }
func (o *operation) WhenReady(f func())       { o.c.whenReady(f) }
func (o *operation) Streams()                 { o.setKind(streams) }
func (o *operation) Complete()                { o.finish(appendComplete(nil, o.id)) }
func (o *operation) EndConnection(e Ending)   { o.c.part(e) }

func (o *operation) Error(list gqlerror.List) { o.finish(appendError(nil, o.id, o.c.encode(list))) }

// encode returns errors as JSON. The list must not be empty.
func (c *connection) encode(list gqlerror.List) []byte {
	b, err := json.Marshal(list)
	if err != nil || len(list) == 0 {
		c.socket.config.Log.Error("encode errors", "error", err)
		b, _ = json.Marshal(internalError)
	}
	return b
}

// finish sends the last frame. It frees the id first, so that the client may reuse it at once. Both happen under one lock, so that a
// connection that waits for its last operation does not close in between.
func (o *operation) finish(frame []byte) {
	c := o.c
	c.mu.Lock()
	c.operations = slices.DeleteFunc(c.operations, func(x *operation) bool { return x == o })
	c.end(frame, &o.stream)
	c.closeIfParted()
}

// Part ends the operation, and then its connection. If it is the last operation, both frames go out in one write: a client that closes
// idle connections itself could otherwise do so in between, and never learn why access ended.
func (o *operation) Part(e Ending) {
	c := o.c
	c.mu.Lock()
	if last := len(c.operations) == 1 && c.operations[0] == o && !o.ended; !last {
		c.mu.Unlock()
		o.Complete()
		c.part(e)
		return
	}
	c.operations, o.ended = nil, true
	if c.parting == nil {
		c.parting = &e
	}
	e = *c.parting
	c.mu.Unlock()
	c.finish(appendComplete(nil, o.id), appendClose(nil, e.Code, e.Reason))
}

// drop ends the operation without informing the client.
func (o *operation) drop() {
	o.c.mu.Lock()
	o.ended, o.dropped = true, true
	stop := o.stop
	o.stop = nil
	o.c.mu.Unlock()
	if stop != nil {
		stop()
	}
}

// onDrop has stop called when the operation is dropped, or at once if it already was.
func (o *operation) onDrop(stop func()) {
	o.c.mu.Lock()
	dropped := o.dropped
	if !dropped {
		o.stop = stop
	}
	o.c.mu.Unlock()
	if dropped {
		stop()
	}
}

// run executes the operation, on its own goroutine.
func (o *operation) run(number int, payload json.RawMessage) {
	c := o.c
	ctx := graphql.StartOperationTrace(withOperation(c.asker.Context, number))
	defer func() {
		c.mu.Lock()
		c.running--
		if c.vacancy != nil {
			close(c.vacancy)
			c.vacancy = nil
		}
		c.mu.Unlock()
	}()
	defer func() {
		if fault := recover(); fault != nil {
			o.Error(o.presentPanic(ctx, fault))
		}
	}()

	read := graphql.TraceTiming{Start: graphql.Now()}
	params, err := parseRequest(payload)
	if refusal, ok := errors.AsType[*gqlerror.Error](err); ok {
		o.Error(gqlerror.List{refusal})
		return
	}
	if err != nil {
		c.close(CloseBadRequest, reasonInvalidMessage+err.Error())
		return
	}
	read.End = graphql.Now()
	params.ReadTime = read
	op, errs := c.exec.CreateOperationContext(ctx, params)
	ctx = graphql.WithOperationContext(ctx, op)
	if len(errs) > 0 {
		o.Error(c.exec.DispatchError(ctx, errs).Errors)
		return
	}
	if op.Operation.Operation == ast.Subscription && o.share(ctx, op) {
		return
	}
	o.execute(ctx, op)
}

// share offers a subscription to the Sharer. It reports whether that took it over.
func (o *operation) share(ctx context.Context, op *graphql.OperationContext) bool {
	if o.c.socket.config.Share == nil {
		o.setKind(streams)
		return false
	}
	o.setKind(follows) // before it can end
	stop, ok := o.c.socket.config.Share.Share(ctx, op, o)
	if !ok {
		o.setKind(streams)
		return false
	}
	o.onDrop(stop)
	return true
}

// execute gets results from gqlgen, each after the client has taken the one before.
func (o *operation) execute(ctx context.Context, op *graphql.OperationContext) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	o.onDrop(cancel)
	ctx, reader := withReader(ctx, func() { o.setKind(follows) })
	next, ctx := o.c.exec.DispatchOperation(ctx, op)
	for response := next(ctx); response != nil; response = next(ctx) {
		payload, err := EncodeResponse(response)
		if err != nil {
			o.c.socket.config.Log.ErrorContext(ctx, "encode response", "error", err)
			o.Error(internalError)
			return
		}
		if !o.deliver(ctx, payload) {
			return
		}
		if op.Operation.Operation != ast.Subscription && (response.HasNext == nil || !*response.HasNext) {
			break
		}
		if !o.Ready() {
			reader.behind.Store(true)
			if !o.waitUntilReady(ctx) {
				return
			}
		}
		reader.ask()
	}
	switch {
	case reader.ending == nil:
		o.Complete()
	case *reader.ending == EndTryAgainLater: // it was interrupted, so it must not look complete
		o.EndConnection(*reader.ending)
	default:
		o.Part(*reader.ending)
	}
}

// deliver sends a result and waits while the reader is behind. It returns false if the operation is over. If more than maxWaiting bytes
// wait on the connection, it closes the connection as too slow.
func (o *operation) deliver(ctx context.Context, payload []byte) bool {
	if o.Next(payload) {
		return true
	}
	size := int64(len(payload))
	defer o.c.waiting.Add(-size)
	if waiting := o.c.waiting.Add(size); waiting > maxWaiting && waiting > size {
		o.c.close(EndTooSlow.Code, EndTooSlow.Reason)
		return false
	}
	for !o.Next(payload) {
		if !o.waitUntilReady(ctx) {
			return false
		}
	}
	return true
}

// waitUntilReady waits until the reader has taken everything. It returns false if the operation is over.
func (o *operation) waitUntilReady(ctx context.Context) bool {
	ready := make(chan struct{})
	o.WhenReady(func() { close(ready) })
	return await(ctx, ready)
}

// presentPanic returns the error for the client after a panic, as gqlgen's own handler would.
func (o *operation) presentPanic(ctx context.Context, fault any) gqlerror.List {
	if _, ok := o.c.exec.(panicPresenter); !ok {
		o.c.report("execute operation", fault)
	}
	return presentPanic(ctx, o.c.exec, fault)
}
