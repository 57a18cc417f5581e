package wire

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// maxSeveral limits the subscriptions of one stream, like those of one WebSocket.
const maxSeveral = 16

// named is one of several operations of a request.
type named struct {
	id     string
	params *graphql.RawParams
}

// several returns the subscriptions of a request {"operations": [{"id": "1", "query": "…", "variables": {…}}, …]}. The messages of
// such a stream have the form of graphql-sse's single connection mode: {"id": "1", "payload": {…}}. Nothing is reserved before, so any
// server of a site can answer. To follow other subscriptions, a client requests another stream.
func (m members) several(r *http.Request) ([]named, *gqlerror.Error) {
	list, isList := m["operations"].([]any)
	switch {
	case !isList || len(list) == 0:
		return nil, refuse(CodeBadUserInput, "the parameter operations is not a list of operations")
	case m["query"] != nil:
		return nil, refuse(CodeBadUserInput, "the request has a query beside operations; send one of them")
	case len(list) > maxSeveral:
		return nil, refuse(CodeBadUserInput, "the parameter operations has more than %d operations", maxSeveral)
	}
	operations, known := make([]named, len(list)), map[string]bool{}
	for i, item := range list {
		of, isObject := item.(map[string]any)
		id, isText := of["id"].(string)
		switch {
		case !isObject:
			return nil, refuse(CodeBadUserInput, "an item of operations is not an object")
		case !isText || id == "" || len(id) > maxOperationID:
			return nil, refuse(CodeBadUserInput, "each of the operations needs an id, a string of 1 to %d bytes", maxOperationID)
		case known[id]:
			return nil, refuse(CodeBadUserInput, "two operations have the same id")
		}
		known[id] = true
		params, err := members(of).params()
		if err != nil {
			return nil, err
		}
		operations[i] = named{id: id, params: params}
	}
	return operations, nil
}

// runAll sends the results of all operations until there are no more, or ctx ends.
func (s *eventStream) runAll(ctx context.Context, r *http.Request, operations []named) {
	var all sync.WaitGroup
	for _, of := range operations {
		all.Go(func() { s.runOne(ctx, r, of) })
	}
	all.Wait()
}

func (s *eventStream) runOne(ctx context.Context, r *http.Request, of named) {
	ctx, end := context.WithCancel(ctx)
	defer end()
	defer func() {
		if fault := recover(); fault != nil {
			s.sendErrors(of.id, presentPanic(ctx, s.exec, fault))
			s.complete(of.id)
		}
	}()
	op, errs := s.create(ctx, of.params, r)
	ctx = graphql.WithOperationContext(ctx, op)
	if errs == nil && op.Operation.Operation != ast.Subscription {
		errs = gqlerror.List{refuse(CodeBadUserInput, "a stream of several operations takes subscriptions only")}
	}
	if errs != nil {
		s.sendErrors(of.id, s.exec.DispatchError(ctx, errs).Errors)
		s.complete(of.id)
		return
	}
	s.subscribe(running{of.id, ctx, op})
}

// running is an operation with its context. Its id is empty if it is the request's only one.
type running struct {
	id  string
	ctx context.Context //nolint:containedctx // it belongs to the operation
	op  *graphql.OperationContext
}

// subscribe sends the results of a subscription until there are no more, or its context ends.
func (s *eventStream) subscribe(one running) {
	ctx, reader := withReader(one.ctx, func() {})
	next, dispatched := s.exec.DispatchOperation(ctx, one.op)
	for {
		response := next(dispatched)
		if ctx.Err() != nil { // after ctx ends, a result may be incomplete
			return
		}
		if response == nil {
			break
		}
		begun := time.Now() //nolint:forbidigo // measures a socket, so the site's clock does not matter
		if !s.send(one.id, response) {
			return
		}
		if time.Since(begun) > slowWrite { //nolint:forbidigo // see above
			reader.behind.Store(true)
		}
		reader.ask()
	}
	if reader.ending == nil {
		s.completeOne(one.id)
		return
	}
	s.endWith(*reader.ending)
}

// endWith ends the stream because one of its subscriptions asks for it. A stream whose credentials give access to nothing any more
// waits for its other subscriptions: they end by themselves, and their last events say why.
func (s *eventStream) endWith(e Ending) {
	s.mu.Lock()
	first := s.ending == nil
	if first {
		s.ending = &e
	}
	s.mu.Unlock()
	switch {
	case !e.awaits(follows):
		s.cancel(e)
	case first:
		time.AfterFunc(partWithin, func() { s.cancel(e) })
	}
}

// completeOne announces that one of several operations is complete.
func (s *eventStream) completeOne(id string) {
	if id != "" {
		s.complete(id)
	}
}

// envelope returns the data of a message. A result of one of several operations names it.
func envelope(id string, payload []byte) []byte {
	if id == "" {
		return payload
	}
	b := append([]byte(`{"id":`), quote(id)...)
	if payload != nil {
		b = append(append(b, `,"payload":`...), payload...)
	}
	return append(b, '}')
}

// sendErrors sends errors of a whole operation, or of the stream, without data.
func (s *eventStream) sendErrors(id string, errs gqlerror.List) {
	payload, err := json.Marshal(withoutData{errs})
	if err != nil {
		s.cancel(err)
		return
	}
	s.next(id, payload)
}

// panicPresenter is what gqlgen's executor does with a panic.
type panicPresenter interface {
	PresentRecoveredError(ctx context.Context, err any) error
}

// presentPanic returns the error for the client after a panic.
func presentPanic(ctx context.Context, exec graphql.GraphExecutor, fault any) gqlerror.List {
	presenter, ok := exec.(panicPresenter)
	if !ok {
		return internalError
	}
	var presented *gqlerror.Error
	if !errors.As(presenter.PresentRecoveredError(ctx, fault), &presented) {
		return internalError
	}
	return gqlerror.List{presented}
}
