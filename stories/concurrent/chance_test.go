package concurrent

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	. "usher/sitetest"
)

// Shared streams of several documents deliver what private streams deliver, while readers come, go and resume and while roles,
// places and sessions change. Readers receive each change before the next: a late reader gets the lesser of two sets of rights (V5), and
// which one is late depends on the machine.
func TestV4_SharedStreamsDeliverWhatPrivateStreamsDeliver(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		room.Command("startSession")
		documents := []string{Watching, `subscription($room: ID!, $after: Int) { roomEvents(roomId: $room, after: $after) { __typename revision } }`}
		type stream struct {
			*Subscription
			heard []int
		}
		type reader struct {
			*Client
			place       string
			socket      *Socket
			own, steady stream
			coming      *Subscription
			heard       []int // by the one that comes and goes
			at, turn    int
		}
		readers := []*reader{{Client: room.Host}}
		for i := range 6 {
			k := room.Invite(fmt.Sprintf("guest%d@example.org", i), Object{"role": []string{"VIEWER", "SPEAKER", "MODERATOR"}[i%3]})
			guest := k.BearerGuest()
			readers = append(readers, &reader{Client: guest, place: guest.Enter(room).Text("id")})
		}
		begun := room.Revision()
		for i, r := range readers {
			with := Object{"room": room.ID, "after": begun}
			r.socket, r.at = r.Connect(), begun
			r.own.Subscription, r.steady.Subscription = r.socket.Subscribe(WatchingOwn, with), r.socket.Subscribe(documents[i%2], with)
		}
		chance := rand.New(rand.NewPCG(2, 9))
		// take reads a stream up to the last event that its reader may see.
		take := func(o *Subscription, last int) (heard []int) {
			for len(heard) == 0 || heard[len(heard)-1] != last {
				heard = append(heard, o.Event().Int("revision"))
			}
			return heard
		}
		come := func(r *reader) {
			r.turn++
			r.coming = r.socket.Subscribe(documents[r.turn%2], Object{"room": room.ID, "after": r.at})
		}
		mark := func() int { // everyone receives it
			room.Update(Object{"description": fmt.Sprint(chance.Int())})
			return room.Revision()
		}
		settle := func() (at int) {
			at = mark()
			for _, r := range readers {
				r.own.heard = append(r.own.heard, take(r.own.Subscription, at)...)
				r.steady.heard = append(r.steady.heard, take(r.steady.Subscription, at)...)
			}
			return at
		}
		for range 40 {
			for _, r := range readers {
				if chance.IntN(2) == 0 && r.coming == nil {
					come(r)
				}
			}
			// A stream filters earlier events by its reader's rights when it starts, so wait until it has started.
			here := settle()
			for _, r := range readers {
				if r.coming != nil {
					r.heard = append(r.heard, take(r.coming, here)...)
				}
			}
			for range 6 {
				r := readers[1+chance.IntN(len(readers)-1)]
				switch chance.IntN(8) {
				case 0:
					r.Must("leaveRoom", Object{"roomId": room.ID}, "")
				case 1, 2:
					r.Enter(room)
				case 3:
					room.Host.Must("removeParticipant", Object{"participantId": r.place, "block": false}, "")
				case 4:
					room.Host.Must("admitAll", Object{"roomId": room.ID}, "")
				default:
					room.Host.Must("changeRole", Object{"participantId": r.place, "role": []string{"VIEWER", "SPEAKER", "MODERATOR"}[chance.IntN(3)]}, "")
				}
				settle()
			}
			if chance.IntN(8) == 0 {
				room.Command("endSession")
				room.Command("startSession")
			}
			last := settle()
			for _, r := range readers {
				if r.coming != nil {
					r.heard = append(r.heard, take(r.coming, last)...)
					r.at = last
					r.coming.Complete()
					r.coming = nil
				} else { // it was away: the events it missed are filtered by its reader's rights when it resumes
					r.at = last
				}
			}
		}
		last := settle()
		for i, r := range readers {
			own, steady := r.own.heard, r.steady.heard
			Same(t, fmt.Sprint("reader ", i, " hears by a shared stream"), steady, own)
			if !slices.IsSorted(r.heard) || len(slices.Compact(slices.Clone(r.heard))) != len(r.heard) {
				t.Errorf("reader %d hears twice, or out of order: %v", i, r.heard)
			}
			known := map[int]bool{}
			for _, revision := range own {
				known[revision] = true
			}
			for _, revision := range r.heard {
				if !known[revision] {
					t.Errorf("reader %d hears of %d, which their own stream does not tell", i, revision)
				}
			}
			if i == 0 && len(own) != last-begun {
				t.Errorf("the host hears %d of %d events", len(own), last-begun)
			}
			if len(r.heard) == 0 {
				t.Errorf("reader %d never came", i)
			}
		}
	})
}
