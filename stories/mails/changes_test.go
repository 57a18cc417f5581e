package mails

import (
	"strings"
	"testing"
	"time"

	. "usher/sitetest"
)

// calendarOf returns the value of a line of an email's calendar file, unfolded.
func calendarOf(t *testing.T, l Letter, name string) string {
	t.Helper()
	for line := range strings.Lines(l.Calendar) {
		if key, value, ok := strings.Cut(strings.TrimSpace(line), ":"); ok && strings.SplitN(key, ";", 2)[0] == name {
			return value
		}
	}
	t.Errorf("the calendar file has no %s:\n%s", name, l.Calendar)
	return ""
}

func (p *post) reschedule(by time.Duration) {
	p.T.Helper()
	p.host.Must("rescheduleSession", Object{"sessionId": p.room.Session, "startsAt": Stamp(p.room.Starts.Add(by))}, "")
}

func TestD3_D13_TwoChangesInAMinuteCauseOneEmail(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		k, copied := p.invite("grace@example.org", nil), p.room.Invite("alan@example.org", nil)
		first := p.Wait(k.Email, 1)[0]
		Same(t, "the method", calendarOf(t, first, "METHOD"), "REQUEST")
		p.waitFor(k, "INVITATION SENT")
		p.reschedule(time.Hour)
		p.reschedule(2 * time.Hour)
		p.Advance(time.Minute - time.Millisecond)
		p.waitFor(p.invite("soon@example.org", nil), "INVITATION SENT")
		Same(t, "a millisecond too early", mails(k), []string{"RESCHEDULED WAITING", "INVITATION SENT"})
		p.Advance(time.Millisecond)
		p.waitFor(k, "RESCHEDULED SENT", "INVITATION SENT")
		got := p.Wait(k.Email, 2)[1]
		Same(t, "the entry", []string{calendarOf(t, got, "METHOD"), calendarOf(t, got, "UID"), calendarOf(t, got, "DTSTART")},
			[]string{"REQUEST", calendarOf(t, first, "UID"), p.room.Starts.Add(2 * time.Hour).UTC().Format("20060102T150405Z")})
		if calendarOf(t, got, "SEQUENCE") <= calendarOf(t, first, "SEQUENCE") || !strings.Contains(got.Text, k.Link) || strings.Contains(got.Calendar, "u1_") {
			t.Errorf("it says\n%s\n%s", got.Text, got.Calendar)
		}
		Same(t, "who got the link by other means", mails(copied), []string(nil))

		p.reschedule(3 * time.Hour)
		p.reschedule(2 * time.Hour) // back again
		p.Advance(time.Minute)
		p.waitFor(k, "RESCHEDULED DROPPED NOT_NEEDED", "RESCHEDULED SENT", "INVITATION SENT")
		p.host.Must("rescheduleSession", Object{"sessionId": p.room.Session, "startsAt": Stamp(p.room.Starts), "notify": false}, "")
		Same(t, "without notify", len(mails(k)), 3)
	})
}

func TestD3_ACancelledSessionIsTakenOutOfCalendars(t *testing.T) {
	for name, cancel := range map[string]func(p *post){
		"cancelled": func(p *post) { p.room.Command("cancelSession") },
		"deleted":   func(p *post) { p.host.Must("deleteRoom", Object{"roomId": p.room.ID}, "") },
	} {
		t.Run(name, func(t *testing.T) {
			onEach(t, func(t *testing.T, p *post) {
				k, revoked, copied := p.invite("grace@example.org", nil), p.invite("eve@example.org", nil), p.room.Invite("alan@example.org", nil)
				first := p.Wait(k.Email, 1)[0]
				p.waitFor(k, "INVITATION SENT")
				p.waitFor(revoked, "INVITATION SENT")
				revoked.Do("revokeInvitation")
				cancel(p)
				p.Advance(time.Minute)
				got := p.Wait(k.Email, 2)[1]
				Same(t, "the entry", []string{calendarOf(t, got, "METHOD"), calendarOf(t, got, "STATUS"), calendarOf(t, got, "UID")},
					[]string{"CANCEL", "CANCELLED", calendarOf(t, first, "UID")})
				if strings.Contains(got.Raw, "u1_") || calendarOf(t, got, "SEQUENCE") <= calendarOf(t, first, "SEQUENCE") {
					t.Errorf("it says\n%s", got.Raw)
				}
				Same(t, "others", []int{len(p.Got(revoked.Email)), len(p.Got(copied.Email))}, []int{1, 0})
			})
		})
	}
}

func TestD3_ARevokedInvitationIsWithdrawnIfTheManagerSaysSo(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		k, silent := p.invite("grace@example.org", nil), p.invite("alan@example.org", nil)
		first := p.Wait(k.Email, 1)[0]
		p.waitFor(k, "INVITATION SENT")
		p.waitFor(silent, "INVITATION SENT")
		p.host.Must("revokeInvitation", Object{"invitationId": k.ID, "notify": true}, "")
		silent.Do("revokeInvitation")
		p.Advance(time.Minute)
		p.waitFor(k, "WITHDRAWN SENT", "INVITATION SENT")
		withdrawn := p.Wait(k.Email, 2)[1]
		p.host.Must("regenerateLink", Object{"invitationId": k.ID, "send": true}, "")
		again := p.Wait(k.Email, 3)[2]
		Same(t, "the methods", []string{calendarOf(t, withdrawn, "METHOD"), calendarOf(t, again, "METHOD")}, []string{"CANCEL", "REQUEST"})
		if a, b, c := calendarOf(t, first, "SEQUENCE"), calendarOf(t, withdrawn, "SEQUENCE"), calendarOf(t, again, "SEQUENCE"); a >= b || b >= c {
			t.Errorf("the sequences are %s, %s, %s", a, b, c)
		}
		Same(t, "without notify", mails(silent), []string{"INVITATION SENT"})
		p.host.Must("revokeInvitation", Object{"invitationId": k.ID, "notify": true}, "")
		p.host.Must("regenerateLink", Object{"invitationId": k.ID}, "")
		p.Advance(time.Minute)
		p.waitFor(k, "WITHDRAWN DROPPED NOT_NEEDED", "INVITATION SENT", "WITHDRAWN SENT", "INVITATION SENT")
	})
}
