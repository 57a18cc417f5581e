package graph

// CloseWhere closes the connections whose asker matches, with one of the Close codes.
func (t *WebSocket) CloseWhere(match func(Asker) bool, code int, reason string) {
	s := &t.connections
	decide := func(c *connection) {
		c.mu.Lock()
		asker := c.asker
		c.mu.Unlock()
		if asker.Context != nil && match(asker) {
			c.close(code, reason)
		}
	}
	s.mu.Lock()
	all := s.all()
	for c := range s.unproven {
		c.place.missed = append(c.place.missed, func() { decide(c) })
	}
	s.mu.Unlock()
	for _, c := range all {
		decide(c)
	}
}
