package live

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"usher/ent"
	"usher/ent/predicate"
	"usher/ent/room"
)

// Hub passes the log's events on to watches. It pulls: a wake only signals that there is more, and the watch reads it, from the ring of
// the room's newest events or from the log. A slow reader costs a position, not a queue.
type Hub struct {
	db      *ent.Client
	stirs   stirs
	counts  counts
	now     func() time.Time // by which counts end
	metrics Metrics
	mu      sync.Mutex
	rooms   map[string]*channel
}

// NewHub returns a hub that reads the database's log.
func NewHub(db *Database) *Hub { return &Hub{db: db.Read, rooms: map[string]*channel{}} }

const (
	// ringSize is how many of a room's newest events stay in memory while it is watched.
	ringSize = 1024
	// batchSize limits the events that a watch returns at once.
	batchSize = 256
)

// channel is a room with at least one watch.
type channel struct {
	roomID   string
	watchers int // guarded by Hub.mu

	mu     sync.Mutex
	newest int           // the highest revision known to exist
	known  bool          // newest is the log's end: the log was read to its end, and every wake since came with its revision
	doubts int           // counts calls of doubt
	more   chan struct{} // closed when newest rises

	reading sync.Mutex   // one goroutine reads the log for all
	ring    []*ent.Event // the newest events read so far, without gaps; guarded by reading
}

// Wake signals that a room has reached a revision. Revision 0 means that it is unknown and the log must be read. It never blocks.
func (h *Hub) Wake(roomID string, revision int) { h.wake(roomID, revision) }

// wake reports whether the revision is news in a room that was read to its end.
func (h *Hub) wake(roomID string, revision int) (isNews bool) {
	h.mu.Lock()
	c := h.rooms[roomID]
	h.mu.Unlock()
	if c == nil {
		return false
	}
	if revision == 0 {
		c.doubt()
		return false
	}
	return c.reach(revision)
}

// watched returns the rooms that have a watch.
func (h *Hub) watched() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Collect(maps.Keys(h.rooms))
}

// pollBatch limits the rooms that one query of Poll reads.
const pollBatch = 1000

// Poll checks the watched rooms for news of other programs, and wakes their watches.
func (h *Hub) Poll(ctx context.Context) error {
	for batch := range slices.Chunk(h.watched(), pollBatch) {
		rows, err := h.db.Room.Query().Where(room.IDIn(batch...)).Select(room.FieldID, room.FieldRevision).All(ctx)
		if err != nil {
			return fmt.Errorf("read revisions: %w", err)
		}
		for _, r := range rows {
			if h.wake(r.ID, r.Revision) {
				h.metrics.found.Add(1)
			}
		}
	}
	return nil
}

// reach records that the room has reached a revision. It reports whether that is news in a room that was read to its end.
func (c *channel) reach(revision int) (isNews bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	isNews = c.known && revision > c.newest
	c.raise(revision)
	return isNews
}

// raise wakes the watches if the revision is new. The caller holds the mutex.
func (c *channel) raise(revision int) {
	if revision > c.newest {
		c.newest = revision
		close(c.more)
		c.more = make(chan struct{})
	}
}

// doubt makes every watch read the log, because the newest revision is unknown.
func (c *channel) doubt() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.known = false
	c.doubts++
	close(c.more)
	c.more = make(chan struct{})
}

// Watch is a position in a room's log. Only one goroutine may use it at a time.
type Watch struct {
	hub     *Hub
	channel *channel
	// At is the revision of the last event that Next returned.
	At int
	// Only, if not nil, selects the events that concern the reader. A reader that is far behind gets only these and the newest event.
	Only func() []predicate.Event
}

// Watch starts a watch after a revision that the room has reached. Close ends it.
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

// More returns a channel that is closed once there may be events that Read did not return yet. Get it before Read.
func (w *Watch) More() <-chan struct{} { return w.channel.wait() }

// Next waits for events after the position and returns the next of them, in order and without gaps other than those of Only. The rows are
// shared: callers must not change them.
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

// Read returns the next events after the position without waiting. It returns none if there are none yet.
func (w *Watch) Read(ctx context.Context) ([]*ent.Event, error) {
	rows, err := w.read(ctx)
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

// hasNews reports whether there may be events after a revision. It also returns the count of doubts, for learn.
func (c *channel) hasNews(after int) (may bool, doubts int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return !c.known || c.newest > after, c.doubts
}

// learn records where the log ended when it was read, unless a doubt came up during the read.
func (c *channel) learn(end, doubts int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.raise(end)
	c.known = c.doubts == doubts && end > 0 // an empty log proves nothing, so each read queries again
}

// eventsAfter is the statement of read. It is kept, because each event of a watched room runs it.
var eventsAfter = "SELECT " + ent.EventColumns + " FROM events WHERE events.room_id = ? AND events.revision > ? ORDER BY events.revision LIMIT ?"

// read returns the events after a revision, from the ring if it has them, else from the log. It adds the newest events it reads to the
// ring.
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
	rows, err := db.Event.Rows(ctx, eventsAfter, c.roomID, after, batchSize)
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

// Rewritten is the kind of an event that says: the events before it are not what they were. They must be read again.
const Rewritten = "ResyncRequired"

// keep adds rows to the ring if they continue it or the ring is empty. It keeps nothing from before an event of the kind Rewritten.
func (c *channel) keep(rows []*ent.Event) {
	for i, e := range slices.Backward(rows) {
		if n := len(c.ring); e.Kind == Rewritten && (n == 0 || c.ring[n-1].Revision < e.Revision) {
			c.ring, rows = nil, rows[i:]
			break
		}
	}
	if len(rows) == 0 {
		return
	}
	if n := len(c.ring); n > 0 && c.ring[n-1].Revision != rows[0].Revision-1 {
		if c.ring[n-1].Revision >= rows[0].Revision {
			return // older events than the ring's
		}
		c.ring = nil
	}
	c.ring = append(c.ring, rows...)
	if extra := len(c.ring) - ringSize; extra > 0 {
		c.ring = slices.Clone(c.ring[extra:])
	}
}
