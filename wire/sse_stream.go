package wire

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// eventStream is the answer to one request.
type eventStream struct {
	entry
	cancel context.CancelCauseFunc // ends its operation, if that is a subscription

	exec graphql.GraphExecutor

	mu      sync.Mutex
	w       http.ResponseWriter
	control *http.ResponseController
	timeout time.Duration
	ending  *Ending // asked for by a subscription
	code    int     // why the stream is over; only for follow
}

func (s *eventStream) part(e Ending)   { s.cancel(e) }
func (s *eventStream) cutOff(e Ending) { s.cancel(e) }

// create parses and validates an operation.
func (s *eventStream) create(ctx context.Context, params *graphql.RawParams, r *http.Request) (*graphql.OperationContext, gqlerror.List) {
	now := graphql.Now()
	params.Headers, params.ReadTime = r.Header, graphql.TraceTiming{Start: now, End: now}
	return s.exec.CreateOperationContext(ctx, params)
}

// answer sends the answer to a query or mutation.
func (s *eventStream) answer(one running) {
	next, ctx := s.exec.DispatchOperation(one.ctx, one.op)
	response := next(ctx) // before the header is sent, because it may set cookies
	if response == nil {
		response = s.exec.DispatchError(ctx, gqlerror.List{gqlerror.Wrap(ctx.Err())})
	}
	s.begin(keepAliveComment)
	s.send("", response)
	s.complete("")
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

func (s *eventStream) send(id string, response *graphql.Response) bool {
	payload, err := EncodeResponse(response)
	if err != nil {
		s.cancel(err)
		return false
	}
	return s.next(id, payload)
}

func (s *eventStream) next(id string, payload []byte) bool {
	data := envelope(id, payload)
	b := make([]byte, 0, len(data)+32)
	b = append(append(append(b, "event: next\ndata: "...), data...), "\n\n"...)
	return s.write(b)
}

// complete announces the end of an operation, or of the stream. It has a data line even if that is empty, because browsers ignore
// events without one.
func (s *eventStream) complete(id string) {
	data := envelope(id, nil)
	if len(data) > 0 {
		data = append([]byte(" "), data...)
	}
	s.write([]byte("event: complete\ndata:" + string(data) + "\n\n"))
}

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

// alive sends keep-alive comments until run returns or ctx ends.
func (s *eventStream) alive(ctx context.Context, every time.Duration, run func()) {
	living, over := context.WithCancel(ctx)
	var alive sync.WaitGroup
	alive.Go(func() { s.keepAlive(living, every) })
	defer alive.Wait()
	defer over()
	run()
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
