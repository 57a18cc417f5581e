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

// measureRole changes the role of a participant again and again, as a manager's page does. It measures the time on SQLite, which waits for
// the disk. PostgreSQL counts the statements.
func measureRole(ctx context.Context, c config) (figures []figure, err error) {
	const changes = 200
	g, err := invite(ctx, c, 1)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, g.site.Discard()) }()
	if _, err := g.redeemAll(g.all, 1, 0); err != nil {
		return nil, err
	}
	for i := range 20 { // warms up
		if err := g.changeRole(i); err != nil {
			return nil, err
		}
	}
	before := g.site.Rest()
	var times []float64
	for i := range changes {
		began := time.Now()
		if err := g.changeRole(i); err != nil {
			return nil, err
		}
		times = append(times, float64(time.Since(began).Microseconds())/1000)
		time.Sleep(time.Until(began.Add(time.Second / writesPerSecond)))
	}
	cost := g.site.CostSince(before) / changes
	slices.Sort(times)
	figures = append(figures, figure{
		Part: "role", Name: "`ChangeRole`, processor time", Value: cost, Unit: "µs",
		Beside: fmt.Sprintf("p50 %s, p99 %s ms from the outside", program.Short(program.Quantile(times, 0.5)), program.Short(program.Quantile(times, 0.99))),
	})
	statements, err := countRole(ctx, c)
	return append(figures, figure{Part: "role", Name: "`ChangeRole`, statements", Value: statements, Unit: "statements", Beside: "on PostgreSQL, with the first and the last of the transaction"}), err
}

// writesPerSecond is a little less than what an account may do.
const writesPerSecond = 18

func (g *guests) changeRole(i int) error {
	return g.host.Ask(g.host.Token, "ChangeRole", map[string]any{"input": map[string]any{
		"participantId": g.all[0].place, "role": []string{"SPEAKER", "VIEWER"}[i%2],
	}}, new(any))
}

// countRole returns how many statements a change takes.
func countRole(ctx context.Context, c config) (each float64, err error) {
	site, err := program.New(ctx, c.usher, c.folder, 1, true)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, site.Discard()) }()
	count, err := site.CountStatements(ctx)
	if err != nil {
		return 0, err
	}
	g := &guests{site: site}
	if err := g.begin(1); err != nil {
		return 0, err
	}
	if _, err := g.redeemAll(g.all, 1, 0); err != nil {
		return 0, err
	}
	var counts []float64
	for i := range 21 { // the median leaves out what the server does by itself
		before, err := count()
		if err != nil {
			return 0, err
		}
		if err := g.changeRole(i); err != nil {
			return 0, err
		}
		after, err := count()
		if err != nil {
			return 0, err
		}
		counts = append(counts, float64(after-before))
	}
	return median(counts), nil
}
