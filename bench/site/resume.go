//go:build linux

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"

	"usher/bench/program"
	"usher/bench/socket"
)

// measureResume stops the server, just after an event that the pages have not got, and starts it again. All pages come back at the same
// moment. Each is back when it has the event.
func measureResume(ctx context.Context, c config) (figures []figure, err error) {
	g, err := invite(ctx, c, c.clients)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, g.site.Discard()) }()
	if _, err := g.redeemAll(g.all, 64, 0); err != nil {
		return nil, err
	}
	var page struct{ Room struct{ Revision int } }
	if err := g.host.Ask(g.host.Token, "RoomPage", map[string]any{"roomId": g.host.Room}, &page); err != nil {
		return nil, err
	}
	const title = "Where we were"
	if err := g.host.Ask(g.host.Token, "UpdateRoom", map[string]any{"input": map[string]any{"roomId": g.host.Room, "title": title}}, new(any)); err != nil {
		return nil, err
	}
	if err := g.site.Stop(); err != nil {
		return nil, err
	}
	ready, err := g.site.Start()
	if err != nil {
		return nil, err
	}
	before := g.site.Rest()
	began := time.Now()
	times, faults := make([]float64, len(g.all)), make([]error, len(g.all))
	follows := make([]*line, len(g.all))
	var all sync.WaitGroup
	for i, one := range g.all {
		all.Go(func() {
			follows[i], faults[i] = g.follow(one, page.Room.Revision, title)
			times[i] = float64(time.Since(began).Microseconds()) / 1000
		})
	}
	all.Wait()
	defer func() {
		for _, l := range follows {
			if l != nil {
				_ = l.conn.Close()
			}
		}
	}()
	if err := errors.Join(first(faults)...); err != nil {
		return nil, err
	}
	slices.Sort(times)
	last := times[len(times)-1]
	return []figure{
		{
			Part: "resume", Name: program.Thousands(float64(len(times))) + " pages come back after a restart, at once: until the last has what it missed", Value: last / 1000, Unit: "s", Target: 10,
			Beside: fmt.Sprintf("p50 %s, p99 %s ms, %s µs of processor time each; the server was ready after %s ms", program.Short(program.Quantile(times, 0.5)), program.Short(program.Quantile(times, 0.99)),
				program.Short(g.site.CostSince(before)/float64(len(times))), program.Short(float64(ready.Microseconds())/1000)),
		},
		{Part: "resume", Name: "pages that come back, a second", Value: float64(len(times)) / last * 1000, Unit: "/s", Target: 1000, AtLeast: true},
	}, nil
}

// first returns a few of many errors.
func first(faults []error) []error {
	faults = slices.DeleteFunc(faults, func(err error) bool { return err == nil })
	return faults[:min(3, len(faults))]
}

// upgrade opens a WebSocket with cookies, from one of the loopback addresses.
func (g *guests) upgrade(i int, cookies string) (*line, error) {
	l, err := dial(g.site.Host, i)
	if err != nil {
		return nil, err
	}
	_ = l.conn.SetDeadline(time.Now().Add(time.Minute))
	request := fmt.Appendf(nil, "GET /graphql HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"+
		"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n"+
		"Origin: http://%s\r\nSec-Fetch-Site: same-origin\r\nCookie: %s\r\n\r\n", g.site.Host, g.site.Host, cookies)
	if _, err := l.conn.Write(request); err != nil {
		return l, err
	}
	status, err := l.in.ReadString('\n')
	if err != nil || !bytes.HasPrefix([]byte(status), []byte("HTTP/1.1 101")) {
		return l, errors.Join(fmt.Errorf("upgrade: %q", status), err)
	}
	for text := status; text != "\r\n"; {
		if text, err = l.in.ReadString('\n'); err != nil {
			return l, err
		}
	}
	return l, nil
}

// follow opens the page's WebSocket, follows the room after a revision, and returns when a message with the text came.
func (g *guests) follow(one *guest, after int, text string) (*line, error) {
	l, err := g.upgrade(one.i, one.cookies)
	if err != nil {
		return l, err
	}
	document, err := g.host.Documents.Quoted("PlaceEvents")
	if err != nil {
		return l, err
	}
	variables, err := json.Marshal(map[string]any{"roomId": g.host.Room, "after": after})
	if err != nil {
		return l, err
	}
	if err := l.say(`{"type":"connection_init","payload":{"place":%q}}`, one.place); err != nil {
		return l, err
	}
	if err := l.await(`"connection_ack"`); err != nil {
		return l, err
	}
	if err := l.say(`{"id":%q,"type":"subscribe","payload":{"query":%s,"variables":%s}}`, socket.UUID(), document, variables); err != nil {
		return l, err
	}
	return l, l.await(text)
}

// say sends a message.
func (l *line) say(format string, values ...any) error {
	_, err := l.conn.Write(socket.Masked(1, fmt.Appendf(nil, format, values...)))
	return err
}

// await reads messages until one contains the text.
func (l *line) await(text string) error {
	for {
		opcode, payload, err := l.frame()
		switch {
		case err != nil:
			return err
		case opcode == 8, bytes.Contains(payload, []byte(`"type":"error"`)):
			return fmt.Errorf("instead of %s: %.300q", text, payload)
		case bytes.Contains(payload, []byte(text)):
			return nil
		}
	}
}

// frame reads a frame of the server.
func (l *line) frame() (opcode byte, payload []byte, err error) {
	for n := 2; ; {
		head, err := l.in.Peek(n)
		if err != nil {
			return 0, nil, err
		}
		size := int(head[1])
		switch {
		case n == 2 && size == 126:
			n = 4
			continue
		case n == 2 && size == 127:
			n = 10
			continue
		case n == 4:
			size = int(head[2])<<8 | int(head[3])
		case n == 10:
			size = int(head[6])<<24 | int(head[7])<<16 | int(head[8])<<8 | int(head[9])
		}
		frame := make([]byte, n+size)
		if _, err := io.ReadFull(l.in, frame); err != nil {
			return 0, nil, err
		}
		opcode, payload, _, _ := socket.Frame(frame)
		return opcode, payload, nil
	}
}
