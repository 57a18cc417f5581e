package concurrent

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"usher/live/livetest"
	. "usher/sitetest"
)

func TestV4_CutConnectionsAndKilledServersLoseAndRepeatNothing(t *testing.T) {
	OnEachUnserved(t, func(t *testing.T, h *House) {
		addr := MustFindPort(t)
		server := h.ServeApart("--addr=" + addr)
		room := h.Hall(h.User("ada@example.com"), nil)
		room.Command("startSession")
		busy := make([]string, 5)
		for i := range busy {
			guest := room.Invite(fmt.Sprintf("busy%d@example.org", i), nil).BearerGuest()
			busy[i] = guest.Enter(room).Text("id")
		}
		through := StartProxy(t, addr)
		followers := make([]*Follower, 50)
		for i := range followers {
			f := &Follower{Client: room.Host, Via: "http://" + through.Addr().String(), Room: room.ID}
			if i >= 10 { // guests, of whom some are in the room
				f.Client = room.Invite(fmt.Sprintf("guest%d@example.org", i), Object{"role": []string{"VIEWER", "SPEAKER", "MODERATOR"}[i%3]}).BearerGuest()
				if i%2 == 0 {
					f.Enter(room)
				}
			}
			followers[i] = f
		}
		begun := room.Revision()
		var all sync.WaitGroup
		for _, f := range followers {
			f.After = begun
			all.Go(func() {
				if err := f.Follow(t.Context()); err != nil {
					t.Errorf("a follower fails: %v", err)
				}
			})
		}

		hosts := []*Client{room.Host} // they take turns, so that none exceeds the limit of writes
		for i := range 4 {
			next := h.User(fmt.Sprintf("host%d@example.com", i))
			room.Host.Must("addManager", Object{"roomId": room.ID, "userId": next.ID(), "role": "CO_OWNER"}, "")
			hosts = append(hosts, next)
		}
		chance := rand.New(rand.NewPCG(3, 5))
		acknowledged := 0
		for n := range 240 {
			room.Host = hosts[n%len(hosts)]
			if n == 80 || n == 160 {
				server.Kill()
				server = h.ServeApart("--addr=" + addr)
			}
			place := busy[chance.IntN(len(busy))]
			switch chance.IntN(3) {
			case 0:
				room.Update(Object{"description": fmt.Sprint("step ", n)})
			default:
				room.Host.Must("changeRole", Object{"participantId": place, "role": []string{"VIEWER", "SPEAKER", "MODERATOR"}[chance.IntN(3)]}, "")
			}
			acknowledged = max(acknowledged, room.Revision())
		}
		room.Host = hosts[0]
		want := map[*Follower][]int{}
		for _, f := range followers {
			want[f] = f.History(room.ID, begun)
		}
		room.Command("endSession")
		last := room.Revision()
		all.Wait()
		resumed := 0
		for i, f := range followers {
			Same(t, fmt.Sprint("follower ", i, " hears"), f.Heard, append(want[f], last))
			resumed += f.Resumed
		}
		if got := len(followers[0].Heard); got != last-begun || last != acknowledged+1 {
			t.Errorf("the host hears %d of %d events; acknowledged were %d", got, last-begun, acknowledged)
		}
		if through.Cuts.Load() < 50 || resumed < 100 {
			t.Errorf("only %d connections were cut off, %d resumed", through.Cuts.Load(), resumed)
		}
	})
}

// Caches keep one object for an id. ResyncRequired has the revision of another event, but an id of its own.
func TestV4_NoTwoEventsShareAnID(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		first := func(after int) Object {
			t.Helper()
			return room.Host.Connect().Subscribe(`subscription($room: ID!, $after: Int) { roomEvents(roomId: $room, after: $after) { __typename id revision } }`,
				Object{"room": room.ID, "after": after}).Next().Data.In("roomEvents")
		}
		newest, resync := first(room.Revision()-1), first(room.Revision()+1)
		Same(t, "the kinds", []string{newest.Text("__typename"), resync.Text("__typename")}, []string{"SessionScheduled", "ResyncRequired"})
		Same(t, "the revision", resync.Int("revision"), newest.Int("revision"))
		Same(t, "the id is the same", resync.Text("id") == newest.Text("id"), false)
	})
}

