package room

import (
	"context"
	"fmt"
	"iter"
	"slices"
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
	// InRoom is how many of them are in the room.
	InRoom int
	// Changed are those who came or went since the last message. It is empty for askers who may not see everyone.
	Changed []*Participant
}

// repeats reports whether a message says nothing beyond the one before.
func (p *Presence) repeats(before *Presence) bool {
	return p.Online == before.Online && p.InRoom == before.InRoom && len(p.Changed) == 0
}

// WatchPresence yields who is connected to a room and how many are in it, at once and after changes, which it gathers. The stream
// ends with ctx, or when the asker may no longer see the room.
func (s *News) WatchPresence(ctx context.Context, actor auth.Actor, roomID string) (iter.Seq2[*Presence, error], error) {
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
		w := presenceWatch{News: s, actor: actor, roomID: roomID, came: watch, moves: moves, heads: heads}
		for last := (*Presence)(nil); last == nil || w.wait(ctx); {
			message, err := w.message(ctx, last == nil)
			if err == nil && message == nil {
				return
			}
			if err == nil && last != nil && message.repeats(last) {
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
}

// PresenceFeed counts who is connected to a room and who is in it, once for all who watch the room.
type PresenceFeed struct {
	news   *News
	roomID string
	came   *live.PresenceWatch
	stop   func()
}

// PresenceFeed begins to count. It checks no rights.
func (s *News) PresenceFeed(roomID string) *PresenceFeed {
	came, stop := s.presence.Watch(roomID)
	return &PresenceFeed{s, roomID, came, stop}
}

// Close ends the feed.
func (f *PresenceFeed) Close() { f.stop() }

// Changed is signalled when somebody came or went.
func (f *PresenceFeed) Changed() <-chan struct{} { return f.came.Changed }

// Gather is the least time between two messages.
func (f *PresenceFeed) Gather() time.Duration { return f.came.Gather }

// Read returns how many people are online and how many in the room now, and who came or went since the last call. at is the room's
// revision, read before the rest.
func (f *PresenceFeed) Read(ctx context.Context) (at, online, inRoom int, changed []string, err error) {
	r, err := f.news.db.Room.Query().Where(entroom.ID(f.roomID)).Select(entroom.FieldRevision).Only(ctx)
	if err != nil {
		return 0, 0, 0, nil, fmt.Errorf("read room: %w", err)
	}
	counts, err := f.news.rows.Counts(ctx, []string{f.roomID})
	if err != nil {
		return 0, 0, 0, nil, err
	}
	online, changed = f.news.presence.Take(f.roomID, f.came)
	return r.Revision, online, counts[f.roomID].InRoomNow(), changed, nil
}

// Participants returns the places of people in the room's current session, as a reader with these rights sees them.
func (f *PresenceFeed) Participants(ctx context.Context, people []string, as Sight) ([]*Participant, error) {
	r, err := f.news.db.Room.Get(ctx, f.roomID)
	if err != nil {
		return nil, fmt.Errorf("read room: %w", err)
	}
	return f.news.placesOfPeople(ctx, r, people, as)
}

// Moves reports whether somebody may be in the room after an event, or no longer.
func Moves(e *ent.Event) bool {
	return slices.ContainsFunc(moving, func(k *Kind) bool { return k.Name == e.Kind })
}

// peopleAtOnce limits the people that one statement looks for.
const peopleAtOnce = 5_000

// placesOfPeople returns the places that people, as presence knows them, have in the room's current session.
func (s *News) placesOfPeople(ctx context.Context, r *ent.Room, people []string, as Sight) ([]*Participant, error) {
	found := []*Participant{}
	for some := range slices.Chunk(people, peopleAtOnce) {
		rows, err := s.db.Participant.Query().Where(
			participant.RoomID(r.ID), participant.SessionID(currentID(r)), participant.HasRoomWith(entroom.DeletedAtIsNil()),
			participant.Or(participant.IDIn(some...), participant.UserIDIn(some...)),
		).All(ctx)
		if err != nil {
			return nil, fmt.Errorf("read participants: %w", err)
		}
		for _, p := range rows {
			found = append(found, &Participant{p, as})
		}
	}
	return found, nil
}

// moving are the kinds of events after which somebody may be in the room or no longer.
var moving = []*Kind{participantChanged, sessionScheduled, sessionStarted, sessionEnded, sessionCancelled, roomDeleted}

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
		moved = moved || slices.ContainsFunc(rows, Moves)
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
	message := &Presence{Online: online, InRoom: inRoom, Changed: []*Participant{}}
	if first || len(people) == 0 || !r.Sight.Can(role.SeeParticipants) {
		return message, nil
	}
	message.Changed, err = w.placesOfPeople(ctx, r.Room, people, r.Sight)
	return message, err
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
