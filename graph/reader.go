package graph

import (
	"context"
	"sync/atomic"
)

// reader is the client of one subscription that is executed on its own, as the transport and the resolver share it through
// the context. A nil reader asks for everything at once and is never behind.
type reader struct {
	// ending is what becomes of the connection, nil: it stays open. It is written before the subscription's end and read after it.
	ending *Ending
	// begin says that the subscription has a last word, which the connection is to be kept for.
	begin func()
	// asks has a token once the client can take another result. What it gets is put together then, and not before: what it
	// may see is decided at that moment.
	asks chan struct{}
	// behind: the client had to be waited for.
	behind atomic.Bool
	// former: the client lost access, and what it still gets shows nothing of how things are now.
	former atomic.Bool
}

type readerKey struct{}

func withReader(ctx context.Context, begin func()) (context.Context, *reader) {
	r := &reader{begin: begin, asks: make(chan struct{}, 1)}
	return context.WithValue(ctx, readerKey{}, r), r
}

func readerOf(ctx context.Context) *reader {
	r, _ := ctx.Value(readerKey{}).(*reader)
	return r
}

// ask says that the client can take another result.
func (r *reader) ask() {
	select {
	case r.asks <- struct{}{}:
	default:
	}
}

// asked waits until the client can take another result; false where ctx ends first.
func (r *reader) asked(ctx context.Context) bool {
	if r == nil {
		return ctx.Err() == nil
	}
	return await(ctx, r.asks)
}

// wasBehind reports whether the client had to be waited for since the last call.
func (r *reader) wasBehind() bool { return r != nil && r.behind.Swap(false) }

// isBehind reports whether the client had to be waited for since wasBehind was called.
func (r *reader) isBehind() bool { return r != nil && r.behind.Load() }

// becomeFormer notes that the client lost access.
func (r *reader) becomeFormer() {
	if r != nil {
		r.former.Store(true)
	}
}

// isFormer reports whether the client lost access.
func (r *reader) isFormer() bool { return r != nil && r.former.Load() }

// beginLast says that this subscription ends with the event that takes its asker's access.
func (r *reader) beginLast() {
	if r != nil {
		r.begin()
	}
}

// endConnection ends the connection with the subscription.
func (r *reader) endConnection(e Ending) {
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
