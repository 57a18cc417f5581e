package wire

import (
	"context"
	"sync/atomic"
)

// Reader is the client of a subscription that is executed alone. The transport and the resolver share it through the context. A nil
// Reader accepts everything at once and is never behind.
type Reader struct {
	// ending ends the connection with the subscription, unless it is nil. It is written before the subscription's end and read after
	// it.
	ending *Ending
	// begin announces that the subscription ends with a last event, which an ending connection waits for.
	begin func()
	// asks is signalled once the client can take another result. Results are made only then, because the asker's rights at that moment
	// decide what they contain.
	asks chan struct{}
	// behind means that the transport had to wait for the client.
	behind atomic.Bool
}

type readerKey struct{}

func withReader(ctx context.Context, begin func()) (context.Context, *Reader) {
	r := &Reader{begin: begin, asks: make(chan struct{}, 1)}
	return context.WithValue(ctx, readerKey{}, r), r
}

// ReaderOf returns the client of the context's subscription, or nil if there is none.
func ReaderOf(ctx context.Context) *Reader {
	r, _ := ctx.Value(readerKey{}).(*Reader)
	return r
}

// ask signals that the client can take another result.
func (r *Reader) ask() {
	select {
	case r.asks <- struct{}{}:
	default:
	}
}

// Asked waits until the client can take another result. It returns false if ctx ends first.
func (r *Reader) Asked(ctx context.Context) bool {
	if r == nil {
		return ctx.Err() == nil
	}
	return await(ctx, r.asks)
}

// WasBehind reports whether the client was behind since the last call.
func (r *Reader) WasBehind() bool { return r != nil && r.behind.Swap(false) }

// IsBehind reports whether the client was behind since the last call of WasBehind.
func (r *Reader) IsBehind() bool { return r != nil && r.behind.Load() }

// BeginLast announces that this subscription ends with the event that takes its asker's access.
func (r *Reader) BeginLast() {
	if r != nil {
		r.begin()
	}
}

// EndConnection ends the connection with the subscription.
func (r *Reader) EndConnection(e Ending) {
	if r != nil {
		r.ending = &e
	}
}

// await waits for a signal. It returns false if ctx ends first.
func await(ctx context.Context, signal <-chan struct{}) bool {
	select {
	case <-signal:
		return true
	case <-ctx.Done():
		return false
	}
}
