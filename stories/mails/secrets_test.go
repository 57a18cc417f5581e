package mails

import (
	"bytes"
	"strings"
	"testing"
	"time"

	. "usher/sitetest"
)

func TestD14_I7_NoSecretOfAnEmailIsStoredOrLogged(t *testing.T) {
	OnEachUnserved(t, func(t *testing.T, h *House) {
		const password = "a-canary-of-a-password"
		p := &post{House: h, Mailpit: StartMailpit(t)}
		h.Serve(append(p.Settings(), "--smtp-url=smtp://usher:"+password+"@"+p.SMTP)...)
		p.host = h.User("ada@example.com")
		p.room = h.Hall(p.host, Object{"title": "Canary hall"})
		k := p.invite("canary.grace@example.org", nil)
		got := p.Wait(k.Email, 1)[0]
		p.Refuse(550, 100)
		p.waitFor(p.invite("canary.alan@example.org", nil), "INVITATION FAILED UNKNOWN_ADDRESS")
		p.Refuse(550, 0)
		p.Halt()
		p.waitFor(p.invite("canary.eve@example.org", nil), "INVITATION WAITING SITE")
		p.reschedule(time.Hour)

		p.Start()
		p.Account("canary.noor@example.org")
		p.Advance(time.Minute)
		p.Browser().Must("forgotPassword", Object{"email": "canary.noor@example.org"}, "")
		forgotten := p.passwordToken(p.Wait("canary.noor@example.org", 1)[0])

		_, stop, _ := strings.Cut(got.Text, "/stop-mail/")
		secrets := []string{password, k.Token, strings.Fields(stop)[0], forgotten}
		contents := h.Contents()
		if !bytes.Contains(contents, []byte("canary.grace@example.org")) {
			t.Error("the database does not even hold an address: it was not looked into")
		}
		h.Stop()
		log := h.Log.String()
		for _, secret := range secrets {
			if len(secret) < 15 || bytes.Contains(contents, []byte(secret)) || strings.Contains(log, secret) {
				t.Errorf("%q is stored or logged", secret)
			}
		}
		if strings.Contains(log, "@") || strings.Contains(log, "anary") || strings.Count(log, "msg=email") < 3 {
			t.Errorf("the log is\n%s", log)
		}
	})
}

func TestW3_I7_NoCodeIsStoredOrLogged(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		p.prove("EVERYONE")
		k, other := p.room.Invite("canary.grace@example.org", nil), p.room.Invite("canary.alan@example.org", nil)
		guest := p.Browser()
		codes := []string{p.codeAt(guest, k, 1), p.codeAt(guest, other, 1)}
		guest.Must("redeemInvitation", withCode(k, codes[0]), "")
		guest.Refused("CODE_WRONG", "redeemInvitation", withCode(other, codes[0]))
		p.waitFor(other, "CODE SENT")
		contents, log := string(p.Contents()), p.Log.String()
		if !strings.Contains(contents, "canary.grace@example.org") {
			t.Error("the database does not even hold an address: it was not looked into")
		}
		for name, all := range map[string]string{"stored": contents, "logged": log} {
			found := 0
			for _, code := range codes {
				if strings.Contains(all, code) || strings.Contains(all, strings.ReplaceAll(code, " ", "")) {
					found++ // six digits may stand in a time or an id
				}
			}
			if found == len(codes) {
				t.Errorf("the codes %q are %s", codes, name)
			}
		}
		if strings.Contains(log, "@") || strings.Contains(log, "anary") {
			t.Errorf("the log is\n%s", log)
		}
	})
}

func TestE4_ErasingAPersonErasesWhatMailServersSaidOfThem(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		p.Refuse(550, 100)
		for _, name := range []string{"canary.alan", "grace"} {
			p.waitFor(p.invite(name+"@example.org", nil), "INVITATION FAILED UNKNOWN_ADDRESS")
		}
		replies := func() (n int) {
			t.Helper()
			MustHave(t, "replies", p.DB().QueryRowContext(t.Context(), "SELECT COUNT(*) FROM mails WHERE reply <> ''").Scan(&n))
			return n
		}
		Same(t, "replies", replies(), 2)
		p.MustRun("", "erase", "--yes", "canary.alan@example.org")
		Same(t, "replies to others", replies(), 1)
	})
}
