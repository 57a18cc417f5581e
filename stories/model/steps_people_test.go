package model

import (
	"fmt"
	"strings"
	"time"

	. "usher/sitetest"
)

// Random steps with invitations and links.

func (x *trial) inviteUser(r *draw) {
	h := x.hall(r)
	a := x.manager(r, h)
	email, first, role := pick(r, emails...), "Grace", pick(r, ranks...)
	switch {
	case r.one(30):
		email = "no address"
	case r.one(12):
		first = ""
	}
	var expires time.Time
	if r.one(4) {
		expires = x.expiry(r, h.now)
	}
	i, code := x.w.inviteUser(a, h, email, first, role, expires)
	got := x.ask(a, "inviteUser", Object{
		"roomId": h.id, "email": email, "firstName": first, "lastName": "Guest", "role": role, "expiresAt": instant(expires),
	}, "invitation { id link }", code)
	switch code {
	case "":
		x.link(i, got)
	case "ALREADY_INVITED":
		x.same("the conflicting invitation", got.Text("standingInvitation.id"), i.id)
	}
}

// expiry draws an expiry, mostly a valid one.
func (x *trial) expiry(r *draw, s *mSession) time.Time {
	at := s.starts
	if at.Before(x.w.now) {
		at = x.w.now
	}
	switch r.IntN(8) {
	case 0:
		return s.starts.Add(-time.Duration(r.IntN(40)) * time.Minute)
	case 1:
		return s.starts.Add(31 * 24 * time.Hour)
	case 2, 3, 4:
		if left := s.starts.Sub(x.w.now); left > 0 {
			return x.w.now.Add(left / 2)
		}
	}
	return at.Add(time.Duration(1+r.IntN(60)) * time.Minute)
}

// link keeps an invitation's link from an answer.
func (x *trial) link(i *mInvite, got Object) {
	i.id = got.Text("invitation.id")
	_, token, _ := strings.Cut(got.Text("invitation.link"), "/join#")
	i.links = append(i.links, token)
}

func (x *trial) updateInvitation(r *draw) {
	i := x.guest(r)
	if i == nil {
		return
	}
	a := x.manager(r, i.session.hall)
	with := Object{"invitationId": i.id}
	role, expires, untilEnd := "", time.Time{}, false
	if r.one(2) {
		role = pick(r, ranks...)
		with["role"] = role
	}
	if r.one(2) {
		expires = x.expiry(r, i.session)
		with["expiresAt"] = Stamp(expires)
	}
	if r.one(5) {
		untilEnd = true
		with["untilSessionEnds"] = true
	}
	x.ask(a, "updateInvitation", with, "", x.w.updateInvitation(a, i, role, expires, untilEnd))
}

func (x *trial) regenerateLink(r *draw) {
	i := x.guest(r)
	if i == nil {
		return
	}
	a := x.manager(r, i.session.hall)
	code := x.w.regenerateLink(a, i)
	if got := x.ask(a, "regenerateLink", Object{"invitationId": i.id}, "invitation { id link }", code); code == "" {
		x.link(i, got)
	}
}

func (x *trial) releaseDevice(r *draw) {
	if i := x.guest(r); i != nil {
		a := x.manager(r, i.session.hall)
		x.ask(a, "releaseDevice", Object{"invitationId": i.id}, "", x.w.releaseDevice(a, i))
	}
}

func (x *trial) revokeInvitation(r *draw) {
	if i := x.guest(r); i != nil {
		a := x.manager(r, i.session.hall)
		x.ask(a, "revokeInvitation", Object{"invitationId": i.id}, "", x.w.revokeInvitation(a, i))
	}
}

// holds draws a link: mostly the newest, sometimes an old or a forged one. Some are pasted with blanks and line breaks (L9).
func (x *trial) holds(r *draw) (l mLink, token string) {
	i := x.guest(r)
	if i == nil || r.one(30) {
		return mLink{}, "u1_" + strings.Repeat("A", 60)
	}
	n := len(i.links) - 1
	if r.one(6) {
		n = r.IntN(len(i.links))
	}
	if token = i.links[n]; token == "" { // none was told: the session is overdue (I7)
		return mLink{}, "u1_"
	}
	if r.one(10) {
		token = " " + token[:20] + "\n" + token[20:]
	}
	return mLink{i, n == len(i.links)-1}, token
}

