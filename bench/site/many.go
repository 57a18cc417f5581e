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

const (
	rowsAtOnce = 100 // the most of one call
	calls      = 10
)

// measureMany invites 100 people by one call, again and again, with emails. It measures the time on both databases, the statements on
// PostgreSQL, and how long a manager's ChangeRole takes meanwhile.
func measureMany(ctx context.Context, c config) (figures []figure, err error) {
	for _, on := range []struct {
		name     string
		postgres bool
		most     float64 // ms
	}{{"SQLite", false, 60}, {"PostgreSQL", true, 120}} {
		found, err := inviteMany(ctx, c, on.postgres)
		if err != nil {
			return figures, err
		}
		called := figure{
			Part: "many", Name: "`InviteUsers` with 100 rows and emails, on " + on.name + ": p50", Value: program.Quantile(found.calls, 0.5), Unit: "ms",
			Target: on.most, Beside: fmt.Sprintf("p99 %s ms, %s ms of processor time", program.Short(program.Quantile(found.calls, 0.99)), program.Short(found.cost/1000)),
		}
		alone, meanwhile := program.Quantile(found.alone, 0.99), program.Quantile(found.meanwhile, 0.99)
		figures = append(figures, called, figure{
			Part: "many", Name: "`ChangeRole` meanwhile, on " + on.name + ", against alone: p99", Value: meanwhile / alone, Unit: "×", Target: 2,
			Beside: fmt.Sprintf("%s and %s ms", program.Short(meanwhile), program.Short(alone)),
		})
		if on.postgres {
			figures = append(figures, figure{Part: "many", Name: "its statements", Value: found.statements, Unit: "statements", Target: 20, Beside: "on PostgreSQL"})
		}
	}
	return figures, nil
}

// many is what calls of InviteUsers cost. Times are in ms and sorted.
type many struct {
	calls, alone, meanwhile []float64
	cost, statements        float64 // of one call; the cost in µs
}

func inviteMany(ctx context.Context, c config, postgres bool) (found many, err error) {
	site, err := program.New(ctx, c.usher, c.folder, (2*calls+2)*rowsAtOnce, postgres)
	if err != nil {
		return found, err
	}
	defer func() { err = errors.Join(err, site.Discard()) }()
	site.Set("--smtp-url=smtp://localhost:9", "--mail-from=usher@usher.example") // nobody answers there, so the emails wait
	count := func() (int, error) { return 0, nil }
	if postgres {
		if count, err = site.CountStatements(ctx); err != nil {
			return found, err
		}
	}
	g := &guests{site: site}
	if err := g.begin(1); err != nil {
		return found, err
	}
	if _, err := g.redeemAll(g.all, 1, 0); err != nil {
		return found, err
	}
	if err := g.inviteMore(); err != nil { // warms up
		return found, err
	}

	before := site.Rest()
	var counts []float64
	for range calls {
		first, err := count()
		if err != nil {
			return found, err
		}
		took, err := timed(g.inviteMore)
		if err != nil {
			return found, err
		}
		last, err := count()
		if err != nil {
			return found, err
		}
		found.calls, counts = append(found.calls, took), append(counts, float64(last-first))
	}
	slices.Sort(found.calls)
	found.cost, found.statements = site.CostSince(before)/calls, median(counts)

	if found.alone, err = g.changeRoles(time.After(5 * time.Second)); err != nil {
		return found, err
	}
	over, fault := make(chan time.Time), error(nil)
	go func() {
		defer close(over)
		for range calls {
			if fault = g.inviteMore(); fault != nil {
				return
			}
			time.Sleep(250 * time.Millisecond)
		}
	}()
	found.meanwhile, err = g.changeRoles(over)
	return found, errors.Join(err, fault)
}

// inviteMore invites as many as one call takes.
func (g *guests) inviteMore() error {
	g.more += rowsAtOnce
	var rows []map[string]any
	for i := range rowsAtOnce {
		name := fmt.Sprintf("many%d", g.more+i)
		rows = append(rows, map[string]any{"email": name + "@guests.example", "firstName": "Guest", "lastName": name, "role": "VIEWER"})
	}
	return g.host.Ask(g.host.Token, "InviteUsers", map[string]any{"input": map[string]any{
		"roomId": g.host.Room, "key": fmt.Sprintf("the-many-from-%010d", g.more), "rows": rows, "send": true,
	}}, new(any))
}

// changeRoles changes a role again and again until over, as often as an account may. It returns the times, sorted.
func (g *guests) changeRoles(over <-chan time.Time) (times []float64, err error) {
	turn := time.NewTicker(time.Second / writesPerSecond)
	defer turn.Stop()
	for i := 0; ; i++ {
		took, err := timed(func() error { return g.changeRole(i) })
		if err != nil {
			return nil, err
		}
		times = append(times, took)
		select {
		case <-over:
			slices.Sort(times)
			return times, nil
		case <-turn.C:
		}
	}
}

// timed returns how long something takes, in ms.
func timed(do func() error) (float64, error) {
	began := time.Now()
	err := do()
	return float64(time.Since(began).Microseconds()) / 1000, err
}
