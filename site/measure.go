package site

import (
	"context"
	"net/http"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"usher/graph"
	"usher/live"
	"usher/metric"
	"usher/room"
	"usher/settings"
	"usher/wire"
)

// measures returns the metrics of a site, or nil if nobody asks for them.
func measures(s *settings.Settings) *metric.Set {
	if s.MetricsAddr == "" {
		return nil
	}
	return metric.NewSet()
}

// measureLog has the log and the database measured, from the first write on.
func (p *Parts) measureLog() {
	if p.metrics == nil {
		return
	}
	var kinds []string
	for kind := range room.Kinds() {
		kinds = append(kinds, kind.Name)
	}
	m := live.NewMetrics(p.metrics, kinds)
	p.Log.Measure(m)
	p.hub.Measure(m)
	if p.servers != nil {
		p.servers.Measure(m, p.metrics)
	}
	p.Database.Measure(p.metrics)
	live.MeasurePeople(p.metrics, p.Presence)
}

// open are what stays open at a server.
type open struct {
	sockets interface{ Open() (known, strangers int) }
	streams interface{ Open() int }
	feeds   *graph.Feeds
	// strangers limits the WebSockets of strangers.
	strangers int
}

// measureOpen has connections and subscriptions measured.
func (p *Parts) measureOpen(o open) {
	known := metric.Label{Name: "known", Values: []string{"yes", "no", "any"}}
	p.metrics.Gauges("usher_connections", "Open WebSockets and streams; known says whether their askers show a credential.", func(is func(float64, ...string)) {
		of, strangers := o.sockets.Open()
		is(float64(of), "websocket", "yes")
		is(float64(strangers), "websocket", "no")
		is(float64(o.streams.Open()), "sse", "any")
	}, wire.Transports, known)
	p.metrics.Gauges("usher_connections_limit", "How many connections may be open, of strangers and in all.", func(is func(float64, ...string)) {
		is(float64(o.strangers), "no")
		is(float64(ConnectionsOf(descriptors())), "any")
	}, known)
	o.feeds.Measure(p.metrics)
}

// measure has the server's health measured.
func (h *health) measure(set *metric.Set) {
	set.Gauge("usher_ready", "Whether the server can do its work: 1 if it can.", func() float64 {
		status, _ := h.readiness(context.Background(), h.site.Load())
		return one(status == http.StatusOK)
	})
	set.Gauge("usher_draining", "Whether the server is stopping: 1 if it is.", func() float64 { return one(h.draining.Load()) })
	version, language := Version(), runtime.Version()
	set.Gauges("usher_build_info", "Always 1; the labels say what runs.", func(is func(float64, ...string)) { is(1, version, language) },
		metric.Label{Name: "version", Values: []string{version}}, metric.Label{Name: "go", Values: []string{language}})
}

func one(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

func (l *lines) measure(set *metric.Set) {
	set.Totals("usher_log_lines_total", "Lines of the log that report something.", func(is func(float64, ...string)) {
		is(float64(l.warn.Load()), "warn")
		is(float64(l.err.Load()), "error")
	}, metric.Label{Name: "level", Values: []string{"warn", "error"}})
}

// routes are the patterns of handlers that are counted by themselves.
var routes = []string{
	"/graphql", "GET /schema.graphql", "POST /export", "POST /mail/reports", "/", "/join", "/assets/",
	"GET " + room.StopPath + "{token}", "POST " + room.StopPath + "{token}",
}

// requests measure what was asked over HTTP. The zero value measures nothing.
type requests struct {
	answered *metric.Counters
	took     *metric.Histograms
}

func measureRequests(set *metric.Set) requests {
	route := metric.Label{Name: "route", Values: routes}
	var statuses []string
	for status := range 600 {
		if http.StatusText(status) != "" {
			statuses = append(statuses, strconv.Itoa(status))
		}
	}
	methods := []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodOptions}
	return requests{
		answered: set.Counters("usher_requests_total", "HTTP requests that were answered, WebSockets when they were opened.", route,
			metric.Label{Name: "method", Values: methods}, metric.Label{Name: "status", Values: statuses}),
		took: set.Histograms("usher_request_seconds", "How long HTTP requests took, without WebSockets and streams.", metric.Seconds, route),
	}
}

func (m requests) count(r *http.Request, a *answer, took time.Duration) {
	m.answered.Add(1, r.Pattern, r.Method, strconv.Itoa(a.status))
	if a.status != http.StatusSwitchingProtocols && !strings.HasPrefix(a.Header().Get("Content-Type"), "text/event-stream") {
		m.took.Of(r.Pattern).Observe(took.Seconds())
	}
}

// job is scheduled work. at is when it last ended without an error, in Unix seconds; at first when the server started. within is how
// long ago that may be, as in deploy/alerts.yml.
type job struct {
	name   string
	within time.Duration
	at     atomic.Int64
}

// succeed records that the job was done.
func (j *job) succeed() { j.at.Store(time.Now().Unix()) }

// jobs are what a server does regularly, or tries to.
type jobs struct{ keep, lapse, retain job }

func newJobs() *jobs {
	j := &jobs{
		keep: job{name: "keep", within: time.Minute}, lapse: job{name: "lapse", within: 3 * lapseEvery},
		retain: job{name: "retain", within: 3 * RetainEvery},
	}
	for _, of := range j.all() {
		of.succeed()
	}
	return j
}

func (j *jobs) all() []*job { return []*job{&j.keep, &j.lapse, &j.retain} }

// late reports whether any of the work was not done for too long.
func (j *jobs) late(now time.Time) bool {
	for _, of := range j.all() {
		if now.Sub(time.Unix(of.at.Load(), 0)) > of.within {
			return true
		}
	}
	return false
}

func (j *jobs) measure(set *metric.Set) {
	set.Gauges("usher_work_last_success_timestamp_seconds", "When scheduled work last ended without an error; at first the server's start.",
		func(is func(float64, ...string)) {
			for _, of := range j.all() {
				is(float64(of.at.Load()), of.name)
			}
		}, metric.Label{Name: "work", Values: []string{j.keep.name, j.lapse.name, j.retain.name}})
}
