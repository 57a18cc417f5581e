package metric

import "github.com/prometheus/client_golang/prometheus"

// Values calls is for each value that a metric has now, with the values of its labels.
type Values func(is func(value float64, labels ...string))

// Gauges are read whenever somebody asks for the metrics. So they cost nothing in between.
func (s *Set) Gauges(name, help string, values Values, labels ...Label) {
	s.read(prometheus.GaugeValue, name, help, values, labels)
}

// Gauge is Gauges of one value.
func (s *Set) Gauge(name, help string, value func() float64) {
	s.Gauges(name, help, func(is func(float64, ...string)) { is(value()) })
}

// Totals are counts that the program keeps anyway, read like Gauges.
func (s *Set) Totals(name, help string, values Values, labels ...Label) {
	s.read(prometheus.CounterValue, name, help, values, labels)
}

func (s *Set) read(kind prometheus.ValueType, name, help string, values Values, labels []Label) {
	if s != nil {
		s.registry.MustRegister(reading{prometheus.NewDesc(name, help, names(labels), nil), kind, values, labels})
	}
}

// reading is a metric that is read when it is asked for.
type reading struct {
	desc   *prometheus.Desc
	kind   prometheus.ValueType
	values Values
	labels []Label
}

// Describe names the metric to Prometheus's registry.
func (r reading) Describe(descs chan<- *prometheus.Desc) { descs <- r.desc }

// Collect reads the metric.
func (r reading) Collect(metrics chan<- prometheus.Metric) {
	r.values(func(value float64, labels ...string) {
		metrics <- prometheus.MustNewConstMetric(r.desc, r.kind, value, known(r.labels, labels)...)
	})
}
