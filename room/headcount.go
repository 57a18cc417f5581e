package room

import "sync"

// headcounts shares how many people are in watched rooms, so that a thousand watchers need one count of each change.
type headcounts struct {
	mu    sync.Mutex
	rooms map[string]*headcount
}

// headcount is how many people were in a room at a moment.
type headcount struct {
	watchers int // guarded by headcounts.mu

	mu    sync.Mutex
	known bool
	at    moment
	count int
}

// moment changes whenever somebody may have entered, left, come or gone.
type moment struct{ revision, presence int }

// join returns the headcount of a room. leave ends its use.
func (h *headcounts) join(roomID string) (of *headcount, leave func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	of = h.rooms[roomID]
	if of == nil {
		of = &headcount{}
		h.rooms[roomID] = of
	}
	of.watchers++
	return of, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		if of.watchers--; of.watchers == 0 {
			delete(h.rooms, roomID)
		}
	}
}

// read returns the count at a moment that has come, and counts if nobody has yet. What changes while it counts has a later moment.
func (h *headcount) read(at moment, count func() (int, error)) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.known && h.at == at {
		return h.count, nil
	}
	n, err := count()
	if err != nil {
		return 0, err
	}
	h.known, h.at, h.count = true, at, n
	return n, nil
}
