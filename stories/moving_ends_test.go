package stories

import (
	"strings"
	"testing"
	"time"

	. "usher/sitetest"
)

// How hand-overs end, and what is refused: W9.

func TestW9_AHandOverEndsWhenItIsRefusedClosedReplacedLateOrAskedForTwice(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		stand := func(name string) (k *Ticket, old, next *Client) {
			k = room.Invite(name+"@example.org", nil)
			old, next = h.Browser(), newPhone(h)
			old.Redeem(k)
			return k, old, next
		}
		stays := func(t *testing.T, old, next *Client, k *Ticket) {
			t.Helper()
			Same(t, "the place stays", []any{len(old.MustAsk(`{ me { participants { id } } }`, nil).List("me.participants")), next.Look(k.Token).Text("problem.code")},
				[]any{1, "USED_ON_OTHER_DEVICE"})
		}
		t.Run("refused", func(t *testing.T) {
			k, old, next := stand("refused")
			offered := offer(old, room)
			next.Must("askHandOver", digitsOf(k, offered), "")
			Same(t, "refused", answerHandOver(old, offered, false)["state"], "REFUSED")
			Same(t, "it reads that", handOverOf(next, offered), Object{"state": "REFUSED"})
			Same(t, "once more", answerHandOver(old, offered, false)["state"], "REFUSED")
			old.Refused("HAND_OVER_ENDED", "answerHandOver", Object{"id": offered["id"], "allow": true})
			next.Refused("HAND_OVER_ENDED", "askHandOver", secretOf(offered))
			stays(t, old, next, k)
		})
		t.Run("closed", func(t *testing.T) {
			k, old, next := stand("closed")
			offered := offer(old, room)
			Same(t, "nobody asked", old.Refused("INVALID_VALUE", "answerHandOver", Object{"id": offered["id"], "allow": true})["field"], "allow")
			Same(t, "closed", answerHandOver(old, offered, false)["state"], "ENDED")
			next.Refused("HAND_OVER_ENDED", "askHandOver", secretOf(offered))
			next.Refused("HAND_OVER_ENDED", "askHandOver", digitsOf(k, offered))
			stays(t, old, next, k)
		})
		t.Run("replaced by a newer one", func(t *testing.T) {
			k, old, next := stand("replaced")
			first := offer(old, room)
			second := offer(old, room)
			next.Refused("HAND_OVER_ENDED", "askHandOver", secretOf(first))
			if first["digits"] != second["digits"] {
				next.Refused("CODE_WRONG", "askHandOver", digitsOf(k, first))
			}
			next.Must("askHandOver", digitsOf(k, second), "")
			stays(t, old, next, k)
		})
		t.Run("asked for by a second device", func(t *testing.T) {
			for name, by := range map[string]func(k *Ticket, offered Object) Object{
				"code": func(_ *Ticket, offered Object) Object { return secretOf(offered) }, "digits": digitsOf,
			} {
				k, old, next := stand("two.by." + name)
				offered := offer(old, room)
				next.Must("askHandOver", secretOf(offered), "")
				next.Must("askHandOver", secretOf(offered), "") // the same device again
				h.Browser().Refused("HAND_OVER_ENDED", "askHandOver", by(k, offered))
				Same(t, "it has ended by the "+name, handOverOf(old, offered), Object{"state": "ENDED"})
				old.Refused("HAND_OVER_ENDED", "answerHandOver", Object{"id": offered["id"], "allow": true})
				stays(t, old, next, k)
			}
		})
		t.Run("opened by the device itself", func(t *testing.T) {
			_, old, next := stand("itself")
			offered := offer(old, room)
			refused := old.Refused("INVITATION_NOT_ACTIVE", "askHandOver", secretOf(offered))
			if !strings.Contains(refused.Text("message"), "This is the device") {
				t.Errorf("it says %q", refused["message"])
			}
			next.Must("askHandOver", secretOf(offered), "")
		})
		t.Run("too late", func(t *testing.T) {
			k, old, next := stand("late")
			offered := offer(old, room)
			Same(t, "it lasts", MustTime(t, offered.Text("expiresAt")).Sub(h.Now()).Round(time.Second), 2*time.Minute)
			h.Advance(2*time.Minute - time.Second)
			Same(t, "there is a minute to answer", MustTime(t, next.Must("askHandOver", secretOf(offered), handOverFields).Text("handOver.expiresAt")).
				Sub(h.Now()).Round(time.Second), time.Minute)
			h.Advance(time.Minute + time.Second)
			old.Refused("HAND_OVER_ENDED", "answerHandOver", Object{"id": offered["id"], "allow": true})
			offered = offer(old, room)
			h.Advance(2*time.Minute + time.Second)
			next.Refused("HAND_OVER_ENDED", "askHandOver", secretOf(offered))
			Same(t, "it reads that", handOverOf(old, offered), Object{"state": "ENDED"})
			stays(t, old, next, k)
		})
		t.Run("the device released", func(t *testing.T) {
			k, old, next := stand("released")
			offered := offer(old, room)
			next.Must("askHandOver", secretOf(offered), "")
			waiting := next.Connect().Subscribe(watchingHandOver, Object{"id": offered["id"]})
			Same(t, "at first", waiting.Next().Data.Text("handOver.state"), "ASKED")
			k.Do("releaseDevice")
			Same(t, "then", waiting.Next().Data.Text("handOver.state"), "ENDED")
			waiting.Ends()
			old.Fails("UNAUTHENTICATED", "answerHandOver", Object{"id": offered["id"], "allow": true})
			h.Advance(time.Second)
			old.Redeem(k)
			Same(t, "redeeming again does not bring it back", []any{handOverOf(old, offered), handOverOf(next, offered)},
				[]any{Object{"state": "ENDED"}, Object{"state": "ENDED"}})
			old.Refused("HAND_OVER_ENDED", "answerHandOver", Object{"id": offered["id"], "allow": true})
			k.Do("releaseDevice")
			Same(t, "asked for again", next.Refused("INVITATION_NOT_ACTIVE", "askHandOver", secretOf(offered))["nextSteps"], []string{})
		})
	})
}

