package live

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	"usher/ent"
	"usher/ent/event"
)

// Hub hands the events of the log on to who watches. It pulls: a wake says that there is more, a watch reads it, from the
// ring of the room's newest events or from the log itself. A slow reader costs a position, not a queue.
type Hub struct {
	db    *ent.Client
	mu    sync.Mutex
	rooms map[string]*channel
}

// NewHub returns the hub over a database's log.
func NewHub(db *Database) *Hub { return &Hub{db: db.Read, rooms: map[string]*channel{}} }

const (
	// ringSize is how many of a room's newest events are kept in memory while somebody watches.
	ringSize = 1024
	// batchSize is the most events that a watch hands on at once.
	batchSize = 256
)

// channel is a room that somebody watches.
type channel struct {
	roomID   string
	watchers int // guarded by Hub.mu

	mu     sync.Mutex
	newest int           // the highest revision heard of
	known  bool          // the log was read to its end since somebody watches, and whatever came since was heard of
	doubts int           // how often that was in doubt
	more   chan struct{} // closed when newest rises

	reading sync.Mutex   // one reads the log for all
	ring    []*ent.Event // without gaps, ending with the newest that was read; guarded by reading
}

// Wake says that a room is at a revision; 0: that the log must be read to know. It never waits.
func (h *Hub) Wake(roomID string, revision int) {
	h.mu.Lock()
	c := h.rooms[roomID]
	h.mu.Unlock()
	if c == nil {
		return
	}
	if revision == 0 {
		c.doubt()
		return
	}
	c.hear(revision)
}

// watched returns the rooms that somebody watches.
func (h *Hub) watched() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Collect(maps.Keys(h.rooms))
}

// hear takes note that the room is at a revision.
func (c *channel) hear(revision int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.raise(revision)
}

// raise expects the mutex to be held.
func (c *channel) raise(revision int) {
	if revision > c.newest {
		c.newest = revision
		close(c.more)
		c.more = make(chan struct{})
	}
}

// doubt has everyone read the log, whatever was heard of the room.
func (c *channel) doubt() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.known = false
	c.doubts++
	close(c.more)
	c.more = make(chan struct{})
}

// Watch is somebody's position in a room's log. It is used by one goroutine at a time.
type Watch struct {
	hub     *Hub
	channel *channel
	// At is the revision of the last event that Next returned.
	At int
}

// Watch begins to watch a room behind a revision that the room has reached. Close ends it.
func (h *Hub) Watch(roomID string, after int) *Watch {
	h.mu.Lock()
	defer h.mu.Unlock()
	c := h.rooms[roomID]
	if c == nil {
		c = &channel{roomID: roomID, more: make(chan struct{})}
		h.rooms[roomID] = c
	}
	c.watchers++
	return &Watch{hub: h, channel: c, At: after}
}

// Close ends the watch.
func (w *Watch) Close() {
	w.hub.mu.Lock()
	defer w.hub.mu.Unlock()
	if w.channel.watchers--; w.channel.watchers == 0 {
		delete(w.hub.rooms, w.channel.roomID)
	}
}

// Next waits for events behind the position and returns the next of them, without a gap, in order. The rows are shared:
// they must not be changed.
func (w *Watch) Next(ctx context.Context) ([]*ent.Event, error) {
	for {
		more := w.channel.wait()
		rows, err := w.Read(ctx)
		if err != nil || len(rows) > 0 {
			return rows, err
		}
		select {
		case <-more:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// Read returns the next events behind the position, none where there are none yet.
func (w *Watch) Read(ctx context.Context) ([]*ent.Event, error) {
	rows, err := w.channel.read(ctx, w.hub.db, w.At)
	if err != nil {
		return nil, err
	}
	if n := len(rows); n > 0 {
		w.At = rows[n-1].Revision
	}
	return rows, nil
}

func (c *channel) wait() <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.more
}

// hasNews reports whether there may be events behind a revision.
func (c *channel) hasNews(after int) (may bool, doubts int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return !c.known || c.newest > after, c.doubts
}

// learn takes note of where the log ended when it was read, unless there is doubt since.
func (c *channel) learn(end, doubts int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.raise(end)
	c.known = c.doubts == doubts && end > 0 // an empty log says nothing: each read looks again
}

// read returns the events behind a revision: out of the ring where that holds them, else out of the log. What is read at the
// ring's end is kept there for everyone else.
func (c *channel) read(ctx context.Context, db *ent.Client, after int) ([]*ent.Event, error) {
	c.reading.Lock()
	defer c.reading.Unlock()
	may, doubts := c.hasNews(after)
	if !may {
		return nil, nil
	}
	if n := len(c.ring); n > 0 {
		first, last := c.ring[0].Revision, c.ring[n-1].Revision
		if after >= first-1 && after < last {
			rest := c.ring[after-first+1:]
			return slices.Clone(rest[:min(len(rest), batchSize)]), nil
		}
	}
	rows, err := db.Event.Query().Where(event.RoomID(c.roomID), event.RevisionGT(after)).
		Order(event.ByRevision()).Limit(batchSize).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read events: %w", err)
	}
	c.keep(rows)
	switch n := len(rows); {
	case n == 0:
		c.learn(after, doubts)
	case n < batchSize: // the log's end
		c.learn(rows[n-1].Revision, doubts)
	}
	return rows, nil
}

// keep adds rows to the ring where they go on from its end, or the ring is empty.
func (c *channel) keep(rows []*ent.Event) {
	if len(rows) == 0 {
		return
	}
	if n := len(c.ring); n > 0 && c.ring[n-1].Revision != rows[0].Revision-1 {
		if c.ring[n-1].Revision >= rows[0].Revision {
			return // an older stretch of the log
		}
		c.ring = nil
	}
	c.ring = append(c.ring, rows...)
	if extra := len(c.ring) - ringSize; extra > 0 {
		c.ring = slices.Clone(c.ring[extra:])
	}
}
