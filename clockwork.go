package main

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"usher/auth"
)

// keepAliveEvery is how soon a sign-in that another program ended, or the clock, closes the connections that hold it.
const keepAliveEvery = 2 * time.Second

// keepAlive counts open connections as use of their sign-ins, and ends those whose sign-in has ended, until ctx ends.
func (s *server) keepAlive(ctx context.Context, accounts *auth.Accounts, log *slog.Logger) {
	tick := time.NewTicker(keepAliveEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
		held := append(s.sockets.Held(auth.SignInKeyPrefix), s.streams.Held(auth.SignInKeyPrefix)...)
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
	}
}

// lapseEvery is how often the clock is asked which sessions end by themselves.
const lapseEvery = time.Minute

// lapse cancels and ends the sessions that do so by themselves, until ctx ends.
func (p *parts) lapse(ctx context.Context, log *slog.Logger) {
	tick := time.NewTicker(lapseEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
		if err := p.rooms.Lapse(ctx); err != nil && ctx.Err() == nil {
			log.Warn("look for sessions that end by themselves", "error", err)
		}
	}
}
