package auth_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"usher/auth"
	"usher/live"
	"usher/live/livetest"
	"usher/people"
	"usher/problem"
)

// counted are the shared rates of two servers of a site, with one clock.
type counted struct {
	t       *testing.T
	db      *live.Database
	now     time.Time
	servers [2]*auth.SharedRates
}

func newCounted(t *testing.T, databaseURL string) *counted {
	t.Helper()
	c := &counted{t: t, db: livetest.MustOpen(t, databaseURL), now: time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)}
	for i := range c.servers {
		log := c.db.Log(func() time.Time { return c.now }, live.NewHub(c.db))
		c.servers[i] = auth.NewSharedRates(c.db, log, []byte("the site's key"))
	}
	return c
}

func nothing(*live.Tx) error { return nil }

// allow counts uses at one of the servers, and checks the wait.
func (c *counted) allow(server int, want time.Duration, uses ...auth.Use) {
	c.t.Helper()
	if wait, err := c.servers[server].Allow(c.t.Context(), nothing, uses...); err != nil || wait != want {
		c.t.Errorf("to wait: %v, %v; want %v", wait, err, want)
	}
}

var (
	threeAnHour = auth.SharedRate{Name: "three", Limit: 3, Per: time.Hour}
	fiveAnHour  = auth.SharedRate{Name: "five", Limit: 5, Per: time.Hour}
)

func TestASharedRateAllowsItsLimitAtAllServersTogether(t *testing.T) {
	t.Parallel()
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		c := newCounted(t, databaseURL)
		use := auth.Use{Of: threeAnHour, Key: "a"}
		for i := range 3 {
			c.allow(i%2, 0, use)
		}
		for i := range 4 { // what is refused does not count
			c.allow(i%2, 20*time.Minute, use)
		}
		c.allow(0, 0, auth.Use{Of: threeAnHour, Key: "b"})
		c.allow(0, 0, auth.Use{Of: fiveAnHour, Key: "a"})
		c.now = c.now.Add(20*time.Minute - time.Millisecond)
		c.allow(1, time.Millisecond, use)
		c.now = c.now.Add(time.Millisecond)
		c.allow(0, 0, use)
		c.allow(1, 20*time.Minute, use)
		c.now = c.now.Add(time.Hour) // made up for: all at once again
		for i := range 3 {
			c.allow(i%2, 0, use)
		}
		c.allow(1, 20*time.Minute, use)
	})
}

func TestASharedRateCountsAllUsesOrNothing(t *testing.T) {
	t.Parallel()
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		c := newCounted(t, databaseURL)
		one, both := auth.Use{Of: threeAnHour, Key: "a"}, []auth.Use{{Of: fiveAnHour, Key: "x"}, {Of: threeAnHour, Key: "a"}}
		for range 3 {
			c.allow(0, 0, one)
		}
		c.allow(1, 20*time.Minute, both...)
		failure := errors.New("the work fails")
		for range 6 {
			_, err := c.servers[0].Allow(t.Context(), func(*live.Tx) error { return failure }, both[0])
			if !errors.Is(err, failure) {
				t.Fatalf("got %v, want the failure of the work", err)
			}
		}
		for range 5 { // neither of them counted
			c.allow(0, 0, both[0])
		}
		c.allow(0, 12*time.Minute, both[0])
	})
}

func TestASharedRateCountsUsesAtTheSameMoment(t *testing.T) {
	t.Parallel()
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		c := newCounted(t, databaseURL)
		var allowed, done atomic.Int32
		var all sync.WaitGroup
		for i := range 40 {
			all.Go(func() {
				wait, err := c.servers[i%2].Allow(context.Background(), func(*live.Tx) error { done.Add(1); return nil },
					auth.Use{Of: fiveAnHour, Key: "a"}, auth.Use{Of: auth.SharedRate{Name: "many", Limit: 1000, Per: time.Hour}, Key: "b"})
				if err != nil {
					t.Error(err)
				}
				if err == nil && wait == 0 {
					allowed.Add(1)
				}
			})
		}
		all.Wait()
		if allowed.Load() != 5 || done.Load() != 5 {
			t.Errorf("%d are allowed and %d are done, want 5", allowed.Load(), done.Load())
		}
	})
}

