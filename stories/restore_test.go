package stories

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"usher/live/livetest"
	. "usher/sitetest"
)

func TestA12_ARestoreReturnsNoAccessThatEnded(t *testing.T) {
	livetest.Long(t)
	t.Parallel()
	h := NewHouse(t, livetest.SQLite(t))
	h.Serve()
	ada, program := h.User("ada@example.com", "--admin"), h.User("alan@example.com")
	alan := h.SignedIn("alan@example.com", Password)
	room := h.Hall(ada, nil)
	room.Command("startSession")

	redeemed := room.Invite("grace@example.org", Object{"role": "MODERATOR"})
	grace := h.Browser()
	grace.Redeem(redeemed)
	grace.Enter(room)
	tokened := room.Invite("barbara@example.org", Object{"role": "MODERATOR"})
	barbara := tokened.BearerGuest()
	barbara.Enter(room)
	joined := room.Invite("alan@example.com", Object{"role": "MODERATOR"})
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
	for _, lost := range []*Ticket{redeemed, tokened} {
		lost.Do("revokeInvitation")
	}
	links := []*Ticket{redeemed, tokened, joined, first, newest, waits}
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
	Same(t, "the tokens", []string{ada.Who(), program.Who()}, []string{"UNAUTHENTICATED", "UNAUTHENTICATED"})
	for name, c := range map[string]*Client{"who was signed in": alan, "a device": grace, "a guest's token": barbara} {
		c.Fails("UNAUTHENTICATED", "enterRoom", Object{"roomId": room.ID})
		r := c.Ask(`{ me { user { id } participants { id } } }`, nil)
		if me := r.Data.In("me"); me != nil && (me["user"] != nil || len(me.List("participants")) > 0) {
			t.Errorf("%s is still somebody: %s", name, r.Raw)
		}
	}
	ada.Bearer = h.MustRun("", "token", "create", "--email", "ada@example.com")
	ended.Command("startSession") // it is opened again
	tony.Fails("UNAUTHENTICATED", "enterRoom", Object{"roomId": ended.ID})
	alan.Must("signIn", Object{"email": "alan@example.com", "password": Password}, "")
	alan.Fails("NOT_FOUND", "enterRoom", Object{"roomId": room.ID})

	refuseAll := func(links []*Ticket) {
		t.Helper()
		for _, k := range links {
			for _, device := range []*Client{h.Browser(), grace} {
				device.Refused("LINK_REPLACED", "redeemInvitation", k.Own())
			}
		}
	}
	refuseAll(links)
	var anew []*Ticket
	for _, k := range []*Ticket{redeemed, joined, first, waits} {
		link := k.Now().Text("link")
		_, token, _ := strings.Cut(link, "/join#")
		anew = append(anew, &Ticket{Hall: room, ID: k.ID, Email: k.Email, Link: link, Token: token})
	}
	place := h.Browser().Must("redeemInvitation", anew[0].Own(), "participant { role state }")
	Same(t, "the place of a new link", []any{place.Text("participant.role"), place.Text("participant.state")}, []string{"MODERATOR", "LOBBY"})
	for range 3 {
		anew = append(anew, anew[2].Renewed())
	}
	refuseAll(links)
	h.Browser().Redeem(anew[len(anew)-1])

	restored := time.Now().Unix()
	h.WaitUntil("the clock goes on", func() bool { return time.Now().Unix() > restored+3 }) // beyond the links made since
	h.Restored(backup, ada, grace)
	ada.Bearer = h.MustRun("", "token", "create", "--email", "ada@example.com")
	for range 5 {
		waits.Renewed()
	}
	refuseAll(slices.Concat(links, anew))
}
