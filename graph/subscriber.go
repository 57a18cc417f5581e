package graph

import (
	"sync/atomic"
	"time"

	"usher/auth"
	"usher/room"
	"usher/wire"
)

// subscriber is one subscription that a cohort feeds.
type subscriber struct {
	feeds  *Feeds
	stream *room.Stream
	group  *group
	watch  *watch
	out    wire.Sink
	gone   atomic.Bool
	cohort atomic.Pointer[cohort] // nil while it catches up
	index  int                    // in cohort.live; guarded by cohort.mu
	// concerns are the ids of events for few that concern it; guarded by cohort.mu
	concerns []string
	told     int // the number of the last count sent, for subscribers to presence; guarded by cohort.mu
}

// batchBytes limits the bytes of results that are sent at once. A single larger result is sent alone.
const batchBytes = 64 << 10

// stop is called when the client completes the subscription or its connection ends.
func (s *subscriber) stop() {
	if s.gone.Swap(true) {
		return
	}
	s.release()
	// The cohort may be the caller, with its mutex held.
	if c := s.cohort.Load(); c != nil {
		go c.leave(s)
	}
}

func (s *subscriber) release() {
	if !s.group.counts() {
		s.feeds.services.News.Disconnect(s.stream.Watcher)
	}
	s.group.leave()
	s.watch.leave()
	s.stream.Close()
}

// receive delivers new events to a live subscriber. It returns false if the cohort must drop the subscriber, because it is behind or has
// ended.
func (s *subscriber) receive(w *writer) bool {
	if s.gone.Load() {
		return true // stop has been called, and the cohort drops it soon
	}
	if !s.out.Ready() {
		return s.fallBehind()
	}
	s.stream.Save(&w.saved)
	ended := false
	if w.askers == nil {
		ended = w.read(s.stream, nil)
	} else {
		present := w.askers.present[s]
		if ended = w.read(s.stream, &present); present.Lost() && !ended {
			s.stream.GoBack(&w.saved, 0)
			return s.fallBehind()
		}
	}
	w.payloads = w.payloads[:0]
	size, sent := 0, 0
	for i, t := range w.views {
		if !t.sees {
			continue
		}
		payload, err := w.render(i, s, t.as)
		if err != nil {
			s.fault(err)
			return true
		}
		if payload == nil {
			continue
		}
		if size > 0 && size+len(payload) > batchBytes {
			taken := w.may(s.stream, ended) && s.out.Next(w.payloads...)
			if taken {
				sent = w.news[i-1].Row.Revision
				w.sent, w.bytes = w.sent+len(w.payloads), w.bytes+size
			}
			if !taken || !s.out.Ready() {
				s.stream.GoBack(&w.saved, sent)
				return s.fallBehind()
			}
			w.payloads, size = w.payloads[:0], 0
		}
		w.payloads, size = append(w.payloads, payload), size+len(payload)
	}
	if len(w.payloads) > 0 && !(w.may(s.stream, ended) && s.out.Next(w.payloads...)) {
		s.stream.GoBack(&w.saved, sent)
		return s.fallBehind()
	}
	w.sent, w.bytes = w.sent+len(w.payloads), w.bytes+size
	if ended {
		s.finish()
	}
	return !ended
}

// fallBehind makes the subscriber read the log at its own pace. The caller holds cohort.mu.
func (s *subscriber) fallBehind() bool {
	if c := s.cohort.Swap(nil); c != nil {
		s.stream.Pass(c.position) // the cohort passed the events before without it
	}
	go s.catchUp(false)
	return false
}

// maxFell limits how often a reader whose rights fall reads the same events again before it counts as late. It waits between, twice as long
// each time, because the events that took the rights may still be on the way: half a second in all.
const maxFell = 9

