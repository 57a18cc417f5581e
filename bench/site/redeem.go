//go:build linux

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"usher/bench/program"
)

// guest is somebody who was invited, with the cookies of their browser and their place once the link is redeemed.
type guest struct {
	program.Invited
	i              int
	cookies, place string
}

// guests are the people of a room.
type guests struct {
	site *program.Program
	host *program.Host
	all  []*guest
	more int // how many more were invited by inviteMore
}

// invite starts a site with a room and n invited viewers.
func invite(ctx context.Context, c config, n int) (*guests, error) {
	site, err := program.New(ctx, c.usher, c.folder, n, false)
	if err != nil {
		return nil, err
	}
	g := &guests{site: site}
	if err := g.begin(n); err != nil {
		return nil, errors.Join(err, site.Discard())
	}
	return g, nil
}

// begin starts the server, and invites n people.
func (g *guests) begin(n int) (err error) {
	if g.host, err = g.site.NewHost(n); err != nil {
		return err
	}
	if _, err := g.site.Start(); err != nil {
		return err
	}
	if err := g.host.CreateRoom(); err != nil {
		return err
	}
	people, err := g.host.Invite(n, viewer)
	for i, one := range people {
		g.all = append(g.all, &guest{Invited: one, i: i})
	}
	return err
}

func viewer(int) string { return "VIEWER" }

// browser returns the headers of a page's request.
func (g *guests) browser(one *guest) []string {
	headers := []string{"Origin: http://" + g.site.Host, "Sec-Fetch-Site: same-origin"}
	if one.cookies != "" {
		headers = append(headers, "Cookie: "+one.cookies)
	}
	return headers
}

// redeem redeems somebody's link as the page does.
func (g *guests) redeem(l *line, one *guest) error {
	body, err := g.host.Documents.Request("RedeemInvitation",
		map[string]any{"input": map[string]any{"token": one.Token, "email": one.Email, "credential": "COOKIE"}})
	if err != nil {
		return err
	}
	answer, cookies, err := l.ask(posting(g.site.Host, g.browser(one), body))
	if err != nil {
		return err
	}
	var read struct {
		Data struct {
			RedeemInvitation struct{ Participant struct{ ID string } }
		}
	}
	one.cookies = cookies
	err = json.Unmarshal(answer, &read)
	one.place = read.Data.RedeemInvitation.Participant.ID
	return err
}

// redeemAll redeems the links of some, over so many connections. every is the pause between two of them; 0 means that each connection
// begins the next at once. The times begin when somebody's turn comes, also if all connections are busy. They are sorted, in ms.
func (g *guests) redeemAll(some []*guest, connections int, every time.Duration) (times []float64, err error) {
	type turn struct {
		one *guest
		at  time.Time
	}
	turns, faults := make(chan turn, len(some)), make([]error, connections)
	var mu sync.Mutex
	var all sync.WaitGroup
	for i := range connections {
		all.Go(func() {
			l, err := dial(g.site.Host, i)
			if err != nil {
				faults[i] = err
				return
			}
			defer l.conn.Close()
			for next := range turns {
				if next.at.IsZero() {
					next.at = time.Now()
				}
				if err := g.redeem(l, next.one); err != nil {
					faults[i] = fmt.Errorf("redeem: %w", err)
					return
				}
				took := float64(time.Since(next.at).Microseconds()) / 1000
				mu.Lock()
				times = append(times, took)
				mu.Unlock()
			}
		})
	}
	began := time.Now()
	for i, one := range some {
		next := turn{one: one}
		if every > 0 {
			next.at = began.Add(time.Duration(i) * every)
			time.Sleep(time.Until(next.at))
		}
		turns <- next
	}
	close(turns)
	all.Wait()
	slices.Sort(times)
	return times, errors.Join(faults...)
}

// measureRedeem measures how many links the server can redeem in a second, and how long one takes at 200 a second.
func measureRedeem(ctx context.Context, c config) (figures []figure, err error) {
	const fast, steady, perSecond, connections = 4000, 2000, 200, 64
	g, err := invite(ctx, c, fast+steady)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, g.site.Discard()) }()
	if _, err := g.redeemAll(g.all[:steady/2], connections, time.Second/perSecond); err != nil { // warms up
		return nil, err
	}
	before := g.site.Rest()
	times, err := g.redeemAll(g.all[steady/2:steady], connections, time.Second/perSecond)
	if err != nil {
		return nil, err
	}
	figures = append(figures, figure{
		Part: "redeem", Name: fmt.Sprintf("redeem, at %d a second: p99", perSecond), Value: program.Quantile(times, 0.99), Unit: "ms", Target: 100,
		Beside: fmt.Sprintf("p50 %s ms, %s µs of processor time each", program.Short(program.Quantile(times, 0.5)), program.Short(g.site.CostSince(before)/float64(len(times)))),
	})
	before = g.site.Rest()
	began := time.Now()
	times, err = g.redeemAll(g.all[steady:], connections, 0)
	took := time.Since(began)
	if err != nil {
		return figures, err
	}
	return append(figures, figure{
		Part: "redeem", Name: fmt.Sprintf("redeem, over %d connections at once", connections), Value: float64(len(times)) / took.Seconds(), Unit: "/s", Target: 500, AtLeast: true,
		Beside: fmt.Sprintf("p50 %s, p99 %s ms, %s µs of processor time each", program.Short(program.Quantile(times, 0.5)), program.Short(program.Quantile(times, 0.99)),
			program.Short(g.site.CostSince(before)/float64(len(times)))),
	}), nil
}
