package mails

import (
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"usher/live/livetest"
	. "usher/sitetest"
)

const asked = "queued skipped room { id }"

// counts returns how many emails were asked for, and how many invitations were skipped.
func counts(result Object) []int { return []int{result.Int("queued"), result.Int("skipped")} }

func TestD2_LinksAreEmailedAgain(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		copied, opened, revoked := p.room.Invite("grace@example.org", nil), p.room.Invite("alan@example.org", nil), p.room.Invite("eve@example.org", nil)
		p.Browser().Redeem(opened)
		revoked.Do("revokeInvitation")
		remind := Object{"roomId": p.room.ID, "status": []string{"PENDING", "OPENED"}}
		Same(t, "who has not joined", counts(p.host.Must("sendInvitations", remind, asked)), []int{1, 0})
		p.waitFor(copied, "INVITATION SENT")
		Same(t, "others", [][]string{mails(opened), mails(revoked)}, [][]string{nil, nil})
		Same(t, "by their ids", counts(p.host.Must("sendInvitations", Object{
			"roomId":        p.room.ID,
			"invitationIds": []string{copied.ID, opened.ID, revoked.ID},
		}, asked)), []int{1, 2})
		p.waitFor(opened, "INVITATION SENT")
		p.host.Refused("INVITATION_NOT_ACTIVE", "sendInvitations", Object{"roomId": p.room.ID, "invitationIds": []string{revoked.ID}})
		other := p.Hall(p.host, nil).Invite("other@example.org", nil)
		p.host.Fails("NOT_FOUND", "sendInvitations", Object{"roomId": p.room.ID, "invitationIds": []string{other.ID}})
		p.room.Command("cancelSession")
		p.host.Refused("SESSION_CANCELLED", "sendInvitations", remind)
	})
}

func TestD10_ALinkIsEmailedOnceAMinuteAndFiveTimesADay(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		p.host.Must("rescheduleSession", Object{"sessionId": p.room.Session, "startsAt": Stamp(p.Now().Add(72 * time.Hour))}, "")
		k := p.invite("grace@example.org", nil)
		again := Object{"roomId": p.room.ID, "invitationIds": []string{k.ID}}
		var first time.Time
		for n := 1; n <= 5; n++ {
			p.waitFor(k, slices.Repeat([]string{"INVITATION SENT"}, n)...)
			if n == 1 {
				first = p.Now()
			}
			p.Advance(time.Minute - time.Millisecond)
			retry := p.host.Refused("TOO_MANY_ATTEMPTS", "sendInvitations", again).Text("retryAt")
			if n == 5 {
				Same(t, "when five were sent", retry, Stamp(first.Add(24*time.Hour)))
				break
			}
			Same(t, "within a minute", retry, Stamp(p.Now().Add(time.Millisecond)))
			p.host.Refused("TOO_MANY_ATTEMPTS", "regenerateLink", Object{"invitationId": k.ID, "send": true})
			p.Advance(time.Millisecond)
			p.host.Must("sendInvitations", again, asked)
		}
		Same(t, "the refused link stays", k.Now().Text("link"), k.Link)
		k.Do("revokeInvitation")
		p.invite(k.Email, nil) // an invitation never fails because of its email
		Same(t, "the newest email", mails(k)[0], "INVITATION DROPPED TOO_MANY")
		p.Advance(first.Add(24*time.Hour - time.Millisecond).Sub(p.Now()))
		p.host.Refused("TOO_MANY_ATTEMPTS", "sendInvitations", again)
		p.Advance(time.Millisecond)
		Same(t, "after a day", counts(p.host.Must("sendInvitations", again, asked)), []int{1, 0})
	})
}

