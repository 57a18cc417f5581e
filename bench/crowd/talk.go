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
	BusyTitle                    float64 // p99 in ms of a title at ten messages a second
	Refused                      map[string]int

	Stalled                   int     // readers who stop reading while the others talk
	BesideP99                 float64 // p99 in ms until a message reaches the others meanwhile
	StalledLost, StalledTwice int     // of their messages, once they read on
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
	alone, aloneSent, err := s.talkOnce(spell{from: s.n - quiet, people: quiet, readers: s.n})
	if err != nil {
		return err
	}
	text, happen := rename()
	var since time.Time
	if _, err := s.fleet.do(order{Do: await, Await: text}); err != nil {
		return err
	}
	crowd, sent, err := s.talkOnce(spell{people: min(talkMost, s.n-quiet), within: talkFor, readers: s.n, meanwhile: func() error {
		since = time.Now()
		return happen()
	}})
	if err != nil {
		return err
	}
	busy, err := s.fleet.do(order{Do: report, To: s.n, Since: since, InRoom: true})
	if err != nil {
		return err
	}
	event, _ := s.step("room title")
	s.Talk = &talk{
		Messages: len(sent.Times), Heard: crowd.Heard, Lost: crowd.Missing, Twice: crowd.Twice, EventCPU: event.CPU, QuietTitle: event.P99,
		CPU: crowd.cpu / float64(max(1, crowd.Heard)), P50: crowd.quantile(0.5), P99: crowd.quantile(0.99), Quiet: alone.quantile(0.99),
		SentP99: program.Quantile(sent.Times, 0.99), BusyTitle: program.Quantile(busy.Times, 0.99), Refused: sent.Refused,
	}
	return errors.Join(aloneSent.fault(), sent.paced().fault(), s.talkBesideStalled())
}

// talkBesideStalled lets people talk while one in a hundred has stopped reading, and then has those read on.
func (s *session) talkBesideStalled() error {
	few := max(1, s.n/100)
	stalled := order{From: s.n - few, To: s.n, AtOnce: few}
	stalled.Do = "stall"
	if _, err := s.fleet.do(stalled); err != nil {
		return err
	}
	others, sent, err := s.talkOnce(spell{people: min(talkMost, s.n-quiet-few), within: talkFor, readers: s.n - few})
	if err != nil {
		return err
	}
	stalled.Do = "read on"
	if _, err := s.fleet.do(stalled); err != nil {
		return err
	}
	stalled.Do, stalled.Messages, stalled.InRoom = report, len(sent.Times), true
	late, err := s.fleet.do(stalled)
	if err != nil {
		return err
	}
	s.Talk.Stalled, s.Talk.BesideP99, s.Talk.StalledLost, s.Talk.StalledTwice = few, others.quantile(0.99), late.Missing, late.Twice
	return errors.Join(sent.paced().fault(), late.fault())
}

// paced returns the outcome without what the chat's pace refused (C8): chance brings too many together now and then. The table has it.
func (o outcome) paced() outcome {
	if len(o.Refused) == 1 && o.Refused["SLOW_DOWN"] > 0 {
		o.Message = ""
	}
	return o
}

// heard is what readers heard, and what that cost the server, in µs.
type heard struct {
	outcome
	cpu float64
}

// spell is a while in which people say something, each once.
type spell struct {
	from, people int
	within       time.Duration // at random moments of this time, or one after the other if it is zero
	readers      int           // the first so many people read it
	meanwhile    func() error  // runs in the middle of the time, if it is not nil
}

// talkOnce lets people talk, and waits until the readers have all messages.
func (s *session) talkOnce(o spell) (h heard, sent outcome, err error) {
	before := s.site.Rest()
	if o.within > 0 {
		sent, err = s.talkTogether(o)
	} else {
		sent, err = s.talkInTurn(o)
	}
	if err != nil {
		return h, sent, err
	}
	slices.Sort(sent.Times)
	h.outcome, err = s.fleet.do(order{Do: report, To: o.readers, InRoom: true, Messages: len(sent.Times)})
	h.cpu = s.site.CostSince(before)
	return h, sent, err
}

func (s *session) talkTogether(o spell) (outcome, error) {
	done := make(chan error, 1)
	go func() {
		time.Sleep(o.within / 2)
		if o.meanwhile == nil {
			done <- nil
		} else {
			done <- o.meanwhile()
		}
	}()
	sent, err := s.fleet.do(order{Do: "say", From: o.from, To: o.from + o.people, Within: o.within})
	return sent, errors.Join(err, <-done)
}

func (s *session) talkInTurn(o spell) (sent outcome, err error) {
	for i := o.from; i < o.from+o.people; i++ {
		time.Sleep(inAWhile)
		one, err := s.fleet.do(order{Do: "say", From: i, To: i + 1, AtOnce: 1})
		if err != nil {
			return sent, err
		}
		sent.join(one)
	}
	return sent, nil
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
