package site

import (
	"context"
	"fmt"
	"log/slog"
	"strconv"
	"time"

	"github.com/coreos/go-systemd/v22/daemon"
)

const (
	// extendEvery is how often a server that starts asks for more time, and extendBy for how much. A large site takes long after an upgrade,
	// and a server waits while another one prepares their database.
	extendEvery = 10 * time.Second
	extendBy    = 3 * extendEvery
)

// systemd tells systemd how the server is. Without systemd, or with another Type= than notify, it does nothing.
type systemd struct {
	tell func(state string)
	// silence is how long systemd waits for a sign of life before it starts the server again; 0 if it does not wait for one.
	silence time.Duration
	log     *slog.Logger
}

func newSystemd(log *slog.Logger) systemd {
	s := systemd{log: log, tell: func(state string) {
		if _, err := daemon.SdNotify(false, state); err != nil {
			log.Warn("tell systemd", "state", state, "error", err)
		}
	}}
	var err error
	if s.silence, err = daemon.SdWatchdogEnabled(false); err != nil {
		log.Warn("read WatchdogSec", "error", err)
	}
	return s
}

// extend asks for more time to start until ctx ends.
func (s systemd) extend(ctx context.Context) {
	tick := time.NewTicker(extendEvery)
	defer tick.Stop()
	for {
		s.tell("EXTEND_TIMEOUT_USEC=" + strconv.FormatInt(extendBy.Microseconds(), 10))
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// watch gives a sign of life three times in the time that systemd waits, as long as the server is alive, until ctx ends. If alive does not
// return, there is no sign either.
func (s systemd) watch(ctx context.Context, alive func(context.Context) error) {
	if s.silence == 0 || alive == nil {
		return
	}
	every := s.silence / 3
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		within, cancel := context.WithTimeout(ctx, every)
		err := alive(within)
		cancel()
		switch {
		case err == nil:
			s.tell("WATCHDOG=1")
		case ctx.Err() == nil:
			s.log.Warn("no sign of life for systemd", "error", err)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// alive returns an error if the database does not answer until ctx ends, or the hub passes nothing on. A database that refuses is no reason
// to start the server again: that would not mend it, and all connections would end.
func (p *Parts) alive(ctx context.Context) error {
	if err := p.Database.Check(ctx); ctx.Err() != nil {
		return fmt.Errorf("the database does not answer: %w", err)
	}
	if err := p.hub.Turn(ctx); err != nil {
		return fmt.Errorf("the hub passes nothing on: %w", err)
	}
	return nil
}
