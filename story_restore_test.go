package main

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"usher/live/livetest"
)

// Restored stops the site, restores a backup, serves it again, and returns what the command said. Clients go on with what they hold.
func (h *house) Restored(backup string, clients ...*client) (said string) {
	h.t.Helper()
	h.stop()
	said = h.MustRun("", "restore", backup)
	h.Serve()
	for _, c := range clients {
		c.url = h.url
	}
	return said
}

func TestA12_ARestoreGivesNothingBackThatWasLost(t *testing.T) {
	t.Parallel()
	h := newHouse(t, livetest.SQLite(t))
	h.Serve()
	ada, program := h.User("ada@example.com", "--admin"), h.User("alan@example.com")
	alan := h.SignedIn("alan@example.com", password)
	room := h.Hall(ada, nil)
	room.Command("startSession")

	redeemed := room.Invite("grace@example.org", object{"role": "MODERATOR"})
	grace := h.Browser()
	grace.Redeem(redeemed)
	grace.Enter(room)
	tokened := room.Invite("barbara@example.org", object{"role": "MODERATOR"})
	barbara := tokened.bearerGuest()
	barbara.Enter(room)
	joined := room.Invite("alan@example.com", object{"role": "MODERATOR"})
	alan.Redeem(joined)
	alan.Enter(room)
	first := room.Invite("edsger@example.org", nil)
	newest := first.Renewed()
	waits := room.Invite("donald@example.org", nil)
	ended := h.Hall(ada, nil)
	ended.Command("startSession")
	tony := h.Browser()
	tony.Redeem(ended.Invite("tony@example.org", nil))
	ended.Command("endSession")

	backup := filepath.Join(t.TempDir(), "copy.db")
	h.MustRun("", "backup", backup)
	h.MustRun("", "token", "revoke", "--email", "alan@example.com")
	h.Disable("alan@example.com")
	for _, lost := range []*ticket{redeemed, tokened} {
		lost.Do("revokeInvitation")
	}
	links := []*ticket{redeemed, tokened, joined, first, newest, waits}
	for range 3 {
		newest = newest.Renewed()
		links = append(links, newest)
	}

	said := h.Restored(backup, ada, program, alan, grace, barbara, tony)
	for _, line := range []string{
		"Links to send again, for open and future sessions: 5.", "accounts that can sign in: 2,", "administrators: ada@example.com (", "rooms: 2, with 2 managers",
	} {
		if !strings.Contains(said, line) {
			t.Errorf("it does not say %q:\n%s", line, said)
		}
	}
	same(t, "the tokens", []string{ada.Who(), program.Who()}, "[UNAUTHENTICATED UNAUTHENTICATED]")
	for name, c := range map[string]*client{"who was signed in": alan, "a device": grace, "a guest's token": barbara} {
		c.Fails("UNAUTHENTICATED", "enterRoom", object{"roomId": room.id})
		if r := c.Ask(`{ me { user { id } participants { id } } }`, nil); r.Data.At("me.user") != nil || len(r.Data.List("me.participants")) > 0 {
			t.Errorf("%s is still somebody: %s", name, r.raw)
		}
	}
	ada.bearer = h.MustRun("", "token", "create", "--email", "ada@example.com")
	ended.Command("startSession") // it is opened again
	tony.Fails("UNAUTHENTICATED", "enterRoom", object{"roomId": ended.id})
	alan.Must("signIn", object{"email": "alan@example.com", "password": password}, "")
	alan.Fails("NOT_FOUND", "enterRoom", object{"roomId": room.id})

	refuseAll := func(links []*ticket) {
		t.Helper()
		for _, k := range links {
			for _, device := range []*client{h.Browser(), grace} {
				device.Refused("LINK_REPLACED", "redeemInvitation", k.Own())
			}
		}
	}
	refuseAll(links)
	var anew []*ticket
	for _, k := range []*ticket{redeemed, joined, first, waits} {
		link := k.Now().Text("link")
		_, token, _ := strings.Cut(link, "/join#")
		anew = append(anew, &ticket{hall: room, id: k.id, email: k.email, link: link, token: token})
	}
	place := h.Browser().Must("redeemInvitation", anew[0].Own(), "participant { role state }")
	same(t, "the place of a new link", []any{place.Text("participant.role"), place.Text("participant.state")}, "[MODERATOR LOBBY]")
	for range 3 {
		anew = append(anew, anew[2].Renewed())
	}
	refuseAll(links)
	h.Browser().Redeem(anew[len(anew)-1])

	restored := time.Now().Unix()
	h.WaitUntil("the clock goes on", func() bool { return time.Now().Unix() > restored+3 }) // beyond the links made since
	h.Restored(backup, ada, grace)
	ada.bearer = h.MustRun("", "token", "create", "--email", "ada@example.com")
	for range 5 {
		waits.Renewed()
	}
	refuseAll(slices.Concat(links, anew))
}
