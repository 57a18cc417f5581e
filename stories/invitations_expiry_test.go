package stories

import (
	"fmt"
	"testing"
	"time"

	. "usher/sitetest"
)

func TestI5_AnInvitationExpiresToTheMillisecond(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		ada := h.User("ada@example.com")
		usable := func(k *Ticket) string {
			if code := h.Browser().Look(k.Token).Text("problem.code"); code != "" {
				return code
			}
			return k.Status()
		}
		for _, c := range []struct {
			name        string
			room        Object
			invitation  func(starts time.Time) Object
			last        func(starts time.Time) time.Time
			open        bool
			after, says string // the look and the status behind the last instant
		}{
			{
				"its own", nil, func(s time.Time) Object { return Object{"expiresAt": Stamp(s.Add(time.Minute))} },
				func(s time.Time) time.Time { return s.Add(time.Minute) }, false, "LINK_EXPIRED", "EXPIRED",
			},
			{
				"its own, in an open session", nil, func(s time.Time) Object { return Object{"expiresAt": Stamp(s.Add(time.Minute))} },
				func(s time.Time) time.Time { return s.Add(time.Minute) }, true, "LINK_EXPIRED", "EXPIRED",
			},
			{
				"30 min after the planned end",
				Object{"startsAt": Stamp(h.Now().Add(time.Hour)), "endsAt": Stamp(h.Now().Add(2 * time.Hour))},
				nil,
				func(s time.Time) time.Time { return s.Add(90 * time.Minute) }, false, "SESSION_ENDED", "EXPIRED",
			},
			{
				"a day after a start without an end", nil, nil,
				func(s time.Time) time.Time { return s.Add(24 * time.Hour) }, false, "SESSION_ENDED", "EXPIRED",
			},
			{
				"never while the session is open", nil, nil,
				func(s time.Time) time.Time { return s.Add(25 * time.Hour) }, true, "PENDING", "PENDING",
			},
		} {
			t.Run(c.name, func(t *testing.T) {
				began := h.Now()
				defer h.Set(began)
				room := h.Hall(ada, c.room)
				var with Object
				if c.invitation != nil {
					with = c.invitation(room.Starts)
				}
				ticket := room.Invite("grace@example.org", with)
				if c.open {
					room.Command("startSession")
				}
				h.Set(c.last(room.Starts))
				if code := h.Browser().Look(ticket.Token).Text("problem.code"); code != "" {
					t.Errorf("at its last instant it answers %s", code)
				}
				h.WaitUntil("the look was noted", func() bool { return ticket.Status() == "OPENED" })
				h.Advance(time.Millisecond)
				if c.after == "PENDING" {
					c.after, c.says = "OPENED", "OPENED"
				}
				Same(t, "a millisecond later", []string{usable(ticket), ticket.Status()}, []string{c.after, c.says})
				if c.says == "EXPIRED" {
					h.Browser().Refused(c.after, "redeemInvitation", ticket.Own())
				}
			})
		}
	})
}

func TestI5_AChosenExpiryHasLimits(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		month := room.Starts.Add(30 * 24 * time.Hour)
		ticket := room.Invite("standing@example.org", nil)
		for i, c := range []struct {
			name string
			at   time.Time
			code string
		}{
			{"now", h.Now(), "INVALID_TIME"},
			{"1 ms from now", h.Now().Add(time.Millisecond), "EXPIRY_BEFORE_START"},
			{"1 ms before the start", room.Starts.Add(-time.Millisecond), "EXPIRY_BEFORE_START"},
			{"the start", room.Starts, ""},
			{"30 days after the start", month, ""},
			{"30 days and 1 ms after the start", month.Add(time.Millisecond), "INVALID_TIME"},
		} {
			t.Run(c.name, func(t *testing.T) {
				inviting := room.Invitee(fmt.Sprintf("guest%d@example.org", i), Object{"expiresAt": Stamp(c.at)})
				updating := Object{"invitationId": ticket.ID, "expiresAt": Stamp(c.at)}
				if c.code == "" {
					room.Host.Must("inviteUser", inviting, "")
					Same(t, "the expiry", room.Host.Must("updateInvitation", updating, "invitation { expiresAt }").At("invitation.expiresAt"), Stamp(c.at))
					return
				}
				Same(t, "the field", room.Host.Refused(c.code, "inviteUser", inviting)["field"], "expiresAt")
				Same(t, "the field", room.Host.Refused(c.code, "updateInvitation", updating)["field"], "expiresAt")
			})
		}
		before := room.Revision()
		until := Object{"invitationId": ticket.ID, "untilSessionEnds": true}
		Same(t, "until the session ends", room.Host.Must("updateInvitation", until, "invitation { expiresAt }").At("invitation.expiresAt"), nil)
		room.Host.Must("updateInvitation", until, "")
		Same(t, "asked twice, changed once (S4)", room.Kinds(before), []string{"InvitationUpdated"})
		until["expiresAt"] = Stamp(month)
		room.Host.Fails("BAD_USER_INPUT", "updateInvitation", until)
	})
}

func TestI5_ARedeemedGuestStaysAfterTheExpiry(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		ticket := room.Invite("grace@example.org", Object{"expiresAt": Stamp(room.Starts)})
		grace := h.Browser()
		participant := grace.Redeem(ticket)
		room.Command("startSession")
		h.Set(room.Starts.Add(40 * 24 * time.Hour))
		Same(t, "coming back", grace.Redeem(ticket), participant)
		Same(t, "the status", ticket.Status(), "REDEEMED")
		room.Command("endSession")
		Same(t, "the status in the end", ticket.Status(), "CLOSED")
		see := func() any {
			return grace.MustAsk(`query($id: ID!) { room(id: $id) { title } }`, Object{"id": room.ID}).At("room.title")
		}
		h.Advance(30*time.Minute - time.Millisecond)
		Same(t, "a guest's access within 30 min of the end", see(), "Town hall")
		h.Advance(time.Millisecond)
		Same(t, "a guest's access 30 min after the end", see(), nil)
	})
}
