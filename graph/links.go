package graph

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"usher/auth"
	"usher/room"
	"usher/wire"
)

// links are the watched links of a room on this server. One goroutine looks at those that an event or the clock may have changed. It
// ends with the last of them.
type links struct {
	feeds   *Feeds
	roomID  string
	feed    *room.LinkFeed
	ctx     context.Context
	cancel  context.CancelFunc
	stirred chan struct{} // signalled when somebody is waiting
	// next is when the clock alone may change a look; zero for never. Only the goroutine uses it.
	next time.Time

	mu      sync.Mutex
	by      map[string][]*linkSubscriber // by invitation
	waiting []*linkSubscriber            // want a look at once
}

// linksByRoom are the watched links of all rooms. Its mutex comes before those of the rooms.
type linksByRoom struct {
	mu     sync.Mutex
	byRoom map[string]*links
}

// linkSubscriber is one subscription to a link.
type linkSubscriber struct {
	links  *links
	holder *room.LinkHolder
	group  *group
	out    wire.Sink

	// Guarded by links.mu.
	gone   bool
	behind bool // it waits until its reader is ready
	picked bool // for the present look
}

// shareLink takes over a subscription to a link. A forged link is left to be executed alone, which reports it.
func (f *Feeds) shareLink(ctx context.Context, op *graphql.OperationContext, ask shared, out wire.Sink) (stop func(), ok bool) {
	holder, err := f.services.Links.Holder(ctx, auth.From(ctx), ask.token)
	if err != nil || holder == nil {
		return nil, false // executing it alone meets the same error, and reports it
	}
	out.Streams()
	s := &linkSubscriber{holder: holder, group: f.groups.join(op, ask), out: out}
	f.joinLinks(s)
	return s.stop, true
}

// joinLinks adds a subscriber to the links of a room.
func (f *Feeds) joinLinks(s *linkSubscriber) {
	f.links.mu.Lock()
	defer f.links.mu.Unlock()
	l := f.links.byRoom[s.holder.RoomID]
	if l == nil {
		l = &links{
			feeds: f, roomID: s.holder.RoomID, feed: f.services.Links.Feed(s.holder), stirred: make(chan struct{}, 1),
			by: map[string][]*linkSubscriber{},
		}
		l.ctx, l.cancel = context.WithCancel(context.Background())
		f.links.byRoom[l.roomID] = l
		go l.run()
	}
	s.links = l
	l.mu.Lock()
	defer l.mu.Unlock()
	l.by[s.holder.InvitationID] = append(l.by[s.holder.InvitationID], s)
	l.wait(s)
}

// stop is called when the client completes the subscription or its connection ends.
func (s *linkSubscriber) stop() {
	l := s.links
	all := &l.feeds.links
	all.mu.Lock()
	defer all.mu.Unlock()
	l.mu.Lock()
	defer l.mu.Unlock()
	if s.gone {
		return
	}
	s.gone = true
	s.group.leave()
	id := s.holder.InvitationID
	if l.by[id] = slices.DeleteFunc(l.by[id], func(other *linkSubscriber) bool { return other == s }); len(l.by[id]) == 0 {
		delete(l.by, id)
	}
	if len(l.by) == 0 {
		l.leaveRoom()
	}
}

// leaveRoom stops the goroutine and forgets the room. The next subscriber starts another. The caller holds linksByRoom.mu.
func (l *links) leaveRoom() {
	if all := &l.feeds.links; all.byRoom[l.roomID] == l {
		delete(all.byRoom, l.roomID)
	}
	l.cancel()
}

// wait has the goroutine look at a link at once. The caller holds l.mu.
func (l *links) wait(s *linkSubscriber) {
	l.waiting = append(l.waiting, s)
	select {
	case l.stirred <- struct{}{}:
	default:
	}
}

// run looks at links until the last one is left.
func (l *links) run() {
	defer l.feed.Close()
	// A change of the site's policy is no event. It shows by the next tick.
	tick := time.NewTicker(room.LookAgain)
	defer tick.Stop()
	everyone := false
	for {
		more := l.feed.More()
		news, err := l.feed.Read(l.ctx)
		if err != nil {
			l.end(err)
			return
		}
		if due := l.pick(news, everyone); len(due) > 0 {
			l.look(due)
		}
		everyone = false
		timer := l.timer()
		select {
		case <-more:
		case <-l.stirred:
		case <-timer:
		case <-tick.C:
			everyone = true
		case <-l.ctx.Done():
			return
		}
	}
}

// timer signals when the clock alone may change a look.
func (l *links) timer() <-chan time.Time {
	if l.next.IsZero() {
		return nil
	}
	return time.After(l.next.Sub(l.feeds.services.Clock.Now()))
}

// pick returns the subscribers whose links need a look: those that events concern or all, those that are waiting, and those whose time
// has come.
func (l *links) pick(news room.LinkNews, everyone bool) (due []*linkSubscriber) {
	l.mu.Lock()
	defer l.mu.Unlock()
	pick := func(s *linkSubscriber) {
		if !s.gone && !s.behind && !s.picked {
			s.picked = true
			due = append(due, s)
		}
	}
	for _, s := range l.waiting {
		pick(s)
	}
	l.waiting = nil
	for id := range news.Invitations {
		for _, s := range l.by[id] {
			pick(s)
		}
	}
	now, all := l.feeds.services.Clock.Now(), news.All || everyone
	timely := !l.next.IsZero() && !now.Before(l.next)
	if !all && !timely && !news.HavePlaces() {
		return due
	}
	l.next = time.Time{}
	for _, same := range l.by {
		for _, s := range same {
			if at := s.holder.ChangesAt; all || at != nil && !now.Before(*at) || news.ConcernPlaceOf(s.holder) {
				pick(s)
			}
			l.expect(s)
		}
	}
	return due
}

// expect has the clock wake the goroutine when it may change a link that is not picked.
func (l *links) expect(s *linkSubscriber) {
	if at := s.holder.ChangesAt; at != nil && !s.picked && !s.behind && (l.next.IsZero() || at.Before(l.next)) {
		l.next = *at
	}
}

// end closes the connections of all subscribers because the log cannot be read, unless there are none left.
func (l *links) end(err error) {
	l.feeds.links.mu.Lock()
	l.leaveRoom()
	l.mu.Lock()
	var all []*linkSubscriber
	for _, same := range l.by {
		all = append(all, same...)
	}
	l.mu.Unlock()
	l.feeds.links.mu.Unlock()
	if !errors.Is(err, context.Canceled) {
		l.feeds.log.Error("read events of links", "room", l.roomID, "error", err)
	}
	for _, s := range all {
		s.out.EndConnection(wire.EndTryAgainLater)
	}
}
