package live

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	mathrand "math/rand/v2"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
)

// Servers joins this server to the others that serve the same site on one PostgreSQL database. Between them travel hints, by
// LISTEN and NOTIFY: which rooms have news, and who is connected where. Hints are sent behind the commits, gathered, over a
// connection of their own; they come over another one. What a hint says of a room is only sooner: the rooms that are watched
// here are polled too.
type Servers struct {
	self     string // the name of this run of the program among the servers
	db       *Database
	way      *pgx.ConnConfig // that hints take
	hub      *Hub
	presence *Presence
	log      *slog.Logger
	look     chan struct{} // has something to take when rooms are to be polled at once
	more     chan struct{} // has something to take when there is something to tell

	mu     sync.Mutex
	raised map[string]int // rooms with news, and their revisions
	ask    bool           // the others are to tell who is connected to them
	all    bool           // they are to be told who is connected here
}

const (
	// pollEvery is how long an event waits at most whose hint was lost.
	pollEvery = 2 * time.Second
	// beatEvery is how often a server gives a sign of life.
	beatEvery = 2 * time.Second
	// gatherHints is the least time between two sendings: what comes meanwhile goes together.
	gatherHints = 10 * time.Millisecond
	// hintLimit is how long sending may take, and longer than a live connection is silent: one's own hints come over it too.
	hintLimit = 5 * time.Second
	// How long to wait before a lost connection is made again: the shortest at first, then twice as long each time.
	shortestWait = 100 * time.Millisecond
	longestWait  = 5 * time.Second
)

// hintChannel is where hints travel, a database's own.
const hintChannel = "usher"

// Shared reports whether several servers may serve a site on the database.
func (db *Database) Shared() bool { return db.postgres != nil }

// NewServers returns the waker of a server on a database that is shared. It tells the hub and the presence what other servers
// say, and the others what happens here, while Run runs.
func NewServers(db *Database, hub *Hub, presence *Presence, log *slog.Logger) *Servers {
	way := db.postgres.Copy()
	way.RuntimeParams["application_name"] = "usher hints"
	way.RuntimeParams["synchronous_commit"] = "off" // a hint writes nothing that is to last
	s := &Servers{
		self: rand.Text()[:12], db: db, way: way, hub: hub, presence: presence, log: log,
		look: make(chan struct{}, 1), more: make(chan struct{}, 1), raised: map[string]int{},
	}
	presence.share(func() { signal(s.more) })
	return s
}

// Wake says that a room is at a revision: here at once, to the other servers as soon as what was said before is sent.
func (s *Servers) Wake(roomID string, revision int) {
	s.hub.Wake(roomID, revision)
	s.mu.Lock()
	if revision == 0 || revision > s.raised[roomID] {
		s.raised[roomID] = revision
	}
	s.mu.Unlock()
	signal(s.more)
}

// signal puts something to take into a channel with room for one.
func signal(c chan<- struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// Run tells, listens and polls until ctx ends.
func (s *Servers) Run(ctx context.Context) {
	var all sync.WaitGroup
	all.Go(func() { s.hold(ctx, "notify other servers", s.tell) })
	all.Go(func() { s.hold(ctx, "listen to other servers", s.listen) })
	all.Go(func() { s.poll(ctx) })
	all.Wait()
}

// hold has use run on a connection of its own, and on a new one whenever that is lost.
func (s *Servers) hold(ctx context.Context, doing string, use func(context.Context, *pgx.Conn) error) {
	for wait := shortestWait; ; wait = min(2*wait, longestWait) {
		conn, err := pgx.ConnectConfig(ctx, s.way)
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
		if !pause(ctx, wait/2+mathrand.N(wait/2)) { // not all servers at once
			return
		}
	}
}

// tell sends what there is to tell, at once all that came meanwhile, and signs of life.
func (s *Servers) tell(ctx context.Context, conn *pgx.Conn) error {
	s.exchange(true, true) // nobody knows what of the hints before this connection arrived
	beat := time.NewTicker(beatEvery)
	defer beat.Stop()
	for {
		if err := notify(ctx, conn, s.news()); err != nil {
			return err
		}
		if !pause(ctx, gatherHints) {
			return nil
		}
		select {
		case <-s.more:
		case <-beat.C:
		case <-ctx.Done():
			return nil
		}
	}
}

// pause waits; false where ctx ends first.
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

// exchange has servers tell each other who is connected to them: the others this one, this one the others, or both.
func (s *Servers) exchange(ask, all bool) {
	s.mu.Lock()
	s.ask, s.all = s.ask || ask, s.all || all
	s.mu.Unlock()
	signal(s.more)
}

// news takes what there is to tell. It is a sign of life at least.
func (s *Servers) news() []string {
	s.mu.Lock()
	raised, ask, all := s.raised, s.ask, s.all
	s.raised, s.ask, s.all = map[string]int{}, false, false
	s.mu.Unlock()
	var words []string
	for roomID, revision := range raised {
		words = append(words, roomWord(roomID, revision))
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

// listen hears what other servers tell. What was told before it listened is found by polling, and asked for.
func (s *Servers) listen(ctx context.Context, conn *pgx.Conn) error {
	if _, err := conn.Exec(ctx, "LISTEN "+hintChannel); err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	signal(s.look)
	s.exchange(true, true) // somebody may have asked meanwhile, in vain
	for {
		waiting, cancel := context.WithTimeout(ctx, 2*hintLimit)
		hint, err := conn.WaitForNotification(waiting)
		cancel()
		if err != nil {
			return fmt.Errorf("wait for hints: %w", err)
		}
		s.hear(hint.Payload)
	}
}

// poll looks for news of the rooms that are watched here, in one query for all.
func (s *Servers) poll(ctx context.Context) {
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
		case <-s.look:
		case <-ctx.Done():
			return
		}
		if err := s.Poll(ctx); err != nil && ctx.Err() == nil {
			s.log.Warn("check rooms for new events", "error", err)
		}
	}
}

// Poll looks once for news of the rooms that are watched here, and wakes who watches them.
func (s *Servers) Poll(ctx context.Context) error {
	watched := s.hub.watched()
	if len(watched) == 0 {
		return nil
	}
	rows, err := s.db.readDB.QueryContext(ctx, "SELECT id, revision FROM rooms WHERE id = ANY($1)", watched)
	if err != nil {
		return fmt.Errorf("read revisions: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var roomID string
		var revision int
		if err := rows.Scan(&roomID, &revision); err != nil {
			return fmt.Errorf("read revisions: %w", err)
		}
		s.hub.Wake(roomID, revision)
	}
	return rows.Err()
}
