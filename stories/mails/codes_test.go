package mails

import (
	"slices"
	"strings"
	"testing"
	"time"

	. "usher/sitetest"
)

// prove makes the site ask for codes.
func (p *post) prove(policy string) {
	p.T.Helper()
	p.User("admin@example.com", "--admin").Must("updateSitePolicy", Object{"proof": policy}, "")
}

// digits returns the code in an email.
func digits(t *testing.T, l Letter) string {
	t.Helper()
	for line := range strings.Lines(l.Text) {
		line = strings.TrimSpace(line)
		if code := strings.ReplaceAll(line, " ", ""); len(code) == 6 && strings.Trim(code, "0123456789") == "" {
			return line
		}
	}
	t.Fatalf("no code in\n%s", l.Text)
	return ""
}

// otherThan returns six digits that are not the code.
func otherThan(code string) string {
	wrong := []byte(strings.ReplaceAll(code, " ", ""))
	wrong[0] = '0' + (wrong[0]-'0'+1)%10
	return string(wrong)
}

// codeAt asks for a code on a device, and returns the digits of the n-th email to the address.
func (p *post) codeAt(c *Client, k *Ticket, n int) string {
	p.T.Helper()
	c.Refused("CODE_REQUIRED", "redeemInvitation", k.Own())
	return digits(p.T, p.Wait(k.Email, n)[n-1])
}

// withCode returns the input of redeemInvitation with a code.
func withCode(k *Ticket, code string) Object {
	with := k.Own()
	with["code"] = code
	return with
}

func TestW1_W2_TheSiteSaysWhoseLinksNeedACode(t *testing.T) {
	for policy, asked := range map[string][]string{
		"NEVER": nil, "MODERATORS": {"MODERATOR"}, "SPEAKERS_AND_MODERATORS": {"SPEAKER", "MODERATOR"}, "EVERYONE": {"VIEWER", "SPEAKER", "MODERATOR"},
	} {
		t.Run(policy, func(t *testing.T) {
			onEach(t, func(t *testing.T, p *post) {
				p.prove(policy)
				for _, as := range []string{"VIEWER", "SPEAKER", "MODERATOR"} {
					needs := slices.Contains(asked, as)
					role := Object{"role": as}
					k := p.room.Invite("guest-"+strings.ToLower(as)+"@example.org", role)
					guest := p.Browser()
					Same(t, "whether a "+as+" needs a code, before redeeming", guest.Look(k.Token).At("needsCode"), needs)
					guest.Refused("EMAIL_MISMATCH", "redeemInvitation", k.With("other@example.org"))
					if needs {
						code := p.codeAt(guest, k, 1)
						guest.Must("redeemInvitation", withCode(k, code), "")
					} else {
						guest.Must("redeemInvitation", k.Own(), "")
					}
					Same(t, as+" on the same device", guest.Look(k.Token).At("needsCode"), false)
					guest.Must("redeemInvitation", k.Own(), "")

					account := p.User("user-" + strings.ToLower(as) + "@example.org")
					own := p.room.Invite("user-"+strings.ToLower(as)+"@example.org", role)
					Same(t, as+" who is signed in", account.Look(own.Token).At("needsCode"), false)
					account.Must("redeemInvitation", Object{"token": own.Token}, "")

					known := p.room.Invite("known-"+strings.ToLower(as)+"@example.org", role)
					known.Do("vouchFor")
					Same(t, as+" whom a manager knows", p.Browser().Look(known.Token).At("needsCode"), false)
					p.Browser().Must("redeemInvitation", known.Own(), "")
				}
			})
		})
	}
}

func TestW1_OnlyWhileMailIsOn(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		h.User("admin@example.com", "--admin").Must("updateSitePolicy", Object{"proof": "EVERYONE"}, "")
		room := h.Hall(h.User("ada@example.com"), nil)
		k := room.Invite("grace@example.org", nil)
		Same(t, "without mail", h.Browser().Look(k.Token).At("needsCode"), false)
		h.Browser().Refused("MAIL_OFF", "sendCode", k.Own())
		h.Browser().Redeem(k)
	})
}

