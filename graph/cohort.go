package graph

import (
	"runtime"
	"slices"
	"sync"

	"usher/room"
	"usher/wire"
)

// cohort is the subscribers of a room who share a document and have read up to the newest events.
type cohort struct {
	feed  *feed
	group *group
	users int // guarded by Feeds.mu

	queue struct {
		sync.Mutex
		news    []*room.Happening // passed on, but not yet delivered
		missed  bool              // there were more before, and the log has them
		count   *count            // passed on, but not yet delivered
		working bool
	}

	mu       sync.Mutex // held while delivering
	position int        // the revision of the last event delivered
	count    *count     // the last one delivered, in cohorts that ask for presence
	next     *count     // the one to deliver once the log is read up to it
	live     []*subscriber
	by       concerned
	ended    bool
}

// maxQueued limits the events that wait for a cohort. Beyond it, the cohort reads the log at its own pace.
const maxQueued = 1024

// maxAlone limits the subscribers that a single goroutine delivers to.
const maxAlone = 32

// pass queues new events for the cohort. It never blocks.
func (c *cohort) pass(news []*room.Happening) {
	q := &c.queue
	q.Lock()
	defer q.Unlock()
	if len(q.news)+len(news) > maxQueued {
		q.news, q.missed = nil, true
	} else {
		q.news = append(q.news, news...)
	}
	if !q.working {
		q.working = true
		go c.work()
	}
}

// passCount queues a new count for the cohort. It replaces one that waits.
func (c *cohort) passCount(count *count) {
	q := &c.queue
	q.Lock()
	defer q.Unlock()
	q.count = count
	if !q.working {
		q.working = true
		go c.work()
	}
}

// work delivers the queued events, then the queued count, until the queue is empty.
func (c *cohort) work() {
	for {
		q := &c.queue
		q.Lock()
		news, missed, count := q.news, q.missed, q.count
		q.news, q.missed, q.count = nil, false, nil
		q.working = len(news) > 0 || missed || count != nil
		working := q.working
		q.Unlock()
		if !working {
			return
		}
		if missed {
			if err := c.reread(); err != nil {
				c.feed.end(err)
			}
		}
		c.take(news, count)
	}
}

// reread delivers the events that the queue had no room for, up to the log's end.
func (c *cohort) reread() error {
	log := c.feed.feeds.services.News.Feed(c.feed.roomID, c.position, nil) // only this goroutine changes the position
	defer log.Close()
	for {
		news, err := log.Read(c.feed.ctx)
		if err != nil || len(news) == 0 {
			return err
		}
		c.take(news, nil)
	}
}

// take delivers those of the events that are new to the cohort, then a count.
func (c *cohort) take(news []*room.Happening, count *count) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for len(news) > 0 && news[0].Row.Revision <= c.position { // reread was faster
		news = news[1:]
	}
	for run := range runs(news) {
		c.deliver(run)
		c.position = run[len(run)-1].Row.Revision
	}
	if count != nil {
		c.next = count
	}
	if c.advance() {
		c.tell()
	}
}

// join adds a subscriber that has read up to the cohort's position or beyond. It returns false if the subscriber has more to read
// first.
func (c *cohort) join(s *subscriber) bool {
	c.mu.Lock()
	if c.advance() {
		c.tell()
	}
	joins := !c.ended && s.stream.Position() >= c.position && (c.count == nil || s.hear(c.count, &heard{}))
	if joins {
		s.cohort.Store(c)
		s.index = len(c.live)
		c.live = append(c.live, s)
		c.by.add(s)
	}
	c.mu.Unlock()
	if !joins {
		c.release()
	}
	return joins
}

// advance reports whether there is a newer count, and the log is read up to it. So nobody gets one above their rights of that moment.
// The caller holds c.mu.
func (c *cohort) advance() bool {
	if c.next == nil || c.next.at > c.position {
		return false
	}
	c.count, c.next = c.next, nil
	return true
}

