package wire

import (
	"log/slog"
	"sync"
)

// idle are the connections that rest: nothing has arrived for them, and no goroutine waits. One goroutine for all of them asks the system
// what has arrived, and gives a goroutine to each connection that it names. A nil idle lets nothing rest.
type idle struct {
	poll poll
	mu   sync.Mutex
	at   []*connection // by descriptor
}

// poll is the system's way to watch many sockets at once.
type poll interface {
	// watch reports a socket once, when there is something to read. That may be the end, or an error.
	watch(fd int) error
	// wait blocks until sockets have something to read, and calls f with their descriptors. A descriptor may be closed by then, or belong
	// to another socket.
	wait(f func(fd int)) error
}

// idling is one for the whole process, opened when the first connection could rest.
var idling = sync.OnceValue(func() *idle {
	poll, err := openPoll()
	if err != nil {
		return nil
	}
	s := &idle{poll: poll}
	go s.run()
	return s
})

// run wakes connections.
func (s *idle) run() {
	for {
		if err := s.poll.wait(s.wake); err != nil {
			slog.Error("wait for WebSockets", "error", err) // the descriptor is ours alone, so this is a fault of the program
			return
		}
	}
}

func (s *idle) wake(fd int) {
	s.mu.Lock()
	var c *connection
	if fd < len(s.at) {
		c = s.at[fd]
		s.release(c)
	}
	s.mu.Unlock()
	if c != nil {
		go c.wake()
	}
}

// rest lets a connection rest, and reports whether it does. The caller may not touch the connection then: another goroutine may have it
// already.
func (s *idle) rest(c *connection) (rests bool) {
	if s == nil {
		return false
	}
	err := c.raw.Control(func(fd uintptr) {
		former := s.put(c, int(fd))
		if former != nil { // its socket is closed, or this one would have another descriptor
			go former.leave()
		}
		rests = s.poll.watch(int(fd)) == nil || !s.take(c)
	})
	if err != nil || !rests {
		return false
	}
	// What closed it meanwhile may not have found it at rest.
	return c.ctx.Err() == nil || !s.take(c)
}

// put notes that a connection rests. It returns the one that rested with the same descriptor.
func (s *idle) put(c *connection, fd int) (former *connection) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for fd >= len(s.at) {
		s.at = append(s.at, nil)
	}
	former = s.at[fd]
	s.release(former)
	s.at[fd], c.fd = c, fd
	return former
}

// take ends a connection's rest. It returns false if it does not rest: then somebody else has it.
func (s *idle) take(c *connection) bool {
	if s == nil {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.release(c)
}

// release is take for callers that hold the mutex.
func (s *idle) release(c *connection) bool {
	if c == nil || c.fd < 0 {
		return false
	}
	s.at[c.fd], c.fd = nil, -1
	return true
}
