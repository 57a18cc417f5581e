package graph

import (
	"context"
	"usher/auth"
	"usher/graph/generated"
	"usher/room"
)

func (r *subscriptionResolver) RoomEvents(ctx context.Context, roomID string, after *int) (<-chan room.RoomEvent, error) {
	return r.roomEvents(ctx, roomID, after)
}

func (r *subscriptionResolver) Presence(ctx context.Context, roomID string) (<-chan *room.Presence, error) {
	return r.Core.WatchPresence(ctx, auth.From(ctx), roomID)
}

func (r *Resolver) Subscription() generated.SubscriptionResolver { return &subscriptionResolver{r} }

type subscriptionResolver struct{ *Resolver }
