package live

import (
	"context"
	"database/sql"
	"path/filepath"

	"usher/metric"
)

// Metrics measure the log, and the hints between servers. The zero value measures nothing.
type Metrics struct {
	events              *metric.Counters
	writes, waits       *metric.Histogram
	reruns, unavailable *metric.Counter
	together            *metric.Histogram

	found                  *metric.Counter
	sent, heard, sentBytes *metric.Counter
}

// NewMetrics returns the metrics of a log with these kinds of events.
func NewMetrics(set *metric.Set, kinds []string) Metrics {
	return Metrics{
		events: set.Counters("usher_log_events_total", "Events that this server wrote.", metric.Label{Name: "kind", Values: kinds}),
		writes: set.Histogram("usher_log_write_seconds", "How long a write took, with the wait for its turn.", metric.Seconds),
		waits:  set.Histogram("usher_log_wait_seconds", "How long a write waited until it could begin.", metric.Seconds),
		reruns: set.Counter("usher_log_reruns_total", "Writes that began again, because another one was in their way."),
		unavailable: set.Counter("usher_database_unavailable_total",
			"Writes that failed because the database could not be used."),
		together:  set.Histogram("usher_log_commands", "How many commands shared a transaction, of those that may.", metric.Sizes),
		found:     set.Counter("usher_poll_found_total", "Rooms where a regular look found events of which no hint had come."),
		sent:      set.Counter("usher_hints_sent_total", "Hints that were sent to other servers."),
		sentBytes: set.Counter("usher_hint_bytes_total", "Bytes of the hints that were sent."),
		heard:     set.Counter("usher_hints_heard_total", "Hints of other servers that arrived."),
	}
}

// Measure has the log measured. It is called before the first write.
func (l *Log) Measure(m Metrics) { l.metrics = m }

// Measure has the hub measured. It is called before the first watch.
func (h *Hub) Measure(m Metrics) { h.metrics = m }

// Measure has the hints between servers measured. It is called before Run.
func (s *Servers) Measure(m Metrics, set *metric.Set) {
	s.metrics = m
	set.Gauge("usher_servers", "Other servers of the site that sent a sign of life.", func() float64 {
		return float64(len(otherServers(s.presence)))
	})
}

// MeasurePeople has it measured who is connected to this server, or was within the grace.
func MeasurePeople(set *metric.Set, p *Presence) {
	set.Gauge("usher_people_online", "People who are connected to rooms at this server, counted once for each room.", func() float64 {
		people, _ := Here(p)
		return float64(people)
	})
}

// Measure has the pools and the files of the database measured.
func (db *Database) Measure(set *metric.Set) {
	type pool struct {
		name string
		of   *sql.DB
	}
	pools := []pool{{"read", db.readDB}, {"write", db.writeDB}, {"probe", db.probeDB}}
	label := metric.Label{Name: "pool", Values: []string{"read", "write", "probe"}}
	set.Gauges("usher_database_connections", "Open connections to the database.", func(is func(float64, ...string)) {
		for _, p := range pools {
			stats := p.of.Stats()
			is(float64(stats.InUse), p.name, "used")
			is(float64(stats.Idle), p.name, "idle")
		}
	}, label, metric.Label{Name: "state", Values: []string{"used", "idle"}})
	set.Totals("usher_database_wait_seconds_total", "How long statements waited for a connection, added up.", func(is func(float64, ...string)) {
		for _, p := range pools {
			is(p.of.Stats().WaitDuration.Seconds(), p.name)
		}
	}, label)
	if db.File == "" {
		return
	}
	set.Gauges("usher_sqlite_bytes", "Size of the SQLite database, without its WAL.", func(is func(float64, ...string)) {
		if bytes, err := db.Size(context.Background()); err == nil {
			is(float64(bytes))
		}
	})
	set.Gauges("usher_disk_free_bytes", "What is free on the disk of the SQLite database.", func(is func(float64, ...string)) {
		if free, ok := freeSpace(filepath.Dir(db.File)); ok {
			is(float64(free))
		}
	})
}
