// Package metric counts and measures what one server does, for Prometheus. Each package of the line declares its metrics beside the code
// that they measure, and imports metric for that.
package metric

import (
	"net/http"
	"slices"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Set is the metrics of one server. A nil Set has none: what it returns is nil, and counting there does nothing.
type Set struct{ registry *prometheus.Registry }

// NewSet returns a set that has what Go and the system know of the process.
func NewSet() *Set {
	s := &Set{prometheus.NewRegistry()}
	s.registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return s
}

// Handler answers with all metrics as text.
func (s *Set) Handler() http.Handler {
	return promhttp.HandlerFor(s.registry, promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError})
}

// Label is one label of a metric, with all the values it may have. So no id, address, email or title can become one.
type Label struct {
	Name   string
	Values []string
}

// Other is what a value counts as that is not in its label's list.
const Other = "other"

func names(labels []Label) (names []string) {
	for _, l := range labels {
		names = append(names, l.Name)
	}
	return names
}

// known replaces the values that are not in their labels' lists.
func known(labels []Label, values []string) []string {
	for i, l := range labels {
		if !slices.Contains(l.Values, values[i]) {
			values[i] = Other
		}
	}
	return values
}

// Counter counts what happens. A nil Counter counts nothing.
type Counter struct{ of prometheus.Counter }

func (s *Set) Counter(name, help string) *Counter {
	if s == nil {
		return nil
	}
	c := prometheus.NewCounter(prometheus.CounterOpts{Name: name, Help: help})
	s.registry.MustRegister(c)
	return &Counter{c}
}

// Add counts n more.
func (c *Counter) Add(n int) {
	if c != nil && n > 0 {
		c.of.Add(float64(n))
	}
}

// Counters count what happens, by labels. Nil Counters count nothing.
type Counters struct {
	of     *prometheus.CounterVec
	labels []Label
}

// fewest limits the counters of one name that are made in advance.
const fewest = 64

// Counters returns counters. If they are not too many, all begin at 0, so that an alert notices the first of a kind.
func (s *Set) Counters(name, help string, labels ...Label) *Counters {
	if s == nil {
		return nil
	}
	c := prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, names(labels))
	s.registry.MustRegister(c)
	all := [][]string{nil}
	for _, l := range labels {
		var longer [][]string
		for _, before := range all {
			for _, value := range l.Values {
				longer = append(longer, append(slices.Clone(before), value))
			}
		}
		all = longer
	}
	if len(all) <= fewest || len(labels) == 1 {
		for _, values := range all {
			c.WithLabelValues(values...)
		}
	}
	return &Counters{c, labels}
}

// Add counts n more with these values, in the order of the labels.
func (c *Counters) Add(n int, values ...string) {
	if c != nil && n > 0 {
		c.of.WithLabelValues(known(c.labels, values)...).Add(float64(n))
	}
}
