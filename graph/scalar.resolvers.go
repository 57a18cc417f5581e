package graph

import (
	"context"
	"time"
	"usher/auth"
	"usher/graph/generated"
	"usher/room"
)

func (r *queryResolver) ServerTime(ctx context.Context) (*time.Time, error) {
	now := r.Services.Clock.Now()
	return &now, nil
}

func (r *queryResolver) Node(ctx context.Context, id string) (room.Node, error) {
	return r.Services.Rooms.Node(ctx, auth.From(ctx), id)
}

func (r *Resolver) Query() generated.QueryResolver { return &queryResolver{r} }

type queryResolver struct{ *Resolver }
