package graph

import (
	"context"
	"usher/auth"
	"usher/graph/generated"
	"usher/room"
)

func (r *subscriptionResolver) RoomEvents(ctx context.Context, roomID string, after *int, tools []room.Topic) (<-chan room.RoomEvent, error) {
	return r.roomEvents(ctx, roomID, after, tools)
}

func (r *subscriptionResolver) Presence(ctx context.Context, roomID string) (<-chan *room.Presence, error) {
	if source, ok := ctx.Value(sourceKey{}).(<-chan *room.Presence); ok {
		return source, nil
	}
	stream, err := r.Services.News.WatchPresence(ctx, auth.From(ctx), roomID, nil)
	if err != nil {
		return nil, err
	}
	watch, err := r.watches.enterOwn(ctx, roomID)
	if err != nil {
		return nil, err
	}
	return followRoom(ctx, r.Resolver, func(yield func(*room.Presence, error) bool) {
		defer watch.leave()
		stream(yield)
	}), nil
}

func (r *Resolver) Subscription() generated.SubscriptionResolver { return &subscriptionResolver{r} }

type subscriptionResolver struct{ *Resolver }
