package graph

import (
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

// pick returns the subscribers whom any of the events concerns. ok is false if they concern more than a few.
func (by concerned) pick(news []*room.Happening) (some []*subscriber, ok bool) {
	for _, h := range news {
		if !h.ForFew() {
			return nil, false
		}
	}
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
	return some, true
}
