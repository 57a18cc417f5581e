//go:build linux

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"usher/bench/process"
	"usher/bench/program"
)

// server is one of the servers that measureMe compares.
type server struct {
	name, host string
	pid        int
	cost, rate []float64 // of each round: µs of its processor time a request, requests a second
}

// measureMe compares Me, which each page asks first, with a constant answer and with a peer. They answer in turns.
func measureMe(ctx context.Context, c config) (figures []figure, err error) {
	site, err := program.New(ctx, c.usher, c.folder, 100, false)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, site.Discard()) }()
	host, err := site.NewHost(0)
	if err != nil {
		return nil, err
	}
	if _, err := site.Start(); err != nil {
		return nil, err
	}
	body, err := host.Documents.Request("Me", nil)
	if err != nil {
		return nil, err
	}
	header := []string{"Authorization: Bearer " + host.Token}
	answer, err := once(site.Host, header, body)
	if err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	constant, err := startPeer("a constant", "", self, "-constant", string(answer))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, constant.stop()) }()
	servers := []*server{{name: "Usher", host: site.Host, pid: site.PID()}, {name: "a constant", host: constant.host, pid: constant.command.Process.Pid}}
	without := error(nil)
	if folder, err := installMercurius(c.folder); err != nil {
		without = err
	} else if mercurius, err := startPeer("Mercurius", folder, "node", "server.js", host.Token, string(answer)); err != nil {
		without = err
	} else {
		defer func() { err = errors.Join(err, mercurius.stop()) }()
		if same, err := once(mercurius.host, header, body); err != nil || !bytes.Equal(bytes.TrimSpace(same), bytes.TrimSpace(answer)) {
			return nil, errors.Join(err, fmt.Errorf("the peer answers %s, Usher %s", same, answer))
		}
		servers = append(servers, &server{name: "Mercurius", host: mercurius.host, pid: mercurius.command.Process.Pid})
	}
	for round := range c.rounds + 1 { // the first warms up
		for _, one := range servers {
			if err := one.pound(header, body, round > 0); err != nil {
				return nil, fmt.Errorf("%s: %w", one.name, err)
			}
		}
	}
	figures = append(figures, figure{Part: "me", Name: "`Me` with a token, processor time", Value: median(servers[0].cost), Unit: "µs", Beside: middle(servers)})
	figures = append(figures, figure{Part: "me", Name: "against a constant answer, processor time", Value: ratio(servers[0].cost, servers[1].cost), Unit: "×", Target: 3.5})
	if without != nil {
		return figures, fmt.Errorf("the peer is left out: %w", without)
	}
	return append(figures,
		figure{Part: "me", Name: "requests for the same processor time, against Mercurius with JIT", Value: ratio(servers[2].cost, servers[0].cost), Unit: "×", Target: 1.5, AtLeast: true},
		figure{Part: "me", Name: "requests a second, against Mercurius with JIT", Value: ratio(servers[0].rate, servers[2].rate), Unit: "×"},
	), nil
}

func once(host string, header []string, body []byte) ([]byte, error) {
	l, err := dial(host, 0)
	if err != nil {
		return nil, err
	}
	defer l.conn.Close()
	answer, _, err := l.ask(posting(host, header, body))
	return answer, err
}

// pound sends requests over 16 connections for a second.
func (s *server) pound(header []string, body []byte, counts bool) error {
	const lines, within = 16, time.Second
	request := posting(s.host, header, body)
	asked, faults := make([]int, lines), make([]error, lines)
	before := process.Read(s.pid)
	until := before.At.Add(within)
	var all sync.WaitGroup
	for i := range lines {
		all.Go(func() {
			l, err := dial(s.host, 0)
			if err != nil {
				faults[i] = err
				return
			}
			defer l.conn.Close()
			for time.Now().Before(until) && faults[i] == nil {
				_, _, faults[i] = l.ask(request)
				asked[i]++
			}
		})
	}
	all.Wait()
	after := process.Read(s.pid)
	n := 0.0
	for _, one := range asked {
		n += float64(one)
	}
	if counts {
		s.cost = append(s.cost, after.ServerSince(before)/n)
		s.rate = append(s.rate, n/after.At.Sub(before.At).Seconds())
	}
	return errors.Join(faults...)
}

func median(values []float64) float64 {
	return program.Quantile(slices.Sorted(slices.Values(values)), 0.5)
}

// ratio is the median of the ratios of the rounds.
func ratio(of, to []float64) float64 {
	var each []float64
	for i := range of {
		each = append(each, of[i]/to[i])
	}
	return median(each)
}

// middle names the median costs and rates of all servers.
func middle(servers []*server) string {
	var all []string
	for _, one := range servers {
		all = append(all, fmt.Sprintf("%s %s µs, %s/s", one.name, program.Short(median(one.cost)), program.Thousands(median(one.rate))))
	}
	return strings.Join(all, " · ")
}