// holder draws who uses the link: mostly the device that redeemed it, or else a guest's or the invited account.
func (x *trial) holder(r *draw, l mLink) *mAsker {
	strange := r.one(4)
	return x.someone(r, func(a *mAsker) bool {
		switch {
		case l.of == nil || !x.w.good(a):
			return false
		case l.of.redeemed && !strange:
			return l.of.bound == a.device
		}
		return a.device != "" && (a.as == nil || a.as.email == l.of.email)
	})
}

func (x *trial) redeemInvitation(r *draw) {
	l, token := x.holds(r)
	a := x.holder(r, l)
	with := Object{"token": token}
	var typed *string
	switch {
	case r.one(15):
	case r.one(4) || l.of == nil:
		email := pick(r, "wrong@example.org", "grace@example.org", "no address")
		typed = &email
	default:
		typed = &l.of.email
	}
	if typed != nil {
		with["email"] = *typed
	}
	if !a.cookie {
		key := a.device
		if key == "" {
			key = fmt.Sprintf("somebody-elses-device-%09d", r.IntN(1_000_000_000)) // another one each time
		}
		with["credential"], with["attemptKey"] = "BEARER", key
	}
	for range 1 + r.IntN(2)*r.IntN(6) { // some try again and again
		if !x.w.good(a) {
			x.ask(a, "redeemInvitation", with, "", unauthenticated)
			return
		}
		p, code, left := x.w.redeem(a, l, typed)
		got := x.ask(a, "redeemInvitation", with, "accessToken participant { id state role roleRevision displayName }", code)
		switch code {
		case "":
			x.shown(p, got.In("participant"))
			if a.token != nil {
				a.Bearer = got.Text("accessToken")
			}
		case "EMAIL_MISMATCH":
			x.same("attempts left", got.Int("attemptsLeft"), left)
		}
		if code != "EMAIL_MISMATCH" {
			return
		}
	}
}

func (x *trial) askHost(r *draw) {
	l, token := x.holds(r)
	a := x.someone(r, func(a *mAsker) bool { return l.of != nil && l.of.bound != a.device })
	message := pick(r, "Please", "", strings.Repeat("x", 281))
	if !r.one(6) {
		message = "Please"
	}
	for range 1 + 3*r.IntN(2) {
		code := unauthenticated
		if x.w.good(a) {
			code = x.w.askHost(a, l, len(message) > 280)
		}
		if x.ask(a, "askHost", Object{"token": token, "message": message}, "link { hostAsked }", code); code != "" {
			return
		}
	}
}

func (x *trial) look(r *draw) {
	l, token := x.holds(r)
	a := x.holder(r, l)
	if !x.w.good(a) {
		return
	}
	code := x.w.look(a, l)
	got := a.Look(token)
	x.note(a.name + " looks at a link: " + code)
	x.answered("a look", code)
	x.same("the problem of the link", got.Text("problem.code"), code)
}

// updateSitePolicy draws a policy. Restrictions end soon, so that other steps can succeed.
func (x *trial) updateSitePolicy(r *draw) {
	a := x.someone(r, func(a *mAsker) bool { return a.as != nil && a.as.admin })
	off, signIn, still := !x.w.off && r.one(10), !x.w.signIn && r.one(5), !x.w.still && r.one(6)
	with, c := Object{"invitations": !off, "requireSignIn": signIn, "moveDevices": !still}, ruling{off: &off, signIn: &signIn, still: &still}
	c.block = pick(r, []string{}, []string{}, []string{}, []string{"lab.example.org"}, []string{"example.net", "guests.test"})
	c.allow = pick(r, []string{}, []string{}, []string{}, []string{}, []string{}, []string{"example.com", "example.org"})
	if r.one(12) {
		c.allow = []string{"an email@example.org"}
	}
	with["blockedDomains"], with["allowedDomains"] = c.block, c.allow
	x.ask(a, "updateSitePolicy", with, "", x.w.updateSitePolicy(a, c))
}
