package graph

import (
	"context"
	"fmt"
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

// !!! WARNING !!!
// The code below was going to be deleted when updating resolvers. It has been copied here so you have
// one last chance to move it out of harms way if you want. There are two reasons this happens:
//  - When renaming or deleting a resolver the old code will be put in here. You can safely delete
//    it when you're done.
//  - You have helper methods in this file. Move them out to keep these resolver files clean.
/*
	func (r *participantChangedResolver) PreviousState(ctx context.Context, obj *room.ParticipantChanged) (*participant.State, error) {
	panic(fmt.Errorf("not implemented: PreviousState - previousState"))
}
func (r *participantChangedResolver) State(ctx context.Context, obj *room.ParticipantChanged) (participant.State, error) {
	panic(fmt.Errorf("not implemented: State - state"))
}
func (r *redemptionRefusedResolver) Code(ctx context.Context, obj *room.RedemptionRefused) (problem.Code, error) {
	panic(fmt.Errorf("not implemented: Code - code"))
}
func (r *Resolver) ParticipantChanged() generated.ParticipantChangedResolver {
	return &participantChangedResolver{r}
}
func (r *Resolver) RedemptionRefused() generated.RedemptionRefusedResolver {
	return &redemptionRefusedResolver{r}
}
type (
	participantChangedResolver struct{ *Resolver }
	redemptionRefusedResolver  struct{ *Resolver }
	subscriptionResolver       struct{ *Resolver }
)
*/
