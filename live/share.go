package live

import (
	"context"
	"sync"
)

// Share lets those who read the same at the same time share one reading. Unlike Gather, it reads each key by itself, so that a slow one
// delays no other. A value is always read after the call that asks for it.
type Share[K comparable, V any] struct {
	read func(ctx context.Context, key K) (V, error)
	mu   sync.Mutex
	keys map[K]*sharing[V]
}

// sharing is a key that somebody reads.
type sharing[V any] struct {
	readings *Gather[struct{}, V]
	callers  int // guarded by Share.mu
}

// NewShare returns a Share that reads with read. Callers of one key share its value, so nobody may change it.
func NewShare[K comparable, V any](read func(ctx context.Context, key K) (V, error)) *Share[K, V] {
	return &Share[K, V]{read: read, keys: map[K]*sharing[V]{}}
}

// Of returns the value of a key. It returns problem.ErrUnavailable if reading takes too long.
func (s *Share[K, V]) Of(ctx context.Context, key K) (V, error) {
	defer s.leave(key)
	return s.enter(key).Of(ctx, struct{}{})
}

func (s *Share[K, V]) enter(key K) *Gather[struct{}, V] {
	s.mu.Lock()
	defer s.mu.Unlock()
	of := s.keys[key]
	if of == nil {
		of = &sharing[V]{readings: NewGather(func(ctx context.Context, _ []struct{}) (map[struct{}]V, error) {
			v, err := s.read(ctx, key)
			return map[struct{}]V{{}: v}, err
		})}
		s.keys[key] = of
	}
	of.callers++
	return of.readings
}

func (s *Share[K, V]) leave(key K) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if of := s.keys[key]; of.callers > 1 {
		of.callers--
	} else {
		delete(s.keys, key)
	}
}
