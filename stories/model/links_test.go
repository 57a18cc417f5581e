package model

import (
	"slices"
	"time"
)

// The model's commands of invitations.

// linksEnd returns until when a link works if the session does not open (I5).
func (s *mSession) linksEnd() time.Time {
	if s.ends.IsZero() {
		return s.starts.Add(24 * time.Hour)
	}
	return s.ends.Add(30 * time.Minute)
}

func (w *world) expired(i *mInvite) bool {
	if !i.expires.IsZero() {
		return w.now.After(i.expires)
	}
	return i.session.state == "SCHEDULED" && w.now.After(i.session.linksEnd())
}

// status returns the first that fits (I6).
func (w *world) status(i *mInvite) string {
	switch {
	case !i.session.live() || i.session.hall.deleted:
		return "CLOSED"
	case i.revoked:
		return "REVOKED"
	case i.redeemed:
		return "REDEEMED"
	case w.expired(i):
		return "EXPIRED"
	case i.opened:
		return "OPENED"
	}
	return "PENDING"
}

func standsAs(status string) bool {
	return slices.Contains([]string{"PENDING", "OPENED", "REDEEMED"}, status)
}

// asked reports whether a request to the host is unanswered.
func (w *world) asked(i *mInvite) bool {
	return !i.hostAskedAt.IsZero() && w.now.Before(i.hostAskedAt.Add(24*time.Hour))
}

func (w *world) badExpiry(s *mSession, at time.Time) string {
	switch {
	case at.IsZero():
		return ""
	case !at.After(w.now) || at.After(s.starts.Add(30*24*time.Hour)):
		return "INVALID_TIME"
	case at.Before(s.starts):
		return "EXPIRY_BEFORE_START"
	}
	return ""
}

func (h *mHall) invited(email string) *mInvite {
	for _, i := range h.invites {
		if i.session == h.now && i.email == email {
			return i
		}
	}
	return nil
}

func (w *world) full(s *mSession) bool {
	n := 0
	for _, i := range s.hall.invites {
		if i.session == s && standsAs(w.status(i)) {
			n++
		}
	}
	return n >= w.quota
}

func (w *world) account(email string) *person {
	for _, u := range w.people {
		if u.email == email {
			return u
		}
	}
	return nil
}

// invitable returns the problem that stops invitations in a room (R7).
func (w *world) invitable(h *mHall) string {
	switch {
	case w.off:
		return "INVITATIONS_OFF"
	case h.quiet:
		return "CHAT_AND_COLLABORATION_OFF"
	}
	return ""
}

// inviting returns the problem that stops all invitations of the asker (I2).
func (w *world) inviting(a *mAsker, h *mHall) string {
	if _, code := w.gate(a, h, standing.manages); code != "" {
		return code
	}
	if code := w.invitable(h); code != "" {
		return code
	}
	return h.now.over()
}

func (w *world) inviteUser(a *mAsker, h *mHall, email, first, role string, expires time.Time) (*mInvite, string) {
	if code := w.inviting(a, h); code != "" {
		return nil, code
	}
	return w.invite(h, email, first, role, expires)
}

// invite makes the checks of I2 that concern one email, and invites it. An email is valid if it has an @.
func (w *world) invite(h *mHall, email, first, role string, expires time.Time) (*mInvite, string) {
	if !isEmail(email) {
		return nil, "INVALID_EMAIL"
	}
	name := first + " Guest"
	if u := w.account(email); u != nil { // I3
		name = u.name
	} else if first == "" {
		return nil, "INVALID_NAME"
	}
	if code := w.badExpiry(h.now, expires); code != "" {
		return nil, code
	}
	i := h.invited(email)
	switch {
	case !w.allowed(email):
		return nil, "EMAIL_DOMAIN_BLOCKED"
	case h.manager(email):
		return nil, "ALREADY_MANAGER"
	case i != nil && standsAs(w.status(i)):
		return i, "ALREADY_INVITED"
	case w.full(h.now):
		return nil, "QUOTA_EXCEEDED"
	}
	if i == nil {
		i = &mInvite{email: email, session: h.now, told: map[string]time.Time{}}
		h.invites = append(h.invites, i)
	}
	i.first, i.role, i.expires, i.made = name, role, expires, w.now
	i.renew()
	if p := i.place; p != nil {
		quietly(p, role)
		if p.of == nil {
			p.name = name
		}
	}
	h.write(fact{kind: "InvitationCreated", invite: i})
	return i, ""
}

