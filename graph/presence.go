package graph

import (
	"context"
	"sync"
	"time"

	"usher/room"
)

// presence counts who is in a room, once for all who watch it, and passes each count to their cohorts. Its goroutine ends with its
// last cohort, or with the feed.
type presence struct {
	feed   *feed
	counts *room.PresenceFeed
	cancel context.CancelFunc
	moves  chan struct{}    // signalled when an event may have moved somebody
	stirs  chan struct{}    // signalled when an event may have changed the totals
	rests  <-chan time.Time // signalled when the people may be counted again, nil once they may; of run

	cohorts int    // guarded by Feeds.mu
	now     *count // the last one, nil before the first; guarded by Feeds.mu

	mu      sync.Mutex
	changed map[string]int // the number of the count before which each person came or went last
}

// count is who is in a room at a moment. It never changes.
type count struct {
	of             *presence
	number         int // rises with each count of any room
	online, inRoom int
	totals         totals
	moved          int // the number of the last count that found other people than the one before
	tallied        int // the number of the last count that found any other number than the one before
	at             int // the room's revision before it: whoever gets the count must have followed the log up to there
}

// joinPresence counts one more cohort that asks for presence, and returns the newest count. The caller holds Feeds.mu.
func (fd *feed) joinPresence() *count {
	p := fd.presence
	if p == nil {
		ctx, cancel := context.WithCancel(fd.ctx)
		p = &presence{
			feed: fd, counts: fd.feeds.services.News.PresenceFeed(fd.roomID), cancel: cancel,
			moves: make(chan struct{}, 1), stirs: make(chan struct{}, 1), changed: map[string]int{},
		}
		fd.presence = p
		go p.run(ctx)
	}
	p.cohorts++
	return p.now
}

// leavePresence uncounts a cohort. The caller holds Feeds.mu.
func (fd *feed) leavePresence() {
	if p := fd.presence; p != nil {
		if p.cohorts--; p.cohorts == 0 {
			p.cancel()
			fd.presence = nil
		}
	}
}

// moved has the people counted again. It never blocks.
func (p *presence) moved() { signal(p.moves) }

// stir has the totals read again. It never blocks.
func (p *presence) stir() { signal(p.stirs) }

// follow has counted again what new events may have changed.
func (p *presence) follow(news []*room.Happening) {
	for _, h := range news {
		if room.Moves(h.Row) {
			p.moved()
		}
		if stirs(h.Row) {
			p.stir()
		}
	}
}

