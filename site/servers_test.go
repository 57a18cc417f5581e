package site

import (
	"testing"
	"time"
)

func TestU5_WorkIsLateAfterThreeTimesItsInterval(t *testing.T) {
	j := newJobs()
	begun := time.Unix(j.keep.at.Load(), 0)
	for of, within := range map[*job]time.Duration{&j.keep: time.Minute, &j.lapse: 3 * lapseEvery, &j.retain: 3 * RetainEvery} {
		for _, other := range j.all() {
			other.at.Store(begun.Add(24 * time.Hour).Unix())
		}
		of.at.Store(begun.Unix())
		for late, want := range map[time.Duration]bool{within: false, within + time.Second: true} {
			if got := j.late(begun.Add(late)); got != want {
				t.Errorf("%s is late after %s: %v", of.name, late, got)
			}
		}
	}
}
