package talk

import (
	"testing"
	"time"
)

// chatted is a pace after seconds with so many messages in each of them.
func chatted(p pace, now time.Time, each int, seconds int) (pace, time.Time) {
	for range seconds {
		for range each {
			p = p.at(now).take()
		}
		now = now.Add(time.Second)
	}
	return p.at(now), now
}

func TestC8_ThePaceRisesAndFallsWithTheMessages(t *testing.T) {
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	p, now := pace{}.at(start), start
	for _, step := range []struct {
		each, seconds int
		gap           time.Duration
	}{
		{10, 60, 0},               // at the limit
		{11, 4, 0},                // above it, but not for a whole span
		{11, 1, 2 * time.Second},  // a whole span
		{11, 5, 5 * time.Second},  // another
		{7, 60, 5 * time.Second},  // between the limit and half of it
		{4, 25, 5 * time.Second},  // below half of it, but not for 30 seconds
		{4, 5, 2 * time.Second},   // 30 seconds
		{0, 25, 2 * time.Second},  // nobody writes, but not for 30 seconds
		{0, 5, 0},                 // 30 seconds
		{0, 3600, 0},              // there is nothing below none
		{11, 40, 5 * time.Minute}, // all steps
		{11, 40, 5 * time.Minute}, // the highest step
	} {
		if p, now = chatted(p, now, step.each, step.seconds); p.gap() != step.gap {
			t.Fatalf("after %d seconds with %d messages each, the gap is %s, want %s", step.seconds, step.each, p.gap(), step.gap)
		}
	}
}

func TestC8_ABurstPassesAtOnce(t *testing.T) {
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	p := pace{}.at(start)
	for i := range paceBurst {
		if p.full() {
			t.Fatalf("message %d of a burst does not pass", i+1)
		}
		p = p.take()
	}
	if !p.full() {
		t.Errorf("more than %d messages pass at once", paceBurst)
	}
	if p.at(start.Add(paceRise-time.Millisecond)).full() != true || p.at(start.Add(paceRise)).full() {
		t.Error("the next span does not let messages pass again, or too early")
	}
}

func TestC7_TheSixthMessageWaitsForTheFirstToBeTenSecondsOld(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	var recent []time.Time
	for i := range personalMost {
		if next := personalNext(recent, now); next != now {
			t.Errorf("message %d waits until %s", i+1, next)
		}
		recent = append(recent, now.Add(time.Duration(i)*time.Second))
	}
	if next := personalNext(recent, now); next != recent[0].Add(personalWindow) {
		t.Errorf("the sixth waits until %s", next)
	}
}
