package wire_test

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"usher/wire"
)

// sharer takes over the subscriptions that it returns a stop function for.
type sharer func(ctx context.Context, out wire.Sink) (stop func())

func (f sharer) Share(ctx context.Context, op *graphql.OperationContext, out wire.Sink) (func(), bool) {
	if op.RawQuery == "" || graphql.GetOperationContext(ctx) != op {
		panic("the operation is not in the context")
	}
	if out.Context().Err() != nil || graphql.HasOperationContext(out.Context()) {
		panic("the sink's context is not the asker's")
	}
	stop := f(ctx, out)
	return stop, stop != nil
}

// MustTakeOver opens a connection with the shared subscription "1" and returns its sink. stops counts calls of its stop.
func MustTakeOver(t *testing.T, config wire.WebSocketConfig) (s *server, c *client, out wire.Sink, stops *atomic.Int32) {
	t.Helper()
	sinks := make(chan wire.Sink, 1)
	stops = new(atomic.Int32)
	config.Share = sharer(func(_ context.Context, out wire.Sink) func() {
		sinks <- out
		return func() { stops.Add(1) }
	})
	s = MustServe(t, config)
	c = s.MustOpen(t)
	c.Subscribe("1", `subscription { events }`)
	return s, c, <-sinks, stops
}

func event(n int) []byte { return fmt.Appendf(nil, `{"data":{"events":"%d"}}`, n) }

func TestSharedSubscriptions(t *testing.T) {
	expectStops := func(t *testing.T, stops *atomic.Int32, want int32) {
		t.Helper()
		synctest.Wait()
		if n := stops.Load(); n != want {
			t.Errorf("stopped %d times, want %d", n, want)
		}
	}
	t.Run("the client completes", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			_, c, out, stops := MustTakeOver(t, wire.WebSocketConfig{})
			if !out.Next(event(1)) {
				t.Error("not accepted")
			}
			c.Expect(`{"id":"1","type":"next","payload":{"data":{"events":"1"}}}`)
			c.Send(`{"id":"1","type":"complete"}`)
			expectStops(t, stops, 1)
			if !out.Next(event(2)) {
				t.Error("results after the end are to be passed over, not to be waited with")
			}
			out.Complete()
			out.Error(gqlerror.List{{Message: "late"}})
			c.Sync()
			_ = c.NetConn().Close()
			expectStops(t, stops, 1)
		})
	})
	t.Run("the feeder completes", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			_, c, out, stops := MustTakeOver(t, wire.WebSocketConfig{})
			out.Next(event(1))
			out.Complete()
			out.Complete()
			out.Next(event(2))
			c.Expect(`{"id":"1","type":"next","payload":{"data":{"events":"1"}}}`, `{"id":"1","type":"complete"}`)
			c.Sync()
			_ = c.NetConn().Close()
			expectStops(t, stops, 0)
		})
	})
	t.Run("the feeder fails", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			_, c, out, stops := MustTakeOver(t, wire.WebSocketConfig{})
			out.Error(gqlerror.List{{Message: "no", Extensions: map[string]any{"code": "NOT_FOUND"}}})
			c.Expect(`{"id":"1","type":"error","payload":[{"message":"no","extensions":{"code":"NOT_FOUND"}}]}`)
			c.Sync()
			expectStops(t, stops, 0)
		})
	})
	t.Run("the feeder closes the connection", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			_, c, out, stops := MustTakeOver(t, wire.WebSocketConfig{})
			go func() {
				out.Next(event(1))
				out.EndConnection(wire.Ending{Code: 4403, Reason: "Removed"})
			}()
			c.Expect(`{"id":"1","type":"next","payload":{"data":{"events":"1"}}}`)
			c.ExpectClose(4403, "Removed")
			expectStops(t, stops, 1)
		})
	})
	t.Run("the last operation and its connection end in one write", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			_, c, out, _ := MustTakeOver(t, wire.WebSocketConfig{})
			c.Sync()
			synctest.Wait() // until nothing is being written
			go out.Part(wire.Ending{Code: 4403, Reason: "Removed"})
			written := make([]byte, 4096)
			n, err := c.NetConn().Read(written)
			if got := string(written[:n]); err != nil || !strings.Contains(got, `{"id":"1","type":"complete"}`) || !strings.Contains(got, "Removed") {
				t.Errorf("the first write is %q, %v, want both frames", got, err)
			}
		})
	})
	t.Run("the client leaves", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			_, c, _, stops := MustTakeOver(t, wire.WebSocketConfig{})
			_ = c.NetConn().Close()
			expectStops(t, stops, 1)
		})
	})
	t.Run("the client completes while it is being shared", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			sharing, shared := make(chan struct{}), make(chan struct{})
			var stops atomic.Int32
			s := MustServe(t, wire.WebSocketConfig{Share: sharer(func(context.Context, wire.Sink) func() {
				close(sharing)
				<-shared
				return func() { stops.Add(1) }
			})})
			c := s.MustOpen(t)
			c.Subscribe("1", `subscription { events }`)
			<-sharing
			c.Send(`{"id":"1","type":"complete"}`)
			c.Sync()
			close(shared)
			expectStops(t, &stops, 1)
		})
	})
	t.Run("the feeder declines", func(t *testing.T) {
		bubble(t, wire.WebSocketConfig{Share: sharer(func(context.Context, wire.Sink) func() { return nil })}, func(t *testing.T, s *server) {
			c := s.MustOpen(t)
			c.Subscribe("1", `subscription { count(to: 1) }`)
			c.Expect(`{"id":"1","type":"next","payload":{"data":{"count":1}}}`, `{"id":"1","type":"complete"}`)
		})
	})
	t.Run("queries are never shared", func(t *testing.T) {
		bubble(t, wire.WebSocketConfig{Share: sharer(func(context.Context, wire.Sink) func() { panic("asked") })}, func(t *testing.T, s *server) {
			c := s.MustOpen(t)
			c.Subscribe("1", `{ hello }`)
			c.Expect(`{"id":"1","type":"next","payload":{"data":{"hello":"hello world"}}}`, `{"id":"1","type":"complete"}`)
		})
	})
}
