package graph

import (
	"context"
	"fmt"
	"iter"

	"usher/auth"
	"usher/room"
	"usher/wire"
)

// sourceKey carries the events that a shared execution is to show: see Feeds.
type sourceKey struct{}

// roomEvents is the subscription of one asker, executed for them alone; in a shared execution it shows what it is given.
func (r *Resolver) roomEvents(ctx context.Context, roomID string, after *int) (<-chan room.RoomEvent, error) {
	if source, ok := ctx.Value(sourceKey{}).(<-chan room.RoomEvent); ok {
		return source, nil
	}
	stream, err := r.Services.News.Stream(ctx, auth.From(ctx), roomID, after)
	if err != nil {
		return nil, err
	}
	watch, err := r.watches.enterOwn(ctx, roomID)
	if err != nil {
		stream.Close()
		return nil, err
	}
	wire.ReaderOf(ctx).BeginLast()
	r.Services.News.Connect(stream.Watcher)
	return followRoom(ctx, r, func(yield func(room.RoomEvent, error) bool) {
		defer watch.leave()
		defer r.Services.News.Disconnect(stream.Watcher)
		defer stream.Close()
		own := ownEvents{resolver: r, stream: stream}
		for ended := false; !ended; {
			var goesOn bool
			if ended, goesOn, err = own.next(ctx, yield); err != nil {
				yield(nil, fmt.Errorf("read events of room %s: %w", roomID, err))
			}
			if err != nil || !goesOn {
				return
			}
		}
	}), nil
}

// ownEvents reads a room's events for one asker.
type ownEvents struct {
	resolver *Resolver
	stream   *room.Stream
	saved    room.Saved
}

// next hands on what the stream reads next. Where the reader turns out to be behind, it goes back to what they have not got
// yet, so that this is judged by the rights that they have by then.
func (o *ownEvents) next(ctx context.Context, yield func(room.RoomEvent, error) bool) (ended, goesOn bool, err error) {
	actor, reader := auth.From(ctx), wire.ReaderOf(ctx)
	if reader.WasBehind() {
		if err := o.stream.Recheck(ctx, actor); err != nil {
			return false, false, err
		}
	}
	o.stream.Save(&o.saved)
	seen, ended, err := o.stream.Next(ctx)
	if err != nil {
		return false, false, err
	}
	for i, s := range seen {
		sight, err := o.sight(ctx, actor, s)
		if err != nil {
			return false, false, err
		}
		if event := s.As(sight); event != nil && !yield(event, nil) {
			return false, false, nil
		}
		if i < len(seen)-1 && reader.IsBehind() {
			o.stream.GoBack(&o.saved, s.Row.Revision)
			return false, true, nil
		}
	}
	return ended, true, nil
}

// sight is how the reader sees an event: by the rights of now. Who has none any more reads the event that says so as they could
// the moment before it, unless the room has moved on since: then they read nothing of how things are.
func (o *ownEvents) sight(ctx context.Context, actor auth.Actor, s room.Seen) (room.Sight, error) {
	former := s.Audience == room.Former
	if !former {
		sight, err := o.resolver.Services.Rooms.Sight(ctx, actor, s.Room)
		if err != nil || sight.Standing != (room.Sight{}).Standing {
			return sight, err
		}
		if former, err = o.resolver.Services.News.MovedOn(ctx, s.Row.RoomID, s.Row.Revision); err != nil {
			return sight, err
		}
	}
	if former {
		accessOf(ctx).lose()
		return room.Former.Sight(), nil
	}
	return s.Audience.Sight(), nil
}

// follow hands a stream on to gqlgen, one message after the other, each put together when the reader asks for it. A fault ends
// the connection, so that its client comes back and resumes.
func follow[T any](ctx context.Context, r *Resolver, stream iter.Seq2[T, error]) <-chan T {
	out := make(chan T)
	go func() {
		defer close(out)
		for message, err := range stream {
			if err != nil {
				if ctx.Err() == nil {
					r.Log.ErrorContext(ctx, "feed subscription", "requestId", wire.RequestIDOf(ctx), "error", err)
					wire.ReaderOf(ctx).EndConnection(wire.EndTryAgainLater)
				}
				return
			}
			select {
			case out <- message:
			case <-ctx.Done():
				return
			}
			if !wire.ReaderOf(ctx).Asked(ctx) {
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
		if left, err := r.Services.Rooms.HasCredential(ctx, auth.From(ctx)); err == nil && !left {
			wire.ReaderOf(ctx).EndConnection(wire.EndForbidden)
		}
	})
}
