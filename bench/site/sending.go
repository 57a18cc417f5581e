//go:build linux

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"usher/bench/program"
	"usher/bench/socket"
)

const (
	followingLinks = 500
	titles         = 40
	titleEvery     = 200 * time.Millisecond
)

// measureSending changes the title of a room that thousands of pages follow, again and again: first alone, then while emails to 2,000 people are sent.
func measureSending(ctx context.Context, c config) (figures []figure, err error) {
	sink, err := listenForMails()
	if err != nil {
		return nil, err
	}
	defer sink.close()
	site, err := program.New(ctx, c.usher, c.folder, c.clients+2*emailed, false)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, site.Discard()) }()
	// As fast as one server can, which is much faster than its default of 300 a minute.
	site.Set("--smtp-url=smtp://"+sink.address(), "--mail-from=usher@usher.example", "--mails-per-manager=100000", "--mails-per-minute=12000")
	g := &guests{site: site}
	if err := g.begin(c.clients); err != nil {
		return nil, err
	}
	if _, err := g.redeemAll(g.all, 64, 0); err != nil {
		return nil, err
	}
	followers, err := g.followAll()
	defer followers.close()
	if err != nil {
		return nil, err
	}

	if _, err := g.retitle(followers); err != nil { // warms up
		return nil, err
	}
	alone, err := g.retitle(followers)
	if err != nil {
		return nil, err
	}
	for range emailed / rowsAtOnce {
		if err := g.inviteMore(); err != nil {
			return nil, err
		}
	}
	before := sink.count()
	meanwhile, err := g.retitle(followers)
	if err != nil {
		return nil, err
	}
	sent := sink.count() - before
	if sent == 0 || sink.count() > emailed-rowsAtOnce {
		return nil, fmt.Errorf("%d emails were sent meanwhile, and %d before: they did not last", sent, before)
	}
	quiet, busy := program.Quantile(alone, 0.99), program.Quantile(meanwhile, 0.99)
	return []figure{{
		Part: "sending", Name: fmt.Sprintf("a title reaches %s pages while %s emails are sent, against alone: p99", program.Thousands(float64(followers.pages)), program.Thousands(float64(sent))),
		Value: busy / quiet, Unit: "×", Target: 1.2, Beside: fmt.Sprintf("%s and %s ms", program.Short(busy), program.Short(quiet)),
	}}, nil
}

// followers are pages that follow the room or a link of it.
type followers struct {
	lines  []*line
	pages  int // that follow the room, not a link
	titles int // that the room had
	heard  chan heard
}

// heard is that a page got a title.
type heard struct {
	title int
	at    time.Time
}

func (f *followers) close() {
	for _, l := range f.lines {
		_ = l.conn.Close()
	}
}

// followAll has every guest follow the room, and some also their link.
func (g *guests) followAll() (*followers, error) {
	f := &followers{pages: len(g.all), heard: make(chan heard, 1<<16)}
	var page struct{ Room struct{ Revision int } }
	if err := g.host.Ask(g.host.Token, "RoomPage", map[string]any{"roomId": g.host.Room}, &page); err != nil {
		return f, err
	}
	for i, one := range append(slices.Clone(g.all), g.all[:min(followingLinks, len(g.all))]...) {
		l, err := g.upgrade(one.i, one.cookies)
		if l != nil {
			f.lines = append(f.lines, l)
		}
		if err != nil {
			return f, err
		}
		_ = l.conn.SetDeadline(time.Now().Add(10 * time.Minute))
		operation, variables := "PlaceEvents", map[string]any{"roomId": g.host.Room, "after": page.Room.Revision}
		if i >= len(g.all) {
			operation, variables = "LinkWatch", map[string]any{"token": one.Token}
		}
		document, err := g.host.Documents.Quoted(operation)
		if err != nil {
			return f, err
		}
		values, err := json.Marshal(variables)
		if err != nil {
			return f, err
		}
		if err := l.say(`{"type":"connection_init","payload":{"place":%q}}`, one.place); err != nil {
			return f, err
		}
		if err := l.await(`"connection_ack"`); err != nil {
			return f, err
		}
		if err := l.say(`{"id":%q,"type":"subscribe","payload":{"query":%s,"variables":%s}}`, socket.UUID(), document, values); err != nil {
			return f, err
		}
		if err := l.say(`{"type":"ping"}`); err != nil {
			return f, err
		}
		if err := l.await(`"pong"`); err != nil {
			return f, err
		}
		go f.hear(l, i < f.pages)
	}
	return f, nil
}

const titled = `"title":"Number `

// hear reads what a page gets until its connection ends, and reports the titles if they count.
func (f *followers) hear(l *line, counts bool) {
	for {
		opcode, payload, err := l.frame()
		if err != nil || opcode == 8 {
			return
		}
		_, rest, found := bytes.Cut(payload, []byte(titled))
		title := 0
		if _, err := fmt.Sscanf(string(rest), "%d", &title); found && err == nil && counts {
			f.heard <- heard{title, time.Now()}
		}
	}
}

// retitle changes the title again and again. It returns the times until each page had each title, in ms and sorted.
func (g *guests) retitle(f *followers) (times []float64, err error) {
	begun := make([]time.Time, titles)
	var mu sync.Mutex
	first := f.titles
	f.titles += titles
	done := make(chan error, 1)
	go func() {
		turn := time.NewTicker(titleEvery)
		defer turn.Stop()
		for i := range titles {
			mu.Lock()
			begun[i] = time.Now()
			mu.Unlock()
			err := g.host.Ask(g.host.Token, "UpdateRoom", map[string]any{"input": map[string]any{"roomId": g.host.Room, "title": fmt.Sprint("Number ", first+i)}}, new(any))
			if err != nil {
				done <- err
				return
			}
			<-turn.C
		}
		done <- nil
	}()
	deadline := time.After(3 * time.Minute)
	for len(times) < titles*f.pages {
		select {
		case h := <-f.heard:
			if i := h.title - first; i >= 0 && i < titles {
				mu.Lock()
				times = append(times, float64(h.at.Sub(begun[i]).Microseconds())/1000)
				mu.Unlock()
			}
		case <-deadline:
			return nil, fmt.Errorf("%d of %d titles arrived", len(times), titles*f.pages)
		}
	}
	slices.Sort(times)
	return times, <-done
}
