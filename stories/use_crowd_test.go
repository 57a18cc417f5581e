package stories

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"usher/live/livetest"
	. "usher/sitetest"
)

func TestA8_AManagerCanMakeTwoThousandInvitations(t *testing.T) {
	livetest.Long(t)
	t.Parallel()
	h := startCounting(t)
	room := h.Hall(h.User("ada@example.com"), nil)
	var all sync.WaitGroup
	ids := make(chan string, 2000)
	for worker := range 8 {
		all.Go(func() {
			for n := worker; n < 2000; n += 8 {
				r, made := room.Host.Do("inviteUser", room.Invitee(fmt.Sprintf("guest%d@example.org", n), nil), "invitation { id }")
				if r.Code() != "" || made.Code() != "" {
					t.Errorf("invitation %d is answered %s", n+1, r.Raw)
					return
				}
				ids <- made.Text("invitation.id")
			}
		})
	}
	all.Wait()
	close(ids)
	n := 0
	for id := range ids { // a thousand of them change, too
		if n++; n > 1000 {
			break
		}
		name, with := "revokeInvitation", Object{"invitationId": id}
		if n%2 == 0 {
			name = "regenerateLink"
		}
		if r, _ := room.Host.Do(name, with, ""); r.Code() != "" {
			t.Fatalf("change %d is answered %s", n, r.Raw)
		}
	}
}

func TestA8_StrangersBehindOneAddressMayAskTwoThousandTimesAtOnce(t *testing.T) {
	t.Parallel()
	h := startCounting(t)
	nobody, host := h.Browser(), h.User("ada@example.com")
	k := h.Hall(host, nil).Invite("grace@example.org", nil)
	ask := func(c *Client) *Reply { return c.Ask(`{ serverTime }`, nil) }
	for n := range 2000 {
		if r := ask(nobody); r.Code() != "" {
			t.Fatalf("request %d is answered %s", n+1, r.Raw)
		}
	}
	Same(t, "one more", ask(nobody).Wait(), 1)
	madeUp := nobody.WithMadeUpDevice()
	Same(t, "with a cookie that is made up", ask(madeUp).Wait(), 1)
	Same(t, "over WebSocket", replyIn(nobody.Connect().Ask(`{ serverTime }`, nil)).Wait(), 1)
	Same(t, "who is signed in", ask(host).Code(), "")
	h.Advance(time.Second)
	for range 50 { // by a link that works they come in whatever others ask for
		h.Browser().Look(k.Token)
	}
	grace := h.Browser()
	grace.Look(k.Token)
	grace.Redeem(k)
	for range 100 {
		Same(t, "a guest, once she has redeemed", ask(grace).Code(), "")
	}
	for n := range 100 {
		Same(t, fmt.Sprint("a stranger's request a second later: ", n+1), ask(nobody).Code(), "")
	}
	Same(t, "and one more", ask(nobody).Wait(), 1)
}

func TestA8_AThousandGuestsBehindOneAddressCanJoin(t *testing.T) {
	livetest.Long(t)
	t.Parallel()
	h := startCounting(t)
	room := h.Hall(h.User("ada@example.com"), nil)
	room.Command("startSession")
	const guests = 1000
	tickets := make([]*Ticket, guests)
	var all sync.WaitGroup
	for worker := range 8 {
		all.Go(func() {
			for i := worker; i < guests; i += 8 {
				tickets[i] = room.Invite(fmt.Sprintf("guest%d@example.org", i), nil)
			}
		})
	}
	all.Wait()
	for worker := range 16 {
		all.Go(func() {
			for i := worker; i < guests; i += 16 {
				guest := h.Browser()
				guest.MustAsk(`{ me { user { id } } }`, nil)
				for range 3 {
					guest.Look(tickets[i].Token)
				}
				guest.Redeem(tickets[i])
				if _, err := guest.TryConnect(h.URL); err != nil {
					t.Errorf("guest %d may not connect: %v", i, err)
					return
				}
				guest.MustAsk(`query($id: ID!) { room(id: $id) { title } }`, Object{"id": room.ID})
				guest.Must("enterRoom", Object{"roomId": room.ID}, "")
			}
		})
	}
	all.Wait()
}
