package site

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"time"

	"usher/auth"
	"usher/live"
)

// keepAliveEvery is how soon connections close after their sign-in has ended by time or by another program, or after an account of
// their guests was disabled. On SQLite it is also how soon pages learn what a command wrote.
const keepAliveEvery = 2 * time.Second

// keepAlive counts open connections as use of their sign-ins until ctx ends. It closes connections whose sign-in has ended. It also
// closes connections whose device or token gives less access than before, because an account was disabled. On SQLite it looks for events
// that a command wrote; on PostgreSQL, servers poll anyway.
func (p *Parts) keepAlive(ctx context.Context, log *slog.Logger, done *job) {
	tick := time.NewTicker(keepAliveEvery)
	defer tick.Stop()
	disabled := p.Auth.WatchDisabled()
	for {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
		held := p.connections.Held(auth.SignInKeyPrefix)
		for i, key := range held {
			held[i] = strings.TrimPrefix(key, auth.SignInKeyPrefix)
		}
		ended, err := p.Auth.KeepAlive(ctx, held)
		if err != nil && ctx.Err() == nil {
			log.Warn("check the sign-ins of open connections", "error", err)
		}
		for _, id := range ended {
			p.endSignIn(id)
		}
		lost, err := disabled.Look(ctx)
		if err != nil && ctx.Err() == nil {
			log.Warn("check for disabled accounts", "error", err)
		}
		for _, l := range lost {
			p.connections.LoseCredential(l.Credential, l.Left)
		}
		if err == nil {
			done.succeed()
		}
		if p.servers != nil {
			continue
		}
		if err := p.hub.Poll(ctx); err != nil && ctx.Err() == nil {
			log.Warn("check rooms for new events", "error", err)
		}
	}
}

const (
	// lapseEvery is how often sessions are checked that may end by themselves.
	lapseEvery = time.Minute
	// LapseHold is how long the clock must have run evenly before it ends sessions.
	LapseHold = 10 * time.Minute
	// RetainEvery is how often expired data is deleted, and how long the clock must have run evenly before.
	RetainEvery = time.Hour
)

// clockwork runs scheduled work until ctx ends: it ends sessions that are over, and deletes expired data.
func (p *Parts) clockwork(ctx context.Context, log *slog.Logger, done *jobs) {
	begun := time.Now()
	c := &Clockwork{live.NewSteady(p.Database.Clock(time.Now), func() time.Duration { return time.Since(begun) }, log), log}
	_ = c.Pass(ctx, 0, func(context.Context, time.Time) error { return nil }) // starts the time that the clock has run evenly
	var all sync.WaitGroup
	all.Go(func() { c.every(ctx, lapseEvery, LapseHold, &done.lapse, p.Clock.Lapse) })
	all.Go(func() { p.Votes.Run(ctx) })
	all.Go(func() { c.every(ctx, RetainEvery, RetainEvery, &done.retain, p.Clock.Retain) })
	all.Wait()
}

// Clockwork runs the passes that delete and cancel for good, by a clock that it checks.
type Clockwork struct {
	Clock *live.Steady
	Log   *slog.Logger
}

// every runs a pass regularly until ctx ends.
func (c *Clockwork) every(ctx context.Context, often, hold time.Duration, done *job, do func(context.Context, time.Time) error) {
	tick := time.NewTicker(often)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			if c.Pass(ctx, hold, do) == nil {
				done.succeed()
			}
		case <-ctx.Done():
			return
		}
	}
}

// Pass does what is due now, if the clock has run evenly for long enough. It returns an error that it has logged.
func (c *Clockwork) Pass(ctx context.Context, hold time.Duration, do func(context.Context, time.Time) error) error {
	at, held, err := c.Clock.Look(ctx)
	if err == nil && held >= hold {
		err = do(ctx, at)
	}
	if err != nil && ctx.Err() == nil {
		c.Log.Warn("run scheduled work", "error", err)
	}
	return err
}
