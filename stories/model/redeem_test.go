package model

import (
	"strings"
	"time"
)

// The model's commands of those who have a link: looking, redeeming, asking the host.

// mLink is a link that somebody has: its invitation, nil if the link is forged, and whether it is the newest.
type mLink struct {
	of     *mInvite
	newest bool
}

func isEmail(typed string) bool { return strings.Contains(typed, "@") }

// mine reports whether this is the device that redeemed (L3).
func mine(a *mAsker, i *mInvite, device string) bool {
	return i.redeemed && i.bound != "" && (i.bound == device || device == "" && a.token != nil && a.token.of == i)
}

// linkProblem makes L2's checks 1 to 4 in their order, with the exceptions of L3.
func (w *world) linkProblem(l mLink, mine bool) string {
	i := l.of
	switch s := i.session; {
	case !l.newest && !mine:
		return "LINK_REPLACED"
	case s.hall.deleted:
		return "ROOM_DELETED"
	case w.off || s.hall.quiet:
		return "ROOM_NOT_AVAILABLE"
	case s.state == "CANCELLED":
		return "SESSION_CANCELLED"
	case i.revoked:
		return "INVITATION_REVOKED"
	case s.blocked(i.email):
		return "PARTICIPANT_BLOCKED"
	case s.state == "ENDED", s.state == "SCHEDULED" && w.now.After(s.linksEnd()) && !mine: // L2.3
		return "SESSION_ENDED"
	case mine:
		return ""
	case w.expired(i):
		return "LINK_EXPIRED"
	case i.redeemed:
		return "USED_ON_OTHER_DEVICE"
	}
	return ""
}

// wrongs counts the wrong emails of the last quarter of an hour.
func (w *world) wrongs(i *mInvite) int {
	if !w.now.Before(i.wrongAt.Add(15 * time.Minute)) {
		return 0
	}
	return i.wrong
}

// look returns the problem of the link (L4), and marks the newest one OPENED, once (L1).
func (w *world) look(a *mAsker, l mLink) string {
	i := l.of
	if i == nil {
		return "LINK_NOT_VALID"
	}
	device := ""
	if a.cookie {
		device = a.device
	}
	mine := mine(a, i, device)
	code := w.linkProblem(l, mine)
	signed := a.as != nil && a.as.email == i.email
	if code == "" && !mine && !signed && w.wrongs(i) >= 5 {
		code = "TOO_MANY_ATTEMPTS"
	}
	if l.newest && !i.opened && !i.revoked && !i.session.hall.deleted {
		i.opened = true
		i.session.hall.write(fact{kind: "InvitationOpened", invite: i})
	}
	return code
}

// redeem checks in the order of L2. left is the attemptsLeft of an EMAIL_MISMATCH.
func (w *world) redeem(a *mAsker, l mLink, typed *string) (p *mPlace, code string, left int) {
	i := l.of
	if i == nil {
		return nil, "LINK_NOT_VALID", 0
	}
	mine := mine(a, i, a.device)
	signed := a.as != nil && a.as.email == i.email
	code = w.linkProblem(l, mine)
	switch {
	case code != "":
	case mine:
		w.grant(a, i)
		return i.place, "", 0
	case signed:
	case w.signIn:
		code = "SIGN_IN_REQUIRED"
	case typed == nil || !isEmail(*typed):
		code = "INVALID_EMAIL"
	case w.wrongs(i) >= 5:
		code = "TOO_MANY_ATTEMPTS"
	case *typed != i.email:
		i.wrong, i.wrongAt = w.wrongs(i)+1, w.now
		code, left = "EMAIL_MISMATCH", 5-i.wrong
	}
	if code == "" && !w.allowed(i.email) {
		code = "EMAIL_DOMAIN_BLOCKED"
	}
	if code != "" {
		w.tell(i, code)
		return nil, code, left
	}
	i.opened, i.redeemed, i.redeemedAt, i.bound, i.wrong, i.hostAskedAt = true, true, w.now, a.device, 0, time.Time{}
	if i.bound == "" {
		i.bound = "lost"
	}
	w.bind(a, i, signed)
	w.grant(a, i)
	return i.place, "", 0
}

// tell writes the event of a refusal, at most once a minute for each link and code (L5).
func (w *world) tell(i *mInvite, code string) {
	if h := i.session.hall; !h.deleted && !w.now.Before(i.told[code].Add(time.Minute)) {
		i.told[code] = w.now
		h.write(fact{kind: "RedemptionRefused", invite: i, says: code})
	}
}

// grant gives a program a fresh token.
func (w *world) grant(a *mAsker, i *mInvite) {
	if !a.cookie && a.as == nil && a.device != "" {
		a.token = &grant{i, i.bond}
	}
}

// bind makes the invitee a participant, or brings back the one they were.
func (w *world) bind(a *mAsker, i *mInvite, signed bool) {
	s := i.session
	h := s.hall
	state := "COUNTDOWN"
	if s.state == "OPEN" {
		state = "LOBBY"
	}
	redeemed := func() { h.write(fact{kind: "InvitationRedeemed", invite: i, place: i.place}) }
	own := s.placeOf(a.as)
	if p := i.place; p != nil { // the same participant (L8)
		if p.state == "LEFT" || p.state == "COUNTDOWN" || p.state == "LOBBY" {
			p.state = state
		}
		if signed && p.of == nil && own == nil { // L6
			p.of, p.name = a.as, a.as.name
		}
		redeemed()
	} else if signed && own != nil { // one participant, the higher of two roles (L6)
		i.place, own.invite = own, i
		redeemed()
		if rank(i.role) > rank(own.role) {
			w.raise(own, i.role)
		}
	} else {
		i.place = &mPlace{email: i.email, name: i.first, role: i.role, state: state, session: s, invite: i, revision: 1}
		if signed {
			i.place.of, i.place.name = a.as, a.as.name
		}
		h.places = append(h.places, i.place)
		redeemed()
	}
	if i.place.managed() { // R3
		w.raise(i.place, "MODERATOR")
	}
}

// askHost is for three problems (L8), and at most three times an hour.
func (w *world) askHost(a *mAsker, l mLink, tooLong bool) string {
	i := l.of
	if i == nil {
		return "LINK_NOT_VALID"
	}
	device := ""
	if a.cookie {
		device = a.device
	}
	mine := mine(a, i, device)
	code := w.linkProblem(l, mine)
	behind := code
	if code == "LINK_REPLACED" {
		behind = w.linkProblem(mLink{i, true}, mine)
	}
	recent := 0
	for _, at := range i.asks {
		if at.After(w.now.Add(-time.Hour)) {
			recent++
		}
	}
	switch {
	case code == "":
		return "INVITATION_NOT_ACTIVE"
	case behind != "" && behind != "LINK_EXPIRED" && behind != "USED_ON_OTHER_DEVICE":
		return code
	case tooLong:
		return "INVALID_VALUE"
	case recent >= 3:
		return "TOO_MANY_ATTEMPTS"
	}
	i.asks = append(i.asks, w.now)
	i.hostAskedAt = w.now
	i.session.hall.write(fact{kind: "HostAsked", invite: i})
	return ""
}
