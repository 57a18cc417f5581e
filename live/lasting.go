package live

import (
	"context"

	lru "github.com/hashicorp/golang-lru/v2"
)

// Lasting reads values that never change while they exist, and keeps the most recent. It reads the others as Gather does. A value that was
// deleted may still be found, so whoever acts on it must look for it.
type Lasting[K comparable, V any] struct {
	gather *Gather[K, V]
	kept   *lru.Cache[K, V]
}

// NewLasting returns a Lasting that keeps size values, and reads with read, which returns the values of the keys that exist.
func NewLasting[K comparable, V any](size int, read func(ctx context.Context, keys []K) (map[K]V, error)) *Lasting[K, V] {
	kept, _ := lru.New[K, V](size) // fails only for sizes below 1
	return &Lasting[K, V]{NewGather(read), kept}
}

// Of returns the value of a key. A missing key gives the zero value, and is read again the next time. It returns problem.ErrUnavailable if
// reading takes too long.
func (l *Lasting[K, V]) Of(ctx context.Context, key K) (V, error) {
	if v, kept := l.kept.Get(key); kept {
		return v, nil
	}
	v, found, err := l.gather.Find(ctx, key)
	if found && err == nil {
		l.kept.Add(key, v)
	}
	return v, err
}
