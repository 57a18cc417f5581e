package live

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	mathrand "math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
)

// Servers connects this server to the others of its site on one PostgreSQL database. Servers exchange hints by LISTEN and NOTIFY: which
// rooms have news, and who is connected where. Hints are sent after the commits, in batches, over a connection of their own, and
// received over another. They only make news arrive sooner: watched rooms are also polled.
type Servers struct {
	self     string // the name of this run of the program
	db       *Database
	config   *pgx.ConnConfig // of the connections for hints
	hub      *Hub
	presence *Presence
	log      *slog.Logger
	pollNow  chan struct{} // signalled when rooms must be polled at once
	more     chan struct{} // signalled when there is something to send
	metrics  Metrics
	signs    *signs // nil unless the server was introduced

	deaf atomic.Bool // other servers' hints do not arrive

	mu      sync.Mutex
	raised  map[string]int      // rooms with news, and their revisions
	stirred map[string]struct{} // rooms whose numbers changed
	counted map[string]int      // what happened how often, by room:WHAT
	ask     bool                // ask the others who is connected to them
	all     bool                // send the others the list of everyone connected here
}

const (
	// pollEvery limits how long an event is delayed if its hint was lost.
	pollEvery = 2 * time.Second
	// beatEvery is how often a server sends a sign of life.
	beatEvery = 2 * time.Second
	// gatherHints is the least time between two sends. News in between is sent together. Each send reaches every server, so the database's
	// work would grow with the square of their number. With more than fewServers, the time grows with their number instead, up to mostGathered.
	gatherHints  = 10 * time.Millisecond
	gatherOfEach = 5 * time.Millisecond
	mostGathered = 100 * time.Millisecond
	fewServers   = 8
	// hintLimit limits how long a send takes. A live connection is never silent for longer, because our own hints come back over it.
	hintLimit = 5 * time.Second
	// The wait before reconnecting starts with shortestWait and doubles each time up to longestWait.
	shortestWait = 100 * time.Millisecond
	longestWait  = 5 * time.Second
)

// hintChannel is the name of the NOTIFY channel. Each database has its own.
const hintChannel = "usher"

// Shared reports whether several servers may use the database at once.
func (db *Database) Shared() bool { return db.postgres != nil }

// NewServers returns the waker for a server on a shared database. While Run runs, it passes other servers' hints to the hub and the
// presence, and sends this server's news to the others.
func NewServers(db *Database, hub *Hub, presence *Presence, log *slog.Logger) *Servers {
	config := db.postgres.Copy()
	config.RuntimeParams["application_name"] = "usher hints"
	config.RuntimeParams["synchronous_commit"] = "off" // a hint stores nothing
	s := &Servers{
		self: rand.Text()[:12], db: db, config: config, hub: hub, presence: presence, log: log,
		pollNow: make(chan struct{}, 1), more: make(chan struct{}, 1), raised: map[string]int{}, stirred: map[string]struct{}{}, counted: map[string]int{},
	}
	s.deaf.Store(true)
	presence.share(func() { signal(s.more) }, hub.stirAll)
	return s
}

// Wake signals a revision to this server's hub at once, and to the other servers after the hints sent before.
func (s *Servers) Wake(roomID string, revision int) {
	s.hub.Wake(roomID, revision)
	s.mu.Lock()
	if revision == 0 || revision > s.raised[roomID] {
		s.raised[roomID] = revision
	}
	s.mu.Unlock()
	signal(s.more)
}

