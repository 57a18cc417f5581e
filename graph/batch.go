package graph

import (
	"context"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
)

// batch loads what the fields of one answer refer to, with one query for each kind. Whatever is listed announces the keys that its
// fields may need, and the first field that needs one loads all of them. Unlike a loader that waits for keys to arrive, it always takes
// the same queries (A4).
type batch[V any] struct {
	fetch func(ctx context.Context, keys []string) (map[string]V, error)
	found func(V) // announces the keys that a loaded value refers to
	// blank returns a replacement value once the reader has lost access. Without it, such a reader gets the zero value.
	blank func(key string) V

	fetching sync.Mutex // held while keys are fetched, before mu
	mu       sync.Mutex // never held while another batch is called: batches refer to each other in circles
	wanted   keys
	read     map[string]V  // nil before the first; an answer has many batches, and needs few of them
	reads    *atomic.Int64 // counts what is read
}

func (b *batch[V]) expect(key string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, ok := b.read[key]; !ok {
		b.wanted.add(key)
	}
}

// load returns the value of a key. It returns the zero value for an unknown key.
func (b *batch[V]) load(ctx context.Context, key string) (v V, err error) {
	if accessOf(ctx).isLost() {
		if b.blank != nil {
			v = b.blank(key)
		}
		return v, nil
	}
	if v, ok := b.known(key); ok {
		return v, nil
	}
	b.fetching.Lock()
	defer b.fetching.Unlock()
	if v, ok := b.known(key); ok {
		return v, nil
	}
	keys := b.want(key)
	values, err := b.fetch(ctx, keys)
	b.reads.Add(1)
	if err != nil {
		return v, err
	}
	// Fields that see these values may load what they refer to, so that is announced first.
	if b.found != nil {
		for _, value := range values {
			b.found(value)
		}
	}
	b.keep(keys, values)
	return values[key], nil
}

func (b *batch[V]) known(key string) (V, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	v, ok := b.read[key]
	return v, ok
}

// want adds a key to those wanted, and returns them all.
func (b *batch[V]) want(key string) []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.wanted.add(key)
	return slices.Collect(maps.Keys(b.wanted))
}

// know keeps a value that the same request has read already.
func (b *batch[V]) know(key string, v V) { b.keep([]string{key}, map[string]V{key: v}) }

func (b *batch[V]) keep(keys []string, values map[string]V) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.read == nil {
		b.read = make(map[string]V, len(keys))
	}
	for _, k := range keys {
		delete(b.wanted, k)
		b.read[k] = values[k]
	}
}

func newBatch[V any](reads *atomic.Int64, fetch func(context.Context, []string) (map[string]V, error), found func(V)) *batch[V] {
	return &batch[V]{reads: reads, fetch: fetch, found: found}
}

// keys is a set of keys. Nil is empty.
type keys map[string]struct{}

func (k *keys) add(key string) {
	if *k == nil {
		*k = keys{}
	}
	(*k)[key] = struct{}{}
}
