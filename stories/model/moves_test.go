package model

import (
	"slices"
	"time"
)

// The model's commands of moving to another device by what the bound device shows (W7, W9).

// mHandOver is what a device offers to another one.
type mHandOver struct {
	id, url, digits string
	invite          *mInvite
	by, asked       string // the devices: that offers, and that asked first
	state           string
	made, ends      time.Time
	wrong           int // digits
}

// mAsk is what a device shows to take over a place: the URL of a hand-over, or digits and its link.
type mAsk struct {
	url    *mHandOver
	digits string
	link   *mLink // nil: the place that the device gave away last (W10)
}

func (o *mHandOver) open() bool { return o.state == "OFFERED" || o.state == "ASKED" }

// stateNow returns the state. What nobody answered in time has ended, and so has that of a device which lost the place since.
func (w *world) stateNow(o *mHandOver) string {
	i := o.invite
	if o.open() && (!i.redeemed || i.revoked || i.bound != o.by || i.redeemedAt.After(o.made) || !w.now.Before(o.ends)) {
		return "ENDED"
	}
	return o.state
}

// known returns the device that the asker's credentials name, empty if they name none.
func (a *mAsker) known() string {
	if a.cookie || a.token != nil {
		return a.device
	}
	return ""
}

// anyPlace returns the asker's place in the current session, or else in an earlier one.
func (w *world) anyPlace(a *mAsker, h *mHall) *mPlace {
	s := w.stands(a, h)
	if s.own != nil {
		return s.own
	}
	var own *mPlace
	for _, p := range h.places {
		if p.state == "BLOCKED" || !w.names(a, p) || p.of == nil && s.manages() {
			continue
		}
		if own == nil || p.invite != nil && (own.invite == nil || p.invite.redeemedAt.After(own.invite.redeemedAt)) {
			own = p
		}
	}
	return own
}

// moveProblem returns why a link cannot move to a device (W7).
func (w *world) moveProblem(l mLink, mine bool) string {
	if w.still {
		return "MOVING_OFF"
	}
	switch code := w.linkProblem(l, mine); code {
	case "":
		return "INVITATION_NOT_ACTIVE"
	case "USED_ON_OTHER_DEVICE":
		return ""
	default:
		return code
	}
}

func (w *world) offerHandOver(a *mAsker, h *mHall) (*mHandOver, string) {
	if _, code := w.gate(a, h, standing.sees); code != "" {
		return nil, code
	}
	own := w.anyPlace(a, h)
	if own == nil || own.invite == nil || a.known() == "" || !mine(a, own.invite, a.known()) {
		return nil, forbidden
	}
	i := own.invite
	if code := w.moveProblem(mLink{i, true}, false); code != "" {
		return nil, code
	}
	if i.offers >= 10 {
		return nil, "TOO_MANY_ATTEMPTS"
	}
	for _, o := range w.handOvers {
		if o.invite == i && o.open() {
			o.state = "ENDED"
		}
	}
	i.offers++
	o := &mHandOver{invite: i, by: a.known(), state: "OFFERED", made: w.now, ends: w.now.Add(2 * time.Minute)}
	w.handOvers = append(w.handOvers, o)
	return o, ""
}

// askHandOver asks with the asker's own device. left is the attemptsLeft of a CODE_WRONG.
func (w *world) askHandOver(a *mAsker, ask mAsk) (o *mHandOver, code string, left int) {
	l, code := w.asksFor(a, ask)
	if code != "" {
		return nil, code, 0
	}
	i := l.of
	if o = ask.url; o == nil {
		o = w.lastHandOver(func(o *mHandOver) bool { return o.invite == i })
	}
	if o != nil && o.state == "MOVED" && o.asked == a.device { // it may repeat that
		return o, "", 0
	}
	if i.session.hall.deleted {
		return nil, "HAND_OVER_ENDED", 0
	}
	if code := w.moveProblem(l, mine(a, i, a.device)); code != "" {
		return nil, code, 0
	}
	if w.signIn && (a.as == nil || a.as.email != i.email) {
		return nil, "SIGN_IN_REQUIRED", 0
	}
	if o == nil || !o.open() || w.stateNow(o) == "ENDED" {
		return nil, "HAND_OVER_ENDED", 0
	}
	if ask.url == nil && ask.digits != o.digits {
		if o.wrong++; o.wrong == 5 {
			o.state = "ENDED"
		}
		return nil, "CODE_WRONG", 5 - o.wrong
	}
	switch {
	case o.state == "OFFERED":
		o.state, o.asked = "ASKED", a.device
		if least := w.now.Add(time.Minute); o.ends.Before(least) {
			o.ends = least
		}
	case o.asked != a.device: // a second one
		o.state = "ENDED"
		return nil, "HAND_OVER_ENDED", 0
	}
	return o, "", 0
}

// asksFor returns the link of the place that a device asks for.
func (w *world) asksFor(a *mAsker, ask mAsk) (l mLink, code string) {
	switch {
	case !w.good(a):
		return l, unauthenticated
	case ask.url != nil:
		return mLink{ask.url.invite, true}, ""
	case len(ask.digits) != 6:
		return l, "INVALID_VALUE"
	case ask.link != nil:
		l = *ask.link
	default:
		if gave := w.lastHandOver(func(o *mHandOver) bool { return o.by == a.device && o.state == "MOVED" }); gave != nil {
			l = mLink{gave.invite, true}
		}
	}
	if l.of == nil {
		return l, "LINK_NOT_VALID"
	}
	return l, ""
}

func (w *world) lastHandOver(fits func(*mHandOver) bool) *mHandOver {
	for _, o := range slices.Backward(w.handOvers) {
		if fits(o) {
			return o
		}
	}
	return nil
}

func (w *world) answerHandOver(a *mAsker, o *mHandOver, allow bool) string {
	i := o.invite
	h := i.session.hall
	if _, code := w.gate(a, h, standing.sees); code != "" {
		return code
	}
	if a.known() != o.by {
		return notFound
	}
	switch state := w.stateNow(o); {
	case !allow && state == "OFFERED":
		o.state = "ENDED"
	case !allow && state == "ASKED":
		o.state = "REFUSED"
	case !allow && state != "MOVED":
	case state == "OFFERED":
		return "INVALID_VALUE"
	case state != "ASKED":
		return "HAND_OVER_ENDED"
	default:
		if code := w.moveProblem(mLink{i, true}, false); code != "" {
			return code
		}
		o.state = "MOVED"
		i.bound, i.wrong, i.hostAskedAt = o.asked, 0, time.Time{}
		i.bond++
		h.write(fact{kind: "DeviceMoved", invite: i, place: i.place})
	}
	return ""
}
