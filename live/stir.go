package live

import "sync"

// stirs signals that numbers of a room may have changed without an event, such as the votes of a poll. A signal carries no number:
// whoever is signalled counts again.
type stirs struct {
	mu    sync.Mutex
	rooms map[string]map[chan struct{}]struct{}
}

// Stirs returns a channel that is signalled once numbers of the room may have changed without an event. stop ends it.
func (h *Hub) Stirs(roomID string) (stirred <-chan struct{}, stop func()) {
	s, c := &h.stirs, make(chan struct{}, 1)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.rooms == nil {
		s.rooms = map[string]map[chan struct{}]struct{}{}
	}
	if s.rooms[roomID] == nil {
		s.rooms[roomID] = map[chan struct{}]struct{}{}
	}
	s.rooms[roomID][c] = struct{}{}
	return c, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if delete(s.rooms[roomID], c); len(s.rooms[roomID]) == 0 {
			delete(s.rooms, roomID)
		}
	}
}

// Stir signals that numbers of a room may have changed. It never blocks.
func (h *Hub) Stir(roomID string) {
	h.stirs.mu.Lock()
	defer h.stirs.mu.Unlock()
	for c := range h.stirs.rooms[roomID] {
		signal(c)
	}
}

// stirAll is Stir for every room that somebody counts. It follows after hints may have been lost.
func (h *Hub) stirAll() {
	h.stirs.mu.Lock()
	defer h.stirs.mu.Unlock()
	for _, all := range h.stirs.rooms {
		for c := range all {
			signal(c)
		}
	}
}

// Stir signals that numbers of a room may have changed: to this server's hub at once, and to the other servers with the next hints.
func (s *Servers) Stir(roomID string) {
	s.hub.Stir(roomID)
	s.mu.Lock()
	s.stirred[roomID] = struct{}{}
	s.mu.Unlock()
	signal(s.more)
}
