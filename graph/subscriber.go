package graph

import (
	"context"
	"errors"
	"sync/atomic"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"usher/auth"
	"usher/room"
	"usher/wire"
)

// subscriber is one subscription that is fed together with others.
type subscriber struct {
	feeds  *Feeds
	stream *room.Stream
	group  *group
	watch  *watch
	out    wire.Sink
	gone   atomic.Bool
	cohort atomic.Pointer[cohort] // while it is live
	index  int                    // in the cohort's live; guarded by its mutex
}

// batchBytes is how many bytes of results go out at once, where one alone is not longer.
const batchBytes = 64 << 10

// stop is the client's: it completed, or its connection ended.
func (s *subscriber) stop() {
	if s.gone.Swap(true) {
		return
	}
	s.release()
	// The cohort may be at work in this very call.
	if c := s.cohort.Load(); c != nil {
		go c.leave(s)
	}
}

func (s *subscriber) release() {
	s.feeds.services.News.Disconnect(s.stream.Watcher)
	s.group.leave()
	s.watch.leave()
	s.stream.Close()
}

// writer hands news to some of a cohort's subscribers, one after the other. What it needs for each of them it uses again for the
// next: a delivery allocates nothing.
type writer struct {
	news     []*room.Happening
	said     []wording // the last of each of the news
	taken    []taken
	saved    room.Saved
	payloads [][]byte
}

// taken is what a subscriber's stream says of one of the news.
type taken struct {
	sees bool
	as   room.Audience
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

// read advances the subscriber's stream past the news, and notes what it gets of them. Each of the news shows how things are
// now. So what came before a loss of rights shows no more than these leave, and before a loss of access nothing at all.
func (w *writer) read(s *room.Stream) (ended bool) {
	w.taken = w.taken[:0]
	for _, h := range w.news {
		sees, as, last := s.Take(h)
		w.taken = append(w.taken, taken{sees, as})
		if ended = last; ended {
			break
		}
	}
	movedOn := ended && len(w.taken) < len(w.news)
	least := room.Managers
	for i := len(w.taken) - 1; i >= 0; i-- {
		t := &w.taken[i]
		was := t.as
		least = min(least, was)
		if t.as = least; movedOn || was == room.Managers && least < was && !s.Gets(w.news[i], least) {
			t.as = room.Former
		}
	}
	return ended
}

// take hands news to a live subscriber; false where it is to be fed no longer: it is behind, or has ended.
func (s *subscriber) take(w *writer) bool {
	if s.gone.Load() {
		return true // its leave is under way
	}
	if !s.out.Ready() {
		return s.fallBehind()
	}
	s.stream.Save(&w.saved)
	ended := w.read(s.stream)
	w.payloads = w.payloads[:0]
	size, told := 0, 0
	for i, t := range w.taken {
		if !t.sees {
			continue
		}
		payload, err := w.say(i, s.group, t.as)
		if err != nil {
			s.fault(err)
			return true
		}
		if payload == nil {
			continue
		}
		if size > 0 && size+len(payload) > batchBytes {
			taken := s.out.Next(w.payloads...)
			if taken {
				told = w.news[i-1].Row.Revision
			}
			if !taken || !s.out.Ready() {
				s.stream.GoBack(&w.saved, told)
				return s.fallBehind()
			}
			w.payloads, size = w.payloads[:0], 0
		}
		w.payloads, size = append(w.payloads, payload), size+len(payload)
	}
	if len(w.payloads) > 0 && !s.out.Next(w.payloads...) {
		s.stream.GoBack(&w.saved, told)
		return s.fallBehind()
	}
	if ended {
		s.finish()
	}
	return !ended
}

// fallBehind has the subscriber read the log at its own pace.
func (s *subscriber) fallBehind() bool {
	s.cohort.Store(nil)
	go s.catchUp()
	return false
}

// catchUp reads the log at the subscriber's own pace until there is nothing more to read, then joins those that are fed. A slow
// reader costs a position: nothing is read or rendered before they can take it.
func (s *subscriber) catchUp() {
	var saved room.Saved
	for !s.gone.Load() {
		if err := s.ready(); err != nil {
			s.fault(err)
			return
		}
		s.stream.Save(&saved)
		seen, ended, err := s.stream.Read(s.out.Context())
		if err == nil && !ended && len(seen) == 0 {
			if !s.stream.Skipped() && s.joins() {
				return
			}
			continue
		}
		told := 0
		if err == nil {
			told, err = s.send(seen)
		}
		switch {
		case err != nil:
			s.fault(err)
			return
		case len(seen) > 0 && told < seen[len(seen)-1].Row.Revision:
			s.stream.GoBack(&saved, told)
		case ended:
			s.finish()
			return
		}
	}
}

// joins has the subscriber fed together with others; false where there is more to read first.
func (s *subscriber) joins() bool {
	if !s.feeds.cohort(s.stream.RoomID, s.group, s.stream.Position()).join(s) {
		return false
	}
	if c := s.cohort.Load(); c != nil && s.gone.Load() { // stop came meanwhile
		c.leave(s)
	}
	return true
}

// ready waits until the reader has taken everything. Where it had to wait, the rights are read again.
func (s *subscriber) ready() error {
	if s.out.Ready() {
		return nil
	}
	ready := make(chan struct{})
	s.out.WhenReady(func() { close(ready) })
	<-ready
	if s.gone.Load() {
		return nil
	}
	return s.stream.Recheck(s.out.Context(), auth.From(s.out.Context()))
}

// send renders and sends events as far as the reader takes them, and returns the revision of the last one sent.
func (s *subscriber) send(seen []room.Seen) (told int, err error) {
	var payloads [][]byte
	size := 0
	for i, event := range seen {
		payload, err := s.group.render(event)
		if err != nil {
			return told, err
		}
		if payload != nil {
			payloads, size = append(payloads, payload), size+len(payload)
		}
		if size < batchBytes && i < len(seen)-1 {
			continue
		}
		if len(payloads) > 0 && !s.out.Next(payloads...) {
			return told, nil
		}
		told, size, payloads = event.Row.Revision, 0, nil
		if !s.out.Ready() {
			return told, nil
		}
	}
	return told, nil
}

// finish ends a subscription whose watcher may not see the room any more, and the connection where nothing is left that its
// credentials open.
func (s *subscriber) finish() {
	if s.gone.Swap(true) {
		return
	}
	s.release()
	go func() {
		left, err := s.feeds.services.Rooms.HasCredential(s.out.Context(), auth.From(s.out.Context()))
		if err != nil || left {
			s.out.Complete()
			return
		}
		s.out.Part(wire.EndForbidden)
	}()
}

// fault ends the subscription where its document asks for too much. Else it closes the connection: its client comes back and
// resumes.
func (s *subscriber) fault(err error) {
	if refusal, ok := errors.AsType[*gqlerror.Error](err); ok {
		s.stop()
		s.out.Error(gqlerror.List{refusal})
		return
	}
	if !errors.Is(err, context.Canceled) {
		s.feeds.log.Error("feed subscription", "room", s.stream.RoomID, "error", err)
	}
	s.out.EndConnection(wire.EndTryAgainLater)
}
