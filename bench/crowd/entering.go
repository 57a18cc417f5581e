//go:build linux

package main

import (
	"errors"
	"time"
)

// runOne runs what the flags ask for.
func (s *session) runOne(c config) error {
	switch {
	case c.metrics > 0:
		return s.runMetrics(c.metrics)
	case c.talking:
		return s.runEntering(s.runTalk)
	case c.voting:
		return s.runEntering(s.runVote)
	case c.entering:
		return s.runEntering(s.checkLog)
	}
	return s.run(c)
}

// runEntering takes everyone from the link to the entry, without what is measured of one step or one event besides. Nobody follows
// their link, so that everyone fits into the server's connections. Then it runs what happens in the room.
func (s *session) runEntering(inRoom func() error) error {
	closePage, err := s.host.openPage()
	if err != nil {
		return err
	}
	defer closePage()
	for _, do := range []string{"redeem", "place", "acknowledge"} {
		if err := s.act(do, do, s.n); err != nil {
			return err
		}
	}
	// Everyone else came in between, so they read their place again.
	again, err := s.fleet.do(order{Do: "place", To: s.n, AtOnce: 32})
	if err := errors.Join(err, again.fault()); err != nil {
		return err
	}
	if err := s.act("follow", "follow", s.n); err != nil {
		return err
	}
	if err := s.event("start", s.n, 1, func() (string, func() error) { return `"SessionStarted"`, s.host.startSession }); err != nil {
		return err
	}
	if err := s.storm(); err != nil {
		return err
	}
	time.Sleep(inAWhile)
	return inRoom()
}