func TestW1_TheRoleAtRedemptionCounts(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		p.prove("MODERATORS")
		k := p.room.Invite("grace@example.org", Object{"role": "MODERATOR"})
		p.host.Must("updateInvitation", Object{"invitationId": k.ID, "role": "VIEWER"}, "")
		guest := p.Browser()
		guest.Must("redeemInvitation", k.Own(), "")
		p.host.Must("updateInvitation", Object{"invitationId": k.ID, "role": "MODERATOR"}, "") // a role that changes later needs none
		guest.Must("redeemInvitation", k.Own(), "")
	})
}

func TestW1_ANewSiteIsCareful(t *testing.T) {
	OnEachUnserved(t, func(t *testing.T, h *House) {
		h.Serve()
		token := h.Parts.People.NewSetUpToken()
		admin := h.Browser()
		admin.Must("setUp", Object{"token": token, "email": "ada@example.com", "firstName": "Ada", "lastName": "Host", "password": "correct horse battery"}, "")
		Same(t, "a new site", admin.MustAsk(`{ sitePolicy { proof } }`, nil).At("sitePolicy.proof"), "SPEAKERS_AND_MODERATORS")
		admin.Must("updateSitePolicy", Object{"invitations": true}, "")
		Same(t, "afterwards", admin.MustAsk(`{ sitePolicy { proof } }`, nil).At("sitePolicy.proof"), "SPEAKERS_AND_MODERATORS")
	})
}

func TestW1_OtherSitesAskNobody(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		Same(t, "its policy", h.User("ada@example.com", "--admin").MustAsk(`{ sitePolicy { proof } }`, nil).At("sitePolicy.proof"), "NEVER")
	})
}

func TestW3_TheCodeComesByEmail(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		p.prove("EVERYONE")
		k := p.room.Invite("grace@example.org", nil)
		guest := p.Browser()
		refused := guest.Refused("CODE_REQUIRED", "redeemInvitation", k.Own())
		Same(t, "when another may be sent", refused.Text("retryAt"), Stamp(p.Now().Add(time.Minute)))
		Same(t, "what to do", refused["nextSteps"], []string{"ENTER_CODE", "SEND_CODE", "ASK_HOST"})
		got := p.Wait(k.Email, 1)[0]
		code := digits(t, got)
		Same(t, "sender and subject", []string{got.FromName, got.Subject, got.Calendar}, []string{"Usher", "Your code for Town hall", ""})
		for _, word := range []string{"Asked by: Go-http-client", "At: ", "Works until: ", "Europe/Berlin", "give the code to nobody"} {
			if !strings.Contains(got.Text, word) {
				t.Errorf("it does not say %q:\n%s", word, got.Text)
			}
		}
		if !strings.Contains(got.HTML, code) || strings.Contains(got.Raw, "u1_") || strings.Contains(got.Subject, code) {
			t.Errorf("it says\n%s", got.Raw)
		}
		p.waitFor(k, "CODE SENT")
		wide := strings.NewReplacer("0", "０", "1", "１", "2", "２", " ", "-").Replace(code)
		guest.Must("redeemInvitation", withCode(k, wide), "")
		if log := p.Log.String(); strings.Contains(log, "@") || strings.Contains(log, strings.ReplaceAll(code, " ", "")) {
			t.Errorf("the log has the address or the code:\n%s", log)
		}
	})
}

