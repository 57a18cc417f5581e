// Package mail sends the emails that package room has written down. It claims what is due, has room say what the email says now, sends
// it, and records what became of it. Packages site and command may import it.
package mail

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"usher/ent"
	"usher/ent/mail"
	"usher/ent/predicate"
	"usher/live"
	"usher/metric"
	"usher/room"
)

const (
	// lookEvery is how often a server looks for emails that are due, and tells of those that changed.
	lookEvery = time.Second
	// DefaultLease is how long a server may take to send an email before another one may. An attempt takes at most half of it.
	DefaultLease = 2 * time.Minute
	// finishWithin limits how long an attempt goes on when the server stops.
	finishWithin = 10 * time.Second
)

// Options are what a Sender is built from.
type Options struct {
	Database *live.Database
	Log      *live.Log
	Letters  *room.Letters
	Server   Server
	Writer   Writer
	// PerMinute limits how many emails this server sends in a minute.
	PerMinute int
	// Lease is how long a server may take to send an email.
	Lease  time.Duration
	Logger *slog.Logger
	// Metrics are nil if nobody asks for them.
	Metrics *metric.Set
}

// Sender sends the emails of a site. Every server of the site has one. An email is sent at least once, and after a crash it may be sent
// twice, with the same Message-ID (D5).
type Sender struct {
	db      *ent.Client
	log     *live.Log
	letters *room.Letters
	server  Server
	writer  Writer
	lease   time.Duration
	logger  *slog.Logger
	tried   *metric.Counters
	lanes   [2]*lane
}

// lane sends some of the emails, one after the other. It has its own connection to the mail server, so that no lane waits for another.
type lane struct {
	*Sender
	which predicate.Mail
	rate  *rate.Limiter

	last  *string   // the room that had the last turn; empty for emails of no room, nil if none had it
	until time.Time // no attempts before: the mail server cannot be used
	line  *line     // the open connection to the mail server, or nil
	// unrecorded records what became of the last attempt. It is nil if that is recorded.
	unrecorded func(context.Context) error
}

// New returns a sender. Run makes it send.
func New(o Options) *Sender {
	s := &Sender{
		db: o.Database.Read, log: o.Log, letters: o.Letters, server: o.Server, writer: o.Writer, lease: o.Lease, logger: o.Logger,
	}
	s.measure(o.Metrics)
	// People wait for codes, so nothing delays these (D6).
	s.lanes = [2]*lane{
		{Sender: s, which: mail.KindEQ(mail.KindCode), rate: rate.NewLimiter(rate.Inf, 0)},
		{Sender: s, which: mail.KindNEQ(mail.KindCode), rate: rate.NewLimiter(rate.Limit(float64(o.PerMinute)/60), max(1, o.PerMinute/60))},
	}
	return s
}

// Run sends emails until ctx ends. Then it finishes those that it sends.
func (s *Sender) Run(ctx context.Context) {
	var all sync.WaitGroup
	for _, l := range s.lanes {
		all.Go(func() { s.every(ctx, "send emails", l.sendAll) })
	}
	all.Go(func() { s.every(ctx, "tell of emails", s.letters.Tell) })
	all.Wait()
}

// every does something regularly until ctx ends.
func (s *Sender) every(ctx context.Context, what string, do func(context.Context) error) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		if err := do(ctx); err != nil && ctx.Err() == nil {
			s.logger.Warn(what, "error", err)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// sendAll sends what is due, one after the other. It sends nothing while the database cannot record what was sent.
func (s *lane) sendAll(ctx context.Context) error {
	defer s.hangUp()
	if err := s.settle(ctx); err != nil {
		return err
	}
	for !s.log.Now().Before(s.until) {
		turn := s.rate.Reserve()
		row, err := s.claimInTurn(ctx, turn)
		if err != nil || row == nil {
			turn.Cancel()
			return err
		}
		if err := s.sendOne(ctx, row); err != nil {
			return err
		}
	}
	return nil
}

// claimInTurn claims an email, and returns it when it may be sent. It waits for no more than half a lease with the claim. Otherwise a slow
// pace would use up the lease of each email, and none would ever be sent.
func (s *lane) claimInTurn(ctx context.Context, turn *rate.Reservation) (*ent.Mail, error) {
	if err := pause(ctx, turn.Delay()-s.lease/2); err != nil {
		return nil, err
	}
	row, err := s.claim(ctx)
	if err != nil || row == nil {
		return nil, err
	}
	if pause(ctx, turn.Delay()) != nil {
		return nil, s.release(context.WithoutCancel(ctx), row)
	}
	return row, nil
}

// pause waits for some time. It returns ctx's error if that ends first.
func pause(ctx context.Context, wait time.Duration) error {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// sendOne makes an attempt to send a claimed email, and records the result. It leaves an email whose lease is nearly over, because the server
// stood still: another one may send it soon.
func (s *lane) sendOne(ctx context.Context, row *ent.Mail) error {
	left := row.ClaimedUntil.Sub(s.log.Now())
	if left < s.lease/4 {
		return s.release(context.WithoutCancel(ctx), row)
	}
	attempt, cancel := context.WithTimeout(context.WithoutCancel(ctx), min(left, s.lease/2))
	defer cancel()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(finishWithin, cancel) })()
	letter, dropped, err := s.letters.Read(attempt, row)
	switch {
	case err != nil:
		return err
	case dropped != "":
		return s.record(attempt, row, drop(dropped))
	}
	begun := s.log.Now()
	result := s.deliver(attempt, row, letter)
	s.tried.Add(1, string(result.state), string(result.fault))
	s.logger.Info("email", "id", row.ID, "kind", row.Kind, "state", result.state, "fault", result.fault, "code", result.code,
		"took", s.log.Now().Sub(begun))
	s.unrecorded = func(ctx context.Context) error { return s.record(ctx, row, result) }
	return s.settle(context.WithoutCancel(ctx)) // the result counts even if the attempt took all of its time
}

// settle records what became of the last attempt. If it cannot, such as on a full disk, the lane tries again until it can. So the email is
// sent once, however long that takes, unless the server ends meanwhile.
func (s *lane) settle(ctx context.Context) error {
	if s.unrecorded == nil {
		return nil
	}
	if err := s.unrecorded(ctx); err != nil {
		return err
	}
	s.unrecorded = nil
	return nil
}
