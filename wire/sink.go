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

// Sink is where the results of one operation of a WebSocket client go. Its methods never wait, and may be called from any
// goroutine; after the operation's end they do nothing.
type Sink interface {
	// Context is the asker's, without the operation: what is kept for as long as the subscription lasts stays small with it.
	Context() context.Context
	// Next sends results, each an execution result as JSON, in one write: all of them or, where the reader is behind, none.
	// Then it returns false, and the caller comes back after WhenReady. The payloads are not kept, so many sinks can share them.
	Next(payloads ...[]byte) bool
	// Ready reports whether Next would take something now.
	Ready() bool
	// WhenReady calls f once, on a goroutine of its own, as soon as the reader has caught up or the operation's connection closes.
	WhenReady(f func())
	// Complete ends the operation.
	Complete()
	// Error ends the operation with request errors, as presented to clients.
	Error(errors gqlerror.List)
	// Part completes the operation, and ends the connection as EndConnection does.
	Part(e Ending)
	// EndConnection ends the whole connection, after what was sent before and what its client waits for: answers and, with
	// EndForbidden, the last words of subscriptions that end with their asker's access.
	EndConnection(e Ending)
}

// Sharer may take subscriptions over whose results many connections share.
type Sharer interface {
	// Share is asked first for each subscription, once its document is valid; ctx is the asker's, with the operation in it,
	// and ends with the connection. Where it declines (false), the operation is executed on its own. Else it feeds out, and stop
	// is called once when the client completes the operation or the connection ends, but not after out's Complete or Error.
	Share(ctx context.Context, op *graphql.OperationContext, out Sink) (stop func(), ok bool)
}

// internalError stands for a fault of the program of which no more may be said.
var internalError = gqlerror.List{{Message: "internal server error", Extensions: map[string]any{"code": "INTERNAL_SERVER_ERROR"}}}

// operation is one operation of a connection.
type operation struct {
	stream
	c  *connection
	id string // as JSON

	// Guarded by the outbox's mutex.
	kind    kind
	stop    func() // ends what feeds it
	dropped bool   // ended from outside
}

// scratch holds the buffers in which frames are put together.
var scratch = sync.Pool{New: func() any { return new([]byte) }}

// maxWaiting is how many bytes of results may wait on one connection for a reader that is behind.
const maxWaiting = 1 << 19

// maxScratch is the largest buffer that is kept for reuse.
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
func (o *operation) Complete()                { o.finish(appendComplete(nil, o.id)) }
func (o *operation) Part(e Ending)            { o.Complete(); o.c.part(e) }
func (o *operation) EndConnection(e Ending)   { o.c.part(e) }

func (o *operation) Error(list gqlerror.List) { o.finish(appendError(nil, o.id, o.c.encode(list))) }

// encode returns errors as JSON, of which there is at least one.
func (c *connection) encode(list gqlerror.List) []byte {
	b, err := json.Marshal(list)
	if err != nil || len(list) == 0 {
		c.socket.config.Log.Error("encode errors", "error", err)
		b, _ = json.Marshal(internalError)
	}
	return b
}

// finish frees the id before the client learns of the end, so that it may use the id again at once, and in one with the last
// frame, so that a connection that waits for the last operation does not close in between.
func (o *operation) finish(frame []byte) {
	c := o.c
	c.mu.Lock()
	c.operations = slices.DeleteFunc(c.operations, func(x *operation) bool { return x == o })
	c.end(frame, &o.stream)
	c.closeIfParted()
}

// drop ends the operation from outside, without a word to the client.
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

// onDrop has stop called when the operation is dropped, at once where it is already.
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

// run executes the operation, on a goroutine of its own.
func (o *operation) run(payload json.RawMessage) {
	c := o.c
	ctx := graphql.StartOperationTrace(c.asker.Context)
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
	if op.Operation.Operation == ast.Subscription && o.isShared(ctx, op) {
		return
	}
	o.execute(ctx, op)
}

// isShared has a subscription fed together with others, where it can be.
func (o *operation) isShared(ctx context.Context, op *graphql.OperationContext) bool {
	if o.c.socket.config.Share == nil {
		o.become(streams)
		return false
	}
	o.become(follows) // before it can end
	stop, ok := o.c.socket.config.Share.Share(ctx, op, o)
	if !ok {
		o.become(streams)
		return false
	}
	o.onDrop(stop)
	return true
}

// execute pulls the results out of gqlgen, each when the client has taken the one before.
func (o *operation) execute(ctx context.Context, op *graphql.OperationContext) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	o.onDrop(cancel)
	ctx, reader := withReader(ctx, func() { o.become(follows) })
	next, ctx := o.c.exec.DispatchOperation(ctx, op)
	for response := next(ctx); response != nil; response = next(ctx) {
		payload, err := EncodeResponse(response)
		if err != nil {
			o.c.socket.config.Log.Error("encode response", "error", err)
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
			if !o.caughtUp(ctx) {
				return
			}
		}
		reader.ask()
	}
	switch {
	case reader.ending == nil:
		o.Complete()
	case *reader.ending == EndTryAgainLater: // it broke off: nothing says that it is complete
		o.EndConnection(*reader.ending)
	default:
		o.Part(*reader.ending)
	}
}

// deliver sends a result, and waits where the reader is behind; false where the operation is over. What waits on one
// connection has maxWaiting bytes at most: beyond them the reader is too slow.
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
		if !o.caughtUp(ctx) {
			return false
		}
	}
	return true
}

// caughtUp waits until the reader has taken everything; false where the operation is over.
func (o *operation) caughtUp(ctx context.Context) bool {
	ready := make(chan struct{})
	o.WhenReady(func() { close(ready) })
	return await(ctx, ready)
}

// presentPanic returns what a client is told of a panic, as gqlgen's own handler would.
func (o *operation) presentPanic(ctx context.Context, fault any) gqlerror.List {
	presenter, ok := o.c.exec.(interface {
		PresentRecoveredError(ctx context.Context, err any) error
	})
	if !ok {
		o.c.report("execute operation", fault)
		return internalError
	}
	var presented *gqlerror.Error
	if !errors.As(presenter.PresentRecoveredError(ctx, fault), &presented) {
		return internalError
	}
	return gqlerror.List{presented}
}
