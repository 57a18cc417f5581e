package main

import (
	"context"
	"testing"
	"time"
)

func TestV7_WhatIsKeptNoLongerIsDropped(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		admin := func(email string) *client { return h.User(email, "--admin") } // sign-ins do not outlast the days that pass here
		room := h.Hall(admin("ada@example.com"), nil)
		room.Command("startSession")
		place := h.Browser().Redeem(room.Invite("grace@example.org", nil))
		room.Command("endSession")
		ended := h.Now()
		retain := func(at time.Time, email string) *client {
			h.Set(at)
			if err := h.parts.Rooms.Retain(context.Background(), h.Now()); err != nil {
				t.Fatal(err)
			}
			return admin(email)
		}
		log := func(c *client) int {
			return len(c.MustAsk(`query($id: ID!) { room(id: $id) { events(first: 200) { id } } }`, object{"id": room.id}).Texts("room.events", "id"))
		}
		const day = 24 * time.Hour
		all := log(room.host)
		same(t, "events 30 days after the session's end", log(retain(ended.Add(30*day), "b@example.com")), all)
		later := retain(ended.Add(30*day+time.Millisecond), "c@example.com")
		same(t, "events a millisecond later", log(later), 0)

		resumed := later.Connect().Subscribe(watching, object{"room": room.id, "after": 1})
		same(t, "who resumes behind what is kept", resumed.Next().data.At("roomEvents.__typename"), "ResyncRequired")

		node := func(c *client) any {
			return c.MustAsk(`query($id: ID!) { node(id: $id) { id } }`, object{"id": place}).At("node")
		}
		same(t, "a place 180 days after", node(retain(ended.Add(180*day), "d@example.com")) != nil, true)
		last := retain(ended.Add(180*day+time.Millisecond), "e@example.com")
		same(t, "a place a millisecond later", node(last), nil)

		last.Must("deleteRoom", object{"roomId": room.id}, "")
		deleted := h.Now()
		rooms := func() int {
			n, err := h.parts.Database.Read.Room.Query().Count(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		retain(deleted.Add(30*day), "f@example.com")
		same(t, "a deleted room 30 days after", rooms(), 1)
		retain(deleted.Add(30*day+time.Millisecond), "g@example.com")
		same(t, "a deleted room a millisecond later", rooms(), 0)
	})
}
