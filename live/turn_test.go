package live_test

import (
	"testing"

	"usher/live"
	"usher/live/livetest"
)

func TestTheHubTurnsAgainAndAgain(t *testing.T) {
	hub := live.NewHub(livetest.MustOpen(t, livetest.SQLite(t)))
	for range 3 {
		if err := hub.Turn(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}
