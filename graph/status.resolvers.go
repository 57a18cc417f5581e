package graph

import (
	"context"
	"usher/auth"
	"usher/room"
)

func (r *queryResolver) SiteStatus(ctx context.Context) (*room.SiteStatus, error) {
	return r.Services.Policy.Status(ctx, auth.From(ctx))
}
