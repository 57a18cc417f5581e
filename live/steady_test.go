package live_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"usher/live"
	"usher/live/livetest"
)

// twoClocks is a clock that can be set and one that cannot.
type twoClocks struct {
	wall   time.Time
	passed time.Duration
	said   strings.Builder
	*live.Steady
}

func newTwoClocks() *twoClocks {
	c := &twoClocks{wall: time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)}
	c.Steady = live.NewSteady(func(context.Context) (time.Time, error) { return c.wall, nil },
		func() time.Duration { return c.passed }, slog.New(slog.NewTextHandler(&c.said, nil)))
	return c
}

// Pass lets time pass and also sets the clock.
func (c *twoClocks) Pass(by, set time.Duration) { c.wall, c.passed = c.wall.Add(by+set), c.passed+by }

func (c *twoClocks) Held(t *testing.T) time.Duration {
	t.Helper()
	at, held, err := c.Look(t.Context())
	if err != nil || !at.Equal(c.wall) {
		t.Fatalf("it is %v, read %v: %v", c.wall, at, err)
	}
	return held
}

func TestAJumpRestartsTheTrustInTheClock(t *testing.T) {
	for _, c := range []struct {
		name string
		set  time.Duration
		held time.Duration
	}{
		{"one that goes on", 0, 10 * time.Minute},
		{"one that is set by a minute", time.Minute, 10 * time.Minute},
		{"one that is set by more", time.Minute + time.Millisecond, 0},
		{"one that is set back by a minute", -time.Minute, 10 * time.Minute},
		{"one that is set back by more", -time.Minute - time.Millisecond, 0},
		{"one that jumps a year", 365 * 24 * time.Hour, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			clocks := newTwoClocks()
			if held := clocks.Held(t); held != 0 {
				t.Errorf("at first it has run evenly for %v", held)
			}
			clocks.Pass(10*time.Minute, c.set)
			if held := clocks.Held(t); held != c.held {
				t.Errorf("it has run evenly for %v, want %v", held, c.held)
			}
			clocks.Pass(time.Minute, 0)
			if held := clocks.Held(t); held != c.held+time.Minute {
				t.Errorf("a minute later it has run evenly for %v, want %v", held, c.held+time.Minute)
			}
			want := 0
			if c.held == 0 {
				want = 1
			}
			if n := strings.Count(clocks.said.String(), "the clock jumped"); n != want {
				t.Errorf("it logs this %d times, want %d", n, want)
			}
		})
	}
}

func TestSmallJumpsAddUp(t *testing.T) {
	clocks := newTwoClocks()
	clocks.Held(t)
	for range 2 {
		clocks.Pass(time.Minute, 31*time.Second)
	}
	if held := clocks.Held(t); held != 0 {
		t.Errorf("after 62 seconds of them it has run evenly for %v", held)
	}
}

func TestAClockThatCannotBeReadIsAnError(t *testing.T) {
	broken := errors.New("no clock")
	steady := live.NewSteady(func(context.Context) (time.Time, error) { return time.Time{}, broken },
		func() time.Duration { return 0 }, slog.New(slog.DiscardHandler))
	if _, held, err := steady.Look(t.Context()); !errors.Is(err, broken) || held != 0 {
		t.Errorf("run evenly for %v: %v", held, err)
	}
}

func TestServersThatShareADatabaseUseItsClock(t *testing.T) {
	machine := time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC)
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		db := livetest.MustOpen(t, databaseURL)
		at, err := db.Clock(func() time.Time { return machine })(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if at.Equal(machine) == db.Shared() {
			t.Errorf("it reads %v", at)
		}
	})
}
