// Package hub is the textbook broadcast in one process, with a channel for each subscriber, for the peers of the fan-out measurement.
// Only they import it.
package hub

import (
	"sync"
	"time"
)

// Event is a room's event, about as large as Usher's.
type Event struct {
	Seq     int    `json:"seq"`
	At      string `json:"at"`
	RoomID  string `json:"roomId"`
	Role    string `json:"role"`
	Message string `json:"message"`
}

// Hub delivers a room's events to its subscribers.
type Hub[T any] struct {
	mu   sync.RWMutex
	subs map[string]map[chan T]struct{}
	seq  int
}

// New returns a hub without subscribers.
func New[T any]() *Hub[T] { return &Hub[T]{subs: map[string]map[chan T]struct{}{}} }

// Subscribe returns a channel of the events from now on, and a function that ends and closes it.
func (h *Hub[T]) Subscribe(room string, size int) (events <-chan T, stop func()) {
	ch := make(chan T, size)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.subs[room] == nil {
		h.subs[room] = map[chan T]struct{}{}
	}
	subs := h.subs[room]
	subs[ch] = struct{}{}
	return ch, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		delete(subs, ch)
		close(ch)
	}
}

// Publish skips a subscriber whose channel is full.
func (h *Hub[T]) Publish(room string, v T) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	for ch := range h.subs[room] {
		select {
		case ch <- v:
		default:
		}
	}
}

// Next returns the room's next event.
func (h *Hub[T]) Next(room string) Event {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.seq++
	return Event{
		Seq: h.seq, At: time.Now().UTC().Format(time.RFC3339Nano), RoomID: room, Role: "SPEAKER",
		Message: "The host opened the session: please join the live room right now",
	}
}
