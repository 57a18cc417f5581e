package room

import (
	"context"
	"fmt"
	"iter"
	"sync"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/ent/participant"
	entroom "usher/ent/room"
	"usher/live"
	"usher/problem"
	"usher/role"
)

// Presence says who is connected now.
type Presence struct {
	// Online is the number of people with at least one live connection.
	Online int
	// Changed are those who came or went since the last message. It is empty for askers who may not see everyone.
	Changed []*Participant
}

// IsOnline reports whether a participant has a live connection now.
func (s *News) IsOnline(p *ent.Participant) bool {
	return s.presence.Online(p.RoomID, personOf(p))
}

// personOf returns whose connections those of a place count as: the account's, otherwise the place's.
func personOf(p *ent.Participant) string {
	if p.UserID != nil {
		return *p.UserID
	}
	return p.ID
}

// WatchPresence yields who is connected to a room, at once and after changes, which it gathers. The stream ends with ctx, or when
// the asker may no longer see the room.
func (s *News) WatchPresence(ctx context.Context, actor auth.Actor, roomID string) (iter.Seq2[*Presence, error], error) {
	if err := s.someone(ctx, actor); err != nil {
		return nil, err
	}
	if r, err := s.room(ctx, actor, roomID); err != nil || r == nil {
		return nil, orNotFound(err)
	}
	return func(yield func(*Presence, error) bool) {
		watch, stop := s.presence.Watch(roomID)
		defer stop()
		take := func() (int, []string) { return s.presence.Take(roomID, watch) }
		for first := true; ; first = false {
			if !first && (!await(ctx, time.After(watch.Gather)) || !await(ctx, watch.Changed)) {
				return
			}
			message, err := s.presenceOf(ctx, actor, roomID, take, first)
			if err == nil && message == nil || !yield(message, err) || err != nil {
				return
			}
		}
	}, nil
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

// presenceOf returns one message, nil if the asker may no longer see the room.
func (s *News) presenceOf(
	ctx context.Context, actor auth.Actor, roomID string, take func() (int, []string), first bool,
) (*Presence, error) {
	r, err := s.room(ctx, actor, roomID)
	if err != nil || r == nil {
		return nil, err
	}
	online, people := take()
	message := &Presence{Online: online, Changed: []*Participant{}}
	if first || len(people) == 0 || !r.Sight.Can(role.SeeParticipants) {
		return message, nil
	}
	rows, err := s.db.Participant.Query().Where(
		participant.RoomID(roomID), participant.SessionID(currentID(r.Room)), participant.HasRoomWith(entroom.DeletedAtIsNil()),
		participant.Or(participant.IDIn(people...), participant.UserIDIn(people...)),
	).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read participants: %w", err)
	}
	for _, p := range rows {
		message.Changed = append(message.Changed, &Participant{p, r.Sight})
	}
	return message, nil
}

// counted counts a watcher's live connection. It follows the watcher from one place to another.
type counted struct {
	mu sync.Mutex
	in *live.Presence // nil while the connection is not counted
	as string
}

// follow counts the connection as another person's from now on.
func (c *counted) follow(roomID, person string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.in == nil {
		return
	}
	c.in.Connect(roomID, person)
	c.in.Disconnect(roomID, c.as)
	c.as = person
}

// Connect counts a live connection of a watcher, until Disconnect. Call it before the watcher meets its first event.
func (s *News) Connect(w *Watcher) {
	c := &w.counted
	c.mu.Lock()
	defer c.mu.Unlock()
	c.in, c.as = s.presence, w.Person()
	c.in.Connect(w.RoomID, c.as)
}

// Disconnect ends the count of one Connect. Any goroutine may call it.
func (s *News) Disconnect(w *Watcher) {
	c := &w.counted
	c.mu.Lock()
	defer c.mu.Unlock()
	c.in.Disconnect(w.RoomID, c.as)
	c.in = nil
}
