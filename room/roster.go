package room

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"usher/ent/event"
	"usher/ent/participant"
	"usher/ent/predicate"
	entroom "usher/ent/room"
	"usher/role"
)

const (
	// rosterFor limits how long a roster is followed. It matters only for places that are deleted without an event, long after their session.
	rosterFor = time.Minute
	// rosterEvents limits the events that are followed. After more, reading everyone costs less.
	rosterEvents = 5000
	// rosterPeople limits the people in all rosters.
	rosterPeople = 200_000
)

// standingOn is what a person's place counts as.
type standingOn struct {
	person string // whose connections count
	role   role.RoomRole
	state  participant.State
}

// roster is who has a place in the current session of a room. Counting a crowd by its rows took the database longer than letting it in,
// so a room in which people come and go is followed by its events instead.
type roster struct {
	mu     sync.Mutex
	at     int // the revision that it is as new as, at least
	until  time.Time
	places map[string]standingOn // by the participant's id; nil before the first reading
}

// rosters are the rosters of rooms whose people were counted lately. The zero value is empty.
type rosters struct {
	mu     sync.Mutex
	byRoom map[string]*roster
	people int // in all of them, about
}

// of returns the roster of a room.
func (r *rosters) of(roomID string) *roster {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.byRoom == nil || r.people > rosterPeople || len(r.byRoom) > keptRooms {
		r.byRoom, r.people = map[string]*roster{}, 0
	}
	one := r.byRoom[roomID]
	if one == nil {
		one = &roster{}
		r.byRoom[roomID] = one
	}
	return one
}

// grew notes that a roster has more or fewer people.
func (r *rosters) grew(by int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.people += by
}

// crowd counts the people of one room.
func (s *Rows) crowd(ctx context.Context, roomID string) (*Counts, error) {
	r := s.rosters.of(roomID)
	r.mu.Lock()
	defer r.mu.Unlock()
	before := len(r.places)
	followed, err := s.follow(ctx, r, roomID)
	if err == nil && !followed {
		err = s.readEveryone(ctx, r, roomID)
	}
	if err != nil {
		r.places = nil // it may have followed some of the events
	}
	s.rosters.grew(len(r.places) - before)
	if err != nil {
		return nil, err
	}
	counts := noCounts(roomID)
	online := make(map[string]bool)
	for _, person := range s.presence.People(roomID) {
		online[person] = true
	}
	for _, p := range r.places {
		here := 0
		if online[p.person] {
			here = 1
		}
		counts.add(p.state, 1, here)
		counts.Roles[p.role.Rank()].add(p.state, 1, here)
	}
	return counts, nil
}

// follow brings a roster up to date with the events since. It returns false if everyone has to be read: the roster is new or old, or an
// event may have moved others than it is about.
func (s *Rows) follow(ctx context.Context, r *roster, roomID string) (bool, error) {
	if r.places == nil || !s.now().Before(r.until) {
		return false, nil
	}
	rows, err := s.db.Event.Query().Where(event.RoomID(roomID), event.RevisionGT(r.at)).Order(event.ByRevision()).Limit(rosterEvents+1).
		Select(event.FieldRevision, event.FieldKind, event.FieldTopic, event.FieldParticipantID).All(ctx)
	if err != nil {
		return false, fmt.Errorf("read who moved: %w", err)
	}
	if len(rows) > rosterEvents {
		return false, nil
	}
	moved := map[string]bool{}
	for _, e := range rows {
		switch kindOf(e).Moves {
		case MovesOne:
			moved[e.ParticipantID] = true
		case MovesAnyone:
			if Topic(e.Topic) == Core {
				return false, nil
			}
		case MovesNobody:
		}
		r.at = e.Revision
	}
	for ids := range slices.Chunk(slices.Collect(maps.Keys(moved)), 1000) {
		if err := s.readPlaces(ctx, r, roomID, participant.IDIn(ids...)); err != nil {
			return false, err
		}
	}
	return true, nil
}

// readEveryone reads a whole roster.
func (s *Rows) readEveryone(ctx context.Context, r *roster, roomID string) error {
	of, err := s.db.Room.Query().Where(entroom.ID(roomID)).Select(entroom.FieldRevision).Only(ctx)
	if err != nil {
		return fmt.Errorf("read revision: %w", err)
	}
	r.at, r.until, r.places = of.Revision, s.now().Add(rosterFor), map[string]standingOn{}
	return s.readPlaces(ctx, r, roomID)
}

// readPlaces reads places of the room's current session into a roster.
func (s *Rows) readPlaces(ctx context.Context, r *roster, roomID string, which ...predicate.Participant) error {
	rows, err := s.db.Participant.Query().Where(append(which, ofCurrentSession([]string{roomID}))...).
		Select(participant.FieldID, participant.FieldUserID, participant.FieldRole, participant.FieldState).All(ctx)
	if err != nil {
		return fmt.Errorf("read who has a place: %w", err)
	}
	for _, p := range rows {
		r.places[p.ID] = standingOn{personOf(p), p.Role, p.State}
	}
	return nil
}
