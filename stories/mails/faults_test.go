package mails

import (
	"strings"
	"testing"
	"time"

	. "usher/sitetest"
)

const watchingMails = `subscription($room: ID!, $after: Int) { roomEvents(roomId: $room, after: $after) {
	__typename revision ... on MailsChanged { actor count mails { id state fault invitation { id } } } } }`

func TestD7_WhatTheMailServerRefuses(t *testing.T) {
	for _, c := range []struct {
		code        int
		first, then string
	}{
		{550, "INVITATION FAILED UNKNOWN_ADDRESS", "INVITATION FAILED UNKNOWN_ADDRESS"},
		{554, "INVITATION FAILED REFUSED", "INVITATION FAILED REFUSED"},
		{452, "INVITATION WAITING MAILBOX_FULL", "INVITATION SENT"},
		{451, "INVITATION WAITING OTHER", "INVITATION SENT"},
	} {
		t.Run(c.first, func(t *testing.T) {
			onEach(t, func(t *testing.T, p *post) {
				p.Refuse(c.code, 100)
				k := p.invite("grace@example.org", nil)
				p.waitFor(k, c.first)
				p.Refuse(c.code, 0)
				p.Advance(time.Minute - time.Millisecond)
				other := p.invite("alan@example.org", nil)
				p.waitFor(other, "INVITATION SENT")
				Same(t, "a millisecond too early", mails(k), []string{c.first})
				p.Advance(time.Millisecond)
				p.waitFor(k, c.then)
			})
		})
	}
}

func TestD7_AnEmailIsTriedForADay(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		p.host.Must("rescheduleSession", Object{"sessionId": p.room.Session, "startsAt": Stamp(p.Now().Add(72 * time.Hour))}, "")
		p.Refuse(451, 100)
		k := p.invite("grace@example.org", nil)
		attempts := 0
		p.waitFor(k, "INVITATION WAITING OTHER")
		for attempts < 20 && mails(k)[0] != "INVITATION FAILED TOO_LATE" {
			attempts++
			next := k.Host.MustAsk(`query($id: ID!) { node(id: $id) { ... on Invitation { mails { nextTryAt } } } }`, Object{"id": k.ID}).
				List("node.mails")[0].Text("nextTryAt")
			p.Advance(MustTime(t, next).Sub(p.Now()))
			p.WaitUntil("it was tried again", func() bool {
				now := k.Host.MustAsk(`query($id: ID!) { node(id: $id) { ... on Invitation { mails { nextTryAt } } } }`, Object{"id": k.ID}).
					List("node.mails")[0]
				return now.TextIfAny("nextTryAt") != next
			})
		}
		Same(t, "attempts after the first", attempts, 7)
		Same(t, "in the end", mails(k), []string{"INVITATION FAILED TOO_LATE"})
	})
}

func TestD7_AMailServerThatIsGoneCountsAsNoAttempt(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		p.Halt()
		k, other := p.invite("grace@example.org", nil), p.invite("alan@example.org", nil)
		p.waitFor(k, "INVITATION WAITING SITE")
		for range 3 {
			p.Advance(time.Minute)
			p.waitFor(other, "INVITATION WAITING SITE")
		}
		p.Start()
		p.Advance(time.Minute)
		p.waitFor(k, "INVITATION SENT")
		p.waitFor(other, "INVITATION SENT")
		var attempts int
		if err := p.DB().QueryRowContext(t.Context(), `SELECT SUM(attempts) FROM mails`).Scan(&attempts); err != nil {
			t.Fatal(err)
		}
		Same(t, "attempts that were counted", attempts, 0)
	})
}

func TestD8_D9_V16_ManagersSeeWhatBecomesOfEmails(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		p.Refuse(550, 100)
		guest := p.Browser()
		guest.Redeem(p.room.Invite("guest@example.org", nil))
		manager := p.host.Watch(watchingMails, p.room.ID, p.room.Revision())
		other := guest.Watch(watchingMails, p.room.ID, p.room.Revision())
		k := p.invite("grace@example.org", nil)
		begun := time.Now()
		for state := ""; state != "FAILED"; {
			e := manager.Event()
			if e.Text("__typename") != "MailsChanged" {
				continue
			}
			m := e.List("mails")
			Same(t, "what it reports", []any{len(m), e.Int("count"), m[0].Text("invitation.id"), e["actor"]}, []any{1, 1, k.ID, nil})
			if state = m[0].Text("state"); state == "FAILED" {
				Same(t, "the fault", m[0].Text("fault"), "UNKNOWN_ADDRESS")
			}
		}
		if took := time.Since(begun); took > 20*time.Second {
			t.Errorf("it took %v", took)
		}
		p.room.Update(Object{"description": "the end"})
		if e := other.Event(); e.Text("__typename") != "RoomUpdated" {
			t.Errorf("a guest sees %v", e)
		}
		if strings.Contains(p.Log.String(), "@") {
			t.Errorf("the log names an address:\n%s", p.Log)
		}
	})
}
