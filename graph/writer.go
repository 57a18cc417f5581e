package graph

import (
	"usher/ent"
	"usher/room"
)

// writer delivers new events to some of a cohort's subscribers, one after the other. It reuses its buffers, so a delivery allocates nothing.
type writer struct {
	feed     *feed
	news     []*room.Happening
	askers   *askers       // nil if those who see the same get the same
	shared   func() *loads // what all renderings of the events share
	rendered []byAudience  // the payloads of each event, unless askers have their own
	views    []view
	saved    room.Saved
	payloads [][]byte
	concerns []string

	sent, bytes int // what was delivered

	unchecked bool         // something was read or rendered since newer was read
	reads     int64        // how often askers read rows when newer was last due
	newer     []*ent.Event // what the log has after news
	tooMany   bool         // more than newer holds
}

// view is how a subscriber sees a new event, if at all.
type view struct {
	sees bool
	as   room.Audience
}

// byAudience are the payloads of an event, by audience from Former on.
type byAudience [len(room.Audiences) + 1]struct {
	known bool
	json  []byte
}

// prepare renders what some subscribers get, so that one look at the log is enough for all of them.
func (w *writer) prepare(some []*subscriber) {
	for _, s := range some {
		if s.gone.Load() || !s.out.Ready() {
			continue
		}
		s.stream.Save(&w.saved)
		w.read(s.stream, nil)
		for i, t := range w.views {
			if t.sees {
				_, _ = w.render(i, s, t.as) // an error comes again when it is to be sent
			}
		}
		s.stream.GoBack(&w.saved, 0)
	}
}

// render returns the ith new event for a subscriber.
func (w *writer) render(i int, s *subscriber, as room.Audience) ([]byte, error) {
	seen := room.Seen{Happening: w.news[i], Audience: as}
	if w.askers != nil {
		payload, err := w.askers.render(s, seen)
		if reads := w.askers.loads.reads.Load(); reads != w.reads {
			w.reads, w.unchecked = reads, true
		}
		return payload, err
	}
	of := &w.rendered[i][as-room.Former]
	if !of.known {
		payload, err := s.group.render(seen, w.shared)
		if err != nil {
			return nil, err
		}
		of.known, of.json, w.unchecked = true, payload, true
	}
	return of.json, nil
}

// read advances the subscriber's stream past the new events and records how the subscriber sees each event. All of them show the current
// state. So an event before a loss of rights shows no more than the rights left, and one before a loss of access shows nothing of the
// state. If present is not nil, it has the subscriber's rights of now, and they limit what each event shows.
func (w *writer) read(s *room.Stream, present *room.Present) (ended bool) {
	w.views = w.views[:0]
	for _, h := range w.news {
		sees, as, last := s.Take(h)
		w.views = append(w.views, view{sees, as})
		if ended = last; ended {
			break
		}
	}
	movedOn := ended && len(w.views) < len(w.news)
	least := room.Managers
	switch {
	case present == nil:
	case present.Lost():
		movedOn = movedOn || ended && !present.Gone() && present.MovedOn(w.news[len(w.views)-1].Row)
	case present.SignedOut():
		for i := range w.views {
			w.views[i].sees = false
		}
	default:
		least = present.Audience()
	}
	for i := len(w.views) - 1; i >= 0; i-- {
		t := &w.views[i]
		was := t.as
		least = min(least, was)
		if t.as = least; movedOn || was == room.Managers && least < was && !s.Gets(w.news[i], least) {
			t.as = room.Former
		}
	}
	return ended
}

// may reports whether a stream that has read news may get what was rendered, by all that the log has by now. If not, its reader reads the
// log alone, with the rights of then. ended means that news end the stream.
func (w *writer) may(s *room.Stream, ended bool) bool {
	if w.unchecked {
		newest := w.news[len(w.news)-1].Row.Revision
		newer, complete, err := w.feed.feeds.services.News.Newer(w.feed.ctx, w.feed.roomID, newest)
		w.newer, w.tooMany, w.unchecked = newer, !complete, err != nil
	}
	switch {
	case w.unchecked || w.tooMany:
		return false
	case len(w.newer) == 0:
		return true
	}
	return !ended && s.Outlasts(w.newer)
}
