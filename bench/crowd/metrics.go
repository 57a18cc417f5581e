//go:build linux

package main

import (
	"errors"
	"fmt"
	"os"
	"slices"

	"usher/bench/program"
)

// measuredEvents are how many events one half of a pair has.
const measuredEvents = 40

// runMetrics measures what metrics cost a delivery. In each pair, the server runs once without and once with them, in turns the other way
// round, so that what changes on the machine meanwhile favours neither. Everyone follows the room by the app's own document, and the
// host renames it.
func (s *session) runMetrics(pairs int) error {
	for _, do := range []string{"redeem", "place", "acknowledge"} {
		if err := s.act(do, do, s.n); err != nil {
			return err
		}
	}
	var ratios, off, on []float64
	title := 0
	half := func(with bool) (µs float64, err error) {
		name := "off"
		s.site.Also()
		if with {
			name = "on"
			s.site.Also("--metrics-addr=127.0.0.1:0")
		}
		if _, err := s.fleet.do(order{Do: part}); err != nil {
			return 0, err
		}
		if err := s.site.Stop(); err != nil {
			return 0, fmt.Errorf("stop usher: %w", err)
		}
		if _, err := s.site.Start(); err != nil {
			return 0, err
		}
		again, err := s.fleet.do(order{Do: "place", To: s.n, AtOnce: 32})
		if err := errors.Join(err, again.fault()); err != nil {
			return 0, err
		}
		if err := s.act("follow "+name, "follow", s.n); err != nil {
			return 0, err
		}
		next := func() (string, func() error) {
			title++
			text := fmt.Sprintf("Title %d", title)
			return text + `"`, func() error { return s.host.rename(text) }
		}
		if err := s.event("warm "+name, s.n, 5, next); err != nil {
			return 0, err
		}
		if err := s.event(name, s.n, measuredEvents, next); err != nil {
			return 0, err
		}
		return s.Steps[len(s.Steps)-1].CPU, nil
	}
	for pair := range pairs {
		var cost [2]float64 // without and with
		for i := range cost {
			with := (i + pair) % 2
			µs, err := half(with == 1)
			if err != nil {
				return err
			}
			cost[with] = µs
		}
		off, on, ratios = append(off, cost[0]), append(on, cost[1]), append(ratios, cost[1]/cost[0])
	}
	slices.Sort(ratios)
	slices.Sort(off)
	slices.Sort(on)
	fmt.Fprintf(os.Stdout, "%d people, %d pairs of %d events: %.2f µs a delivery without metrics, %.2f µs with them; ratio %.3f (%.3f to %.3f)\n",
		s.n, pairs, measuredEvents, program.Quantile(off, 0.5), program.Quantile(on, 0.5), program.Quantile(ratios, 0.5), ratios[0], ratios[len(ratios)-1])
	return nil
}