func TestV4_DroppedEventsAreReadAgain(t *testing.T) {
	t.Parallel()
	for name, document := range map[string]string{"executed for all alike": Watching, "executed for each alone": WatchingOwn} {
		t.Run(name, func(t *testing.T) {
			OnEach(t, func(t *testing.T, h *House) {
				room := h.Hall(h.User("ada@example.com"), nil)
				for n := range 5 {
					room.Update(Object{"title": fmt.Sprint("Title ", n)})
				}
				s, now := room.Host.Connect(), room.Revision()
				watch := func(after int) *Subscription { return s.Subscribe(document, Object{"room": room.ID, "after": after}) }
				Same(t, "a negative revision", watch(-1).Next().Errors[0].Text("extensions.code"), "BAD_USER_INPUT")
				whole := watch(0)
				whole.Expect("SessionScheduled", "RoomUpdated", "RoomUpdated", "RoomUpdated", "RoomUpdated", "RoomUpdated")
				beyond := watch(now + 1)
				Same(t, "a revision that never was", beyond.Expect("ResyncRequired").Int("revision"), now)
				if _, err := h.DB().ExecContext(t.Context(), `DELETE FROM events WHERE room_id = $1 AND revision <= 3`, room.ID); err != nil {
					t.Fatal(err)
				}
				before := watch(2)
				Same(t, "the deleted events", before.Expect("ResyncRequired").Int("revision"), now)
				kept := watch(3)
				kept.Expect("RoomUpdated", "RoomUpdated", "RoomUpdated")
				newest := watch(now)
				s.Settle()
				room.Update(Object{"title": "All go on"})
				for _, o := range []*Subscription{whole, beyond, before, kept, newest} {
					Same(t, "what comes next", o.Expect("RoomUpdated").Int("revision"), now+1)
				}
			})
		})
	}
}

func TestI6_ManyGuestsRevokedAtOnceHearNothingMore(t *testing.T) {
	livetest.Long(t)
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		room.Command("startSession")
		tickets, watched := make([]*Ticket, revoked), make([]*Subscription, revoked)
		for i := range tickets {
			tickets[i] = room.Invite(fmt.Sprintf("guest%d@example.org", i), Object{"role": "SPEAKER"})
		}
		for i, k := range tickets {
			guest := k.BearerGuest()
			guest.Enter(room)
			watched[i] = guest.Watch([]string{Watching, WatchingOwn}[i%10/9], room.ID, room.Revision())
		}
		room.Begin(watched...)
		var all sync.WaitGroup
		for i, o := range watched {
			all.Go(func() {
				for m := range o.Heard {
					event := m.Data.In("roomEvents")
					switch {
					case m.Kind == "next" && event.TextIfAny("invitation.id") == tickets[i].ID:
						if next := <-o.Heard; next.Kind != "complete" {
							t.Errorf("after their last event came %s %s", next.Kind, next.Raw)
						}
						if code := <-o.Closed; code != 4403 {
							t.Errorf("closed with %d", code)
						}
						return
					case m.Kind != "next" || len(m.Errors) > 0:
						t.Errorf("instead of an event came %s %s", m.Kind, m.Raw)
						return
					}
				}
			})
		}
		var revoking sync.WaitGroup
		for part := range 4 {
			revoking.Go(func() {
				for i := part; i < revoked; i += 4 {
					_, result, err := room.Host.TryDo(t.Context(), "revokeInvitation", Object{"invitationId": tickets[i].ID}, "")
					if err != nil || result == nil {
						t.Errorf("revoke: %v", err)
					}
				}
			})
		}
		revoking.Wait()
		all.Wait()
	})
}