func TestW9_TheDigitsMayBeWrongFourTimes(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		k := room.Invite("grace@example.org", nil)
		old, next := h.Browser(), h.Browser()
		old.Redeem(k)
		offered := offer(old, room)
		for _, bad := range []string{"", "12345", "1234567", "abcdef", "12345x"} { // these are no tries
			Same(t, "the field", next.Refused("INVALID_VALUE", "askHandOver", Object{"token": k.Token, "digits": bad})["field"], "digits")
		}
		for left := 4; left >= 1; left-- {
			refused := next.Refused("CODE_WRONG", "askHandOver", wrongDigitsOf(k, offered))
			Same(t, "what is left", []any{refused.Int("attemptsLeft"), refused["field"]}, []any{left, "digits"})
		}
		spaced := offered.Text("digits")[:3] + " " + offered.Text("digits")[3:]
		next.Must("askHandOver", Object{"token": k.Link, "digits": spaced}, "") // after four wrong ones the right ones still count
		answerHandOver(old, offered, false)

		offered = offer(old, room)
		for left := 4; left >= 0; left-- {
			Same(t, "what is left", next.Refused("CODE_WRONG", "askHandOver", wrongDigitsOf(k, offered)).Int("attemptsLeft"), left)
		}
		next.Refused("HAND_OVER_ENDED", "askHandOver", digitsOf(k, offered))
		next.Refused("HAND_OVER_ENDED", "askHandOver", secretOf(offered))
		Same(t, "it reads that", handOverOf(old, offered), Object{"state": "ENDED"})
	})
}

func TestW9_APlaceIsOfferedTenTimesInASession(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		room.Command("startSession")
		k := room.Invite("grace@example.org", nil)
		old := h.Browser()
		old.Redeem(k)
		for range 9 {
			answerHandOver(old, offer(old, room), false)
		}
		next := h.Browser()
		offered := offer(old, room)
		next.Must("askHandOver", secretOf(offered), "")
		answerHandOver(old, offered, true)
		h.Advance(25 * time.Hour)
		h.Retain()
		if n := h.Parts.Database.Read.HandOver.Query().CountX(t.Context()); n != 0 {
			t.Errorf("%d hand-overs are stored after a day", n)
		}
		refused := next.Refused("TOO_MANY_ATTEMPTS", "offerHandOver", Object{"roomId": room.ID})
		Same(t, "what to do", []any{refused["nextSteps"], refused["retryAt"]}, []any{[]string{"CONTACT_HOST"}, nil})
	})
}

func TestW9_WhatIsWrongWithARequestChangesNothing(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		k := room.Invite("grace@example.org", nil)
		old, next := h.Browser(), h.Browser()
		old.Redeem(k)
		offered := offer(old, room)
		secret := offered.Text("url")[strings.IndexByte(offered.Text("url"), '#')+1:]
		for _, bad := range []Object{
			{},
			{"token": k.Token},
			{"secret": secret, "digits": "123456"},
			{"secret": secret, "token": k.Token},
			{"secret": secret, "credential": "BEARER"},
			{"secret": secret, "attemptKey": "a.key.that.is.long.enough"},
		} {
			next.Fails("BAD_USER_INPUT", "askHandOver", bad)
		}
		altered := []byte(secret)
		altered[len(altered)-2] ^= 1
		for _, forged := range []string{"", "x", secret[:len(secret)-1], string(altered), "h1_" + strings.Repeat("0", 26) + strings.Repeat("A", 43), k.Token} {
			next.Refused("HAND_OVER_ENDED", "askHandOver", Object{"secret": forged})
		}
		next.Refused("LINK_NOT_VALID", "askHandOver", Object{"token": "u1_x", "digits": offered["digits"]})
		next.Fails("UNAUTHENTICATED", "answerHandOver", Object{"id": offered["id"], "allow": true})
		room.Host.Fails("NOT_FOUND", "answerHandOver", Object{"id": offered["id"], "allow": true})
		room.Host.Fails("FORBIDDEN", "offerHandOver", Object{"roomId": room.ID})
		Same(t, "the state", handOverOf(old, offered), Object{"state": "OFFERED"})
		Same(t, "what happened", room.Kinds(room.Revision()-1), []string{"InvitationRedeemed"})
		Same(t, "tries left, since nothing above was one", next.Refused("CODE_WRONG", "askHandOver", wrongDigitsOf(k, offered)).Int("attemptsLeft"), 4)
	})
}
