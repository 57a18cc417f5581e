package graph

import (
	"slices"

	"usher/room"
)

// look looks at links, and tells the subscribers that get something new.
func (l *links) look(due []*linkSubscriber) {
	for some := range slices.Chunk(due, room.LinksAtOnce) {
		ready := slices.DeleteFunc(some, func(s *linkSubscriber) bool { return !s.out.Ready() && l.fallBehind(s) })
		if err := l.tell(ready); err != nil {
			for _, s := range ready {
				l.fault(s, err)
			}
		}
		l.mu.Lock()
		for _, s := range ready {
			s.picked = false
			l.expect(s)
		}
		l.mu.Unlock()
	}
}

// fallBehind leaves a subscriber out until its reader is ready. Then it gets the newest look. It returns true.
func (l *links) fallBehind(s *linkSubscriber) bool {
	l.mu.Lock()
	s.behind, s.picked = true, false
	l.mu.Unlock()
	s.out.WhenReady(func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		s.behind = false
		l.wait(s)
	})
	return true
}

// tell looks at the links of up to room.LinksAtOnce subscribers, and sends what is new. Equal looks are rendered once.
func (l *links) tell(to []*linkSubscriber) error {
	holders := make([]*room.LinkHolder, len(to))
	for i, s := range to {
		holders[i] = s.holder
	}
	looks, err := l.feeds.services.Links.LookAgain(l.ctx, holders)
	if err != nil {
		return err
	}
	var messages []linkMessage
	rendered := map[alike]linkMessage{}
	for i, s := range to {
		if looks[i] == nil {
			continue
		}
		m := linkMessage{to: s, look: looks[i]}
		shows, shared := looks[i].Alike()
		if shared && !s.group.alone {
			key := alike{s.group, shows}
			first, ok := rendered[key]
			if !ok {
				first.payload, first.err = s.group.renderLook(looks[i])
				rendered[key] = first
			}
			m.payload, m.err = first.payload, first.err
		}
		messages = append(messages, m)
	}
	inParallel(len(messages), func(from, to int) {
		for i := from; i < to; i++ {
			l.send(&messages[i])
		}
	})
	return nil
}

// alike identifies a rendered look.
type alike struct {
	group *group
	shows room.Alike
}

// linkMessage is a look that a subscriber gets.
type linkMessage struct {
	to      *linkSubscriber
	look    *room.InvitationLink
	payload []byte // nil if it is rendered for this subscriber alone
	err     error
}

// send sends a look. Without a place in it for one person, its payload is rendered already.
func (l *links) send(m *linkMessage) {
	s := m.to
	if m.payload == nil && m.err == nil {
		m.payload, m.err = s.group.renderAlone(withAccess(s.out.Context(), true), m.look)
	}
	switch {
	case m.err != nil:
		l.fault(s, m.err)
	case s.out.Next(m.payload):
		s.holder.Got(m.look)
	default:
		l.fallBehind(s)
	}
}

// fault ends a subscription because of an error, unless its client has.
func (l *links) fault(s *linkSubscriber, err error) {
	l.mu.Lock()
	gone := s.gone
	l.mu.Unlock()
	if !gone {
		l.feeds.fault(err, l.roomID, s.out, s.stop)
	}
}

// renderLook returns the message of a look for everybody who gets the same.
func (g *group) renderLook(look *room.InvitationLink) ([]byte, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.execute(room.Everyone, look, nil)
}
