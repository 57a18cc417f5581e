package live

import (
	"context"
	"runtime"
	"sync"
	"time"
)

// gatherMost limits the keys of one reading.
const gatherMost = 256

// gatherPatience limits how long a caller waits for other callers' readings: the current one and one more.
const gatherPatience = 2 * readLimit

// Gather batches reads. Callers that ask during a reading share the next one; a lone caller never waits. A value is always read after
// the call that asks for it.
//
// A reading serves several callers, so it does not end with the context of the caller that runs it. It ends after readLimit, even if
// the storage does not respond. A caller that waits for another's reading stops when its own context ends, or after gatherPatience.
type Gather[K comparable, V any] struct {
	read func(ctx context.Context, keys []K) (map[K]V, error)
	turn chan struct{} // a semaphore: one reading at a time
	mu   sync.Mutex
	next *reading[K, V] // guarded by mu
}

// reading is one call of read, for all callers that joined it.
type reading[K comparable, V any] struct {
	keys   map[K]struct{} // guarded by Gather.mu until close
	made   chan struct{}  // closed when values and err are set
	values map[K]V
	err    error
}

// NewGather returns a Gather that reads with read, which returns the values of the keys that exist. Callers of one key share its value.
func NewGather[K comparable, V any](read func(ctx context.Context, keys []K) (map[K]V, error)) *Gather[K, V] {
	return &Gather[K, V]{read: read, turn: make(chan struct{}, 1)}
}

// Of returns the value of a key, or the zero value if there is none. It returns problem.ErrUnavailable if reading takes too long.
func (g *Gather[K, V]) Of(ctx context.Context, key K) (V, error) {
	v, _, err := g.Find(ctx, key)
	return v, err
}

// Find is Of that also reports whether there is a value.
func (g *Gather[K, V]) Find(ctx context.Context, key K) (v V, found bool, err error) {
	r := g.join(key)
	if err := g.await(ctx, r); err != nil {
		return v, false, err
	}
	v, found = r.values[key]
	return v, found, r.err
}

// All returns the values of the keys that exist. Nobody may change them, because others may get the same. Whoever asks for more keys than
// one reading takes, reads alone.
func (g *Gather[K, V]) All(ctx context.Context, keys []K) (map[K]V, error) {
	if len(keys) > gatherMost {
		return g.read(ctx, keys)
	}
	r := g.join(keys...)
	if err := g.await(ctx, r); err != nil {
		return nil, err
	}
	if r.err != nil {
		return nil, r.err
	}
	found := make(map[K]V, len(keys))
	for _, key := range keys {
		if v, ok := r.values[key]; ok {
			found[key] = v
		}
	}
	return found, nil
}

func (g *Gather[K, V]) join(keys ...K) *reading[K, V] {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.next == nil || len(g.next.keys)+len(keys) > gatherMost {
		g.next = &reading[K, V]{keys: make(map[K]struct{}, len(keys)), made: make(chan struct{})}
	}
	for _, key := range keys {
		g.next.keys[key] = struct{}{}
	}
	return g.next
}

// await returns once the reading is made. The first of its callers that gets the turn runs it.
func (g *Gather[K, V]) await(ctx context.Context, r *reading[K, V]) error {
	select {
	case g.turn <- struct{}{}: // nobody reads
	default:
		// No context of its own: a connection's context would keep a register of its children for as long as it is open.
		patience := time.NewTimer(gatherPatience)
		defer patience.Stop()
		select {
		case g.turn <- struct{}{}:
		case <-r.made:
			return nil
		case <-ctx.Done():
			return unavailable("wait for other readings", ctx.Err())
		case <-patience.C:
			return unavailable("wait for other readings", context.DeadlineExceeded)
		}
	}
	defer func() { <-g.turn }()
	select {
	case <-r.made:
	default:
		runtime.Gosched() // lets those who are about to ask join; nobody waits for them
		g.fill(context.WithoutCancel(ctx), r)
	}
	return nil
}

func (g *Gather[K, V]) fill(ctx context.Context, r *reading[K, V]) {
	ctx, cancel := context.WithTimeout(ctx, readLimit)
	defer cancel()
	r.values, r.err = g.read(ctx, g.close(r))
	close(r.made)
}

// close stops others from joining a reading and returns its keys.
func (g *Gather[K, V]) close(r *reading[K, V]) []K {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.next == r {
		g.next = nil
	}
	keys := make([]K, 0, len(r.keys))
	for key := range r.keys {
		keys = append(keys, key)
	}
	return keys
}
