package graph

import (
	"context"
	"usher/auth"
	"usher/talk"
)

func (r *subscriptionResolver) Tally(ctx context.Context, roomID string) (<-chan *talk.Tally, error) {
	if source, ok := ctx.Value(sourceKey{}).(<-chan *talk.Tally); ok {
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
	return followRoom(ctx, r.Resolver, func(yield func(*talk.Tally, error) bool) {
		defer watch.leave()
		r.followTally(ctx, roomID, stream, yield)
	}), nil
}