// signal sends without blocking to a channel with room for one value.
func signal(c chan<- struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// Run sends, listens and polls until ctx ends. Then it says goodbye.
func (s *Servers) Run(ctx context.Context) {
	var all sync.WaitGroup
	all.Go(func() { s.keepConnected(ctx, "notify other servers", s.send) })
	all.Go(func() { s.keepConnected(ctx, "listen to other servers", s.listen) })
	all.Go(func() { s.poll(ctx) })
	all.Wait()
	s.leave()
}

// keepConnected runs use with a connection of its own, and again with a new one each time that is lost.
func (s *Servers) keepConnected(ctx context.Context, doing string, use func(context.Context, *pgx.Conn) error) {
	for wait := shortestWait; ; wait = min(2*wait, longestWait) {
		conn, err := pgx.ConnectConfig(ctx, s.config)
		if err == nil {
			wait = shortestWait
			err = use(ctx, conn)
			closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
			_ = conn.Close(closing)
			cancel()
		}
		if ctx.Err() != nil {
			return
		}
		s.log.Warn(doing, "error", err)
		if !pause(ctx, wait/2+mathrand.N(wait/2)) { // random, so that servers do not reconnect all at once
			return
		}
	}
}

// send sends the news in batches, and signs of life.
func (s *Servers) send(ctx context.Context, conn *pgx.Conn) error {
	s.exchange(true, true) // hints sent over an earlier connection may have been lost
	beat := time.NewTicker(beatEvery)
	defer beat.Stop()
	for report := true; ; {
		hints := s.news(report)
		if err := notify(ctx, conn, hints); err != nil {
			return err
		}
		for _, hint := range hints {
			s.metrics.sent.Add(1)
			s.metrics.sentBytes.Add(len(hint))
		}
		if !pause(ctx, gatherFor(1+len(otherServers(s.presence)))) {
			return nil
		}
		report = false
		select {
		case <-s.more:
		case <-beat.C:
			report = true
		case <-ctx.Done():
			return nil
		}
	}
}

// gatherFor returns the least time between two sends, with this one and the others counted.
func gatherFor(servers int) time.Duration {
	if servers <= fewServers {
		return gatherHints
	}
	return min(time.Duration(servers)*gatherOfEach, mostGathered)
}

// pause waits. It returns false if ctx ends first.
func pause(ctx context.Context, howLong time.Duration) bool {
	select {
	case <-time.After(howLong):
		return true
	case <-ctx.Done():
		return false
	}
}

func notify(ctx context.Context, conn *pgx.Conn, hints []string) error {
	ctx, cancel := context.WithTimeout(ctx, hintLimit)
	defer cancel()
	_, err := conn.Exec(ctx, "SELECT pg_notify($1, hint) FROM unnest($2::text[]) AS hint", hintChannel, hints)
	if err != nil {
		return fmt.Errorf("notify: %w", err)
	}
	return nil
}

// exchange plans to ask the other servers who is connected to them, to send them everyone connected here, or both.
func (s *Servers) exchange(ask, all bool) {
	s.mu.Lock()
	s.ask, s.all = s.ask || ask, s.all || all
	s.mu.Unlock()
	signal(s.more)
}

// news takes what there is to send, with a report of the server itself if that is due. It returns at least a sign of life.
func (s *Servers) news(report bool) []string {
	s.mu.Lock()
	raised, stirred, counted, ask, all := s.raised, s.stirred, s.counted, s.ask, s.all
	s.raised, s.stirred, s.counted, s.ask, s.all = map[string]int{}, map[string]struct{}{}, map[string]int{}, false, false
	s.mu.Unlock()
	var words []string
	for roomID, revision := range raised {
		words = append(words, roomWord(roomID, revision))
	}
	for roomID := range stirred {
		words = append(words, string(hintStir)+roomID)
	}
	for what, n := range counted {
		words = append(words, countWord(what, n))
	}
	if s.signs != nil && (report || all) {
		words = append(words, s.signs.word())
	}
	if ask {
		words = append(words, hintAsk)
	}
	if all {
		words = append(words, hintBegin)
	}
	for who, here := range s.presence.news(all) {
		words = append(words, personWord(who, here))
	}
	if all {
		words = append(words, hintEnd)
	}
	return hints(s.self, words)
}

// listen receives the other servers' hints. It polls and asks for what was sent before it listened.
func (s *Servers) listen(ctx context.Context, conn *pgx.Conn) error {
	if _, err := conn.Exec(ctx, "LISTEN "+hintChannel); err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	s.deaf.Store(false)
	defer s.deaf.Store(true)
	signal(s.pollNow)
	s.hub.stirAll()
	s.exchange(true, true) // another server may have asked before we listened
	for {
		waiting, cancel := context.WithTimeout(ctx, 2*hintLimit)
		hint, err := conn.WaitForNotification(waiting)
		cancel()
		if err != nil {
			return fmt.Errorf("wait for hints: %w", err)
		}
		s.receive(hint.Payload)
	}
}

// poll checks the watched rooms for news, all in one query, regularly and on demand.
func (s *Servers) poll(ctx context.Context) {
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
		case <-s.pollNow:
		case <-ctx.Done():
			return
		}
		if err := s.hub.Poll(ctx); err != nil && ctx.Err() == nil {
			s.log.Warn("check rooms for new events", "error", err)
		}
		if s.deaf.Load() {
			s.hub.stirAll()
		}
	}
}
