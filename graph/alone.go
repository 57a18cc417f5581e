package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"usher/auth"
	"usher/room"
)

// Subscribers whose document shows them something of their own get messages of their own. But what these show is read for all of them at
// once: the events, the rights and places of the askers, and the rows that their fields refer to.

// askersAtOnce limits the askers who are read together.
const askersAtOnce = 1000

// askers are the present rights of some subscribers, and the rows that their messages share.
type askers struct {
	present map[*subscriber]room.Present
	loads   *loads
}

// readAskers reads the present rights of subscribers. It is called after the events are read, so that no event is newer than the rights.
func (fd *feed) readAskers(of []*subscriber) (*askers, error) {
	actors := make([]auth.Actor, len(of))
	for i, s := range of {
		actors[i] = auth.From(s.out.Context())
	}
	each, err := fd.stream.Present(fd.ctx, actors)
	if err != nil {
		return nil, err
	}
	a := &askers{make(map[*subscriber]room.Present, len(of)), fd.feeds.groups.answers.newLoads()}
	for i, s := range of {
		a.add(s, each[i])
	}
	return a, nil
}

// readAsker is readAskers for one subscriber.
func readAsker(s *subscriber) (*askers, error) {
	present, err := s.stream.Present(s.out.Context(), auth.From(s.out.Context()))
	if err != nil {
		return nil, err
	}
	a := &askers{map[*subscriber]room.Present{}, s.feeds.groups.answers.newLoads()}
	a.add(s, present)
	return a, nil
}

// add adds the rights of a subscriber, and announces what the fields of their own place may need.
func (a *askers) add(s *subscriber, present room.Present) {
	a.present[s] = present
	if own := present.Sight.Own; own != nil {
		a.loads.ofParticipant(own)
	}
}

// render returns the payload of an event for a subscriber, in their present rights. It shows nothing of the room's state to Former. If
// access is lost, the event is the one that ended it, and shows what its audience may see.
func (a *askers) render(s *subscriber, seen room.Seen) ([]byte, error) {
	present, former := a.present[s], seen.Audience == room.Former
	sight := present.Sight
	if former || present.Lost() {
		sight = seen.Audience.Sight()
	}
	event := seen.As(sight)
	if event == nil {
		return nil, nil
	}
	return s.group.renderAlone(context.WithValue(withAccess(s.out.Context(), !former), loadsKey{}, a.loads), event)
}

// renderAlone renders a message for the asker in the context.
func (g *group) renderAlone(ctx context.Context, message any) ([]byte, error) {
	r, err := g.takeIdle()
	if err != nil {
		return nil, err
	}
	payload, err := r.render(graphql.WithOperationContext(ctx, r.op), message)
	if err != nil {
		r.cancel()
		return nil, err
	}
	g.giveBack(r)
	return payload, nil
}

// takeIdle returns a renderer that nobody uses.
func (g *group) takeIdle() (*renderer, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if n := len(g.idle); n > 0 {
		r := g.idle[n-1]
		g.idle = g.idle[:n-1]
		return r, nil
	}
	return g.renderer(context.Background())
}

// maxIdle limits the renderers that a document keeps.
const maxIdle = 8

func (g *group) giveBack(r *renderer) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed || len(g.idle) >= maxIdle {
		r.cancel()
		return
	}
	g.idle = append(g.idle, r)
}
