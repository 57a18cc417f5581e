package graph

import (
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// sweepSteps is how many steps a sweep over all connections takes: their pings and pongs spread over the interval.
const sweepSteps = 20

// connections are the open connections of a server, found by the credentials they were opened with.
type connections struct {
	mu        sync.Mutex
	open      int // those whose upgrade is under way included
	steps     [sweepSteps]map[*connection]struct{}
	next      int                      // step of the next connection
	turn      int                      // step of the next sweep
	sweeping  bool                     // a timer is set
	holders   map[string][]*connection // by credential
	unproven  map[*connection]struct{} // Init is looking at them
	anonymous map[string]int           // without a credential, by address
	total     int                      // of anonymous
	leaving   bool
	empty     chan struct{} // made with leaving; closed when the last connection is gone
}

// place is a connection's entry in connections.
type place struct {
	address     string // counted in anonymous; empty: not counted
	step        int
	credentials []string // that hold still
	// missed is what was decided about connections while Init was looking at this one.
	missed []func()
}

// enter counts a connection before its upgrade. A status other than 0 refuses it.
func (s *connections) enter(address string, perAddress, total int) (status int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.leaving:
		return http.StatusServiceUnavailable
	case address == "":
	case s.anonymous[address] >= perAddress:
		return http.StatusTooManyRequests
	case s.total >= total:
		return http.StatusServiceUnavailable
	default:
		if s.anonymous == nil {
			s.anonymous = map[string]int{}
		}
		s.anonymous[address]++
		s.total++
	}
	s.open++
	return 0
}

// prove stops counting a connection as one without a credential. It expects the mutex to be held.
func (s *connections) prove(c *connection) {
	if c.place.address == "" {
		return
	}
	if s.anonymous[c.place.address]--; s.anonymous[c.place.address] == 0 {
		delete(s.anonymous, c.place.address)
	}
	s.total--
	c.place.address = ""
}

// forget takes back enter, where the upgrade failed.
func (s *connections) forget(c *connection) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gone(c)
}

func (s *connections) gone(c *connection) {
	s.prove(c)
	if s.open--; s.open == 0 && s.leaving {
		close(s.empty)
	}
}

// add makes an upgraded connection known.
func (t *WebSocket) add(c *connection) {
	s := &t.connections
	s.mu.Lock()
	defer s.mu.Unlock()
	c.place.step = s.next
	s.next = (s.next + 1) % sweepSteps
	if s.steps[c.place.step] == nil {
		s.steps[c.place.step] = map[*connection]struct{}{}
	}
	s.steps[c.place.step][c] = struct{}{}
	if !s.sweeping {
		s.sweeping = true
		time.AfterFunc(t.config.PingInterval/sweepSteps, t.sweep)
	}
	if s.leaving {
		go c.restart()
	}
}

func (s *connections) remove(c *connection) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.steps[c.place.step], c)
	delete(s.unproven, c)
	for len(c.place.credentials) > 0 {
		s.release(c, c.place.credentials[0])
	}
	s.gone(c)
}

// release expects the mutex to be held.
func (s *connections) release(c *connection, key string) {
	c.place.credentials = slices.DeleteFunc(c.place.credentials, func(held string) bool { return held == key })
	holders := s.holders[key]
	i, last := slices.Index(holders, c), len(holders)-1
	holders[i], holders[last] = holders[last], nil
	if s.holders[key] = holders[:last]; last == 0 {
		delete(s.holders, key)
	}
}

func (s *connections) beginInit(c *connection) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.unproven == nil {
		s.unproven = map[*connection]struct{}{}
	}
	s.unproven[c] = struct{}{}
}

// endInit notes the credentials of a connection, and catches up on what was decided while they were looked at: what Init
// found may be older than that.
func (s *connections) endInit(c *connection, credentials []string) {
	s.mu.Lock()
	delete(s.unproven, c)
	if _, open := s.steps[c.place.step][c]; !open {
		s.mu.Unlock()
		return
	}
	if len(credentials) > 0 {
		s.prove(c)
		if s.holders == nil {
			s.holders = map[string][]*connection{}
		}
	}
	for _, key := range credentials {
		if !slices.Contains(c.place.credentials, key) {
			c.place.credentials = append(c.place.credentials, key)
			s.holders[key] = append(s.holders[key], c)
		}
	}
	missed := c.place.missed
	c.place.missed = nil
	s.mu.Unlock()
	for _, decide := range missed {
		decide()
	}
}

// all returns the open connections. It expects the mutex to be held.
func (s *connections) all() []*connection {
	list := make([]*connection, 0, s.open)
	for _, step := range s.steps {
		for c := range step {
			list = append(list, c)
		}
	}
	return list
}

// Len counts the open connections.
func (t *WebSocket) Len() int {
	t.connections.mu.Lock()
	defer t.connections.mu.Unlock()
	return t.connections.open
}

// Holds reports whether a connection is open that was opened with this credential.
func (t *WebSocket) Holds(credential string) bool {
	t.connections.mu.Lock()
	defer t.connections.mu.Unlock()
	return len(t.connections.holders[credential]) > 0
}

// Held returns the credentials with a prefix that open connections hold.
func (t *WebSocket) Held(prefix string) (credentials []string) {
	s := &t.connections
	s.mu.Lock()
	defer s.mu.Unlock()
	for credential := range s.holders {
		if strings.HasPrefix(credential, prefix) {
			credentials = append(credentials, credential)
		}
	}
	return credentials
}

// EndCredential closes the connections that hold this credential and no other, with one of the Close codes.
func (t *WebSocket) EndCredential(credential string, code int, reason string) {
	s := &t.connections
	end := func(c *connection) bool { // with the mutex held
		if !slices.Contains(c.place.credentials, credential) {
			return false
		}
		s.release(c, credential)
		return len(c.place.credentials) == 0
	}
	s.mu.Lock()
	var bare []*connection
	for _, c := range slices.Clone(s.holders[credential]) {
		if end(c) {
			bare = append(bare, c)
		}
	}
	for c := range s.unproven {
		c.place.missed = append(c.place.missed, func() {
			s.mu.Lock()
			last := end(c)
			s.mu.Unlock()
			if last {
				c.close(code, reason)
			}
		})
	}
	s.mu.Unlock()
	for _, c := range bare {
		c.close(code, reason)
	}
}

// sweep pings the connections whose turn it is, and drops those that were silent for two intervals.
func (t *WebSocket) sweep() {
	s := &t.connections
	s.mu.Lock()
	list := make([]*connection, 0, len(s.steps[s.turn]))
	for c := range s.steps[s.turn] {
		list = append(list, c)
	}
	s.turn = (s.turn + 1) % sweepSteps
	s.mu.Unlock()
	for _, c := range list {
		switch {
		case c.ctx.Err() != nil: // it is closing, which takes its own time
		case !c.ready():
			c.silent.Store(0) // a ping would come late: who is behind is judged by what it takes
		case c.silent.Add(1) > 2:
			c.abort()
		default:
			c.put(pingFrame)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.sweeping = s.open > 0; s.sweeping {
		time.AfterFunc(t.config.PingInterval/sweepSteps, t.sweep)
	}
}

var pingFrame = appendFrame(nil, opPing, "")