// deliver sends a run of events to the subscribers whom they concern. The streams of the others stay where they are. The caller holds c.mu.
func (c *cohort) deliver(news []*room.Happening) {
	some := c.live
	if news[0].ForFew() {
		some = c.by.pick(news)
	}
	if !c.group.alone {
		c.write(some, news, nil)
		return
	}
	for some := range slices.Chunk(slices.Clone(some), askersAtOnce) {
		now, err := c.feed.readAskers(some)
		if err != nil {
			for _, s := range some {
				s.fault(err)
			}
			continue
		}
		c.write(some, news, now)
	}
}

// write sends new events to some subscribers. now is nil if those who see the same get the same. The caller holds c.mu.
func (c *cohort) write(to []*subscriber, news []*room.Happening, now *askers) {
	var mu sync.Mutex
	var moved []*subscriber
	var writers []*writer
	shared := c.group.groups.readsOf(len(news), func(i int) *room.Happening { return news[i] })
	c.each(to, func(some []*subscriber) func(*subscriber) bool {
		w := &writer{feed: c.feed, news: news, askers: now, shared: shared, rendered: make([]byAudience, len(news))}
		if now == nil && news[0].ForFew() {
			w.prepare(some)
		}
		mu.Lock()
		writers = append(writers, w)
		mu.Unlock()
		return func(s *subscriber) bool {
			if !s.receive(w) {
				return false // its stream belongs to another goroutine now
			}
			if w.concerns = s.stream.Concerns(w.concerns[:0]); !slices.Equal(w.concerns, s.concerns) {
				mu.Lock()
				moved = append(moved, s)
				mu.Unlock()
			}
			return true
		}
	})
	c.delivered(news, writers)
	for _, s := range moved {
		c.by.remove(s)
		c.by.add(s)
	}
}

// tell sends the newest count to all subscribers. The caller holds c.mu.
func (c *cohort) tell() {
	c.each(c.live, func([]*subscriber) func(*subscriber) bool {
		h := &heard{}
		return func(s *subscriber) bool { return s.gone.Load() || s.hear(c.count, h) || s.fallBehind() }
	})
}

// each calls a function with some subscribers, in parallel if they are many: begin returns one for the part of each goroutine. None of
// them waits for another. Those for whom it returns false are dropped. The caller holds c.mu.
func (c *cohort) each(some []*subscriber, begin func(part []*subscriber) (takes func(s *subscriber) bool)) {
	var mu sync.Mutex
	var left []*subscriber
	inParallel(len(some), func(from, to int) {
		takes := begin(some[from:to])
		var mine []*subscriber
		for _, s := range some[from:to] {
			if !takes(s) {
				mine = append(mine, s)
			}
		}
		mu.Lock()
		left = append(left, mine...)
		mu.Unlock()
	})
	for _, s := range left {
		c.drop(s)
	}
}

// inParallel calls f with parts of n subscribers, in parallel if they are more than maxAlone.
func inParallel(n int, f func(from, to int)) {
	parts := 1
	if n > maxAlone {
		parts = runtime.GOMAXPROCS(0)
	}
	var wait sync.WaitGroup
	size := (n + parts - 1) / parts
	for i := range parts - 1 {
		wait.Go(func() { f(min(i*size, n), min((i+1)*size, n)) })
	}
	f(min((parts-1)*size, n), n)
	wait.Wait()
}

// drop removes a subscriber from the cohort. The caller holds c.mu.
func (c *cohort) drop(s *subscriber) {
	if s.index >= len(c.live) || c.live[s.index] != s {
		return
	}
	last := len(c.live) - 1
	c.live[s.index] = c.live[last]
	c.live[s.index].index = s.index
	c.live[last] = nil
	c.live = c.live[:last]
	c.by.remove(s)
	c.release()
}

// leave drops a subscriber that has stopped.
func (c *cohort) leave(s *subscriber) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.drop(s)
}

// end closes the connections of all subscribers.
func (c *cohort) end() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ended = true
	for _, s := range c.live {
		s.out.EndConnection(wire.EndTryAgainLater)
	}
	c.live, c.by = nil, concerned{}
}