func TestW3_TheCodeIsInTheLanguageOfTheInvitation(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		p.prove("EVERYONE")
		k := p.invite("grace@example.org", Object{"language": "DE"})
		p.Wait(k.Email, 1)
		p.codeAt(p.Browser(), k, 2)
		Same(t, "the subject", p.Wait(k.Email, 2)[1].Subject, "Ihr Code für Town hall")
		p.Browser().Must("sendCode", Object{"token": k.Token, "email": k.Email, "language": "EN"}, "expiresAt nextCodeAt")
		Same(t, "as chosen", p.Wait(k.Email, 3)[2].Subject, "Your code for Town hall")
		silent := p.invite("alan@example.org", Object{"send": false})
		p.codeAt(p.Browser(), silent, 1)
		Same(t, "as the room's last invitation", p.Wait(silent.Email, 1)[0].Subject, "Ihr Code für Town hall")
	})
}

func TestW4_WrongCodesHarmNoInvitation(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		p.prove("EVERYONE")
		k := p.room.Invite("grace@example.org", nil)
		guest, other := p.Browser(), p.Browser()
		code := p.codeAt(guest, k, 1)
		for _, typed := range []string{"12345", "", "abcdef", "1234567"} {
			Same(t, typed, guest.Refused("INVALID_VALUE", "redeemInvitation", withCode(k, typed))["field"], "code")
		}
		Same(t, "the right code on another device", other.Refused("CODE_WRONG", "redeemInvitation", withCode(k, code)).Int("attemptsLeft"), 0)
		p.codeAt(other, k, 2)
		Same(t, "which has its own", other.Refused("CODE_WRONG", "redeemInvitation", withCode(k, code)).Int("attemptsLeft"), 4)
		for left := 4; left >= 0; left-- {
			Same(t, "attempts left", guest.Refused("CODE_WRONG", "redeemInvitation", withCode(k, otherThan(code))).Int("attemptsLeft"), left)
		}
		guest.Refused("CODE_EXPIRED", "redeemInvitation", withCode(k, code))
		Same(t, "the invitation", k.Status(), "PENDING")
		p.Advance(time.Minute)
		next := p.codeAt(guest, k, 3)
		if next == code {
			t.Errorf("the next code is the one that ended")
		}
		guest.Must("redeemInvitation", withCode(k, next), "")
		other.Refused("USED_ON_OTHER_DEVICE", "redeemInvitation", withCode(k, next))
		guest.Must("redeemInvitation", withCode(k, code), "") // L3: the device that redeemed needs none
		k.Do("releaseDevice")
		guest.Refused("CODE_EXPIRED", "redeemInvitation", withCode(k, next)) // it was used
	})
}

func TestW3_TheCodeIsForTheNewestLink(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		p.prove("EVERYONE")
		k := p.room.Invite("grace@example.org", nil)
		guest := p.Browser()
		code := p.codeAt(guest, k, 1)
		k.Do("regenerateLink")
		guest.Refused("LINK_REPLACED", "redeemInvitation", withCode(k, code))
		guest.Refused("CODE_WRONG", "redeemInvitation", withCode(k.Renewed(), code))
	})
}

func TestW3_TheCodeWorksForTenMinutesAndIsSentAgainWhileThreeAreLeft(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		p.prove("EVERYONE")
		k, late := p.room.Invite("grace@example.org", nil), p.room.Invite("late@example.org", nil)
		guest := p.Browser()
		code, lateCode := p.codeAt(guest, k, 1), p.codeAt(guest, late, 1)
		p.Advance(7 * time.Minute)
		Same(t, "with three minutes left", p.codeAt(guest, k, 2), code)
		p.Advance(3 * time.Minute)
		guest.Must("redeemInvitation", withCode(k, code), "")
		p.Advance(time.Millisecond)
		guest.Refused("CODE_EXPIRED", "redeemInvitation", withCode(late, lateCode))
		if next := p.codeAt(guest, late, 2); next == lateCode {
			t.Error("an expired code is sent again")
		}
		p.Advance(7*time.Minute + time.Millisecond)
		again := p.codeAt(guest, late, 3)
		p.Advance(2 * time.Minute)
		guest.Must("redeemInvitation", withCode(late, again), "")
	})
}

