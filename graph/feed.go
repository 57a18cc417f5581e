package graph

import (
	"context"
	"errors"
	"log/slog"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"

	"usher/auth"
	"usher/room"
)

// Feeds executes subscriptions to rooms' events once for all who share a document, its variables and an audience: however
// many watch, an event is rendered once for each of the few ways to see it.
type Feeds struct {
	core   *room.Rooms
	groups *groups
	log    *slog.Logger

	mu    sync.Mutex
	feeds map[string]*feed // by room
}

// NewFeeds returns the feeds of a schema's rooms.
func NewFeeds(schema graphql.ExecutableSchema, r *Resolver) *Feeds {
	return &Feeds{core: r.Core, groups: newGroups(schema, r), log: r.Log, feeds: map[string]*feed{}}
}

var _ Sharer = (*Feeds)(nil)

// Share takes over subscriptions to a room's events that depend on nothing of their asker but how they stand to the room.
func (f *Feeds) Share(ctx context.Context, op *graphql.OperationContext, out Sink) (stop func(), ok bool) {
	ask, ok := sharedAsk(op)
	if !ok {
		return nil, false
	}
	stream, err := f.core.Stream(ctx, auth.From(ctx), ask.roomID, ask.after)
	if err != nil {
		return nil, false // its own execution meets the same error, and tells it where it belongs
	}
	s := &subscriber{feeds: f, stream: stream, group: f.groups.join(op, ask.key), out: out}
	f.core.Connect(stream.Watcher)
	go s.catchUp(nil)
	return s.stop, true
}

// join makes a subscriber that has read up to the feed's position, or beyond, one of those that are fed; false where there is
// more to read first.
func (f *Feeds) join(s *subscriber) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	fd := f.feeds[s.stream.RoomID]
	if fd == nil {
		fd = newFeed(f, s.stream.RoomID, s.stream.Position())
		f.feeds[s.stream.RoomID] = fd
		go fd.run()
	}
	fd.mu.Lock()
	defer fd.mu.Unlock()
	if fd.ended || s.stream.Position() < fd.position {
		return false
	}
	s.feed.Store(fd)
	s.index = len(fd.live)
	fd.live = append(fd.live, s)
	return true
}

// feed is a room's newest events on their way to everyone who has read up to them.
type feed struct {
	feeds  *Feeds
	roomID string
	stream *room.Feed
	cancel context.CancelFunc
	ctx    context.Context

	mu       sync.Mutex
	position int
	live     []*subscriber
	ended    bool
}

func newFeed(f *Feeds, roomID string, position int) *feed {
	ctx, cancel := context.WithCancel(context.Background())
	return &feed{feeds: f, roomID: roomID, stream: f.core.Feed(roomID, position), ctx: ctx, cancel: cancel, position: position}
}

// run reads what is new, at once all that came meanwhile, and hands it to everyone.
func (fd *feed) run() {
	defer fd.stream.Close()
	for {
		news, err := fd.stream.Next(fd.ctx)
		if err != nil {
			fd.end(err)
			return
		}
		fd.mu.Lock()
		fd.deliver(news)
		fd.position = fd.stream.Position()
		idle := len(fd.live) == 0
		fd.mu.Unlock()
		if idle {
			fd.leave(nil)
		}
	}
}

// alone is how many subscribers one goroutine feeds.
const alone = 32

// deliver hands news to all, on every processor where they are many. None of them waits for another.
func (fd *feed) deliver(news []*room.Happening) {
	parts := 1
	if len(fd.live) > alone {
		parts = runtime.GOMAXPROCS(0)
	}
	var wait sync.WaitGroup
	size := (len(fd.live) + parts - 1) / parts
	left := make([][]*subscriber, parts)
	for i := range parts {
		part := fd.live[min(i*size, len(fd.live)):min((i+1)*size, len(fd.live))]
		feedPart := func() {
			w := &writer{news: news, said: make([]wording, len(news))}
			for _, s := range part {
				if !s.take(w) {
					left[i] = append(left[i], s)
				}
			}
		}
		if i == parts-1 {
			feedPart()
			break
		}
		wait.Go(feedPart)
	}
	wait.Wait()
	for _, part := range left {
		for _, s := range part {
			fd.drop(s)
		}
	}
}

// drop takes a subscriber out of those that are fed. It expects the mutex to be held.
func (fd *feed) drop(s *subscriber) {
	if s.index >= len(fd.live) || fd.live[s.index] != s {
		return
	}
	last := len(fd.live) - 1
	fd.live[s.index] = fd.live[last]
	fd.live[s.index].index = s.index
	fd.live[last] = nil
	fd.live = fd.live[:last]
}

// leave is drop for a subscriber that went by itself, nil for none; the feed ends with its last.
func (fd *feed) leave(s *subscriber) {
	f := fd.feeds
	f.mu.Lock()
	defer f.mu.Unlock()
	fd.mu.Lock()
	defer fd.mu.Unlock()
	if s != nil {
		fd.drop(s)
	}
	f.tidy(fd)
}

// tidy ends a feed that feeds nobody. It expects both mutexes to be held.
func (f *Feeds) tidy(fd *feed) {
	if len(fd.live) == 0 && !fd.ended {
		fd.ended = true
		delete(f.feeds, fd.roomID)
		fd.cancel()
	}
}

