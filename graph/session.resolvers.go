package graph

import (
	"context"
	"usher/auth"
	"usher/graph/model"
)

func (r *mutationResolver) StartSession(ctx context.Context, sessionID string) (model.SessionResult, error) {
	of, err := r.Core.Start(ctx, auth.From(ctx), sessionID)
	return sessionResult(ctx, of, sessionID, err)
}

func (r *mutationResolver) EndSession(ctx context.Context, sessionID string) (model.SessionResult, error) {
	of, err := r.Core.End(ctx, auth.From(ctx), sessionID)
	return sessionResult(ctx, of, sessionID, err)
}
