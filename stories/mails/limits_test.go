package mails

import (
	"fmt"
	"slices"
	"testing"
	"time"

	. "usher/sitetest"
)

func TestD6_RoomsTakeTurns(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		p.Halt()
		first := p.invite("first@example.org", nil)
		p.waitFor(first, "INVITATION WAITING SITE")
		var last *Ticket
		for n := range 30 {
			last = p.invite(fmt.Sprintf("guest%d@example.org", n), nil)
		}
		other := p.Hall(p.host, nil).Invite("other@example.org", Object{"send": true})
		p.Start()
		p.Advance(time.Minute)
		p.waitFor(last, "INVITATION SENT")
		p.waitFor(other, "INVITATION SENT")
		to, _ := p.Addresses()
		slices.Reverse(to) // the oldest first
		if turn := slices.Index(to, other.Email); turn < 0 || turn > 1 {
			t.Errorf("the other room has turn %d of %q", turn, to)
		}
	})
}

func TestD10_ManagersHaveALimit(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		p.waitFor(p.invite("first@example.org", nil), "INVITATION SENT")
		p.waitFor(p.invite("second@example.org", nil), "INVITATION SENT")
		Same(t, "beyond the limit", mails(p.invite("third@example.org", nil)), []string{"INVITATION DROPPED TOO_MANY"})
		p.Advance(24*time.Hour - time.Millisecond)
		late := p.Hall(p.host, nil)
		Same(t, "within a day", mails(late.Invite("late@example.org", Object{"send": true})), []string{"INVITATION DROPPED TOO_MANY"})
		p.Advance(time.Millisecond)
		p.waitFor(late.Invite("later@example.org", Object{"send": true}), "INVITATION SENT")
	}, "--mails-per-manager=2")
}

func TestD10_AnAddressGetsTwentyEmailsADay(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		for n := range 21 {
			k := p.Hall(p.host, nil).Invite("grace@example.org", Object{"send": true})
			if n < 20 {
				p.waitFor(k, "INVITATION SENT")
			} else {
				Same(t, "the 21st", mails(k), []string{"INVITATION DROPPED TOO_MANY"})
			}
		}
		p.waitFor(p.invite("alan@example.org", nil), "INVITATION SENT")
	})
}
