package graph

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/gorilla/websocket"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"golang.org/x/sync/semaphore"

	"usher/auth"
	"usher/live"
	"usher/wire"
)

// work shares a capacity among principals. A principal beyond its share waits for its turn.
type work struct {
	all *semaphore.Weighted
	one int64 // the share of one principal
	mu  sync.Mutex
	by  map[auth.Principal]*shift
}

// shift is one principal's work in progress.
type shift struct {
	own   *semaphore.Weighted
	users int // guarded by work.mu
}

func newWork(all, one int64) *work {
	return &work{all: semaphore.NewWeighted(all), one: one, by: map[auth.Principal]*shift{}}
}

// begin waits for the principal's turn and returns ctx's error if that ends first. done ends the work.
func (w *work) begin(ctx context.Context, by auth.Principal, cost int) (done func(), err error) {
	size := min(max(int64(cost), 1), w.one)
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
		s = &shift{own: semaphore.NewWeighted(w.one)}
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

// These limit the complexity of the documents that are executed at once. Building an answer takes about 1.3 KB of memory for each unit.
// An operation beyond the limit waits, at most for the time that an operation of its kind may take.
const (
	maxWork      = 10 * wire.DefaultComplexity // of all
	maxWorkOfOne = 2 * wire.DefaultComplexity  // of one principal
)

// worker is the work of one operation.
type worker struct {
	*work
	by   auth.Principal
	cost int
	done func() // nil while it rests
}

// Resume begins the work, or goes on with it.
func (w *worker) Resume(ctx context.Context) (err error) {
	w.done, err = w.begin(ctx, w.by, w.cost)
	return err
}

// Rest ends the work until Resume.
func (w *worker) Rest() {
	if w.done != nil {
		w.done()
		w.done = nil
	}
}

// inTurn executes a query or mutation when its turn comes. A mutation that waits in line for a transaction leaves its turn to others. A crowd
// that enters would otherwise hold all turns while it only waits.
func (u *Use) inTurn(ctx context.Context, by auth.Principal, next graphql.ResponseHandler) graphql.ResponseHandler {
	cost := wire.Cost(graphql.GetOperationContext(ctx))
	return func(inner context.Context) *graphql.Response {
		w := &worker{work: u.work, by: by, cost: cost}
		if err := w.Resume(ctx); err != nil { // ctx ends when the operation's time is up
			return &graphql.Response{Errors: gqlerror.List{wire.Present(ctx, err)}}
		}
		defer w.Rest()
		return next(live.WithWorker(inner, w))
	}
}

// These limit the requests in progress, from reading the body to the end of the answer. Each may use as much memory as an answer. Many
// strangers may share an address, so they may have four times as many requests.
const (
	maxRequests         = 16_384
	maxRequestsOfOne    = 256
	requestOfOneKnown   = 4
	requestOfOneUnknown = 1
	// shortBody is how many bytes of a body count as one request. Longer ones count as several, so they need no more memory.
	shortBody = 64 << 10
	// LongBody limits the bytes of a request of somebody who is signed in. It has room for a file of 1 MB in Base64.
	LongBody = 24 * shortBody
	// requestPatience limits how long a request waits for others of its principal. Its body must arrive within ten seconds.
	requestPatience = 5 * time.Second
)

// LongBodies reports whether a request may have LongBody bytes: only somebody who is signed in needs more than a few texts.
func LongBodies(r *http.Request) bool { return auth.From(r.Context()).User != nil }

// RequestsInTurn lets a request in once its principal has few enough in progress. WebSockets are counted separately.
func (u *Use) RequestsInTurn(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if websocket.IsWebSocketUpgrade(r) {
			next.ServeHTTP(w, r)
			return
		}
		by, size := auth.From(r.Context()).Principal(), requestOfOneKnown
		if by.Stranger() {
			size = requestOfOneUnknown
		}
		size *= int(1 + min(max(r.ContentLength-1, 0), LongBody)/shortBody)
		ctx, cancel := context.WithTimeout(r.Context(), requestPatience)
		done, err := u.requests.begin(ctx, by, size)
		cancel()
		if err != nil {
			wire.RefuseForNow(w, requestPatience, "too many requests are under way at once; wait for their answers")
			return
		}
		defer done()
		next.ServeHTTP(w, r)
	})
}
