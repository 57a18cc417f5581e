package graph

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"usher/auth"
	"usher/room"
	"usher/wire"
)

// Feeds shares the work of subscriptions to a room's events. Subscribers with the same document, variables and audience share each
// rendered event, however many they are.
//
// A feed reads a room's log and passes the rows to its cohorts, one for each document. Each cohort renders and delivers on its own
// goroutine, so an expensive document delays only its own subscribers.
type Feeds struct {
	services *room.Services
	totals   totalling
	groups   *groups
	watches  *watches
	window   func() time.Duration // between two deliveries of events of tools
	log      *slog.Logger
	metrics  Metrics

	counted atomic.Int64 // the number of the last count of presence, in any room

	mu    sync.Mutex
	feeds map[string]*feed // by room
	links linksByRoom
}

// NewFeeds returns the feeds of the schema's rooms.
func NewFeeds(schema graphql.ExecutableSchema, r *Resolver) *Feeds {
	return &Feeds{services: r.Services, totals: r.totals(), groups: newGroups(schema, r), watches: &r.watches, window: r.Window, log: r.Log, metrics: r.Metrics, feeds: map[string]*feed{}, links: linksByRoom{byRoom: map[string]*links{}}}
}

var _ wire.Sharer = (*Feeds)(nil)

// Share takes over a subscription to a link or to a room's events, and one to presence if its document depends on the asker only
// through their rights in the room.
func (f *Feeds) Share(ctx context.Context, op *graphql.OperationContext, out wire.Sink) (stop func(), ok bool) {
	ask, ok := sharedAsk(op)
	if !ok {
		return nil, false
	}
	if ask.root == rootLink {
		return f.shareLink(ctx, op, ask, out)
	}
	stream, err := f.services.News.Stream(ctx, auth.From(ctx), ask.roomID, ask.after, ask.tools)
	if err != nil {
		return nil, false // executing it alone meets the same error, and reports it
	}
	group := f.groups.join(op, ask)
	watch, refusal := f.watches.enter(watched{auth.From(ctx).Principal(), stream.RoomID}, group.key, ask.alone)
	if refusal != nil {
		group.leave()
		stream.Close()
		out.Error(gqlerror.List{refusal})
		return func() {}, true
	}
	s := &subscriber{feeds: f, stream: stream, group: group, watch: watch, out: out}
	if !group.counts() {
		f.services.News.Connect(stream.Watcher)
	}
	go s.catchUp(ask.after != nil)
	return s.stop, true
}

// feed passes a room's newest events to the cohorts of its subscribers.
type feed struct {
	feeds  *Feeds
	roomID string
	stream *room.Feed
	cancel context.CancelFunc
	ctx    context.Context

	// Guarded by Feeds.mu, which is never held during reading, rendering or delivering.
	position int // the revision of the last event passed on
	cohorts  map[*group]*cohort
	presence *presence // nil while nobody asks for it
	ended    bool
}

func newFeed(f *Feeds, roomID string, position int) *feed {
	ctx, cancel := context.WithCancel(context.Background())
	return &feed{
		feeds: f, roomID: roomID, stream: f.services.News.Feed(roomID, position, f.window), ctx: ctx, cancel: cancel,
		position: position, cohorts: map[*group]*cohort{},
	}
}

// run reads new events in batches and passes them on.
func (fd *feed) run() {
	defer fd.stream.Close()
	for {
		news, err := fd.stream.Next(fd.ctx)
		if err != nil {
			fd.end(err)
			return
		}
		fd.feeds.mu.Lock()
		fd.position = fd.stream.Position()
		for _, c := range fd.cohorts {
			c.pass(news)
		}
		if p := fd.presence; p != nil {
			p.follow(news)
		}
		fd.feeds.mu.Unlock()
	}
}

// cohort returns the cohort of a group in a room and counts one more user. A new cohort starts at the feed's position, a new feed at
// the given one.
func (f *Feeds) cohort(roomID string, g *group, position int) *cohort {
	f.mu.Lock()
	defer f.mu.Unlock()
	fd := f.feeds[roomID]
	if fd == nil {
		fd = newFeed(f, roomID, position)
		f.feeds[roomID] = fd
		go fd.run()
	}
	c := fd.cohorts[g]
	if c == nil {
		c = &cohort{feed: fd, group: g, position: fd.position, by: concerned{}}
		fd.cohorts[g] = c
		if g.counts() {
			c.next = fd.joinPresence()
		}
	}
	c.users++
	return c
}

// release ends one use of a cohort. The cohort ends with its last user, and the feed with its last cohort.
func (c *cohort) release() {
	fd := c.feed
	f := fd.feeds
	f.mu.Lock()
	defer f.mu.Unlock()
	if c.users--; c.users > 0 || fd.ended {
		return
	}
	delete(fd.cohorts, c.group)
	if c.group.counts() {
		fd.leavePresence()
	}
	if len(fd.cohorts) == 0 {
		fd.ended = true
		delete(f.feeds, fd.roomID)
		fd.cancel()
	}
}

// end closes all subscribers' connections because the log cannot be read. The clients reconnect and resume without loss.
func (fd *feed) end(err error) {
	f := fd.feeds
	f.mu.Lock()
	if !fd.ended {
		fd.ended = true
		delete(f.feeds, fd.roomID)
	}
	cohorts := fd.cohorts
	f.mu.Unlock()
	fd.cancel()
	if !errors.Is(err, context.Canceled) {
		f.log.Error("read events", "room", fd.roomID, "error", err)
	}
	for _, c := range cohorts {
		c.end()
	}
}

// fault ends a subscription if its document asks for too much. For any other error it closes the connection, and the client
// reconnects and resumes.
func (f *Feeds) fault(err error, roomID string, out wire.Sink, stop func()) {
	if refusal, ok := errors.AsType[*gqlerror.Error](err); ok {
		stop()
		out.Error(gqlerror.List{refusal})
		return
	}
	if !errors.Is(err, context.Canceled) {
		f.log.ErrorContext(out.Context(), "feed subscription", "room", roomID, "error", err)
	}
	out.EndConnection(wire.EndTryAgainLater)
}