// What has happened counts although it is too much. But the debt is one use at most: nobody waits for longer because many came at once.
func TestASharedRateCountsWhatHasHappened(t *testing.T) {
	t.Parallel()
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		c := newCounted(t, databaseURL)
		use := auth.Use{Of: threeAnHour, Key: "a"}
		waits := func(want time.Duration) {
			t.Helper()
			for _, s := range c.servers {
				if wait, err := s.Wait(t.Context(), use); err != nil || wait != want {
					t.Errorf("to wait: %v, %v; want %v", wait, err, want)
				}
			}
		}
		for n := range 9 {
			if n < 3 {
				waits(0)
			}
			if err := c.servers[n%2].Count(t.Context(), c.now, use); err != nil {
				t.Fatal(err)
			}
		}
		waits(40 * time.Minute)
		c.now = c.now.Add(40*time.Minute - time.Millisecond)
		waits(time.Millisecond)
		c.now = c.now.Add(time.Millisecond)
		waits(0)
	})
}

// A clock that was a year ahead must not keep people out for a year.
func TestASharedRateForgetsWhatAWrongClockCounted(t *testing.T) {
	t.Parallel()
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		c := newCounted(t, databaseURL)
		use := auth.Use{Of: threeAnHour, Key: "a"}
		right := c.now
		c.now = right.AddDate(1, 0, 0)
		for range 3 {
			c.allow(0, 0, use)
		}
		c.now = right
		for i := range 3 {
			c.allow(i%2, 0, use)
		}
		c.allow(0, 20*time.Minute, use)
		c.now = right.Add(-30 * time.Minute) // a server whose clock is a little behind counts as the others do
		c.allow(1, 50*time.Minute, use)
	})
}

func TestTheRowsOfSharedRatesNameNobody(t *testing.T) {
	t.Parallel()
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		c := newCounted(t, databaseURL)
		log := c.db.Log(func() time.Time { return c.now }, live.NewHub(c.db))
		ids := map[string]bool{}
		for _, key := range []string{"one key", "another key"} {
			rates := auth.NewSharedRates(c.db, log, []byte(key))
			if _, err := rates.Allow(t.Context(), nothing, auth.Use{Of: threeAnHour, Key: "192.0.2.1"}); err != nil {
				t.Fatal(err)
			}
			rows, err := c.db.Read.SharedRate.Query().IDs(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for _, id := range rows {
				ids[id] = true
			}
		}
		if len(ids) != 2 { // so an id cannot be computed without the key
			t.Errorf("two sites have the rows %v", ids)
		}
	})
}

// The time of an answer must not tell which accounts exist.
func TestAWrongPasswordAndAnUnknownAccountRunTheSameStatements(t *testing.T) {
	livetest.Long(t)
	databaseURL, statements := livetest.Counted(t)
	s := mustSite(t, databaseURL)
	ada := people.NewUser{Email: "ada@example.com", FirstName: "Ada", LastName: "Lovelace", Password: "correct horse battery"}
	if _, err := s.people.Add(t.Context(), ada); err != nil {
		t.Fatal(err)
	}
	ran := func(email string) (kinds []string) {
		t.Helper()
		statements()
		var refused *problem.Problem
		_, err := s.auth.SignIn(t.Context(), auth.Actor{Address: "192.0.2.1"}, email, "wrong horse battery")
		if !errors.As(err, &refused) || refused.Code != problem.InvalidCredentials {
			t.Fatalf("got %v", err)
		}
		for _, line := range statements() {
			_, statement, _ := strings.Cut(line, "LOG:  ")
			_, statement, _ = strings.Cut(statement, ": ")
			kinds = append(kinds, statement)
		}
		return kinds
	}
	ran("somebody@example.com") // prepares statements
	known, unknown := ran("ada@example.com"), ran("nobody@example.com")
	if !slices.Equal(known, unknown) || len(known) == 0 {
		t.Errorf("with an account:\n%s\nwithout:\n%s", strings.Join(known, "\n"), strings.Join(unknown, "\n"))
	}
}
