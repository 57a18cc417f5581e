package room

import (
	"sync"
	"time"
)

const (
	// keptFor limits how long counts are kept. It matters only for places that are deleted without an event, long after their session.
	keptFor = 5 * time.Second
	// keptRooms limits the rooms whose counts are kept.
	keptRooms = 1000
)

// countedAt is what the counts of a room depend on: every change of a place raises the revision, and whoever comes or goes changes the
// version of presence.
type countedAt struct{ revision, presence int }

// keptCounts are the newest counts of rooms. The zero value is empty.
type keptCounts struct {
	mu     sync.Mutex
	byRoom map[string]keptCount
}

// keptCount is a count of a room that is as new as what was read before it, or newer.
type keptCount struct {
	countedAt
	counts *Counts
	until  time.Time
}

// find returns the counts of the rooms that have not changed since they were counted.
func (c *keptCounts) find(at map[string]countedAt, now time.Time) map[string]*Counts {
	c.mu.Lock()
	defer c.mu.Unlock()
	found := make(map[string]*Counts, len(at))
	for id, of := range at {
		if known, ok := c.byRoom[id]; ok && known.countedAt == of && now.Before(known.until) {
			found[id] = known.counts
		}
	}
	return found
}

// keep keeps counts. at was read before them.
func (c *keptCounts) keep(counts map[string]*Counts, at map[string]countedAt, now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.byRoom == nil || len(c.byRoom)+len(counts) > keptRooms {
		c.byRoom = make(map[string]keptCount, len(counts))
	}
	for id, of := range counts {
		if at, ok := at[id]; ok {
			c.byRoom[id] = keptCount{at, of, now.Add(keptFor)}
		}
	}
}
