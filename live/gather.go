package live

import (
	"context"
	"sync"
)

// gatherMost is how many keys one reading looks for.
const gatherMost = 256

// gatherPatience is how long an asker waits for readings of others: the one under way, and another.
const gatherPatience = 2 * readLimit

// Gather reads for a crowd: whoever asks while a reading is under way is answered by the next one, together with all who ask
// meanwhile. Who asks alone waits for nobody. An answer is never older than its question.
//
// A reading is for all its askers, so it does not end with the context of the one who happens to make it, but after readLimit,
// storage that is silent included. Who waits for others' readings goes when their own context ends, and after gatherPatience.
type Gather[K comparable, V any] struct {
	read func(ctx context.Context, keys []K) (map[K]V, error)
	turn chan struct{} // holds who reads
	mu   sync.Mutex
	next *reading[K, V] // guarded by mu
}

// reading is one query, or a few, for all who asked by then.
type reading[K comparable, V any] struct {
	keys   map[K]struct{} // guarded by Gather.mu, until it is closed to newcomers
	made   chan struct{}  // closed when values and err stand
	values map[K]V
	err    error
}

// NewGather gathers what read answers: the values of those keys that have one. Askers of one key share its value.
func NewGather[K comparable, V any](read func(ctx context.Context, keys []K) (map[K]V, error)) *Gather[K, V] {
	return &Gather[K, V]{read: read, turn: make(chan struct{}, 1)}
}

// Of returns the value of a key, the zero value where there is none; problem.ErrUnavailable where it takes too long.
func (g *Gather[K, V]) Of(ctx context.Context, key K) (v V, err error) {
	r := g.join(key)
	if err := g.await(ctx, r); err != nil {
		return v, err
	}
	return r.values[key], r.err
}

func (g *Gather[K, V]) join(key K) *reading[K, V] {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.next == nil || len(g.next.keys) == gatherMost {
		g.next = &reading[K, V]{keys: map[K]struct{}{}, made: make(chan struct{})}
	}
	g.next.keys[key] = struct{}{}
	return g.next
}

// await returns when a reading is made: by the first of its askers whose turn it is.
func (g *Gather[K, V]) await(ctx context.Context, r *reading[K, V]) error {
	select {
	case g.turn <- struct{}{}: // nobody reads
	default:
		ctx, cancel := context.WithTimeout(ctx, gatherPatience)
		defer cancel()
		select {
		case g.turn <- struct{}{}:
		case <-r.made:
			return nil
		case <-ctx.Done():
			return unavailable("wait for other readings", ctx.Err())
		}
	}
	defer func() { <-g.turn }()
	select {
	case <-r.made:
	default:
		g.fill(r)
	}
	return nil
}

func (g *Gather[K, V]) fill(r *reading[K, V]) {
	ctx, cancel := context.WithTimeout(context.Background(), readLimit)
	defer cancel()
	r.values, r.err = g.read(ctx, g.close(r))
	close(r.made)
}

// close lets nobody join a reading any more, and returns what it is to look for.
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
