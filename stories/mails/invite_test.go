package mails

import (
	"net/url"
	"strings"
	"testing"
	"time"

	. "usher/sitetest"
)

func TestD2_TheEmailHasTheLinkWhichRedeems(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		k := p.invite("grace@example.org", Object{"role": "SPEAKER"})
		got := p.Wait(k.Email, 1)[0]
		Same(t, "sender, recipient, reply address", []string{got.From, got.FromName, got.To, got.ReplyTo},
			[]string{"usher@site.example", "Ada Host via Usher", "grace@example.org", "usher@site.example"})
		Same(t, "the subject", got.Subject, "Ada Host invites you: Town hall")
		for part, text := range map[string]string{"the text": got.Text, "the HTML": got.HTML} {
			if !strings.Contains(text, k.Link) || strings.Count(text, "u1_") != strings.Count(text, k.Link) {
				t.Errorf("%s has not exactly the link %s:\n%s", part, k.Link, text)
			}
			for _, word := range []string{"Town hall", "Ada Host", "Speaker", "Europe/Berlin", "until the session ends"} {
				if !strings.Contains(text, word) {
					t.Errorf("%s does not say %q:\n%s", part, word, text)
				}
			}
		}
		_, token, _ := strings.Cut(strings.Fields(got.Text[strings.Index(got.Text, k.Link):])[0], "#")
		p.Browser().Redeem(&Ticket{Hall: p.room, ID: k.ID, Email: k.Email, Token: token})
		p.waitFor(k, "INVITATION SENT")
		Same(t, "what a manager sees who asked for no email", mails(p.room.Invite("alan@example.org", nil)), []string(nil))
	})
}

func TestD2_OneCallEmailsAllWhomItInvites(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		standing := p.room.Invite("standing@example.org", nil)
		input := Object{"roomId": p.room.ID, "key": strings.Repeat("k", 22), "role": "VIEWER", "send": true, "language": "DE", "rows": []Object{
			{"email": "grace@example.org", "firstName": "Grace", "lastName": "Guest"},
			{"email": "standing@example.org"},
			{"email": "alan@example.org", "firstName": "Alan", "lastName": "Guest"},
			{"email": "no address"},
		}}
		for range 2 { // the same call again sends nothing again
			p.host.Must("inviteUsers", input, "invited")
		}
		for _, who := range []string{"grace@example.org", "alan@example.org"} {
			Same(t, "the subject", p.Wait(who, 1)[0].Subject, "Ada Host lädt Sie ein: Town hall")
		}
		Same(t, "the one that stands", mails(standing), []string(nil))
		k := p.invite("later@example.org", nil)
		Same(t, "the language is that of the last email", p.Wait(k.Email, 1)[0].Subject, "Ada Host lädt Sie ein: Town hall")
	})
}

func TestD2_AnAddressInAnotherScriptIsReached(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		k := p.invite("Grace@B\u00dccher.example", nil)
		Same(t, "to whom it went", p.Wait("Grace@xn--bcher-kva.example", 1)[0].To, "Grace@xn--bcher-kva.example")
		p.waitFor(k, "INVITATION SENT")
	})
}

func TestD1_ASiteWithoutAMailServerSendsNothing(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		host := h.User("ada@example.com")
		room := h.Hall(host, nil)
		before := room.Revision()
		host.Refused("MAIL_OFF", "inviteUser", room.Invitee("grace@example.org", Object{"send": true}))
		host.Refused("MAIL_OFF", "inviteUsers", Object{
			"roomId": room.ID, "key": strings.Repeat("k", 22), "send": true, "role": "VIEWER",
			"rows": []Object{{"email": "grace@example.org", "firstName": "Grace", "lastName": "Guest"}},
		})
		Same(t, "nothing happened", room.Revision(), before)
		data := host.MustAsk(`{ site { name mail repliesTo } }`, nil)
		Same(t, "what the site says", data.In("site"), Object{"name": "Usher", "mail": false, "repliesTo": nil})
		room.Invite("grace@example.org", Object{"send": false})
	})
}

func TestD11_RepliesGoWhereTheSiteSays(t *testing.T) {
	for choice, want := range map[string]string{"manager": "ada@example.com", "help@site.example": "help@site.example"} {
		t.Run(choice, func(t *testing.T) {
			onEach(t, func(t *testing.T, p *post) {
				k := p.invite("grace@example.org", nil)
				got := p.Wait(k.Email, 1)[0]
				Same(t, "sender and reply address", []string{got.From, got.FromName, got.ReplyTo}, []string{"usher@site.example", "Ada Host via Forum", want})
				Same(t, "what managers are told", p.host.MustAsk(`{ site { repliesTo } }`, nil).Text("site.repliesTo"), want)
				Same(t, "what others are told", p.Browser().MustAsk(`{ site { mail repliesTo } }`, nil).In("site"), Object{"mail": true, "repliesTo": nil})
			}, "--mail-reply-to="+choice, "--site-name=Forum")
		})
	}
}

func TestD4_AnEmailSaysWhatIsTrueWhenItIsSent(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		p.Refuse(451, 100)
		k, revoked := p.invite("grace@example.org", nil), p.invite("alan@example.org", nil)
		p.waitFor(k, "INVITATION WAITING OTHER")
		p.waitFor(revoked, "INVITATION WAITING OTHER")
		renewed := k.Renewed()
		p.host.Must("updateInvitation", Object{"invitationId": k.ID, "role": "MODERATOR"}, "")
		revoked.Do("revokeInvitation")
		p.Refuse(451, 0)
		p.Advance(time.Minute)
		got := p.Wait(k.Email, 1)[0]
		if !strings.Contains(got.Text, renewed.Link) || strings.Contains(got.Raw, k.Token) || !strings.Contains(got.Text, "Moderator") {
			t.Errorf("it says\n%s", got.Text)
		}
		p.waitFor(k, "INVITATION SENT")
		p.waitFor(revoked, "INVITATION DROPPED NOT_NEEDED")
		Same(t, "emails to the one who was revoked", len(p.Got(revoked.Email)), 0)
	})
}

func TestD12_WhatPeopleWroteIsPlainText(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		p.host.Must("updateRoom", Object{"roomId": p.room.ID, "title": `<b>Sale</b> http://evil.example/x www.evil.example`}, "")
		k := p.invite("grace@example.org", nil)
		got := p.Wait(k.Email, 1)[0]
		for part, text := range map[string]string{"the text": got.Text, "the HTML": got.HTML} {
			if strings.Contains(text, "http://evil") || strings.Contains(text, "www.evil") || strings.Contains(text, "<b>Sale") && part == "the HTML" {
				t.Errorf("%s makes a link of a title:\n%s", part, text)
			}
			for rest := text; ; {
				_, after, found := strings.Cut(rest, "://")
				if !found {
					break
				}
				site, _ := url.Parse(p.URL)
				if !strings.HasPrefix(after, site.Host+"/") {
					t.Errorf("%s has a link to %.40s", part, after)
				}
				rest = after
			}
		}
		if len(got.Raw) > 60_000 {
			t.Errorf("the email has %d bytes", len(got.Raw))
		}
	})
}