// renew makes an invitation unused again (I4).
func (i *mInvite) renew() {
	i.opened, i.redeemed, i.revoked = false, false, false
	i.unbind()
}

// unbind ends the device's access and answers a request to the host (L8).
func (i *mInvite) unbind() {
	i.bound, i.hostAskedAt, i.wrong = "", time.Time{}, 0
	i.bond++
}

// lose ends the access of an invitation: first its own event, then that of the place if it changed (V3).
func (w *world) lose(i *mInvite, kind string) {
	i.session.hall.write(fact{kind: kind, invite: i})
	if p := i.place; p != nil && p.there() {
		w.move(p, "LEFT")
	}
}

// ofInvite starts each command of an invitation. An asker who may not list invitations does not learn of one.
func (w *world) ofInvite(a *mAsker, i *mInvite) string {
	_, code := w.gate(a, i.session.hall, standing.manages)
	if code == forbidden {
		return notFound
	}
	return code
}

func (w *world) updateInvitation(a *mAsker, i *mInvite, role string, expires time.Time, untilEnd bool) string {
	if untilEnd && !expires.IsZero() {
		return badInput
	}
	if code := w.ofInvite(a, i); code != "" {
		return code
	}
	if code := i.session.over(); code != "" {
		return code
	}
	if i.revoked {
		return "INVITATION_NOT_ACTIVE"
	}
	next, until := i.role, i.expires
	if role != "" {
		next = role
	}
	if !expires.IsZero() {
		if code := w.badExpiry(i.session, expires); code != "" && !expires.Equal(i.expires) {
			return code
		}
		until = expires
	}
	if untilEnd {
		until = time.Time{}
	}
	answers := (untilEnd || !expires.IsZero()) && !i.hostAskedAt.IsZero() // L8
	if next == i.role && until.Equal(i.expires) && !answers {
		return ""
	}
	changed := next != i.role
	i.role, i.expires = next, until
	if answers {
		i.hostAskedAt = time.Time{}
	}
	h := i.session.hall
	h.write(fact{kind: "InvitationUpdated", invite: i})
	if p := i.place; changed && i.redeemed && !p.managed() { // I9; R3
		w.raise(p, next)
	}
	return ""
}

func (w *world) regenerateLink(a *mAsker, i *mInvite) string {
	if code := w.ofInvite(a, i); code != "" {
		return code
	}
	if code := i.session.over(); code != "" {
		return code
	}
	h := i.session.hall
	if !standsAs(w.status(i)) { // it is revived as inviteUser would revive it (I4)
		switch code := w.invitable(h); {
		case code != "":
			return code
		case !w.allowed(i.email):
			return "EMAIL_DOMAIN_BLOCKED"
		case h.manager(i.email):
			return "ALREADY_MANAGER"
		case w.full(i.session):
			return "QUOTA_EXCEEDED"
		}
		i.expires = time.Time{}
		if i.place != nil {
			quietly(i.place, i.role)
		}
	}
	if !i.expires.After(w.now) { // a new link must not have expired already
		i.expires = time.Time{}
	}
	i.renew()
	w.lose(i, "LinkRegenerated")
	return ""
}

func (w *world) releaseDevice(a *mAsker, i *mInvite) string {
	if code := w.ofInvite(a, i); code != "" {
		return code
	}
	if code := i.session.over(); code != "" {
		return code
	}
	if i.revoked {
		return "INVITATION_NOT_ACTIVE"
	}
	if i.redeemed {
		i.redeemed = false
		i.unbind()
		w.lose(i, "DeviceReleased")
	}
	return ""
}

func (w *world) revokeInvitation(a *mAsker, i *mInvite) string {
	if code := w.ofInvite(a, i); code != "" {
		return code
	}
	if !i.revoked {
		i.revoked, i.hostAskedAt = true, time.Time{}
		i.bond++
		w.lose(i, "InvitationRevoked")
	}
	return ""
}
