package graph_test

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"usher/graph"
)

// sharer takes over the subscriptions for which it returns a stop function.
type sharer func(ctx context.Context, out graph.Sink) (stop func())

func (f sharer) Share(ctx context.Context, op *graphql.OperationContext, out graph.Sink) (func(), bool) {
	stop := f(ctx, out)
	return stop, stop != nil
}
