package graph

import (
	"context"
	"sync/atomic"
)

// access records whether the asker of a subscription may still see the room. The resolver that reads the events shares it through the
// context with the fields of each answer. A nil access is never lost.
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

// lose records that the asker lost access: later answers show nothing of the current state.
func (a *access) lose() {
	if a != nil {
		a.lost.Store(true)
	}
}

func (a *access) isLost() bool { return a != nil && a.lost.Load() }
