package graph

import (
	"context"
	"errors"

	"usher/auth"
	"usher/room"
)

// sourceKey carries the events that a shared execution is to show: see Feeds.
type sourceKey struct{}

// roomEvents is the subscription of one asker, executed for them alone; in a shared execution it shows what it is given.
func (r *Resolver) roomEvents(ctx context.Context, roomID string, after *int) (<-chan room.RoomEvent, error) {
	if source, ok := ctx.Value(sourceKey{}).(<-chan room.RoomEvent); ok {
		return source, nil
	}
	stream, err := r.Core.Stream(ctx, auth.From(ctx), roomID, after)
	if err != nil {
		return nil, err
	}
	out := make(chan room.RoomEvent)
	go func() {
		defer close(out)
		defer stream.Close()
		defer r.Core.Connect(stream.Watcher)()
		for ended := false; !ended; {
			var seen []room.Seen
			if seen, ended, err = stream.Next(ctx); err != nil {
				if !errors.Is(err, context.Canceled) {
					r.Log.ErrorContext(ctx, "read events", "room", roomID, "error", err)
				}
				return
			}
			if !r.sendOwn(ctx, stream, seen, out) {
				return
			}
		}
	}()
	return out, nil
}

// sendOwn sends events as their one reader sees them.
func (r *Resolver) sendOwn(ctx context.Context, stream *room.Stream, seen []room.Seen, out chan<- room.RoomEvent) bool {
	for _, s := range seen {
		sight, err := stream.Sight(ctx, s.Room)
		if err != nil {
			return false
		}
		// Whoever gets an event can read it as they could the moment before it: its last reader has no standing any more.
		if sight.Standing == (room.Sight{}).Standing {
			sight = s.Audience.Sight()
		}
		event := s.As(sight)
		if event == nil {
			continue
		}
		select {
		case out <- event:
		case <-ctx.Done():
			return false
		}
	}
	return true
}
