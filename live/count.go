package live

import (
	"strconv"
	"strings"
	"sync"
	"time"
)

// countedFor is how long a Count counts.
const countedFor = 4 * time.Second

// counts are numbers of rooms that are stored nowhere: how often something happened lately, such as an applause. A server that stops, and a
// hint that is lost, lose some.
type counts struct {
	mu    sync.Mutex
	rooms map[string]map[string][]counted // by room and what happened, oldest first
}

// counted is how often something happened in one second.
type counted struct {
	second int64
	n      int
}

// Count counts n times that something happened in a room, and signals those who count it. It never blocks.
func (h *Hub) Count(roomID, what string, n int) {
	h.counts.add(roomID, what, n, h.clock())
	h.Stir(roomID)
}

func (c *counts) add(roomID, what string, n int, at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.rooms == nil {
		c.rooms = map[string]map[string][]counted{}
	}
	of := c.rooms[roomID]
	if of == nil {
		of = map[string][]counted{}
		c.rooms[roomID] = of
	}
	all, now := recent(of[what], at), at.Unix()
	if last := len(all) - 1; last >= 0 && all[last].second == now {
		all[last].n += n
	} else {
		all = append(all, counted{now, n})
	}
	of[what] = all
}

// SetClock sets the clock by which counts end. Without it, they do not end. It is called before the hub is used.
func (h *Hub) SetClock(now func() time.Time) { h.now = now }

func (h *Hub) clock() time.Time {
	if h.now == nil {
		return time.Time{}
	}
	return h.now()
}

// Counted returns how often each thing happened in a room lately.
func (h *Hub) Counted(roomID string) map[string]int {
	c, at := &h.counts, h.clock()
	c.mu.Lock()
	defer c.mu.Unlock()
	found := map[string]int{}
	for what, all := range c.rooms[roomID] {
		all = recent(all, at)
		if len(all) == 0 {
			delete(c.rooms[roomID], what)
			continue
		}
		c.rooms[roomID][what] = all
		for _, one := range all {
			found[what] += one.n
		}
	}
	if len(c.rooms[roomID]) == 0 {
		delete(c.rooms, roomID)
	}
	return found
}

// recent drops what happened too long ago.
func recent(all []counted, at time.Time) []counted {
	for len(all) > 0 && all[0].second <= at.Add(-countedFor).Unix() {
		all = all[1:]
	}
	return all
}

// Count counts at this server at once, and at the other servers with the next hints.
func (s *Servers) Count(roomID, what string, n int) {
	s.hub.Count(roomID, what, n)
	s.mu.Lock()
	s.counted[roomID+":"+what] += n
	s.mu.Unlock()
	signal(s.more)
}

func countWord(roomAndWhat string, n int) string {
	return string(hintCount) + roomAndWhat + "=" + strconv.Itoa(n)
}

// maxCount limits what one hint counts. No server sends more in the time between two.
const maxCount = 1_000_000

// receiveCount applies the word of a Count.
func (h *Hub) receiveCount(word string) {
	key, number, _ := strings.Cut(word, "=")
	roomID, what, named := strings.Cut(key, ":")
	if n, err := strconv.Atoi(number); err == nil && named && n > 0 && n <= maxCount {
		h.Count(roomID, what, n)
	}
}
