package graph

import (
	"context"
	"iter"
	"time"

	"usher/ent"
	"usher/gesture"
	"usher/room"
	"usher/talk"
)

// totals are the numbers of a room's tools at one moment. Most of them change without an event: then the command that changes them
// calls live.Tx.Stir.
type totals struct {
	gap       time.Duration // of the chat
	reactions gesture.Counts
}

// totalling reads totals.
type totalling struct {
	talk      *talk.Messages
	reactions *gesture.Reactions
}

func (r *Resolver) totals() totalling { return totalling{r.Talk, r.Reactions} }

func (t totalling) read(ctx context.Context, roomID string) (now totals, err error) {
	now.reactions = t.reactions.Counted(roomID)
	now.gap, err = t.talk.Gap(ctx, roomID)
	return now, err
}

// stirs reports whether the totals of a room may be others after an event.
func stirs(e *ent.Event) bool { return talk.Paces(e) }

// calming is how often totals are read again that time changes: no event reports that the gap of the chat falls, or that an applause ends.
const calming = 5 * time.Second

// calms reports whether totals change by time.
func (t totals) calms() bool { return t.gap > 0 || t.reactions.Any() }

// tally returns the tally that somebody gets.
func (t totals) tally(tick, online, inRoom int) *talk.Tally {
	return &talk.Tally{Tick: tick, Online: online, InRoom: inRoom, ChatGapSeconds: int(t.gap / time.Second), Reactions: t.reactions}
}

// followTally yields the tallies of a room to one asker, as its presence changes or its totals may have.
func (r *Resolver) followTally(
	ctx context.Context, roomID string, stream iter.Seq2[*room.Presence, error], yield func(*talk.Tally, error) bool,
) {
	var last *talk.Tally
	for now, err := range stream {
		if err != nil {
			yield(nil, err)
			return
		}
		read, err := r.totals().read(ctx, roomID)
		if err != nil {
			yield(nil, err)
			return
		}
		next := read.tally(0, now.Online, now.InRoom)
		if last != nil {
			if next.Tick = last.Tick; *next == *last {
				continue
			}
		}
		next.Tick++
		if last = next; !yield(next, nil) {
			return
		}
	}
}
