package graph

import (
	"context"
	"slices"
	"time"
)

// Shutdown refuses new connections and closes the open ones with 1012, spread over RestartSpread so that their clients do
// not come back all at once; one that waits for answers is closed when it has them, and starts no further operation. It
// returns when all are gone or, the rest closed then as well, with the context's error.
func (t *WebSocket) Shutdown(ctx context.Context) error {
	s := &t.connections
	s.mu.Lock()
	if !s.leaving {
		s.leaving = true
		s.empty = make(chan struct{})
		if s.open == 0 {
			close(s.empty)
		}
	}
	all := s.all()
	s.mu.Unlock()

	steps := max(1, min(len(all), int(t.config.RestartSpread/(10*time.Millisecond))))
	tick := time.NewTicker(max(1, t.config.RestartSpread/time.Duration(steps)))
	defer tick.Stop()
	for step := 0; step < steps && ctx.Err() == nil; step++ {
		for _, c := range all[step*len(all)/steps : (step+1)*len(all)/steps] {
			c.restart()
		}
		select {
		case <-tick.C:
		case <-s.empty:
		case <-ctx.Done():
		}
	}
	select {
	case <-s.empty:
		return nil
	case <-ctx.Done():
		for _, c := range all {
			c.close(CloseRestarting, reasonRestarting)
		}
		return ctx.Err()
	}
}

// restart closes the connection with 1012, once the answers are sent to what it asked already.
func (c *connection) restart() {
	c.mu.Lock()
	c.restarting = true
	c.mu.Unlock()
	c.restartIfSettled()
}

func (c *connection) restartIfSettled() {
	c.mu.Lock()
	now := c.restarting && !slices.ContainsFunc(c.operations, func(o *operation) bool { return !o.streams })
	c.mu.Unlock()
	if now {
		c.close(CloseRestarting, reasonRestarting)
	}
}
