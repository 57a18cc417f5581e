package room

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"usher/ent"
	"usher/ent/participant"
	entroom "usher/ent/room"
	"usher/live"
)

// Presence is who is connected now.
type Presence struct {
	// Online is the number of people with at least one live connection.
	Online int
	// InRoom is how many of them are in the room.
	InRoom int
	// Changed are those who came or went since the last message. It is empty for askers who may not see everyone.
	Changed []*Participant
	// As is the audience of the reader, where each reader has a stream of their own.
	As Audience
}

// repeats reports whether a message says nothing beyond the one before.
func (p *Presence) repeats(before *Presence) bool {
	return p.Online == before.Online && p.InRoom == before.InRoom && len(p.Changed) == 0
}

// PresenceFeed counts who is connected to a room and who is in it, once for all who watch the room.
type PresenceFeed struct {
	news    *News
	roomID  string
	came    *live.PresenceWatch
	stirred <-chan struct{}
	stop    func()
}

// PresenceFeed begins to count. It checks no rights.
func (s *News) PresenceFeed(roomID string) *PresenceFeed {
	came, stop := s.presence.Watch(roomID)
	stirred, calm := s.hub.Stirs(roomID)
	return &PresenceFeed{s, roomID, came, stirred, func() {
		stop()
		calm()
	}}
}

// Close ends the feed.
func (f *PresenceFeed) Close() { f.stop() }

// Changed is signalled when somebody came or went.
func (f *PresenceFeed) Changed() <-chan struct{} { return f.came.Changed }

// Stirred is signalled once numbers of the room's tools may have changed without an event.
func (f *PresenceFeed) Stirred() <-chan struct{} { return f.stirred }

// Gather is the least time between two messages.
func (f *PresenceFeed) Gather() time.Duration { return f.came.Gather }

// Read returns how many people are online and how many in the room now, and who came or went since the last call. at is the room's
// revision, read before the rest.
func (f *PresenceFeed) Read(ctx context.Context) (at, online, inRoom int, changed []string, err error) {
	if at, err = f.Revision(ctx); err != nil {
		return 0, 0, 0, nil, err
	}
	counts, err := f.news.rows.Counts(ctx, []string{f.roomID})
	if err != nil {
		return 0, 0, 0, nil, err
	}
	online, changed = f.news.presence.Take(f.roomID, f.came)
	return at, online, counts[f.roomID].InRoomNow(), changed, nil
}

// Revision returns the room's revision.
func (f *PresenceFeed) Revision(ctx context.Context) (int, error) {
	r, err := f.news.db.Room.Query().Where(entroom.ID(f.roomID)).Select(entroom.FieldRevision).Only(ctx)
	if err != nil {
		return 0, fmt.Errorf("read room: %w", err)
	}
	return r.Revision, nil
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
