package graph

import (
	"usher/live"
	"usher/metric"
	"usher/room"
)

// Metrics measure what subscribers are sent, and whose use is limited. The zero value measures nothing.
type Metrics struct {
	renders, deliveries, bytes *metric.Counter
	took                       *metric.Histogram
	resumes, resyncs           *metric.Counter
	resumed                    *metric.Histogram
	limited                    *metric.Counters
}

// NewMetrics returns the metrics of subscriptions and of use.
func NewMetrics(set *metric.Set) Metrics {
	return Metrics{
		renders:    set.Counter("usher_renders_total", "Events that were rendered, each once for all who share its bytes."),
		deliveries: set.Counter("usher_deliveries_total", "Events that were handed to subscribers over WebSocket."),
		bytes:      set.Counter("usher_delivery_bytes_total", "Bytes of the events that were handed to subscribers over WebSocket."),
		took: set.Histogram("usher_delivery_seconds",
			"From the beginning of an event's transaction until all who share a document and keep up were handed it.", metric.Seconds),
		resumes: set.Counter("usher_resumes_total", "Subscriptions that went on after an event that their client has."),
		resumed: set.Histogram("usher_resume_events", "Events that a subscription read until it had caught up.", metric.Sizes),
		resyncs: set.Counter("usher_resyncs_total", "Subscribers that had to read a room again from its beginning."),
		limited: set.Counters("usher_rate_limited_total", "Operations that were refused because of how many there were before.",
			metric.Label{Name: "limit", Values: []string{limitStrangers.label, limitWrites.label, limitSearches.label}}),
	}
}

// Measure has the open subscriptions measured.
func (f *Feeds) Measure(set *metric.Set) {
	set.Gauges("usher_subscriptions", "Open subscriptions that share their rendering.", func(is func(float64, ...string)) {
		for root, members := range f.groups.members() {
			is(float64(members), root)
		}
	}, metric.Label{Name: "field", Values: []string{rootEvents, rootPresence, rootTally, rootLink}})
	set.Gauge("usher_feed_groups", "Documents in use, each rendered once for all of their subscribers.", func() float64 {
		f.groups.mu.Lock()
		defer f.groups.mu.Unlock()
		return float64(len(f.groups.byKey))
	})
	set.Gauge("usher_feed_rooms", "Rooms that somebody follows at this server.", func() float64 {
		f.mu.Lock()
		defer f.mu.Unlock()
		return float64(len(f.feeds))
	})
}

// members returns how many subscriptions there are, by their field.
func (g *groups) members() map[string]int {
	g.mu.Lock()
	defer g.mu.Unlock()
	members := map[string]int{rootEvents: 0, rootPresence: 0, rootTally: 0, rootLink: 0}
	for _, of := range g.byKey {
		members[of.root] += of.members
	}
	return members
}

// resynced counts events that make a subscriber read the room again.
func (m Metrics) resynced(seen []room.Seen) {
	for _, e := range seen {
		if e.Row.Kind == live.Rewritten {
			m.resyncs.Add(1)
		}
	}
}

// delivered measures events that were handed to those who share a document, by what each of the writers sent. It is called once for all
// of them, so that a delivery costs two additions.
func (c *cohort) delivered(news []*room.Happening, writers []*writer) {
	m, sent, bytes := c.feed.feeds.metrics, 0, 0
	for _, w := range writers {
		sent, bytes = sent+w.sent, bytes+w.bytes
	}
	m.deliveries.Add(sent)
	m.bytes.Add(bytes)
	if m.took == nil || sent == 0 {
		return
	}
	now := c.feed.feeds.services.Clock.Now()
	for _, h := range news {
		m.took.Observe(now.Sub(h.Row.At).Seconds())
	}
}
