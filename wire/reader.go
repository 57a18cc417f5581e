package wire

import (
	"context"
	"sync/atomic"
)

// Reader is the client of one subscription that is executed on its own, as the transport and the resolver share it through
// the context. A nil Reader asks for everything at once and is never behind.
type Reader struct {
	// ending is what becomes of the connection, nil: it stays open. It is written before the subscription's end and read after it.
	ending *Ending
	// begin says that the subscription has a last word, which the connection is to be kept for.
	begin func()
	// asks has a token once the client can take another result. What it gets is put together then, and not before: what it
	// may see is decided at that moment.
	asks chan struct{}
	// behind: the client had to be waited for.
	behind atomic.Bool
}

type readerKey struct{}

func withReader(ctx context.Context, begin func()) (context.Context, *Reader) {
	r := &Reader{begin: begin, asks: make(chan struct{}, 1)}
	return context.WithValue(ctx, readerKey{}, r), r
}

// ReaderOf returns the client of the subscription that is executed in the context, nil where there is none.
func ReaderOf(ctx context.Context) *Reader {
	r, _ := ctx.Value(readerKey{}).(*Reader)
	return r
}

// ask says that the client can take another result.
func (r *Reader) ask() {
	select {
	case r.asks <- struct{}{}:
	default:
	}
}

// Asked waits until the client can take another result; false where ctx ends first.
func (r *Reader) Asked(ctx context.Context) bool {
	if r == nil {
		return ctx.Err() == nil
	}
	return await(ctx, r.asks)
}

// WasBehind reports whether the client had to be waited for since the last call.
func (r *Reader) WasBehind() bool { return r != nil && r.behind.Swap(false) }

// IsBehind reports whether the client had to be waited for since WasBehind was called.
func (r *Reader) IsBehind() bool { return r != nil && r.behind.Load() }

// BeginLast says that this subscription ends with the event that takes its asker's access.
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

// await waits for a signal; false where ctx ends first.
func await(ctx context.Context, signal <-chan struct{}) bool {
	select {
	case <-signal:
		return true
	case <-ctx.Done():
		return false
	}
}
