package concurrent

import (
	"testing"
	"time"

	"usher/live/livetest"
	. "usher/sitetest"
)

func TestP5_AGuestOfTwoSessionsIsOnlineInTheCurrentOne(t *testing.T) {
	livetest.Long(t)
	OnEach(t, func(t *testing.T, h *House) {
		ada := h.User("ada@example.com")
		for _, document := range []string{Watching, WatchingOwn} { // executed for many, and for one alone
			room := h.Hall(ada, nil)
			grace := h.Browser()
			room.Command("startSession")
			first := grace.Redeem(room.Invite("grace@example.org", nil))
			room.Command("endSession")
			next := *room
			next.Session = ada.Must("scheduleSession", Object{"roomId": room.ID, "startsAt": Stamp(h.Now().Add(time.Hour))}, "session { id }").Text("session.id")
			second := grace.Redeem(next.Invite("grace@example.org", nil))

			open := grace.Watch(document, room.ID, room.Revision())
			room.Begin(open)
			Same(t, "the places of both sessions", []any{room.Online(first), room.Online(second)}, []any{false, true})
			Same(t, "who is there", room.Present(), 1)

			next.Command("startSession")
			next.Command("endSession")
			room.Command("startSession") // the first one again
			room.Begin(open)
			Same(t, "her place when the first session is open again", room.Online(first), true)
			open.Complete()
			h.WaitUntil("nobody is there", func() bool { return room.Online(first) == false && room.Online(second) == false })
		}
	})
}

func TestP5_AGuestWithAnotherAccountIsOnline(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		room.Command("startSession")
		h.Account("alan@example.com")
		alan := h.SignedIn("alan@example.com", Password)
		guest := alan.Redeem(room.Invite("grace@example.org", nil)) // of another email than the account's
		room.Begin(alan.Watch(Watching, room.ID, room.Revision()))
		Same(t, "the guest's place", room.Online(guest), true)
		Same(t, "who is there", room.Present(), 1)
	})
}

func TestP5_AGuestSignedOutOfTheRedeemingAccountIsOnline(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		room.Command("startSession")
		h.Account("alan@example.com")
		alan := h.SignedIn("alan@example.com", Password)
		place := alan.Redeem(room.Invite("alan@example.com", nil))
		alan.Must("signOut", nil, "")
		room.Begin(alan.Watch(Watching, room.ID, room.Revision()))
		Same(t, "the place of the device", room.Online(place), true)
		Same(t, "who is there", room.Present(), 1)
	})
}

func TestP5_AManagerWhoIsAlsoAGuestIsOnlineAsManager(t *testing.T) {
	livetest.Long(t)
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		room.Command("startSession")
		h.Account("alan@example.com")
		alan := h.SignedIn("alan@example.com", Password)
		guest := alan.Redeem(room.Invite("grace@example.org", nil))
		watched := alan.Watch(Watching, room.ID, room.Revision())
		room.Begin(watched)
		user := alan.MustAsk(`{ me { user { id } } }`, nil).Text("me.user.id")
		room.Host.Must("addManager", Object{"roomId": room.ID, "userId": user, "role": "CO_EDITOR"}, "")
		place := alan.Enter(room).Text("id")
		room.Begin(watched)
		Same(t, "the manager's place", room.Online(place), true)
		h.WaitUntil("the guest's place is not", func() bool { return room.Online(guest) == false })
	})
}
