package site

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// fakeSystemd records the states that the server reports.
func fakeSystemd(silence time.Duration) (s systemd, told func() []string) {
	var states []string
	return systemd{tell: func(state string) { states = append(states, state) }, silence: silence, log: slog.New(slog.DiscardHandler)},
		func() []string { synctest.Wait(); return slices.Clone(states) }
}

func TestAServerThatStartsAsksSystemdForTimeEveryTenSeconds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, told := fakeSystemd(0)
		ctx, cancel := context.WithCancel(t.Context())
		go s.extend(ctx)
		time.Sleep(25 * time.Second)
		cancel()
		time.Sleep(time.Minute)
		if got, want := told(), slices.Repeat([]string{"EXTEND_TIMEOUT_USEC=30000000"}, 3); !slices.Equal(got, want) {
			t.Errorf("told %q, want %q", got, want)
		}
	})
}

func TestAServerThatIsStuckGivesSystemdNoSignOfLife(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, told := fakeSystemd(30 * time.Second)
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		var stuck, wrong atomic.Bool
		go s.watch(ctx, func(ctx context.Context) error {
			if stuck.Load() {
				<-ctx.Done()
				return ctx.Err()
			}
			if wrong.Load() {
				return errors.New("wrong")
			}
			return nil
		})
		time.Sleep(25 * time.Second)
		if got := len(told()); got != 3 {
			t.Errorf("%d signs of life within 25 s, want 3", got)
		}
		for _, fault := range []*atomic.Bool{&stuck, &wrong} {
			fault.Store(true)
			before := len(told())
			time.Sleep(time.Minute)
			if got := len(told()); got != before {
				t.Errorf("%d signs of life of a server that is stuck", got-before)
			}
			fault.Store(false)
			time.Sleep(time.Minute)
			if got := len(told()) - before; got < 5 {
				t.Errorf("%d signs of life in the minute after it, want 5 at least", got)
			}
		}
	})
}

func TestWithoutAWatchdogThereIsNoSignOfLife(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, told := fakeSystemd(0)
		go s.watch(t.Context(), func(context.Context) error { return nil })
		time.Sleep(time.Minute)
		if got := told(); len(got) > 0 {
			t.Errorf("told %q", got)
		}
	})
}
