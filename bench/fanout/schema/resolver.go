// Package schema is the small GraphQL schema of the peers in the fan-out measurement. Only they import it.
package schema

import (
	"context"
	"strconv"

	"usher/bench/fanout/hub"
)

//go:generate go run github.com/99designs/gqlgen generate

// Resolver publishes to its hub and subscribes there.
type Resolver struct {
	Hub *hub.Hub[*RoomEvent]
}

func (r *Resolver) Query() QueryResolver               { return queries{r} }
func (r *Resolver) Mutation() MutationResolver         { return mutations{r} }
func (r *Resolver) Subscription() SubscriptionResolver { return subscriptions{r} }

type (
	queries       struct{ *Resolver }
	mutations     struct{ *Resolver }
	subscriptions struct{ *Resolver }
)

// Event returns a room's next event.
func Event(e hub.Event) *RoomEvent {
	return &RoomEvent{Seq: e.Seq, At: e.At, RoomID: e.RoomID, Role: RoleSpeaker, Message: e.Message}
}

func (queries) Me(context.Context) (*string, error) { return nil, nil }

func (r mutations) StartSession(_ context.Context, roomID string) (*Session, error) {
	event := Event(r.Hub.Next(roomID))
	r.Hub.Publish(roomID, event)
	return &Session{ID: strconv.Itoa(event.Seq)}, nil
}

func (r subscriptions) RoomEvents(ctx context.Context, roomID string) (<-chan *RoomEvent, error) {
	events, stop := r.Hub.Subscribe(roomID, 64)
	context.AfterFunc(ctx, stop)
	return events, nil
}
