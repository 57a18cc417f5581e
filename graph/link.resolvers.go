package graph

import (
	"context"
	"usher/auth"
	"usher/graph/model"
	"usher/room"
)

func (r *mutationResolver) AskHost(ctx context.Context, input room.AskHostInput) (model.AskHostResult, error) {
	look, err := r.Services.Links.AskHost(ctx, auth.From(ctx), input)
	return answer[model.AskHostResult](model.AskHostSuccess{Link: look}, err)
}

func (r *queryResolver) InvitationLink(ctx context.Context, token string) (*room.InvitationLink, error) {
	actor := auth.From(ctx)
	if jar, err := auth.Cookies(ctx); err == nil {
		auth.KeepDevice(actor, jar)
	}
	look, err := r.Services.Links.Look(ctx, actor, token)
	if err == nil && look.Problem == nil {
		welcome(ctx)
	}
	return look, err
}

func (r *subscriptionResolver) InvitationLink(ctx context.Context, token string) (<-chan *room.InvitationLink, error) {
	if source, ok := ctx.Value(sourceKey{}).(<-chan *room.InvitationLink); ok {
		return source, nil
	}
	stream, err := r.Services.Links.Watch(ctx, auth.From(ctx), token)
	if err != nil {
		return nil, err
	}
	return follow(ctx, r.Resolver, stream), nil
}
