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

// Besides the crowd, some people enter one after the other: viewers before it, speakers and viewers after it.
const (
	early    = 3
	speakers = 5
	late     = 5
	extra    = speakers + late + early
)

// inAWhile is longer than any pause with which the pages and the server gather news.
const inAWhile = 2500 * time.Millisecond

// session is a measurement of one size.
type session struct {
	n     int
	site  *program.Program
	host  *host
	fleet *fleet
	alone int // how many of the extra people are in the room
	result
}

// measure runs a whole session of n people.
func measure(ctx context.Context, c config, n int) (r result, err error) {
	s := &session{n: n, result: result{N: n}}
	if s.site, err = program.New(ctx, c.usher, c.folder, n+extra, c.postgres); err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, s.site.Discard()) }()
	manager, err := s.site.NewHost(n)
	if err = errors.Join(err, s.site.Spread(c.servers)); err != nil {
		return r, err
	}
	s.host = &host{*manager}
	if _, err := s.site.Start(); err != nil {
		return r, err
	}
	if err := s.host.CreateRoom(); err != nil {
		return r, err
	}
	people, err := s.host.Invite(n+extra, func(i int) string {
		if speaker := i - n - early; 0 <= speaker && speaker < speakers {
			return "SPEAKER"
		}
		return "VIEWER"
	})
	if err != nil {
		return r, err
	}
	s.fleet, err = startFleet(s.site.Hosts, s.host.Room, people, requestsFor(c, n))
	defer func() { s.fleet.stop() }()
	if err != nil {
		return r, err
	}
	before := s.site.Use()
	err = s.runOne(c)
	if s.site.Running() {
		s.OtherPercent = s.site.Use().OthersSince(before)
	}
	return s.result, err
}

// run takes everyone from the link to the end of the session.
func (s *session) run(c config) error {
	closePage, err := s.host.openPage()
	if err != nil {
		return err
	}
	all := s.n + extra
	watching := min(all, c.files/2-1000) // strangers may have half of the server's connections
	titles := max(5, min(20, 10_000/s.n))
	title := 0
	rename := func() (string, func() error) {
		title++
		return fmt.Sprintf(`Title %d"`, title), func() error { return s.host.rename(fmt.Sprintf("Title %d", title)) }
	}
	if err := s.act("look", "look", all); err != nil {
		return err
	}
	if err := s.act("watch", "watch", watching); err != nil {
		return err
	}
	if err := s.event("link title", watching, titles, rename); err != nil {
		return err
	}
	for _, do := range []string{"redeem", "place", "acknowledge"} {
		if err := s.act(do, do, all); err != nil {
			return err
		}
	}
	// People follow as soon as they have read their place. Here everyone else came in between, so they read it again.
	if again, err := s.fleet.do(order{Do: "place", To: all, AtOnce: 32}); errors.Join(err, again.fault()) != nil {
		return errors.Join(err, again.fault())
	}
	if err := s.act("follow", "follow", all); err != nil {
		return err
	}
	if err := s.event("title", s.n, titles, rename); err != nil {
		return err
	}
	closePage()
	if err := s.restart(c, all); err != nil {
		return err
	}
	if closePage, err = s.host.openPage(); err != nil {
		return err
	}
	defer closePage()
	if err := s.event("start", s.n, 1, func() (string, func() error) { return `"SessionStarted"`, s.host.startSession }); err != nil {
		return err
	}
	alone, err := s.enterAlone("alone", early, "", 0)
	if err != nil {
		return err
	}
	if err := s.storm(); err != nil {
		return err
	}
	if err := s.event("room title", s.n, titles, rename); err != nil {
		return err
	}
	if err := s.readLists(); err != nil {
		return err
	}
	if _, err := s.enterAlone("speaker", speakers, `"ParticipantChanged"`, alone); err != nil {
		return err
	}
	if _, err := s.enterAlone("tally", late, `"tally":`, alone); err != nil {
		return err
	}
	if err := s.event("end", s.n, 1, func() (string, func() error) { return `"SessionEnded"`, s.host.endSession }); err != nil {
		return err
	}
	return s.checkLog()
}

// act has people 0 to n take a step, 32 at once.
func (s *session) act(name, do string, n int) error {
	before := s.site.Rest()
	got, err := s.fleet.do(order{Do: do, To: n, AtOnce: 32})
	took := time.Since(before.Use.At)
	s.add(name, got, s.site.CostSince(before)/float64(n))
	s.Steps[len(s.Steps)-1].PerSecond = float64(len(got.Times)) / took.Seconds()
	if refused := n - len(got.Times); err == nil && refused > 0 {
		err = fmt.Errorf("%s: %d of %d failed: %w", name, refused, n, got.fault())
	}
	return err
}

