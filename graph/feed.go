package graph

import (
	"context"
	"errors"
	"log/slog"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"usher/auth"
	"usher/room"
	"usher/wire"
)

// Feeds executes subscriptions to rooms' events once for all who share a document, its variables and an audience: however
// many watch, an event is rendered once for each of the few ways to see it.
//
// A feed reads a room's log and passes the rows on to its cohorts, one for each document. Each cohort renders and delivers
// on a goroutine of its own, so that an expensive document delays nobody but those who asked for it.
type Feeds struct {
	services *room.Services
	groups   *groups
	watches  *watches
	log      *slog.Logger

	mu    sync.Mutex
	feeds map[string]*feed // by room
}

// NewFeeds returns the feeds of a schema's rooms.
func NewFeeds(schema graphql.ExecutableSchema, r *Resolver) *Feeds {
	return &Feeds{services: r.Services, groups: newGroups(schema, r), watches: &r.watches, log: r.Log, feeds: map[string]*feed{}}
}

var _ wire.Sharer = (*Feeds)(nil)

// Share takes over subscriptions to a room's events that depend on nothing of their asker but how they stand to the room.
func (f *Feeds) Share(ctx context.Context, op *graphql.OperationContext, out wire.Sink) (stop func(), ok bool) {
	ask, ok := sharedAsk(op)
	if !ok {
		return nil, false
	}
	stream, err := f.services.News.Stream(ctx, auth.From(ctx), ask.roomID, ask.after)
	if err != nil {
		return nil, false // its own execution meets the same error, and tells it where it belongs
	}
	group := f.groups.join(op, ask.key)
	watch, refusal := f.watches.enter(watched{auth.From(ctx).Principal(), stream.RoomID}, group.key, false)
	if refusal != nil {
		group.leave()
		stream.Close()
		out.Error(gqlerror.List{refusal})
		return func() {}, true
	}
	s := &subscriber{feeds: f, stream: stream, group: group, watch: watch, out: out}
	f.services.News.Connect(stream.Watcher)
	go s.catchUp()
	return s.stop, true
}

// feed is a room's newest events on their way to the cohorts of its subscribers.
type feed struct {
	feeds  *Feeds
	roomID string
	stream *room.Feed
	cancel context.CancelFunc
	ctx    context.Context

	// Guarded by Feeds.mu, which nobody holds while they read, render or deliver.
	position int // of the last events passed on
	cohorts  map[*group]*cohort
	ended    bool
}

func newFeed(f *Feeds, roomID string, position int) *feed {
	ctx, cancel := context.WithCancel(context.Background())
	return &feed{
		feeds: f, roomID: roomID, stream: f.services.News.Feed(roomID, position), ctx: ctx, cancel: cancel,
		position: position, cohorts: map[*group]*cohort{},
	}
}

// run reads what is new, at once all that came meanwhile, and passes it on.
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
		fd.feeds.mu.Unlock()
	}
}

// cohort returns the cohort of a group in a room, with one more user. A new one gets what comes behind the feed's position, a
// new feed what comes behind the given one.
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
		c = &cohort{feed: fd, group: g, position: fd.position}
		fd.cohorts[g] = c
	}
	c.users++
	return c
}

// release takes back one use of a cohort. The cohort ends with its last user, and the feed with its last cohort.
func (c *cohort) release() {
	fd := c.feed
	f := fd.feeds
	f.mu.Lock()
	defer f.mu.Unlock()
	if c.users--; c.users > 0 || fd.ended {
		return
	}
	delete(fd.cohorts, c.group)
	if len(fd.cohorts) == 0 {
		fd.ended = true
		delete(f.feeds, fd.roomID)
		fd.cancel()
	}
}

// end closes the connections of all where the log cannot be read: they come back and resume, and lose nothing.
func (fd *feed) end(err error) {
	f := fd.feeds
	f.mu.Lock()
	if !fd.ended {
		fd.ended = true
		delete(f.feeds, fd.roomID)
	}
	cohorts := fd.cohorts
	f.mu.Unlock()
	if !errors.Is(err, context.Canceled) {
		f.log.Error("read events", "room", fd.roomID, "error", err)
	}
	for _, c := range cohorts {
		c.end()
	}
}
