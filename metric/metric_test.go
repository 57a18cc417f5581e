package metric

import (
	"net/http/httptest"
	"strings"
	"testing"
)

func read(t *testing.T, s *Set) string {
	t.Helper()
	answer := httptest.NewRecorder()
	s.Handler().ServeHTTP(answer, httptest.NewRequest("GET", "/metrics", nil))
	return answer.Body.String()
}

func TestWithoutASetNothingIsCounted(t *testing.T) {
	var s *Set
	s.Counter("a", "").Add(1)
	s.Counters("b", "", Label{"l", nil}).Add(1, "x")
	s.Histogram("c", "", Seconds).Observe(1)
	s.Histogram("d", "", Seconds).Time()()
	s.Histograms("e", "", Seconds, Label{"l", nil}).Of("x").Observe(1)
	s.Gauge("f", "", func() float64 { t.Error("a gauge of no set was read"); return 0 })
	s.Totals("g", "", nil)
}

func TestValuesOutsideTheListCountTogether(t *testing.T) {
	s := NewSet()
	c := s.Counters("made_total", "Made.", Label{"what", []string{"tea", "toast"}})
	c.Add(2, "tea")
	c.Add(1, "ada@example.com")
	c.Add(1, "room_123")
	h := s.Histograms("took_seconds", "Took.", []float64{1}, Label{"what", []string{"tea"}})
	h.Of("tea").Observe(0.5)
	h.Of("room_123").Observe(2)
	s.Gauges("kept", "Kept.", func(is func(float64, ...string)) { is(3, "tea"); is(4, "elsewhere") }, Label{"what", []string{"tea"}})
	got := read(t, s)
	for _, line := range []string{
		`made_total{what="tea"} 2`, `made_total{what="toast"} 0`, `made_total{what="other"} 2`,
		`took_seconds_bucket{what="tea",le="1"} 1`, `took_seconds_count{what="other"} 1`, `kept{what="tea"} 3`, `kept{what="other"} 4`,
	} {
		if !strings.Contains(got, line+"\n") {
			t.Errorf("no line %s in\n%s", line, got)
		}
	}
	for _, secret := range []string{"ada@", "room_123", "elsewhere"} {
		if strings.Contains(got, secret) {
			t.Errorf("%s became a label", secret)
		}
	}
}

func TestTwoSetsCountApart(t *testing.T) {
	one, other := NewSet(), NewSet()
	one.Counter("made_total", "Made.").Add(2)
	other.Counter("made_total", "Made.")
	if got := read(t, other); !strings.Contains(got, "made_total 0\n") {
		t.Errorf("the other set has %s", got)
	}
}
