package sitetest

import (
	"context"
	"fmt"
)

// Follower watches a room until the session ends, and resumes whenever its connection breaks.
type Follower struct {
	*Client
	Via, Room string
	After     int
	Heard     []int
	Resumed   int
}

func (f *Follower) Follow(ctx context.Context) error {
	at := f.After
	for ; ctx.Err() == nil; f.Resumed++ {
		s, err := f.TryConnect(f.Via)
		if err != nil {
			continue
		}
		o := s.Subscribe(Watching, Object{"room": f.Room, "after": at})
		refused := false
		for m := range o.Heard {
			event := m.Data.In("roomEvents")
			switch {
			case m.Kind == "closed" || refused:
				continue
			case len(m.Errors) > 0 && m.Errors[0].Text("extensions.code") == "SERVICE_UNAVAILABLE":
				_ = s.WS.Close() // the client asks again
				refused = true   // the end of this operation may be on its way
				continue
			case m.Kind != "next" || event == nil || len(m.Errors) > 0:
				return fmt.Errorf("instead of an event came %s %s", m.Kind, m.Raw)
			case event.Int("revision") <= at:
				return fmt.Errorf("revision %d after %d", event.Int("revision"), at)
			}
			at = event.Int("revision")
			f.Heard = append(f.Heard, at)
			if event.Text("__typename") == "SessionEnded" {
				return s.WS.Close()
			}
		}
	}
	return ctx.Err()
}
