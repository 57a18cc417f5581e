package graph

import (
	"context"
	"time"
	"usher/auth"
	"usher/talk"
)

func (r *subscriptionResolver) Tally(ctx context.Context, roomID string) (<-chan *talk.Tally, error) {
	if source, ok := ctx.Value(sourceKey{}).(<-chan *talk.Tally); ok {
		return source, nil
	}
	stream, err := r.Services.News.WatchPresence(ctx, auth.From(ctx), roomID)
	if err != nil {
		return nil, err
	}
	watch, err := r.watches.enterOwn(ctx, roomID)
	if err != nil {
		return nil, err
	}
	return followRoom(ctx, r.Resolver, func(yield func(*talk.Tally, error) bool) {
		defer watch.leave()
		tick := 0
		for now, err := range stream {
			if err != nil {
				yield(nil, err)
				return
			}
			tick++
			gap, err := r.Talk.Gap(ctx, roomID)
			if !yield(&talk.Tally{Tick: tick, Online: now.Online, InRoom: now.InRoom, ChatGapSeconds: int(gap / time.Second)}, err) || err != nil {
				return
			}
		}
	}), nil
}
