package stories

import (
	"bytes"
	"context"
	"encoding/json"
	"testing"
	"time"

	"usher/ent/event"
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

func TestV7_NamesOfGuestsGoWithTheirPlaces(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		host := h.User("ada.host@example.com", "--admin")
		past, visited := aLife(h, host, "Zephyrine.Quill@Example.ORG", false)
		member := h.User("mona.member@example.com")
		visited.Host.Must("updateRoom", Object{"roomId": visited.ID, "access": "MEMBERS"}, "")
		member.Enter(visited)
		visited.Command("endSession")
		ended := h.Now()
		stored := func() (kinds []string, text []byte) {
			t.Helper()
			rows, err := h.Parts.Database.Read.Event.Query().Order(event.ByRoomID(), event.ByRevision()).All(t.Context())
			MustHave(t, "the events", err)
			for _, e := range rows {
				kinds = append(kinds, e.Kind)
			}
			text, err = json.Marshal(rows)
			MustHave(t, "their text", err)
			return kinds, text
		}
		kinds, before := stored()
		retain := func(after time.Duration) {
			t.Helper()
			h.Set(ended.Add(after))
			MustHave(t, "retention", h.Parts.Clock.Retain(t.Context(), h.Now()))
		}
		retain(24 * time.Hour)
		_, now := stored()
		Same(t, "a day after the session's end, the events", string(now), string(before))
		if !bytes.Contains(bytes.ToLower(now), []byte("amberdoor")) {
			t.Fatal("the events do not even have the message")
		}

		retain(24*time.Hour + time.Millisecond)
		after, now := stored()
		mustNotName(t, "a millisecond later, an event", now)
		Same(t, "the kinds and order of events", after, kinds)
		for _, kept := range []string{"Ada Host", "Mona Member", "Former guest"} {
			if !bytes.Contains(now, []byte(kept)) {
				t.Errorf("the events lack %q", kept)
			}
		}
		if bytes.Contains(now, []byte("Grace Guest")) {
			t.Error("an event names another guest")
		}
		for _, of := range []*Hall{past, visited} {
			of.Host = h.User(of.ID[len(of.ID)-8:]+"@example.com", "--admin") // earlier sign-ins have expired
			for _, e := range of.Log(0) {
				if e.Kind == "InvitationRedeemed" && e.Actor != "Former guest" {
					t.Errorf("%s was done by %q", e.Kind, e.Actor)
				}
			}
		}
		retain(25 * time.Hour)
		_, again := stored()
		Same(t, "after another run", string(again), string(now))
	}, "--keep-events=60d", "--keep-places=1d")
}