// end closes the connections of all where the log cannot be read: they come back and resume, and lose nothing.
func (fd *feed) end(err error) {
	f := fd.feeds
	f.mu.Lock()
	defer f.mu.Unlock()
	fd.mu.Lock()
	defer fd.mu.Unlock()
	if !fd.ended {
		fd.ended = true
		delete(f.feeds, fd.roomID)
	}
	if !errors.Is(err, context.Canceled) {
		f.log.Error("read events", "room", fd.roomID, "error", err)
	}
	for _, s := range fd.live {
		s.out.EndConnection(EndTryAgainLater)
	}
	fd.live = nil
}

// subscriber is one subscription that is fed.
type subscriber struct {
	feeds  *Feeds
	stream *room.Stream
	group  *group
	out    Sink
	gone   atomic.Bool
	feed   atomic.Pointer[feed] // while it is live
	index  int                  // in the feed's live; guarded by its mutex
}

// stop is the client's: it completed, or its connection ended.
func (s *subscriber) stop() {
	if s.gone.Swap(true) {
		return
	}
	s.release()
	// The feed may be at work in this very call.
	if fd := s.feed.Load(); fd != nil {
		go fd.leave(s)
	}
}

func (s *subscriber) release() {
	s.feeds.core.Disconnect(s.stream.Watcher)
	s.group.leave()
	s.stream.Close()
}

// writer hands news to some of a feed's subscribers, one after the other. What it needs for each of them it uses again for the
// next: a delivery allocates nothing.
type writer struct {
	news     []*room.Happening
	said     []wording // the last of each of the news
	payloads [][]byte
}

// wording is an event in the words of a group, for an audience.
type wording struct {
	group   *group
	as      room.Audience
	payload []byte
}

// say returns the ith of the news in a group's words. Neighbours mostly share them, so that the group need not be asked.
func (w *writer) say(i int, g *group, as room.Audience) ([]byte, error) {
	last := &w.said[i]
	if last.group != g || last.as != as {
		payload, err := g.render(room.Seen{Happening: w.news[i], Audience: as})
		if err != nil {
			return nil, err
		}
		*last = wording{g, as, payload}
	}
	return last.payload, nil
}

// take hands news to a live subscriber; false where it is to be fed no longer: it is behind, or has ended.
func (s *subscriber) take(w *writer) bool {
	if s.gone.Load() {
		return true // its leave is under way
	}
	w.payloads = w.payloads[:0]
	ended := false
	for i, h := range w.news {
		var sees bool
		var as room.Audience
		if sees, as, ended = s.stream.Take(h); sees {
			payload, err := w.say(i, s.group, as)
			if err != nil {
				s.fault(err)
				return true
			}
			if payload != nil {
				w.payloads = append(w.payloads, payload)
			}
		}
		if ended {
			break
		}
	}
	if len(w.payloads) > 0 && !s.out.Next(w.payloads...) {
		s.feed.Store(nil)
		go s.catchUp(&backlog{slices.Clone(w.payloads), ended})
		return false
	}
	if ended {
		s.finish()
		return false
	}
	return true
}

// render returns what the watcher sees of events, in the group's words.
func (s *subscriber) render(seen []room.Seen, ended bool) (payloads [][]byte, last bool, err error) {
	for _, event := range seen {
		payload, err := s.group.render(event)
		if err != nil {
			return nil, false, err
		}
		if payload != nil {
			payloads = append(payloads, payload)
		}
	}
	return payloads, ended, nil
}

// backlog is what a subscriber's reader has yet to take.
type backlog struct {
	payloads [][]byte
	ended    bool
}

// catchUp reads the log at the subscriber's own pace until there is nothing more to read, then joins those that are fed.
func (s *subscriber) catchUp(b *backlog) {
	for !s.gone.Load() {
		if b == nil {
			seen, ended, err := s.stream.Read(s.out.Context())
			if err == nil && !ended && len(seen) == 0 && !s.stream.Skipped() {
				if s.feeds.join(s) {
					s.leaveIfGone()
					return
				}
				continue
			}
			b = &backlog{}
			if err == nil {
				b.payloads, b.ended, err = s.render(seen, ended)
			}
			if err != nil {
				s.fault(err)
				return
			}
		}
		if len(b.payloads) > 0 && !s.out.Next(b.payloads...) {
			ready := make(chan struct{})
			s.out.WhenReady(func() { close(ready) })
			<-ready
			continue
		}
		if b.ended {
			s.finish()
			return
		}
		b = nil
	}
}

// leaveIfGone leaves where stop came while the subscriber was joining.
func (s *subscriber) leaveIfGone() {
	if fd := s.feed.Load(); fd != nil && s.gone.Load() {
		fd.leave(s)
	}
}

// finish ends a subscription whose watcher may not see the room any more, and the connection where nothing is left that its
// credentials open.
func (s *subscriber) finish() {
	if s.gone.Swap(true) {
		return
	}
	s.release()
	go func() {
		left, err := s.feeds.core.HasCredential(s.out.Context(), auth.From(s.out.Context()))
		if err != nil || left {
			s.out.Complete()
			return
		}
		s.out.Part(EndForbidden)
	}()
}

// fault closes the connection: its client comes back and resumes.
func (s *subscriber) fault(err error) {
	if !errors.Is(err, context.Canceled) {
		s.feeds.log.Error("feed subscription", "room", s.stream.RoomID, "error", err)
	}
	s.out.EndConnection(EndTryAgainLater)
}
