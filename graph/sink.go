package graph

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
	// Part ends the operation, and the connection with one of the Close codes once no other operation on it is left that ends by
	// itself with a last word (see operation.last): each of them is to say it.
	Part(code int, reason string)
	// CloseConnection ends the whole connection with one of the Close codes, after what was sent before.
	CloseConnection(code int, reason string)
}

// Sharer may take subscriptions over whose results many connections share.
type Sharer interface {
	// Share is asked first for each subscription, once its document is valid; ctx is the asker's, with the operation in it,
	// and ends with the connection. Where it declines (false), the operation is executed on its own. Else it feeds out, and stop
	// is called once when the client completes the operation or the connection ends, but not after out's Complete or Error.
	Share(ctx context.Context, op *graphql.OperationContext, out Sink) (stop func(), ok bool)
}

// tooManyOperations answers the operation that is one too many: another must end first.
var tooManyOperations = []byte(`[{"message":"too many operations on this connection","extensions":{"code":"RATE_LIMITED","retryAfterSeconds":1}}]`)

// internalError stands for a fault of the program of which no more may be said.
var internalError = gqlerror.List{{Message: "internal server error", Extensions: map[string]any{"code": "INTERNAL_SERVER_ERROR"}}}

// operation is one operation of a connection.
type operation struct {
	stream
	c  *connection
	id string // as JSON

	// Guarded by the outbox's mutex.
	stop    func() // ends what feeds it
	dropped bool   // ended from outside
	last    bool   // it follows a room, and ends by itself where its asker loses access to that
	streams bool   // a subscription: there is no answer that its client waits for
}

// scratch holds the buffers in which frames are put together.
var scratch = sync.Pool{New: func() any { return new([]byte) }}

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

func (o *operation) Context() context.Context                { return o.c.asker.Context }
func (o *operation) Ready() bool                             { return o.c.ready() }
func (o *operation) WhenReady(f func())                      { o.c.whenReady(f) }
func (o *operation) Complete()                               { o.finish(appendComplete(nil, o.id)) }
func (o *operation) Part(code int, reason string)            { o.Complete(); o.c.part(code, reason) }
func (o *operation) CloseConnection(code int, reason string) { o.c.close(code, reason) }

func (o *operation) Error(list gqlerror.List) {
	b, err := json.Marshal(list)
	if err != nil || len(list) == 0 {
		o.c.socket.config.Log.Error("encode errors", "error", err)
		b, _ = json.Marshal(internalError)
	}
	o.finish(appendError(nil, o.id, b))
}

// finish frees the id before the client learns of the end, so that it may use the id again at once.
func (o *operation) finish(frame []byte) {
	c := o.c
	c.mu.Lock()
	c.operations = slices.DeleteFunc(c.operations, func(x *operation) bool { return x == o })
	c.mu.Unlock()
	c.end(frame, &o.stream)
	c.restartIfSettled()
	c.partIfLast()
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
	if op.Operation.Operation == ast.Subscription {
		c.mu.Lock()
		o.streams = true
		c.mu.Unlock()
		c.restartIfSettled()
		if c.socket.config.Share != nil {
			o.hasLast(true) // before it can end
			stop, ok := c.socket.config.Share.Share(ctx, op, o)
			if o.hasLast(ok); ok {
				o.onDrop(stop)
				return
			}
		}
	}
	o.execute(ctx, op)
}

// execute pulls the results out of gqlgen, as fast as the client reads them.
func (o *operation) execute(ctx context.Context, op *graphql.OperationContext) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	o.onDrop(cancel)
	ctx, end := withEnding(ctx)
	end.begin = func() { o.hasLast(true) }
	next, ctx := o.c.exec.DispatchOperation(ctx, op)
	for response := next(ctx); response != nil; response = next(ctx) {
		payload, err := encodeResponse(response)
		if err != nil {
			o.c.socket.config.Log.Error("encode response", "error", err)
			o.Error(internalError)
			return
		}
		for !o.Next(payload) {
			ready := make(chan struct{})
			o.WhenReady(func() { close(ready) })
			select {
			case <-ready:
			case <-ctx.Done():
				return
			}
		}
		if !o.streams && (response.HasNext == nil || !*response.HasNext) {
			break
		}
	}
	switch {
	case end.fault():
		o.CloseConnection(end.code, end.reason)
	case end.code != 0:
		o.Part(end.code, end.reason)
	default:
		o.Complete()
	}
}

func (o *operation) hasLast(last bool) {
	o.c.mu.Lock()
	defer o.c.mu.Unlock()
	o.last = last
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
