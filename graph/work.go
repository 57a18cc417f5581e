package graph

import (
	"context"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"golang.org/x/sync/semaphore"

	"usher/auth"
	"usher/wire"
)

// What is executed at once, in the complexity of its documents. An answer takes about 1.3 KB of memory for each unit while it is
// put together. What is beyond waits for its turn, as long as an operation of its kind may take.
const (
	maxWork      = 10 * wire.DefaultComplexity // of all
	maxWorkOfOne = 2 * wire.DefaultComplexity  // of one principal
)

// work shares the execution of queries and mutations out, so that expensive documents take turns. The zero value is not ready
// for use: see newWork.
type work struct {
	all *semaphore.Weighted
	mu  sync.Mutex
	by  map[auth.Principal]*shift
}

// shift is the work of one principal.
type shift struct {
	own   *semaphore.Weighted
	users int // guarded by work.mu
}

func newWork() *work {
	return &work{all: semaphore.NewWeighted(maxWork), by: map[auth.Principal]*shift{}}
}

// begin waits for the principal's turn at work of some complexity. The error is the context's. done ends the work.
func (w *work) begin(ctx context.Context, by auth.Principal, cost int) (done func(), err error) {
	size := int64(min(max(cost, 1), maxWorkOfOne))
	s := w.enter(by)
	if err := s.own.Acquire(ctx, size); err != nil {
		w.leave(by, s)
		return nil, err
	}
	if err := w.all.Acquire(ctx, size); err != nil {
		s.own.Release(size)
		w.leave(by, s)
		return nil, err
	}
	return func() {
		w.all.Release(size)
		s.own.Release(size)
		w.leave(by, s)
	}, nil
}

func (w *work) enter(by auth.Principal) *shift {
	w.mu.Lock()
	defer w.mu.Unlock()
	s := w.by[by]
	if s == nil {
		s = &shift{own: semaphore.NewWeighted(maxWorkOfOne)}
		w.by[by] = s
	}
	s.users++
	return s
}

func (w *work) leave(by auth.Principal, s *shift) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if s.users--; s.users == 0 {
		delete(w.by, by)
	}
}

// inTurn executes a query or a mutation when its turn comes.
func (w *work) inTurn(ctx context.Context, by auth.Principal, next graphql.ResponseHandler) graphql.ResponseHandler {
	cost := wire.Cost(graphql.GetOperationContext(ctx))
	return func(inner context.Context) *graphql.Response {
		done, err := w.begin(ctx, by, cost) // ctx ends when the time of the operation is over
		if err != nil {
			return &graphql.Response{Errors: gqlerror.List{wire.Present(ctx, err)}}
		}
		defer done()
		return next(inner)
	}
}
