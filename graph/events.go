package graph

import (
	"context"
	"fmt"
	"iter"

	"usher/auth"
	"usher/room"
	"usher/wire"
)

// sourceKey carries the events that a shared execution renders; see Feeds.
type sourceKey struct{}

// roomEvents executes a subscription for one asker alone. In a shared execution it only returns the source of events.
func (r *Resolver) roomEvents(ctx context.Context, roomID string, after *int, tools room.Topics) (<-chan room.RoomEvent, error) {
	if source, ok := ctx.Value(sourceKey{}).(<-chan room.RoomEvent); ok {
		return source, nil
	}
	stream, err := r.Services.News.Stream(ctx, auth.From(ctx), roomID, after, tools)
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

// next yields what the stream reads next. If the reader falls behind, it goes back to what they have not received, so that their rights
// are checked again when they receive it.
func (o *ownEvents) next(ctx context.Context, yield func(room.RoomEvent, error) bool) (ended, goesOn bool, err error) {
	actor, reader := auth.From(ctx), wire.ReaderOf(ctx)
	if reader.WasBehind() {
		o.stream.Recheck(actor)
	}
	o.stream.Save(&o.saved)
	seen, ended, err := o.stream.Next(ctx)
	if err != nil {
		return false, false, err
	}
	for i, s := range seen {
		sight, gets, err := o.sight(ctx, actor, s, ended && i == len(seen)-1)
		if err != nil {
			return false, false, err
		}
		if event := s.As(sight); gets && event != nil && !yield(event, nil) {
			return false, false, nil
		}
		if i < len(seen)-1 && reader.IsBehind() {
			o.stream.GoBack(&o.saved, s.Row.Revision)
			return false, true, nil
		}
	}
	return ended, true, nil
}

// sight returns the sight in which the reader gets an event: that of their current rights. If they have none left, they get only the
// last event, which ended them, with their rights before it. But if the room has moved on since, they see nothing of its state.
func (o *ownEvents) sight(ctx context.Context, actor auth.Actor, s room.Seen, last bool) (sight room.Sight, gets bool, err error) {
	former := s.Audience == room.Former
	if !former {
		sight, err := o.resolver.Services.Rooms.Sight(ctx, actor, s.Room)
		if err != nil || sight.Standing != (room.Sight{}).Standing {
			return sight, true, err
		}
		if !last {
			return sight, false, nil
		}
		if former, err = o.resolver.Services.News.MovedOn(ctx, s.Row.RoomID, s.Row.Revision); err != nil {
			return sight, false, err
		}
	}
	if former {
		accessOf(ctx).lose()
		return room.Former.Sight(), true, nil
	}
	return s.Audience.Sight(), true, nil
}

// follow sends a stream's messages to gqlgen one by one, each made when the reader asks for it. An error ends the connection, and the
// client reconnects and resumes.
func follow[T any](ctx context.Context, r *Resolver, stream iter.Seq2[T, error]) <-chan T {
	out := make(chan T)
	go func() {
		defer close(out)
		for message, err := range stream {
			if err != nil {
				if ctx.Err() == nil {
					r.Log.ErrorContext(ctx, "feed subscription", "error", err)
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

// followRoom is like follow, for a stream that ends when its asker may no longer see the room. It then closes the connection if the
// asker's credentials give access to nothing else.
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
