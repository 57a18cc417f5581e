package graph

import (
	"context"
	"sync/atomic"
)

// access says whether the asker of a subscription may still see what it is about. The resolver that reads the events shares it
// with the fields of each answer through the context. A nil access is never lost.
type access struct{ lost atomic.Bool }

type accessKey struct{}

func withAccess(ctx context.Context, has bool) context.Context {
	a := new(access)
	a.lost.Store(!has)
	return context.WithValue(ctx, accessKey{}, a)
}

func accessOf(ctx context.Context) *access {
	a, _ := ctx.Value(accessKey{}).(*access)
	return a
}

// lose notes that the asker lost access: what they still get shows nothing of how things are now.
func (a *access) lose() {
	if a != nil {
		a.lost.Store(true)
	}
}

func (a *access) isLost() bool { return a != nil && a.lost.Load() }
