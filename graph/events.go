package graph

import (
	"context"
	"fmt"
	"iter"

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
	beginLast(ctx)
	r.Core.Connect(stream.Watcher)
	return followRoom(ctx, r, func(yield func(room.RoomEvent, error) bool) {
		defer r.Core.Disconnect(stream.Watcher)
		defer stream.Close()
		for ended := false; !ended; {
			var seen []room.Seen
			if seen, ended, err = stream.Next(ctx); err != nil {
				yield(nil, fmt.Errorf("read events of room %s: %w", roomID, err))
				return
			}
			for _, s := range seen {
				event, err := asOwn(ctx, r.Core, s)
				if err == nil && event == nil {
					continue
				}
				if !yield(event, err) || err != nil {
					return
				}
			}
		}
	}), nil
}

// asOwn is an event as its one reader sees it. Whoever gets an event can read it as they could the moment before it: its last
// reader has no standing any more.
func asOwn(ctx context.Context, core *room.Rooms, s room.Seen) (room.RoomEvent, error) {
	sight, err := core.Sight(ctx, auth.From(ctx), s.Room)
	if err != nil {
		return nil, err
	}
	if sight.Standing == (room.Sight{}).Standing {
		sight = s.Audience.Sight()
	}
	return s.As(sight), nil
}

// follow hands a stream on to gqlgen, one message after the other. A fault ends the connection, so that its client comes back
// and resumes.
func follow[T any](ctx context.Context, r *Resolver, stream iter.Seq2[T, error]) <-chan T {
	out := make(chan T)
	go func() {
		defer close(out)
		for message, err := range stream {
			if err != nil {
				if ctx.Err() == nil {
					r.Log.ErrorContext(ctx, "feed subscription", "requestId", requestID(ctx), "error", err)
					endConnection(ctx, EndTryAgainLater)
				}
				return
			}
			select {
			case out <- message:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

// followRoom is follow for a stream that ends when its asker may not see the room any more: the connection is closed then, where
// no credential of theirs opens anything.
func followRoom[T any](ctx context.Context, r *Resolver, stream iter.Seq2[T, error]) <-chan T {
	return follow(ctx, r, func(yield func(T, error) bool) {
		for message, err := range stream {
			if !yield(message, err) {
				return
			}
		}
		if left, err := r.Core.HasCredential(ctx, auth.From(ctx)); err == nil && !left {
			endConnection(ctx, EndForbidden)
		}
	})
}
