package live_test

import (
	"log/slog"
	"testing"
	"time"

	"usher/live"
	"usher/live/livetest"
)

func TestACountEndsAfterFourSeconds(t *testing.T) {
	hub := live.NewHub(livetest.MustOpen(t, livetest.SQLite(t)))
	at := time.Date(2026, 5, 12, 15, 0, 0, 0, time.UTC)
	hub.SetClock(func() time.Time { return at })
	stirred, stop := hub.Stirs("r_1")
	defer stop()
	hub.Count("r_1", "CLAP", 2)
	<-stirred
	at = at.Add(3 * time.Second)
	hub.Count("r_1", "CLAP", 1)
	hub.Count("r_1", "WOW", 1)
	hub.Count("r_2", "CLAP", 5)
	for _, step := range []struct {
		wait      time.Duration
		clap, wow int
	}{{0, 3, 1}, {999 * time.Millisecond, 3, 1}, {time.Millisecond, 1, 1}, {2999 * time.Millisecond, 1, 1}, {time.Millisecond, 0, 0}} {
		at = at.Add(step.wait)
		if got := hub.Counted("r_1"); got["CLAP"] != step.clap || got["WOW"] != step.wow {
			t.Errorf("at %s the counts are %v, want %d and %d", at, got, step.clap, step.wow)
		}
	}
	if got := hub.Counted("r_1"); len(got) != 0 {
		t.Errorf("what is over is kept: %v", got)
	}
}

func TestAnotherServersCountsAreAdded(t *testing.T) {
	livetest.Long(t)
	database := livetest.MustOpen(t, livetest.Postgres(t))
	hub := live.NewHub(database)
	servers := live.NewServers(database, hub, live.NewPresence(time.Second, time.Second), slog.New(slog.DiscardHandler))
	hub.Count("r_1", "CLAP", 1)
	for _, word := range []string{"!r_1:CLAP=2", "!r_1:CLAP=0", "!r_1:CLAP=-1", "!r_1:CLAP=x", "!r_1=5", "!", "!r_1:CLAP=1000001"} {
		servers.Receive("other " + word)
	}
	if got := hub.Counted("r_1")["CLAP"]; got != 3 {
		t.Errorf("%d claps are counted, want 3", got)
	}
}
