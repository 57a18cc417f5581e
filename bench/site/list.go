//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"usher/bench/program"
)

// measureList measures the first page of a long list of invitations, as the manager's page reads it.
func measureList(ctx context.Context, c config) (figures []figure, err error) {
	const n, reads = 10_000, 200
	g, err := invite(ctx, c, n)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, g.site.Discard()) }()
	var times []float64
	read := func(operation string, variables map[string]any) error {
		began := time.Now()
		err := g.host.Ask(g.host.Token, operation, variables, new(any))
		times = append(times, float64(time.Since(began).Microseconds())/1000)
		return err
	}
	for _, list := range []struct {
		name, operation string
		variables       map[string]any
		target          float64
	}{
		{"the first page of 10,000 invitations", "Invitations", map[string]any{"roomId": g.host.Room, "sessionId": g.host.Session, "first": 50}, 10},
		{"how many people are where, of 10,000", "PeopleCounts", map[string]any{"roomId": g.host.Room}, 0},
	} {
		for range 20 { // warms up
			if err := read(list.operation, list.variables); err != nil {
				return figures, err
			}
		}
		before := g.site.Rest()
		times = nil
		for range reads {
			if err := read(list.operation, list.variables); err != nil {
				return figures, err
			}
		}
		cost := g.site.CostSince(before) / reads
		slices.Sort(times)
		figures = append(figures, figure{
			Part: "list", Name: list.name + ": p50", Value: program.Quantile(times, 0.5), Unit: "ms", Target: list.target,
			Beside: fmt.Sprintf("p99 %s ms, %s µs of processor time", program.Short(program.Quantile(times, 0.99)), program.Short(cost)),
		})
	}
	return figures, nil
}
