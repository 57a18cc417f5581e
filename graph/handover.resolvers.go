package graph

import (
	"context"
	"usher/auth"
	"usher/graph/model"
	"usher/room"
)

func (r *mutationResolver) OfferHandOver(ctx context.Context, roomID string) (model.HandOverResult, error) {
	offered, err := r.Services.HandOvers.Offer(ctx, auth.From(ctx), roomID)
	return answer[model.HandOverResult](model.HandOverSuccess{HandOver: offered}, err)
}

func (r *mutationResolver) AskHandOver(ctx context.Context, input model.AskHandOverInput) (model.HandOverResult, error) {
	actor := auth.From(ctx)
	device, err := redeemingDevice(ctx, actor, input.Credential, given(input.AttemptKey))
	if err != nil {
		return nil, err
	}
	asked, err := r.Services.HandOvers.Ask(ctx, actor, room.HandOverAsk{
		Secret: given(input.Secret), Token: given(input.Token), Digits: given(input.Digits), Device: device,
	})
	if err == nil {
		welcome(ctx)
	}
	return answer[model.HandOverResult](model.HandOverSuccess{HandOver: asked}, err)
}

func (r *mutationResolver) AnswerHandOver(ctx context.Context, id string, allow bool) (model.HandOverResult, error) {
	answered, err := r.Services.HandOvers.Answer(ctx, auth.From(ctx), id, allow)
	return answer[model.HandOverResult](model.HandOverSuccess{HandOver: answered}, err)
}

func (r *queryResolver) HandOver(ctx context.Context, id string, attemptKey *string) (*room.HandOver, error) {
	return r.Services.HandOvers.Get(ctx, auth.From(ctx), id, attemptDevice(attemptKey))
}

func (r *subscriptionResolver) HandOver(ctx context.Context, id string, attemptKey *string) (<-chan *room.HandOver, error) {
	stream, roomID, err := r.Services.HandOvers.Watch(ctx, auth.From(ctx), id, attemptDevice(attemptKey))
	if err != nil {
		return nil, err
	}
	watch, err := r.watches.enterOwn(ctx, roomID)
	if err != nil {
		return nil, err
	}
	return follow(ctx, r.Resolver, func(yield func(*room.HandOver, error) bool) {
		defer watch.leave()
		stream(yield)
	}), nil
}
