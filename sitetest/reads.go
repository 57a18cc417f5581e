package sitetest

import (
	"context"
	"sync"
	"sync/atomic"

	"usher/ent"
)

// reads lets stories see what the server reads from its database. It is there before the server runs, because a client of the database
// must not get an interceptor while others use it.
type reads struct {
	mu  sync.RWMutex
	all []func(ctx context.Context, query ent.Query, value ent.Value)
}

// OnRead calls see after each read of the server, from the goroutine that reads.
func (h *House) OnRead(see func(ctx context.Context, query ent.Query, value ent.Value)) {
	h.reads.mu.Lock()
	defer h.reads.mu.Unlock()
	h.reads.all = append(h.reads.all, see)
}

// CountReads counts the server's reads from now on.
func (h *House) CountReads() *atomic.Int64 {
	var n atomic.Int64
	h.OnRead(func(context.Context, ent.Query, ent.Value) { n.Add(1) })
	return &n
}

func (r *reads) Intercept(next ent.Querier) ent.Querier {
	return ent.QuerierFunc(func(ctx context.Context, query ent.Query) (ent.Value, error) {
		value, err := next.Query(ctx, query)
		r.mu.RLock()
		defer r.mu.RUnlock()
		for _, see := range r.all {
			see(ctx, query, value)
		}
		return value, err
	})
}