func TestD16_WhoWantsNoEmailsGetsNone(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		k := p.invite("grace@example.org", nil)
		got := p.Wait(k.Email, 1)[0]
		_, at, found := strings.Cut(got.Text, "/stop-mail/")
		if !found {
			t.Fatalf("no link stops emails:\n%s", got.Text)
		}
		token := strings.Fields(at)[0]
		page := p.URL + "/stop-mail/" + token
		for range 2 { // opening it changes nothing
			if _, body := MustDo(t, http.MethodGet, page); !strings.Contains(body, "Stop all emails?") || strings.Contains(body, "grace") {
				t.Errorf("the page is\n%s", body)
			}
		}
		for language, title := range map[string]string{"en": "This link does not work", "de": "Dieser Link funktioniert nicht"} {
			answer, body := MustDo(t, http.MethodGet, page+"x", "Accept-Language: "+language)
			if answer.StatusCode != http.StatusNotFound || !strings.Contains(body, title) || !strings.Contains(body, `<html lang="`+language+`">`) {
				t.Errorf("without an email, the page in %s is %d\n%s", language, answer.StatusCode, body)
			}
		}
		if body := press(t, page, nil); !strings.Contains(body, "You get no more emails") {
			t.Errorf("the page is\n%s", body)
		}
		p.Advance(time.Minute)
		again := Object{"roomId": p.room.ID, "invitationIds": []string{k.ID}}
		p.host.Must("sendInvitations", again, asked)
		p.waitFor(k, "INVITATION DROPPED STOPPED", "INVITATION SENT")
		p.waitFor(p.Hall(p.host, nil).Invite(k.Email, Object{"send": true}), "INVITATION DROPPED STOPPED")
		p.Browser().Redeem(k)
		nobody := p.Browser()
		for _, wrong := range []string{token + "x", token[:len(token)-1], "x", "", strings.Replace(token, "ml_", "ml_0", 1)} {
			nobody.Refused("LINK_NOT_VALID", "stopMail", Object{"token": wrong})
		}
		Same(t, "stopped", nobody.MustAsk(`mutation($t: String!) { stopMail(token: $t, on: false) { ... on StopMailSuccess { stopped } } }`,
			Object{"t": token}).At("stopMail.stopped"), false)
		p.host.Must("sendInvitations", again, asked)
		p.waitFor(k, "INVITATION SENT", "INVITATION DROPPED STOPPED", "INVITATION SENT")
		if body := press(t, page, url.Values{"again": {"yes"}}); !strings.Contains(body, "Stop all emails?") {
			t.Errorf("the page is\n%s", body)
		}
	})
}

func TestD17_AdministratorsTestTheMail(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		admin := p.User("admin@example.com", "--admin")
		read := `{ mailStatus { waiting oldestAt lastSentAt fault reply test { kind state fault } } }`
		status := func() Object { return admin.MustAsk(read, nil).In("mailStatus") }
		Same(t, "at first", status(), Object{"waiting": 0, "oldestAt": nil, "lastSentAt": nil, "fault": nil, "reply": nil, "test": nil})
		admin.Must("testMail", nil, "mail { id state }")
		Same(t, "the subject", p.Wait("admin@example.com", 1)[0].Subject, "Test of the emails of Usher")
		p.WaitUntil("it is sent", func() bool { return status().TextIfAny("test.state") == "SENT" })
		p.Halt()
		p.invite("grace@example.org", nil)
		p.WaitUntil("the fault is seen", func() bool { return status().TextIfAny("fault") == "SITE" })
		if now := status(); now.Int("waiting") != 1 || now.Text("oldestAt") != Stamp(p.Now()) || now.Text("reply") == "" {
			t.Errorf("the status is %v", now)
		}
		failing := admin.MustAsk(`{ siteStatus { failing { kind since server { name } } } }`, nil).List("siteStatus.failing")
		Same(t, "what fails at the site", failing, []Object{{"kind": "MAIL", "since": Stamp(p.Now()), "server": nil}})
		p.host.Fails("FORBIDDEN", "testMail", nil)
	})
}

func TestD17_OperatorsTestTheMail(t *testing.T) {
	h := NewHouse(t, livetest.SQLite(t))
	p := StartMailpit(t)
	said := h.Run("", slices.Concat(p.Settings(), []string{"mail", "test", "--to=ops@site.example"})...)
	if said.Status != 0 || !strings.Contains(said.Out, "took the email to ops@site.example") {
		t.Errorf("it says %+v", said)
	}
	Same(t, "the subject", p.Wait("ops@site.example", 1)[0].Subject, "Test of the emails of Usher")
	if said := h.Run("", slices.Concat(p.Settings(), []string{"--addr=127.0.0.1:0", "check"})...); !strings.Contains(said.Out, "ok    mail        127.0.0.1 takes emails") {
		t.Errorf("it says %+v", said)
	}
	p.Halt()
	if said := h.Run("", slices.Concat(p.Settings(), []string{"--addr=127.0.0.1:0", "check"})...); said.Status != 1 || !strings.Contains(said.Out, "FAIL  mail") {
		t.Errorf("it says %+v", said)
	}
	for _, wrong := range []string{"nobody", ""} {
		if said := h.Run("", slices.Concat(p.Settings(), []string{"mail", "test", "--to=" + wrong})...); said.Status != 1 {
			t.Errorf("to %q: %+v", wrong, said)
		}
	}
}

// press presses the button of a page, and returns the page that follows.
func press(t *testing.T, page string, values url.Values) string {
	t.Helper()
	answer, err := http.PostForm(page, values)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}