func TestW5_ThereAreLimits(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		p.prove("EVERYONE")
		p.host.Must("rescheduleSession", Object{"sessionId": p.room.Session, "startsAt": Stamp(p.Now().Add(72 * time.Hour))}, "")
		k := p.room.Invite("grace@example.org", nil)
		guest, begun := p.Browser(), p.Now()
		emails := 0
		send := func(c *Client) Object {
			sent := c.Must("sendCode", k.Own(), "expiresAt nextCodeAt")
			emails++
			p.Wait(k.Email, emails) // one that still waits would be replaced by the next, or be too late after five minutes
			return sent
		}
		retry := func(c *Client) string { return c.Refused("TOO_MANY_ATTEMPTS", "sendCode", k.Own()).Text("retryAt") }
		guest.Refused("EMAIL_MISMATCH", "sendCode", k.With("other@example.org"))
		sent := send(guest)
		Same(t, "the answer", []string{sent.Text("expiresAt"), sent.Text("nextCodeAt")},
			[]string{Stamp(begun.Add(10 * time.Minute)), Stamp(begun.Add(time.Minute))})
		p.Advance(time.Minute - time.Millisecond)
		Same(t, "within a minute", retry(guest), Stamp(begun.Add(time.Minute)))
		Same(t, "redeeming within a minute", guest.Refused("CODE_REQUIRED", "redeemInvitation", k.Own()).Text("retryAt"), Stamp(begun.Add(time.Minute)))
		p.Advance(time.Millisecond)
		send(guest)
		p.Advance(time.Minute)
		Same(t, "the third in an hour", send(guest).Text("nextCodeAt"), Stamp(begun.Add(time.Hour)))
		p.Advance(time.Minute)
		Same(t, "a fourth", retry(guest), Stamp(begun.Add(time.Hour)))
		for range 3 {
			send(p.Browser())
		}
		Same(t, "a seventh of the link", retry(p.Browser()), Stamp(begun.Add(time.Hour)))
		other := p.room.Invite("alan@example.org", nil)
		guest.Must("sendCode", other.Own(), "expiresAt") // each link counts alone
		p.Advance(begun.Add(time.Hour).Sub(p.Now()))
		send(p.Browser())
		retry(guest)
	})
}

func TestW5_SendCodeIsForLinksThatNeedOne(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		p.prove("SPEAKERS_AND_MODERATORS")
		viewer, speaker := p.room.Invite("viewer@example.org", nil), p.room.Invite("speaker@example.org", Object{"role": "SPEAKER"})
		p.Browser().Refused("INVITATION_NOT_ACTIVE", "sendCode", viewer.Own())
		p.Browser().Refused("LINK_NOT_VALID", "sendCode", Object{"token": "x", "email": viewer.Email})
		p.Browser().Refused("INVALID_EMAIL", "sendCode", Object{"token": speaker.Token})
		p.Browser().Refused("INVITATION_NOT_ACTIVE", "sendCode", Object{"token": speaker.Token, "email": speaker.Email, "purpose": "MOVE"})
		guest := p.Browser()
		guest.Must("redeemInvitation", withCode(speaker, p.codeAt(guest, speaker, 1)), "")
		guest.Refused("INVITATION_NOT_ACTIVE", "sendCode", speaker.Own())
		p.Browser().Refused("USED_ON_OTHER_DEVICE", "sendCode", speaker.Own())
		key := Object{"token": speaker.Token, "email": speaker.Email, "purpose": "MOVE", "credential": "BEARER", "attemptKey": strings.Repeat("k", 22)}
		p.Client().Must("sendCode", key, "expiresAt")
		p.Wait(speaker.Email, 2)
		speaker.Do("revokeInvitation")
		p.Browser().Refused("INVITATION_REVOKED", "sendCode", speaker.Own())
		p.waitFor(speaker, "CODE SENT", "CODE SENT")
	})
}
