package graph

import (
	"context"
	"usher/auth"
	"usher/gesture"
	"usher/graph/model"
)

func (r *mutationResolver) React(ctx context.Context, roomID string, reaction gesture.Reaction) (model.ToolsResult, error) {
	of, err := r.Reactions.React(ctx, auth.From(ctx), roomID, reaction)
	return answer[model.ToolsResult](model.ToolsSuccess{Room: of}, err)
}

func (r *subscriptionResolver) Tally(ctx context.Context, roomID string) (<-chan *model.Tally, error) {
	if source, ok := ctx.Value(sourceKey{}).(<-chan *model.Tally); ok {
		return source, nil
	}
	stream, err := r.Services.News.WatchPresence(ctx, auth.From(ctx), roomID, stirs)
	if err != nil {
		return nil, err
	}
	watch, err := r.watches.enterOwn(ctx, roomID)
	if err != nil {
		return nil, err
	}
	return followRoom(ctx, r.Resolver, func(yield func(*model.Tally, error) bool) {
		defer watch.leave()
		r.followTally(ctx, roomID, stream, yield)
	}), nil
}
