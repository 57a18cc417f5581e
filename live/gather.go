package live

import "sync"

// gatherMost is how many keys one reading looks for.
const gatherMost = 256

// Gather reads for a crowd: whoever asks while a reading is under way is answered by the next one, together with all who ask
// meanwhile. Who asks alone waits for nobody. An answer is never older than its question.
type Gather[K comparable, V any] struct {
	read func(keys []K) (map[K]V, error)
	turn chan struct{} // holds who reads
	mu   sync.Mutex
	next *reading[K, V] // guarded by mu
}

// reading is one query, or a few, for all who asked by then.
type reading[K comparable, V any] struct {
	keys   map[K]struct{} // guarded by Gather.mu, until it is closed to newcomers
	done   bool           // guarded by Gather.turn, as are the values
	values map[K]V
	err    error
}

// NewGather gathers what read answers: the values of those keys that have one. Askers of one key share its value.
func NewGather[K comparable, V any](read func(keys []K) (map[K]V, error)) *Gather[K, V] {
	return &Gather[K, V]{read: read, turn: make(chan struct{}, 1)}
}

// Of returns the value of a key, the zero value where there is none.
func (g *Gather[K, V]) Of(key K) (V, error) {
	r := g.join(key)
	g.turn <- struct{}{}
	defer func() { <-g.turn }()
	if !r.done {
		r.values, r.err = g.read(g.close(r))
		r.done = true
	}
	return r.values[key], r.err
}

func (g *Gather[K, V]) join(key K) *reading[K, V] {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.next == nil || len(g.next.keys) == gatherMost {
		g.next = &reading[K, V]{keys: map[K]struct{}{}}
	}
	g.next.keys[key] = struct{}{}
	return g.next
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
