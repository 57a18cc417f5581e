//go:build linux

package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"usher/bench/program"
	"usher/bench/socket"
)

// What a crowd says: talkMost messages within talkFor, each by another viewer, while everyone reads them. That is just below the chat's pace. Each text has the moment in
// which it was sent, so that the load processes know how late it reaches each reader.
const (
	talkMost = 540
	talkFor  = time.Minute
	quiet    = 20 // messages, and titles, one by one
)

// saidAt precedes the moment in a message's text, in nanoseconds since 1970.
var saidAt = []byte(`"text":"Said at `)

// say writes a message: web/src/talk/Composer.tsx.
func (p *person) say() error {
	_, err := p.ask("SendMessage", map[string]any{"input": map[string]any{
		"roomId": p.of.Room, "channel": "CHAT", "key": socket.UUID(),
		"text": fmt.Sprintf("Said at %d. I think that we should talk about this in the next session, too.", time.Now().UnixNano()),
	}})
	return err
}

// hear notes how late the messages in an event come. It runs on the thread that reads all sockets.
func (p *person) hear(event []byte, at time.Time) {
	for {
		_, after, ok := bytes.Cut(event, saidAt)
		if !ok {
			return
		}
		digits, rest, _ := bytes.Cut(after, []byte("."))
		event = rest
		if sent, err := strconv.ParseInt(string(digits), 10, 64); err == nil {
			p.heard.Add(1)
			p.of.mu.Lock()
			p.of.late[int(at.UnixNano()-sent)/int(time.Millisecond)]++
			p.of.mu.Unlock()
		}
	}
}

// reportHeard waits until everyone has as many messages as there are, and reports how late they came.
func (l *load) reportHeard(result *outcome, some []*person, messages int) {
	deadline := time.Now().Add(30 * time.Second)
	for _, p := range some {
		for p.heard.Load() < int64(messages) && time.Now().Before(deadline) {
			time.Sleep(time.Millisecond)
		}
	}
	time.Sleep(time.Second) // for those that come twice
	for _, p := range some {
		n := int(p.heard.Swap(0))
		result.Heard += n
		result.Missing += max(0, messages-n)
		result.Twice += max(0, n-messages)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	result.Late, l.late = l.late, map[int]int{}
}

// talk is what a crowd's talk cost.
type talk struct {
	Messages, Heard, Lost, Twice int
	CPU                          float64 // µs of the server for each message and reader
	EventCPU                     float64 // the same of a title, for comparison
	P50, P99                     float64 // ms until a message reaches a reader, at ten messages a second
	Quiet, QuietTitle            float64 // p99 in ms of a message, and of a title, that comes alone
	SentP99                      float64 // ms until a message is acknowledged, at ten messages a second
	Refused                      map[string]int
}

// runTalk has everyone in the room read what some of them say.
func (s *session) runTalk() error {
	title := 0
	rename := func() (string, func() error) {
		title++
		return fmt.Sprintf(`Title %d"`, title), func() error { return s.host.rename(fmt.Sprintf("Title %d", title)) }
	}
	if err := s.event("room title", s.n, quiet, rename); err != nil {
		return err
	}
	alone, aloneSent, err := s.talkOnce(s.n-quiet, quiet, 0)
	if err != nil {
		return err
	}
	crowd, sent, err := s.talkOnce(0, min(talkMost, s.n-quiet), talkFor)
	if err != nil {
		return err
	}
	event, _ := s.step("room title")
	s.Talk = &talk{
		Messages: len(sent.Times), Heard: crowd.Heard, Lost: crowd.Missing, Twice: crowd.Twice, EventCPU: event.CPU, QuietTitle: event.P99,
		CPU: crowd.cpu / float64(max(1, crowd.Heard)), P50: crowd.quantile(0.5), P99: crowd.quantile(0.99), Quiet: alone.quantile(0.99),
		SentP99: program.Quantile(sent.Times, 0.99), Refused: sent.Refused,
	}
	return errors.Join(aloneSent.fault(), sent.fault())
}

// heard is what readers heard, and what that cost the server, in µs.
type heard struct {
	outcome
	cpu float64
}

// talkOnce has people from a number on each say something: one after the other, or at random moments within a time.
func (s *session) talkOnce(from, people int, within time.Duration) (h heard, sent outcome, err error) {
	before := s.site.Rest()
	if within > 0 {
		if sent, err = s.fleet.do(order{Do: "say", From: from, To: from + people, Within: within}); err != nil {
			return h, sent, err
		}
	} else {
		for i := range people {
			time.Sleep(inAWhile)
			one, err := s.fleet.do(order{Do: "say", From: from + i, To: from + i + 1, AtOnce: 1})
			if err != nil {
				return h, sent, err
			}
			sent.join(one)
		}
	}
	slices.Sort(sent.Times)
	h.outcome, err = s.fleet.do(order{Do: report, To: s.n, InRoom: true, Messages: len(sent.Times)})
	h.cpu = s.site.CostSince(before)
	return h, sent, err
}

// quantile returns how late messages came, in ms.
func (h heard) quantile(q float64) float64 {
	var times []int
	all := 0
	for late, n := range h.Late {
		times, all = append(times, late), all+n
	}
	slices.SortFunc(times, cmp.Compare[int])
	for left, i := int(q*float64(all)), 0; i < len(times); i++ {
		if left -= h.Late[times[i]]; left < 0 || i == len(times)-1 {
			return float64(times[i])
		}
	}
	return 0
}
