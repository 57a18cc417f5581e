package metric

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

var (
	// Seconds are the bounds for what takes from a millisecond to ten seconds.
	Seconds = []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2, 5, 10}
	// Sizes are the bounds for how many share something.
	Sizes = []float64{1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024}
)

// Histogram counts values by their size. A nil Histogram counts nothing.
type Histogram struct{ of prometheus.Observer }

func (s *Set) Histogram(name, help string, bounds []float64) *Histogram {
	if s == nil {
		return nil
	}
	h := prometheus.NewHistogram(prometheus.HistogramOpts{Name: name, Help: help, Buckets: bounds})
	s.registry.MustRegister(h)
	return &Histogram{h}
}

// Observe counts a value.
func (h *Histogram) Observe(value float64) {
	if h != nil {
		h.of.Observe(value)
	}
}

// Time starts to measure a time, which ends when stop is called.
func (h *Histogram) Time() (stop func()) {
	if h == nil {
		return func() {}
	}
	begun := time.Now()
	return func() { h.of.Observe(time.Since(begun).Seconds()) }
}

// Histograms count values by their size and a label. Nil Histograms count nothing.
type Histograms struct{ by map[string]*Histogram }

// Histograms returns one histogram for each value of a label.
func (s *Set) Histograms(name, help string, bounds []float64, label Label) *Histograms {
	if s == nil {
		return nil
	}
	all := prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: name, Help: help, Buckets: bounds}, []string{label.Name})
	s.registry.MustRegister(all)
	h := &Histograms{by: map[string]*Histogram{}}
	for _, value := range append([]string{Other}, label.Values...) {
		h.by[value] = &Histogram{all.WithLabelValues(value)}
	}
	return h
}

// Of returns the histogram of a value.
func (h *Histograms) Of(value string) *Histogram {
	if h == nil {
		return nil
	}
	if of := h.by[value]; of != nil {
		return of
	}
	return h.by[Other]
}