// catchUp reads the log at the subscriber's own pace up to its end, then joins the cohort. It reads and renders nothing before the
// reader is ready for it, so a slow reader costs only a position. Events show the state of now. If rights fell while they were rendered,
// they are read again, with what took the rights. If that is still far behind, the reader is as late as one who had to wait. resumes means
// that its client has events from before.
func (s *subscriber) catchUp(resumes bool) {
	var saved room.Saved
	fell, total := 0, 0
	if resumes {
		s.feeds.metrics.resumes.Add(1)
		defer func() { s.feeds.metrics.resumed.Observe(float64(total)) }()
	}
	for !s.gone.Load() {
		s.ready()
		switch {
		case fell > maxFell:
			s.late()
		case fell > 0:
			time.Sleep(time.Millisecond << (fell - 1))
		}
		s.stream.Save(&saved)
		seen, ended, err := s.stream.Read(s.out.Context())
		if err == nil && !ended && len(seen) == 0 {
			if !s.stream.Skipped() && s.join() {
				return
			}
			continue
		}
		total += len(seen)
		s.feeds.metrics.resynced(seen)
		var now *askers
		blank := ended && fell > 0 // the room has moved on
		if err == nil && s.group.alone && len(seen) > 0 {
			now, err = readAsker(s)
		}
		if now != nil && err == nil {
			switch present := now.present[s]; {
			case present.SignedOut():
				continue // the connection ends soon
			case present.Lost() && !ended:
				fell++
				s.stream.GoBack(&saved, 0)
				continue
			case present.Lost():
				blank = blank || present.MovedOn(seen[len(seen)-1].Row) && !present.Gone()
			}
		}
		sent, keeps := 0, true
		if err == nil {
			limit(s.stream, seen, ended, blank)
			sent, keeps, err = s.send(seen, now, func() (bool, error) {
				if blank {
					return true, nil
				}
				return s.stream.Keeps(s.out.Context(), auth.From(s.out.Context()), ended)
			})
		}
		if fell++; keeps {
			fell = 0
		}
		switch {
		case err != nil:
			s.fault(err)
			return
		case len(seen) > 0 && sent < seen[len(seen)-1].Row.Revision:
			s.stream.GoBack(&saved, sent)
		case ended:
			s.finish()
			return
		}
	}
}

// limit lowers how events are shown to the rights left after them, because all show the present state. If the room has moved on since they
// ended access, they show nothing of it.
func limit(stream *room.Stream, seen []room.Seen, ended, movedOn bool) {
	least := room.Managers
	if !ended {
		least = stream.Audience()
	}
	for i := len(seen) - 1; i >= 0; i-- {
		e := &seen[i]
		was := e.Audience
		least = min(least, was)
		if e.Audience = least; movedOn || was == room.Managers && least < was && !stream.Gets(e.Happening, least) {
			e.Audience = room.Former
		}
	}
}

// join adds the subscriber to its cohort. It returns false if there is more to read first.
func (s *subscriber) join() bool {
	if !s.feeds.cohort(s.stream.RoomID, s.group, s.stream.Position()).join(s) {
		return false
	}
	if c := s.cohort.Load(); c != nil && s.gone.Load() { // stop was called meanwhile
		c.leave(s)
	}
	return true
}

// ready waits until the reader has caught up. If it had to wait, the next read rechecks its rights.
func (s *subscriber) ready() {
	if s.out.Ready() {
		return
	}
	ready := make(chan struct{})
	s.out.WhenReady(func() { close(ready) })
	<-ready
	s.late()
}

// late has the next read limit events by the rights of now.
func (s *subscriber) late() { s.stream.Recheck(auth.From(s.out.Context())) }

// send renders and sends events until the reader is behind, or does not keep their rights. It returns the revision of the last one sent.
// now is nil if those who see the same get the same.
func (s *subscriber) send(seen []room.Seen, now *askers, keeps func() (bool, error)) (sent int, kept bool, err error) {
	shared := s.group.groups.readsOf(len(seen), func(i int) *room.Happening { return seen[i].Happening })
	render := func(seen room.Seen) ([]byte, error) { return s.group.render(seen, shared) }
	if now != nil {
		render = func(seen room.Seen) ([]byte, error) { return now.render(s, seen) }
	}
	payloads, size := [][]byte(nil), 0
	for i, event := range seen {
		payload, err := render(event)
		if err != nil {
			return sent, true, err
		}
		if payload != nil {
			payloads, size = append(payloads, payload), size+len(payload)
		}
		if size < batchBytes && i < len(seen)-1 {
			continue
		}
		if len(payloads) > 0 {
			if kept, err := keeps(); err != nil || !kept {
				return sent, false, err
			}
			if !s.out.Next(payloads...) {
				return sent, true, nil
			}
			s.feeds.metrics.deliveries.Add(len(payloads))
			s.feeds.metrics.bytes.Add(size)
		}
		sent, size, payloads = event.Row.Revision, 0, nil
		if !s.out.Ready() {
			return sent, true, nil
		}
	}
	return sent, true, nil
}

// finish ends the subscription because its watcher may no longer see the room. It also ends the connection if its credentials give
// access to nothing else.
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

// fault ends the subscription because of an error.
func (s *subscriber) fault(err error) { s.feeds.fault(err, s.stream.RoomID, s.out, s.stop) }
