package graph

import (
	"context"
	"usher/auth"
	"usher/room"
)

func (r *queryResolver) InvitationLink(ctx context.Context, token string) (*room.InvitationLink, error) {
	actor := auth.From(ctx)
	if jar, err := auth.Cookies(ctx); err == nil {
		auth.KeepDevice(actor, jar)
	}
	return r.Core.Look(ctx, actor, token)
}
