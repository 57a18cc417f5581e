package graph

import (
	"context"
	"iter"
	"reflect"
	"slices"
	"time"

	"usher/ask"
	"usher/ent"
	"usher/gesture"
	"usher/graph/model"
	"usher/room"
	"usher/talk"
	"usher/vote"
)

// totals are the numbers of a room's tools at one moment. Most of them change without an event: then the command that changes them
// calls live.Tx.Stir.
type totals struct {
	gap       time.Duration // of the chat
	reactions gesture.Counts
	votes     *vote.Totals // nil while no interaction is open
	upvotes   ask.Totals
}

// totalling reads totals.
type totalling struct {
	talk      *talk.Messages
	reactions *gesture.Reactions
	votes     *vote.Interactions
	questions *ask.Questions
}

func (r *Resolver) totals() totalling { return totalling{r.Talk, r.Reactions, r.Votes, r.Ask} }

func (t totalling) read(ctx context.Context, roomID string) (now totals, err error) {
	now.reactions = t.reactions.Counted(roomID)
	if now.gap, err = t.talk.Gap(ctx, roomID); err != nil {
		return now, err
	}
	if now.votes, err = t.votes.Rows.Totals(ctx, roomID); err != nil {
		return now, err
	}
	now.upvotes, err = t.questions.Rows.Totals(ctx, roomID)
	return now, err
}

// stirs reports whether the totals of a room may be others after an event.
func stirs(e *ent.Event) bool { return talk.Paces(e) || vote.Tallies(e) || ask.Tallies(e) }

// calming is how often totals are read again that time changes: no event reports that the gap of the chat falls, or that an applause ends.
const calming = 5 * time.Second

// calms reports whether totals change by time.
func (t totals) calms() bool { return t.gap > 0 || t.reactions.Any() }

// equal reports whether two totals are the same.
func (t totals) equal(other totals) bool {
	return t.gap == other.gap && t.reactions == other.reactions && t.votes.Equal(other.votes) && slices.Equal(t.upvotes, other.upvotes)
}

// tallyFor returns the audience whose tally somebody gets: that of everyone, of those in the room, or of its moderators.
func tallyFor(as room.Audience) room.Audience {
	switch {
	case as < room.InRoom:
		return room.Everyone
	case as < room.Moderators:
		return room.InRoom
	}
	return room.Moderators
}

// tally returns the tally of an audience.
func (t totals) tally(tick, online, inRoom int, as room.Audience) *model.Tally {
	reactions := []*model.ReactionTally{}
	for i, n := range t.reactions {
		if n > 0 {
			reactions = append(reactions, &model.ReactionTally{Reaction: gesture.AllReactions[i], Count: n})
		}
	}
	return &model.Tally{
		Tick: tick, Online: online, InRoom: inRoom, ChatGapSeconds: int(t.gap / time.Second), Reactions: reactions,
		Interaction: t.votes.Shown(as.Sight()), Questions: t.upvotes.Shown(as.Sight()),
	}
}

// followTally yields the tallies of a room to one asker, as its presence changes or its totals may have.
func (r *Resolver) followTally(
	ctx context.Context, roomID string, stream iter.Seq2[*room.Presence, error], yield func(*model.Tally, error) bool,
) {
	var last *model.Tally
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
		next := read.tally(0, now.Online, now.InRoom, tallyFor(now.As))
		if last != nil {
			if next.Tick = last.Tick; reflect.DeepEqual(next, last) {
				continue
			}
		}
		next.Tick++
		if last = next; !yield(next, nil) {
			return
		}
	}
}
