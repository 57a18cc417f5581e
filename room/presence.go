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

// Presence is who is connected now.
type Presence struct {
	// Online is the number of people with at least one live connection.
	Online int
	// Changed are those who came or went since the last message; empty to who may not see everyone.
	Changed []*Participant
}

// IsOnline reports whether a live connection of a participant is open now.
func (s *Rooms) IsOnline(p *ent.Participant) bool {
	return s.Options.Presence.Online(p.RoomID, personOf(p))
}

// personOf is what the connections of who holds a place are counted by: the account, else the place.
func personOf(p *ent.Participant) string {
	if p.UserID != nil {
		return *p.UserID
	}
	return p.ID
}

// WatchPresence tells who is connected to a room at once, and again when that changes, gathered, as long as the asker may see
// the room. The stream ends with ctx.
func (s *Rooms) WatchPresence(ctx context.Context, actor auth.Actor, roomID string) (iter.Seq2[*Presence, error], error) {
	if err := s.someone(ctx, actor); err != nil {
		return nil, err
	}
	if r, err := s.Room(ctx, actor, roomID); err != nil || r == nil {
		return nil, orNotFound(err)
	}
	return func(yield func(*Presence, error) bool) {
		watch, stop := s.Options.Presence.Watch(roomID)
		defer stop()
		take := func() (int, []string) { return s.Options.Presence.Take(roomID, watch) }
		for first := true; ; first = false {
			if !first && (!await(ctx, time.After(watch.Gather)) || !await(ctx, watch.Changed)) {
				return
			}
			message, err := s.presence(ctx, actor, roomID, take, first)
			if err == nil && message == nil || !yield(message, err) || err != nil {
				return
			}
		}
	}, nil
}

// await waits for a signal; false where ctx ends first.
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

// presence is one message; nil where the asker may not see the room any more.
func (s *Rooms) presence(
	ctx context.Context, actor auth.Actor, roomID string, take func() (int, []string), first bool,
) (*Presence, error) {
	r, err := s.Room(ctx, actor, roomID)
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

// counted is the count of a watcher's live connection. It follows the watcher from one place to another.
type counted struct {
	mu sync.Mutex
	in *live.Presence // nil while the connection is not counted
	as string
}

// follow counts the connection as that person's from now on.
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

// Connect counts a live connection of a watcher, until Disconnect. It comes before the watcher meets its first event.
func (s *Rooms) Connect(w *Watcher) {
	c := &w.counted
	c.mu.Lock()
	defer c.mu.Unlock()
	c.in, c.as = s.Options.Presence, w.Person()
	c.in.Connect(w.RoomID, c.as)
}

// Disconnect ends what one Connect began. Any goroutine may call it.
func (s *Rooms) Disconnect(w *Watcher) {
	c := &w.counted
	c.mu.Lock()
	defer c.mu.Unlock()
	c.in.Disconnect(w.RoomID, c.as)
	c.in = nil
}
