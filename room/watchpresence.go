package room

import (
	"context"
	"iter"
	"slices"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/live"
	"usher/problem"
	"usher/role"
)

// WatchPresence yields who is connected to a room and how many are in it, at once and after changes, which it gathers. The stream
// ends with ctx, or when the asker may no longer see the room. If stirs is not nil, the stream also yields when numbers of the room's
// tools may have changed: without an event, or by one that stirs selects.
func (s *News) WatchPresence(
	ctx context.Context, actor auth.Actor, roomID string, stirs func(*ent.Event) bool,
) (iter.Seq2[*Presence, error], error) {
	if err := s.someone(ctx, actor); err != nil {
		return nil, err
	}
	r, err := s.room(ctx, actor, roomID)
	if err != nil || r == nil {
		return nil, orNotFound(err)
	}
	return func(yield func(*Presence, error) bool) {
		watch, stop := s.presence.Watch(roomID)
		defer stop()
		moves := s.hub.Watch(roomID, r.Revision)
		defer moves.Close()
		heads, leave := s.heads.join(roomID)
		defer leave()
		w := presenceWatch{News: s, actor: actor, roomID: roomID, came: watch, moves: moves, heads: heads, stirs: stirs}
		if stirs != nil {
			var stop func()
			w.stirred, stop = s.hub.Stirs(roomID)
			defer stop()
		}
		for last := (*Presence)(nil); last == nil || w.wait(ctx); {
			message, err := w.message(ctx, last == nil)
			if err == nil && message == nil {
				return
			}
			if err == nil && last != nil && stirs == nil && message.repeats(last) {
				continue
			}
			if !yield(message, err) || err != nil {
				return
			}
			last = message
		}
	}, nil
}

// presenceWatch is one stream of presence.
type presenceWatch struct {
	*News
	actor  auth.Actor
	roomID string
	came   *live.PresenceWatch
	moves  *live.Watch
	heads  *headcount
	// Of those who watch the room's tools too, else nil.
	stirs   func(*ent.Event) bool
	stirred <-chan struct{}
}

// wait waits until somebody came or went, or may have entered or left the room. It returns false if ctx ends first.
func (w *presenceWatch) wait(ctx context.Context) bool {
	if !await(ctx, time.After(w.came.Gather)) {
		return false
	}
	for {
		more := w.moves.More()
		if w.moved(ctx) {
			return true
		}
		select {
		case <-w.came.Changed:
			return true
		case <-w.stirred:
			return true
		case <-more:
		case <-ctx.Done():
			return false
		}
	}
}

// moved reads the new events, and reports whether one of them moved somebody. If it cannot read, somebody may have moved.
func (w *presenceWatch) moved(ctx context.Context) bool {
	moved := false
	for {
		rows, err := w.moves.Read(ctx)
		if err != nil {
			return true
		}
		if len(rows) == 0 {
			return moved
		}
		moved = moved || slices.ContainsFunc(rows, Moves) || w.stirs != nil && slices.ContainsFunc(rows, w.stirs)
	}
}

// await waits for a signal. It returns false if ctx ends first.
func await[T any](ctx context.Context, signal <-chan T) bool {
	select {
	case <-signal:
		return true
	case <-ctx.Done():
		return false
	}
}

func orNotFound(err error) error {
	if err != nil {
		return err
	}
	return problem.ErrNotFound
}

// message returns one message, nil if the asker may no longer see the room.
func (w *presenceWatch) message(ctx context.Context, first bool) (*Presence, error) {
	r, err := w.room(ctx, w.actor, w.roomID)
	if err != nil || r == nil {
		return nil, err
	}
	online, people := w.presence.Take(w.roomID, w.came)
	inRoom, err := w.heads.read(moment{r.Revision, w.came.Version}, func() (int, error) {
		counts, err := w.rows.Counts(ctx, []string{w.roomID})
		if err != nil {
			return 0, err
		}
		return counts[w.roomID].InRoomNow(), nil
	})
	if err != nil {
		return nil, err
	}
	message := &Presence{Online: online, InRoom: inRoom, Changed: []*Participant{}, As: highest(r.Sight.Standing)}
	if first || len(people) == 0 || !r.Sight.Can(role.SeeParticipants) {
		return message, nil
	}
	message.Changed, err = w.placesOfPeople(ctx, r.Room, people, r.Sight)
	return message, err
}
