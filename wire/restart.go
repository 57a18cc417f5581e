package wire

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"
)

// Shutdown rejects new connections and ends the open ones with EndRestarting, spread over RestartSpread so that the clients do not
// reconnect all at once. When ctx ends, it cuts off the rest and returns ctx's error.
func (s *Connections) Shutdown(ctx context.Context) error {
	s.mu.Lock()
	if !s.leaving {
		s.leaving = true
		s.empty = make(chan struct{})
		if s.count == 0 {
			close(s.empty)
		}
	}
	all := slices.Collect(maps.Keys(s.open))
	s.mu.Unlock()

	spread := cmp.Or(s.RestartSpread, 5*time.Second)
	steps := max(1, min(len(all), int(spread/(10*time.Millisecond))))
	tick := time.NewTicker(max(1, spread/time.Duration(steps)))
	defer tick.Stop()
	for step := 0; step < steps && ctx.Err() == nil; step++ {
		for _, of := range all[step*len(all)/steps : (step+1)*len(all)/steps] {
			of.part(EndRestarting)
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
		for _, of := range all {
			of.cutOff(EndRestarting)
		}
		return ctx.Err()
	}
}
