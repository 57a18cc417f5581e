package graph

import (
	"iter"
	"slices"

	"usher/room"
)

// concerned are the subscribers of a cohort by the ids in the events that concern them.
type concerned map[string][]*subscriber

// add adds a subscriber by their present rights.
func (by concerned) add(s *subscriber) {
	s.concerns = s.stream.Concerns(nil)
	for _, id := range s.concerns {
		by[id] = append(by[id], s)
	}
}

// remove removes a subscriber.
func (by concerned) remove(s *subscriber) {
	for _, id := range s.concerns {
		if by[id] = slices.DeleteFunc(by[id], func(other *subscriber) bool { return other == s }); len(by[id]) == 0 {
			delete(by, id)
		}
	}
	s.concerns = nil
}

// pick returns the subscribers whom any of some events for few concerns.
func (by concerned) pick(news []*room.Happening) (some []*subscriber) {
	picked := map[*subscriber]bool{}
	for _, h := range news {
		for _, id := range h.Names() {
			for _, s := range by[id] {
				if !picked[s] {
					picked[s] = true
					some = append(some, s)
				}
			}
		}
	}
	return some
}

// maxRun limits the events for few that are delivered together, because each of those whom they concern looks at all of them.
const maxRun = 256

// fewTogether is how many events for few, between others, are cheaper to offer to everyone than to send what is around them separately.
const fewTogether = 32

// runs yields events in turn: many for few together, and the others together.
func runs(news []*room.Happening) iter.Seq[[]*room.Happening] {
	return func(yield func([]*room.Happening) bool) {
		for len(news) > 0 {
			few, n := news[0].ForFew(), 0
			for i, h := range news {
				if h.ForFew() == few && !(few && n == maxRun) {
					n = i + 1
				} else if few || i-n >= fewTogether {
					break
				}
			}
			if !yield(news[:n]) {
				return
			}
			news = news[n:]
		}
	}
}
