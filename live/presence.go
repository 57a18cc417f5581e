package live

import (
	"maps"
	"slices"
	"sync"
	"time"
)

// Presence knows who is connected to which room now, at this server and at the other servers of the site. It is kept in memory,
// announced in batches and never written to the log (V8). A person counts once, however many connections they have.
type Presence struct {
	grace, gather time.Duration
	mu            sync.Mutex
	rooms         map[string]*roomPresence
	changes       int             // counts who came and went, in all rooms
	shared        *sharedPresence // nil without other servers
}

const (
	// AwayAfter is how long a person stays online without a connection (P5).
	AwayAfter = 10 * time.Second
	// GatherFor is the least time between two presence messages (V8).
	GatherFor = time.Second
)

type roomPresence struct {
	people    map[string]*person
	version   int // that of the last change
	listeners map[*PresenceWatch]struct{}
}

// roomPerson identifies a person in a room.
type roomPerson struct{ room, person string }

type person struct {
	connections int
	away        *time.Timer // runs after the last connection ended, until the grace is over
	elsewhere   int         // how many other servers the person is connected to
}

// here reports whether the person is connected to this server, or was within the grace.
func (who *person) here() bool { return who.connections > 0 || who.away != nil }

// NewPresence returns an empty Presence. grace is how long a person stays online without a connection, gather the least time between
// two messages.
func NewPresence(grace, gather time.Duration) *Presence {
	return &Presence{grace: grace, gather: gather, rooms: map[string]*roomPresence{}}
}

func (p *Presence) room(roomID string) *roomPresence {
	r := p.rooms[roomID]
	if r == nil {
		r = &roomPresence{people: map[string]*person{}, listeners: map[*PresenceWatch]struct{}{}}
		p.rooms[roomID] = r
	}
	return r
}

// add returns a person. Somebody who was not online comes online.
func (p *Presence) add(id roomPerson) *person {
	r := p.room(id.room)
	who := r.people[id.person]
	if who == nil {
		who = &person{}
		r.people[id.person] = who
		p.changes++
		r.changed(p.changes, id.person)
	}
	return who
}

// settle removes a person who is no longer connected to any server.
func (p *Presence) settle(id roomPerson, who *person) {
	if who.here() || who.elsewhere > 0 {
		return
	}
	r := p.rooms[id.room]
	delete(r.people, id.person)
	p.changes++
	r.changed(p.changes, id.person)
	p.tidy(id.room, r)
}

// Connect counts a person's connection to a room, until Disconnect.
func (p *Presence) Connect(roomID, personID string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	id := roomPerson{roomID, personID}
	who := p.add(id)
	if !who.here() {
		p.shared.queue(id, true)
	}
	who.connections++
	if who.away != nil {
		who.away.Stop()
		who.away = nil
	}
}

// Disconnect ends one Connect.
func (p *Presence) Disconnect(roomID, personID string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	id := roomPerson{roomID, personID}
	who := p.rooms[roomID].people[personID]
	if who.connections--; who.connections > 0 {
		return
	}
	var timer *time.Timer
	timer = time.AfterFunc(p.grace, func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		if who.away != timer {
			return // came back
		}
		who.away = nil
		p.shared.queue(id, false)
		p.settle(id, who)
	})
	who.away = timer
}

func (p *Presence) tidy(roomID string, r *roomPresence) {
	if len(r.people) == 0 && len(r.listeners) == 0 {
		delete(p.rooms, roomID)
	}
}

// Online reports whether a person is connected to a room, or was within the grace.
func (p *Presence) Online(roomID, personID string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	r := p.rooms[roomID]
	return r != nil && r.people[personID] != nil
}

// People returns who is connected to a room, or was within the grace, in no order.
func (p *Presence) People(roomID string) []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	r := p.rooms[roomID]
	if r == nil {
		return nil
	}
	return slices.Collect(maps.Keys(r.people))
}

// Version returns a number that changes whenever somebody comes to a room or goes.
func (p *Presence) Version(roomID string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	r := p.rooms[roomID]
	if r == nil {
		return 0
	}
	return r.version
}

// Anyone reports whether anybody is connected to a room, or was within the grace.
func (p *Presence) Anyone(roomID string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	r := p.rooms[roomID]
	return r != nil && len(r.people) > 0
}

// PresenceWatch collects who came and went in a room.
type PresenceWatch struct {
	// Changed is signalled when somebody came or went.
	Changed chan struct{}
	// Gather is the least time between two messages.
	Gather time.Duration
	// Version was the room's at the last Take. It changes whenever somebody comes or goes.
	Version int
	changed map[string]struct{} // guarded by Presence.mu
}

// changed records that a person came to the room or went. The caller holds the mutex.
func (r *roomPresence) changed(version int, personID string) {
	r.version = version
	for w := range r.listeners {
		w.changed[personID] = struct{}{}
		signal(w.Changed)
	}
}

// Watch starts a PresenceWatch. stop ends it.
func (p *Presence) Watch(roomID string) (w *PresenceWatch, stop func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	r := p.room(roomID)
	w = &PresenceWatch{Changed: make(chan struct{}, 1), Gather: p.gather, changed: map[string]struct{}{}}
	r.listeners[w] = struct{}{}
	return w, func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		delete(r.listeners, w)
		p.tidy(roomID, r)
	}
}

// Take returns how many people are online now, and who came or went since the last call.
func (p *Presence) Take(roomID string, w *PresenceWatch) (online int, changed []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for id := range w.changed {
		changed = append(changed, id)
	}
	clear(w.changed)
	if r := p.rooms[roomID]; r != nil {
		online, w.Version = len(r.people), r.version
	}
	return online, changed
}