// event measures an event that people 0 to n receive. next returns a text of the message, and what makes the event happen.
func (s *session) event(name string, n, repeats int, next func() (string, func() error)) error {
	time.Sleep(inAWhile)
	sum, before := outcome{}, s.site.Rest()
	for range repeats {
		text, happen := next()
		if _, err := s.fleet.do(order{Do: await, Await: text}); err != nil {
			return err
		}
		since := time.Now()
		if err := happen(); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		got, err := s.fleet.do(order{Do: report, To: n, Since: since})
		if err != nil {
			return err
		}
		sum.join(got)
	}
	s.add(name, sum, s.site.CostSince(before)/float64(n*repeats))
	return nil
}

// enterAlone has the next of the extra people enter, one after the other. With a text, everyone in the room gets a message with it; the
// cost is then that to each of them, without the own cost of the person. It returns the median of the processor times, in µs.
func (s *session) enterAlone(name string, people int, text string, own float64) (each float64, err error) {
	sum, receivers, costs := outcome{}, 1, []float64{}
	for range people {
		time.Sleep(inAWhile)
		before, i := s.site.Rest(), s.n+s.alone
		s.alone++
		if _, err := s.fleet.do(order{Do: await, Await: text}); err != nil {
			return 0, err
		}
		since := time.Now()
		got, err := s.fleet.do(order{Do: "enter", From: i, To: i + 1, AtOnce: 1})
		if err := errors.Join(err, got.fault()); err != nil {
			return 0, fmt.Errorf("%s: %w", name, err)
		}
		s.entered = append(s.entered, got.Places...)
		if text != "" {
			if got, err = s.fleet.do(order{Do: report, To: s.n, Since: since, InRoom: true}); err != nil {
				return 0, err
			}
			receivers = max(1, len(got.Times)+got.Missing)
		}
		sum.join(got)
		time.Sleep(inAWhile)
		costs = append(costs, s.site.CostSince(before))
	}
	slices.Sort(costs)
	each = costs[len(costs)/2]
	s.add(name, sum, max(0, each-own)/float64(receivers))
	return each, nil
}

// restart stops the server and starts it again. Everyone comes back.
func (s *session) restart(c config, all int) error {
	if _, err := s.fleet.do(order{Do: part}); err != nil {
		return err
	}
	if err := s.site.Stop(); err != nil {
		return fmt.Errorf("stop usher: %w", err)
	}
	ready, err := s.site.Start()
	if err != nil {
		return err
	}
	s.ReadyMS = float64(ready.Microseconds()) / 1000
	s.site.Settle()
	memory := s.site.MemoryKB()
	do := "follow"
	if c.behind {
		do = "catch up"
	}
	if err := s.act("resume", do, all); err != nil {
		return err
	}
	before := s.site.Use()
	time.Sleep(pingEvery)
	s.MemoryKB = float64(s.site.MemoryKB()-memory) / float64(all)
	s.add("wait", outcome{}, s.site.Use().ServerSince(before)/float64(all)*float64(time.Minute/pingEvery))
	return nil
}

// readLists has the manager's page read its lists, while everyone is in the room.
func (s *session) readLists() error {
	const repeats = 20
	lists := s.host.lists()
	for _, name := range []string{"invitations", "people", "counts"} {
		var got outcome
		before := s.site.Rest()
		for range repeats {
			began := time.Now()
			if err := lists[name](); err != nil {
				return err
			}
			got.Times = append(got.Times, float64(time.Since(began).Microseconds())/1000)
		}
		s.add(name, got, s.site.CostSince(before)/repeats)
	}
	return nil
}

// storm has everyone press Enter within 10 seconds.
func (s *session) storm() error {
	before := s.site.Rest()
	got, err := s.fleet.do(order{Do: "enter", To: s.n, Within: 10 * time.Second})
	if err != nil {
		return err
	}
	s.add("enter", got, s.site.CostSince(before)/float64(s.n))
	s.entered, s.unanswered = append(s.entered, got.Places...), got.Faults > 0 || got.Refused["SERVICE_UNAVAILABLE"] > 0
	return nil
}

// checkLog compares the acknowledged entries with the room's events.
func (s *session) checkLog() error {
	logged, err := s.host.entries()
	if err != nil {
		return err
	}
	s.Acknowledged, s.Logged = len(s.entered), len(logged)
	for _, place := range s.entered {
		if logged[place] != 1 {
			return fmt.Errorf("the log has %d entries of %s, whose entry was acknowledged", logged[place], place)
		}
		delete(logged, place)
	}
	if len(logged) > 0 && !s.unanswered {
		return fmt.Errorf("the log has %d entries that were refused", len(logged))
	}
	return nil
}
