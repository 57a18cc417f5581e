package concurrent

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"usher/live"
	. "usher/sitetest"
)

// While a crowd enters, thousands of events are for managers alone. The crowd waits behind none of them.
func TestV6_ABurstForManagersCostsTheCrowdNothing(t *testing.T) {
	const crowd, burst = 150, 6000
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		room.Command("startSession")
		guests := make([]*Client, crowd)
		var all sync.WaitGroup
		for worker := range 8 {
			all.Go(func() {
				for i := worker; i < crowd; i += 8 {
					guests[i] = room.Invite(fmt.Sprintf("guest%d@example.org", i), nil).BearerGuest()
				}
			})
		}
		all.Wait()
		opened := room.Invite("opened@example.org", nil)
		begun := room.Revision()
		host := room.Host.Watch(Watching, room.ID, begun)
		watched := make([]*Subscription, crowd)
		for i, guest := range guests {
			watched[i] = guest.Watch(Watching, room.ID, begun)
		}
		room.Begin(append(watched, host)...)
		statements := h.CountReads()
		h.MustWrite(func(ctx context.Context, tx *live.Tx) error {
			for range burst {
				if err := tx.Emit(ctx, room.ID, "InvitationOpened", 3, live.Entry{InvitationID: opened.ID}); err != nil {
					return err
				}
			}
			return nil
		})
		room.Update(Object{"title": "For everyone"})
		last := room.Revision()
		for i, o := range watched {
			if event := o.Event(); event.Text("__typename") != "RoomUpdated" || event.Int("revision") != last {
				t.Fatalf("guest %d gets %v, want the title of revision %d", i, event, last)
			}
		}
		if n := statements.Load(); n > 2_000 { // a batch of the log takes some, however many watch; one for each of them would be 4,500
			t.Errorf("a burst takes %d statements", n)
		} else {
			t.Logf("%d statements", n)
		}
		for revision := last - burst; revision <= last; revision++ {
			if event := host.Event(); event.Int("revision") != revision {
				t.Fatalf("the manager gets %v, want revision %d", event, revision)
			}
		}
	})
}
