package stories

import (
	"context"
	"testing"
	"time"

	. "usher/sitetest"
)

func TestV7_ExpiredDataIsDeleted(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		admin := func(email string) *Client { return h.User(email, "--admin") } // earlier sign-ins have expired by then
		room := h.Hall(admin("ada@example.com"), nil)
		room.Command("startSession")
		place := h.Browser().Redeem(room.Invite("grace@example.org", nil))
		room.Command("endSession")
		ended := h.Now()
		retain := func(at time.Time, email string) *Client {
			h.Set(at)
			if err := h.Parts.Clock.Retain(context.Background(), h.Now()); err != nil {
				t.Fatal(err)
			}
			return admin(email)
		}
		log := func(c *Client) int {
			return len(c.MustAsk(`query($id: ID!) { room(id: $id) { events(first: 200) { id } } }`, Object{"id": room.ID}).Texts("room.events", "id"))
		}
		const day = 24 * time.Hour
		all := log(room.Host)
		Same(t, "events 30 days after the session's end", log(retain(ended.Add(30*day), "b@example.com")), all)
		later := retain(ended.Add(30*day+time.Millisecond), "c@example.com")
		Same(t, "events a millisecond later", log(later), 0)

		resumed := later.Connect().Subscribe(Watching, Object{"room": room.ID, "after": 1})
		Same(t, "resuming before the oldest event", resumed.Next().Data.At("roomEvents.__typename"), "ResyncRequired")

		node := func(c *Client) any {
			return c.MustAsk(`query($id: ID!) { node(id: $id) { id } }`, Object{"id": place}).At("node")
		}
		Same(t, "a place 180 days after", node(retain(ended.Add(180*day), "d@example.com")) != nil, true)
		last := retain(ended.Add(180*day+time.Millisecond), "e@example.com")
		Same(t, "a place a millisecond later", node(last), nil)

		last.Must("deleteRoom", Object{"roomId": room.ID}, "")
		deleted := h.Now()
		rooms := func() int {
			n, err := h.Parts.Database.Read.Room.Query().Count(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		retain(deleted.Add(30*day), "f@example.com")
		Same(t, "a deleted room 30 days after", rooms(), 1)
		retain(deleted.Add(30*day+time.Millisecond), "g@example.com")
		Same(t, "a deleted room a millisecond later", rooms(), 0)
	})
}
