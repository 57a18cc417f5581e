package graph

import (
	"context"
	"usher/auth"
	"usher/graph/model"
	"usher/room"
)

func (r *mutationResolver) AskHost(ctx context.Context, input model.AskHostInput) (model.AskHostResult, error) {
	look, err := r.Core.AskHost(ctx, auth.From(ctx), input.Token, text(given(input.Message)))
	return answer[model.AskHostResult](model.AskHostSuccess{Link: look}, err)
}

func (r *queryResolver) InvitationLink(ctx context.Context, token string) (*room.InvitationLink, error) {
	actor := auth.From(ctx)
	if jar, err := auth.Cookies(ctx); err == nil {
		auth.KeepDevice(actor, jar)
	}
	look, err := r.Core.Look(ctx, actor, token)
	if err == nil && look.Problem == nil {
		welcome(ctx)
	}
	return look, err
}

func (r *subscriptionResolver) InvitationLink(ctx context.Context, token string) (<-chan *room.InvitationLink, error) {
	stream, err := r.Core.WatchLink(ctx, auth.From(ctx), token)
	if err != nil {
		return nil, err
	}
	return follow(ctx, r.Resolver, stream), nil
}
