package wire

import (
	"sync"
	"time"
)

// sweepSteps is the number of steps of a sweep over all WebSockets. It spreads pings and pongs over the interval.
const sweepSteps = 20

// sweeper pings each WebSocket once an interval, with one timer for all.
type sweeper struct {
	mu       sync.Mutex
	steps    [sweepSteps]map[*connection]struct{}
	next     int // the step of the next new connection
	turn     int // the step of the next sweep
	swept    int // the number of connections
	sweeping bool
}

func (s *sweeper) add(c *connection, interval time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c.step = s.next
	s.next = (s.next + 1) % sweepSteps
	if s.steps[c.step] == nil {
		s.steps[c.step] = map[*connection]struct{}{}
	}
	s.steps[c.step][c] = struct{}{}
	s.swept++
	if !s.sweeping {
		s.sweeping = true
		time.AfterFunc(interval/sweepSteps, func() { s.sweep(interval) })
	}
}

func (s *sweeper) remove(c *connection) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.steps[c.step], c)
	s.swept--
}

// sweep pings the connections of one step and drops those that were silent for two intervals.
func (s *sweeper) sweep(interval time.Duration) {
	s.mu.Lock()
	list := make([]*connection, 0, len(s.steps[s.turn]))
	for c := range s.steps[s.turn] {
		list = append(list, c)
	}
	s.turn = (s.turn + 1) % sweepSteps
	s.mu.Unlock()
	for _, c := range list {
		switch {
		case c.ctx.Err() != nil: // it is already closing
		case !c.ready():
			c.silent.Store(0) // a ping would arrive late; a slow reader is judged by what it reads
		case c.silent.Add(1) > 2:
			c.abort()
		default:
			c.put(pingFrame)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.sweeping = s.swept > 0; s.sweeping {
		time.AfterFunc(interval/sweepSteps, func() { s.sweep(interval) })
	}
}

var pingFrame = appendFrame(nil, opPing, "")
