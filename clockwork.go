package main

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"usher/auth"
)

// keepAliveEvery is how soon a sign-in that another program ended, or the clock, closes the connections that hold it; and how
// soon an account that was disabled closes those of its guests' places.
const keepAliveEvery = 2 * time.Second

// keepAlive counts open connections as use of their sign-ins, and ends those whose sign-in has ended, or whose device or token
// opens less because an account was disabled, until ctx ends.
func (s *server) keepAlive(ctx context.Context, accounts *auth.Accounts, log *slog.Logger) {
	tick := time.NewTicker(keepAliveEvery)
	defer tick.Stop()
	disabled := accounts.WatchDisabled()
	for {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
		held := s.connections.Held(auth.SignInKeyPrefix)
		for i, key := range held {
			held[i] = strings.TrimPrefix(key, auth.SignInKeyPrefix)
		}
		ended, err := accounts.KeepAlive(ctx, held)
		if err != nil && ctx.Err() == nil {
			log.Warn("look at the sign-ins of open connections", "error", err)
		}
		for _, id := range ended {
			accounts.Ended(id)
		}
		lost, err := disabled.Look(ctx)
		if err != nil && ctx.Err() == nil {
			log.Warn("look for disabled accounts", "error", err)
		}
		for _, l := range lost {
			s.connections.LoseCredential(l.Credential, l.Left)
		}
	}
}

const (
	// lapseEvery is how often the clock is asked which sessions end by themselves.
	lapseEvery = time.Minute
	// retainEvery is how often what is kept no longer is deleted.
	retainEvery = time.Hour
)

// clockwork does what the clock asks for, until ctx ends: sessions that end by themselves, and what is kept no longer.
func (p *parts) clockwork(ctx context.Context, log *slog.Logger) {
	lapse, retain := time.NewTicker(lapseEvery), time.NewTicker(retainEvery)
	defer lapse.Stop()
	defer retain.Stop()
	for {
		var err error
		select {
		case <-lapse.C:
			err = p.rooms.Lapse(ctx)
		case <-retain.C:
			err = p.rooms.Retain(ctx)
		case <-ctx.Done():
			return
		}
		if err != nil && ctx.Err() == nil {
			log.Warn("do what the clock asks for", "error", err)
		}
	}
}
