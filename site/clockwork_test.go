package site_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"usher/live"
	"usher/site"
	. "usher/sitetest"
)

func TestAClockThatJumpsAheadDeletesAndCancelsNothing(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		var passed time.Duration // by a clock that nobody can set
		watched := func(context.Context) (time.Time, error) { return h.Now(), nil }
		quiet := slog.New(slog.DiscardHandler)
		c := &site.Clockwork{Clock: live.NewSteady(watched, func() time.Duration { return passed }, quiet), Log: quiet}
		goOn := func(by time.Duration) { h.Advance(by); passed += by }

		host := h.User("ada@example.com")
		over, planned := h.Hall(host, nil), h.Hall(host, nil)
		over.Command("startSession")
		over.Command("endSession")
		begun := h.Now()
		pass := func(what, state string, events bool) {
			t.Helper()
			MustHave(t, "what ends", c.Pass(t.Context(), site.LapseHold, h.Parts.Clock.Lapse))
			MustHave(t, "what is deleted", c.Pass(t.Context(), site.RetainEvery, h.Parts.Clock.Retain))
			// Rows only, because a clock that jumped ends the sign-ins of requests.
			is := h.Parts.Database.Read.Session.GetX(t.Context(), planned.Session).State
			Same(t, "the session "+what, is, state)
			Same(t, "its events are there "+what, len(over.Log(0)) > 0, events)
		}
		pass("at the start", "SCHEDULED", true)
		goOn(2 * time.Hour)
		pass("after two even hours", "SCHEDULED", true)
		h.Advance(365 * 24 * time.Hour)
		pass("when the clock jumps a year ahead", "SCHEDULED", true)
		goOn(site.LapseHold - time.Millisecond)
		pass("for almost ten minutes", "SCHEDULED", true)
		h.Set(begun.Add(passed))
		pass("when it is set right", "SCHEDULED", true)
		goOn(2 * time.Hour)
		pass("two hours later", "SCHEDULED", true)

		h.Advance(365 * 24 * time.Hour) // the machine slept for a year
		pass("after a year of sleep", "SCHEDULED", true)
		goOn(site.LapseHold)
		pass("ten minutes later", "CANCELLED", true)
		goOn(site.RetainEvery - site.LapseHold)
		pass("an hour later", "CANCELLED", false)
	})
}