func signal(c chan<- struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

const (
	// gatherTotals is the least time between two readings of a room's totals (V12). The people of a room are counted less often (V8).
	gatherTotals = 500 * time.Millisecond
	// tallyWindows is how many windows of the tools' events it is with many connections, so that tallies leave time for other work.
	tallyWindows = 3
)

// between returns the least time between two counts. people is that between two counts of a room's people, and window is the one of the
// tools' events.
func between(people, window time.Duration) time.Duration {
	if crowded := tallyWindows * window; crowded > gatherTotals {
		return crowded
	}
	return min(gatherTotals, people)
}

// run counts at once, and then after changes, which it gathers. What it cannot read now, it reads with the next change or a little later.
func (p *presence) run(ctx context.Context) {
	defer p.counts.Close()
	failed := false
	for people, goesOn := true, true; goesOn; people, goesOn = p.wait(ctx) {
		if people {
			p.rests = time.After(p.counts.Gather())
		}
		err := p.read(ctx, people)
		if err != nil && !failed && ctx.Err() == nil {
			p.feed.feeds.log.Error("count presence", "room", p.feed.roomID, "error", err)
		}
		if failed = err != nil; failed {
			p.moved()
		}
	}
}

// wait returns when there is something to count: the people of the room, or only its totals. It returns false if ctx ends first.
func (p *presence) wait(ctx context.Context) (people, goesOn bool) {
	select {
	case <-time.After(between(p.counts.Gather(), p.feed.feeds.window())):
	case <-ctx.Done():
		return false, false
	}
	calms := p.calms()
	for {
		came, moved := p.counts.Changed(), (<-chan struct{})(p.moves)
		if p.rests != nil {
			came, moved = nil, nil
		}
		select {
		case <-came:
			return true, true
		case <-moved:
			return true, true
		case <-p.counts.Stirred():
			return false, true
		case <-p.stirs:
			return false, true
		case <-calms:
			return false, true
		case <-p.rests:
			p.rests = nil
		case <-ctx.Done():
			return false, false
		}
	}
}

// calms returns a channel that is signalled when time may have changed the totals.
func (p *presence) calms() <-chan time.Time {
	p.feed.feeds.mu.Lock()
	defer p.feed.feeds.mu.Unlock()
	if p.now == nil || !p.now.totals.calms() {
		return nil
	}
	return time.After(calming)
}

// read counts the people of the room, or only reads its totals. It passes on what differs from the count before.
func (p *presence) read(ctx context.Context, people bool) error {
	f := p.feed.feeds
	next, came, err := p.count(ctx, people)
	if err != nil {
		return err
	}
	p.mu.Lock()
	for _, person := range came {
		p.changed[person] = next.number
	}
	p.mu.Unlock()
	f.mu.Lock()
	defer f.mu.Unlock()
	if last := p.now; last != nil && last.online == next.online && last.inRoom == next.inRoom {
		if next.moved = last.moved; last.totals.equal(next.totals) {
			next.tallied = last.tallied
		}
		if len(came) == 0 && next.tallied < next.number {
			return nil
		}
	}
	p.now = next
	for group, c := range p.feed.cohorts {
		if group.counts() {
			c.passCount(next)
		}
	}
	return nil
}

// count returns a new count, and who came or went. If it is not to count the people, they are those of the count before.
func (p *presence) count(ctx context.Context, people bool) (next *count, came []string, err error) {
	f := p.feed.feeds
	next = &count{of: p}
	if people {
		next.at, next.online, next.inRoom, came, err = p.counts.Read(ctx)
	} else {
		f.mu.Lock()
		next.online, next.inRoom = p.now.online, p.now.inRoom
		f.mu.Unlock()
		next.at, err = p.counts.Revision(ctx)
	}
	if err != nil {
		return nil, nil, err
	}
	if next.totals, err = f.totals.read(ctx, p.feed.roomID); err != nil {
		return nil, nil, err
	}
	next.number = int(f.counted.Add(1))
	next.moved, next.tallied = next.number, next.number
	return next, came, nil
}

// since returns who came or went between the count with a number and this one.
func (c *count) since(number int) (people []string) {
	c.of.mu.Lock()
	defer c.of.mu.Unlock()
	for person, at := range c.of.changed {
		if at > number && at <= c.number {
			people = append(people, person)
		}
	}
	return people
}

// heard is the last message of a count that was rendered. Neighbours mostly get the same.
type heard struct {
	group   *group
	as      room.Audience
	since   int
	payload []byte
}

// hear sends a count to a subscriber who has not got it. It returns false if the reader is behind, or has lost the room.
func (s *subscriber) hear(c *count, last *heard) bool {
	if !s.stream.SeesAt(s.feeds.services.Clock.Now()) {
		s.finish()
		return false
	}
	if s.told >= c.number {
		return true
	}
	as, since, news := s.stream.Audience(), s.told, c.moved
	if s.group.root == rootTally {
		news = c.tallied
	}
	if numbers := as < room.Moderators || s.group.root == rootTally; numbers {
		if since >= news {
			return true
		}
		if as, since = room.Everyone, c.number; s.group.root == rootTally {
			as = tallyFor(s.stream.Audience())
		}
	}
	if s.told == 0 {
		since = c.number // the first message names nobody
	}
	if !s.out.Ready() {
		return false
	}
	if last.payload == nil || last.group != s.group || last.as != as || last.since != since {
		payload, err := s.group.renderCount(c, as, since)
		if err != nil {
			s.fault(err)
			return true
		}
		*last = heard{s.group, as, since, payload}
	}
	if !s.out.Next(last.payload) {
		return false
	}
	s.told = c.number
	return true
}

// renderCount returns the message of a count for an audience that has the one with the number since.
func (g *group) renderCount(c *count, as room.Audience, since int) ([]byte, error) {
	return g.rendered(rendering{group: g, room: c.of.feed.roomID, at: c.number, audience: as, since: since}, nil, func() (any, error) {
		if g.root == rootTally {
			return c.totals.tally(c.number, c.online, c.inRoom, as), nil
		}
		message := &room.Presence{Online: c.online, InRoom: c.inRoom, Changed: []*room.Participant{}}
		if since == c.number {
			return message, nil
		}
		var err error
		message.Changed, err = c.of.counts.Participants(c.of.feed.ctx, c.since(since), as.Sight())
		return message, err
	})
}
