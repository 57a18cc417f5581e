//go:build linux

package main

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"usher/bench/process"
)

func measure(c config) (*report, error) {
	l, err := newLoad(c)
	if err != nil {
		return nil, err
	}
	defer l.closeAll()
	r := &report{Label: c.label, Time: time.Now().UTC(), N: c.n, Stalled: c.stalled}
	before, idle := process.MemoryKB(c.pid), process.Read(c.pid)
	if err := l.connectAll(); err != nil {
		return nil, err
	}
	r.Connected = int(l.ready.Load())
	time.Sleep(c.settle)
	r.ConnectCPU = process.Read(c.pid).ServerSince(idle) / float64(r.Connected)
	r.MemoryKB = float64(process.MemoryKB(c.pid)-before) / float64(r.Connected)

	for k := range c.warm {
		if err := l.fire(k); err != nil {
			return nil, err
		}
		l.await(k, time.Now().Add(c.timeout))
		time.Sleep(c.gap)
	}
	if err := l.measureEvents(r); err != nil {
		return nil, err
	}
	if err := l.measureBurst(r); err != nil {
		return nil, err
	}
	r.Closed, r.FirstError = l.closed.Load(), l.firstError()
	return r, nil
}

// measureEvents makes events one by one.
func (l *load) measureEvents(r *report) error {
	start := process.Read(l.c.pid)
	for e := range l.c.events {
		k := l.c.warm + e
		if err := l.fire(k); err != nil {
			return err
		}
		l.await(k, time.Now().Add(l.c.timeout))
		time.Sleep(l.c.gap)
	}
	end := process.Read(l.c.pid)

	var p50, p99, last []float64
	delivered := 0
	for e := range l.c.events {
		times, twice := l.slots[l.c.warm+e].times()
		r.Missing += r.Connected - len(times)
		r.Twice += twice
		delivered += len(times)
		if len(times) > 0 {
			p50 = append(p50, quantile(times, 0.5))
			p99 = append(p99, quantile(times, 0.99))
			last = append(last, quantile(times, 1))
		}
	}
	if delivered == 0 {
		return errors.New("no event arrived: " + l.firstError())
	}
	r.P50, r.P99, r.Last = median(p50), median(p99), median(last)
	r.CPU = end.ServerSince(start) / float64(delivered)
	r.OtherPercent = end.OthersSince(start)
	return nil
}

// measureBurst makes events without waiting for their arrival.
func (l *load) measureBurst(r *report) error {
	if l.c.burst == 0 {
		return nil
	}
	time.Sleep(10 * l.c.gap)
	start, first := process.Read(l.c.pid), l.c.warm+l.c.events
	fired := make(chan error, 1)
	go func() {
		for k := range l.c.burst {
			if err := l.fire(first + k); err != nil {
				fired <- fmt.Errorf("burst: %w", err)
				return
			}
		}
		fired <- nil
	}()
	deadline := time.Now().Add(l.c.timeout)
	for k := range l.c.burst {
		l.await(first+k, deadline)
	}
	end := process.Read(l.c.pid)
	if err := <-fired; err != nil {
		return err
	}
	delivered, last := 0, time.Time{}
	for k := range l.c.burst {
		s := l.slots[first+k]
		times, twice := s.times()
		r.Twice += twice
		delivered += len(times)
		if len(times) > 0 {
			if at := s.fired.Add(time.Duration(quantile(times, 1) * float64(time.Millisecond))); at.After(last) {
				last = at
			}
		}
	}
	r.BurstMissing = l.c.burst*r.Connected - delivered
	if delivered > 0 {
		r.BurstPerSecond = float64(delivered) / last.Sub(start.At).Seconds()
		r.BurstCPU = end.ServerSince(start) / float64(delivered)
	}
	return nil
}

// quantile needs sorted values.
func quantile(sorted []float64, q float64) float64 {
	return sorted[min(len(sorted)-1, int(q*float64(len(sorted))))]
}

func median(values []float64) float64 {
	slices.Sort(values)
	if len(values) == 0 {
		return 0
	}
	return (values[(len(values)-1)/2] + values[len(values)/2]) / 2
}
