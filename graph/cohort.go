package graph

import (
	"runtime"
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
		news    []*room.Happening // passed on, and not taken up yet
		working bool
	}

	mu       sync.Mutex // held while delivering
	position int        // of the last event delivered
	live     []*subscriber
	ended    bool
}

// maxQueued is how many events may wait for a cohort. Beyond them its subscribers read the log, each at their own pace.
const maxQueued = 256

// alone is how many subscribers one goroutine feeds.
const alone = 32

// pass hands news to the cohort, and never waits.
func (c *cohort) pass(news []*room.Happening) {
	q := &c.queue
	q.Lock()
	defer q.Unlock()
	q.news = append(q.news, news...)
	if !q.working {
		q.working = true
		go c.work()
	}
}

// work delivers what was passed on until there is no more.
func (c *cohort) work() {
	for {
		q := &c.queue
		q.Lock()
		news := q.news
		q.news = nil
		q.working = len(news) > 0
		q.Unlock()
		if len(news) == 0 {
			return
		}
		c.mu.Lock()
		if len(news) > maxQueued {
			c.sendBack()
		} else {
			c.deliver(news)
		}
		c.position = news[len(news)-1].Row.Revision
		c.mu.Unlock()
	}
}

// join makes a subscriber that has read up to the cohort's position, or beyond, one of those that are fed; false where there is
// more to read first.
func (c *cohort) join(s *subscriber) bool {
	c.mu.Lock()
	joins := !c.ended && s.stream.Position() >= c.position
	if joins {
		s.cohort.Store(c)
		s.index = len(c.live)
		c.live = append(c.live, s)
	}
	c.mu.Unlock()
	if !joins {
		c.release()
	}
	return joins
}

// deliver hands news to all, on every processor where they are many. None of them waits for another. It expects the mutex to
// be held.
func (c *cohort) deliver(news []*room.Happening) {
	parts := 1
	if len(c.live) > alone {
		parts = runtime.GOMAXPROCS(0)
	}
	var wait sync.WaitGroup
	size := (len(c.live) + parts - 1) / parts
	left := make([][]*subscriber, parts)
	for i := range parts {
		part := c.live[min(i*size, len(c.live)):min((i+1)*size, len(c.live))]
		feedPart := func() {
			w := &writer{news: news, said: make([]wording, len(news))}
			for _, s := range part {
				if !s.take(w) {
					left[i] = append(left[i], s)
				}
			}
		}
		if i == parts-1 {
			feedPart()
			break
		}
		wait.Go(feedPart)
	}
	wait.Wait()
	for _, part := range left {
		for _, s := range part {
			c.drop(s)
		}
	}
}

// sendBack has all subscribers read the log. It expects the mutex to be held.
func (c *cohort) sendBack() {
	for len(c.live) > 0 {
		s := c.live[len(c.live)-1]
		s.cohort.Store(nil)
		c.drop(s)
		go s.catchUp()
	}
}

// drop takes a subscriber out of those that are fed. It expects the mutex to be held.
func (c *cohort) drop(s *subscriber) {
	if s.index >= len(c.live) || c.live[s.index] != s {
		return
	}
	last := len(c.live) - 1
	c.live[s.index] = c.live[last]
	c.live[s.index].index = s.index
	c.live[last] = nil
	c.live = c.live[:last]
	c.release()
}

// leave drops a subscriber that went by itself.
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
	c.live = nil
}
