package main

import (
	"testing"
	"time"
)

func (r *hall) online(place string) any {
	r.h.t.Helper()
	return r.host.MustAsk(`query($id: ID!) { node(id: $id) { ... on Participant { online } } }`, object{"id": place}).At("node.online")
}

func (r *hall) present() any {
	r.h.t.Helper()
	return r.host.Connect().Subscribe(present, object{"room": r.id}).Next().data.At("presence.online")
}

func TestP5_WhoComesBackInTheNextSessionIsOnlineThere(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		ada := h.User("ada@example.com")
		for _, document := range []string{watching, watchingOwn} { // executed for many, and for one alone
			room := h.Hall(ada, nil)
			grace := h.Browser()
			room.Command("startSession")
			first := grace.Redeem(room.Invite("grace@example.org", nil))
			room.Command("endSession")
			next := *room
			next.session = ada.Must("scheduleSession", object{"roomId": room.id, "startsAt": stamp(h.Now().Add(time.Hour))}, "session { id }").Text("session.id")
			second := grace.Redeem(next.Invite("grace@example.org", nil))

			open := grace.Watch(document, room.id, room.Revision())
			room.Begin(open)
			same(t, "the places of both sessions", []any{room.online(first), room.online(second)}, []any{false, true})
			same(t, "who is there", room.present(), 1)

			next.Command("startSession")
			next.Command("endSession")
			room.Command("startSession") // the first one again
			room.Begin(open)
			same(t, "her place when the first session is open again", room.online(first), true)
			open.Complete()
			h.WaitUntil("nobody is there", func() bool { return room.online(first) == false && room.online(second) == false })
		}
	})
}

func TestP5_WhoIsThereAsAGuestBesideAnAccountIsOnline(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		room := h.Hall(h.User("ada@example.com"), nil)
		room.Command("startSession")
		h.Account("alan@example.com")
		alan := h.SignedIn("alan@example.com", password)
		guest := alan.Redeem(room.Invite("grace@example.org", nil)) // of another email than the account's
		room.Begin(alan.Watch(watching, room.id, room.Revision()))
		same(t, "the guest's place", room.online(guest), true)
		same(t, "who is there", room.present(), 1)
	})
}

func TestP5_WhoSignedOutOfTheAccountThatRedeemedIsOnline(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		room := h.Hall(h.User("ada@example.com"), nil)
		room.Command("startSession")
		h.Account("alan@example.com")
		alan := h.SignedIn("alan@example.com", password)
		place := alan.Redeem(room.Invite("alan@example.com", nil))
		alan.Must("signOut", nil, "")
		room.Begin(alan.Watch(watching, room.id, room.Revision()))
		same(t, "the place that the device still holds", room.online(place), true)
		same(t, "who is there", room.present(), 1)
	})
}

func TestP5_AManagerWhoIsAGuestTooIsOnlineAsManager(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		room := h.Hall(h.User("ada@example.com"), nil)
		room.Command("startSession")
		h.Account("alan@example.com")
		alan := h.SignedIn("alan@example.com", password)
		guest := alan.Redeem(room.Invite("grace@example.org", nil))
		watched := alan.Watch(watching, room.id, room.Revision())
		room.Begin(watched)
		user := alan.MustAsk(`{ me { user { id } } }`, nil).Text("me.user.id")
		room.host.Must("addManager", object{"roomId": room.id, "userId": user, "role": "CO_EDITOR"}, "")
		place := alan.Enter(room).Text("id")
		room.Begin(watched)
		same(t, "the manager's place", room.online(place), true)
		h.WaitUntil("the guest's place is not", func() bool { return room.online(guest) == false })
	})
}
