// Package model takes random steps against the program and a model of it, and compares the results.
// Nothing imports it.
package model

import (
	"slices"
	"strings"
	"time"

	. "usher/sitetest"
)

// A model of the whole site, written from docs/rules.md alone: plain values, one method for each command, each check with its rule.
// run_test.go compares it with what the program answers, stores and delivers.

// world is the site.
type world struct {
	now          time.Time
	people       []*person
	halls        []*mHall
	off          bool // invitations
	signIn       bool // redeeming needs a sign-in
	still        bool // no place moves to another device
	block, allow []string
	quota        int
	calls        []*mCall                // of inviteUsers
	handOvers    []*mHandOver            // in their order
	vacant       map[*mSession]time.Time // S3: past its end with nobody connected, and since when
}

// person is an account.
type person struct {
	id, email, name string
	admin           bool
}

// mHall is a room.
type mHall struct {
	id                       string
	title                    string
	quiet, members, approval bool // Chat & Collaboration off, access MEMBERS, admission APPROVAL
	deleted, watched         bool
	managers                 map[*person]string
	sessions                 []*mSession
	now                      *mSession // Room.session (S1)
	invites                  []*mInvite
	places                   []*mPlace
	log                      []fact
	messages                 []*mMessage
	questions                []*mQuestion
	votes                    []*mVote
	tools                    mTools
}

// mSession is a session of a room.
type mSession struct {
	id     string
	hall   *mHall
	state  string
	starts time.Time
	ends   time.Time // zero: no end
	ended  time.Time
	moves  int // reschedulings and the cancellation
}

// mInvite is an invitation.
type mInvite struct {
	id, email, first, role                 string
	session                                *mSession
	links                                  []string // the tokens, the newest last (L2.2)
	opened, redeemed, revoked              bool
	expires                                time.Time // zero: until the session ends (I5)
	bound                                  string    // the device that redeemed
	bond                                   int       // grows when a device loses access, and its tokens with it
	made, redeemedAt, wrongAt, hostAskedAt time.Time
	wrong, offers                          int // wrong emails, and how often the place was offered to another device
	asks                                   []time.Time
	told                                   map[string]time.Time // L5, by code
	place                                  *mPlace
}

// mPlace is a participant.
type mPlace struct {
	id, email, name, role, state string
	session                      *mSession
	invite                       *mInvite
	of                           *person // whose place it is; nil: a guest's
	revision, delivered, denials int
	admitted, removed            bool
	since                        time.Time // waiting
	speaks                       int       // the revision that made them speaker or moderator, 0 for those invited as such (B2)
	muted                        bool
	mutedUntil                   time.Time // zero: until the session ends (T6)
	hand                         mHand
	declined                     int // hands, in this session (H3)
}

// fact is an event: its kind, its subject and its content. The subject's id is read at the comparison, as ids come with answers.
type fact struct {
	kind     string
	session  *mSession
	invite   *mInvite
	place    *mPlace
	user     *person
	message  *mMessage
	question *mQuestion
	vote     *mVote
	says     string
}

// mAsker makes requests with an account, a device, a guest's token, several of these, or none.
type mAsker struct {
	*Client
	name   string
	as     *person
	device string // what a redemption binds: a browser's cookie or a program's attemptKey, or nothing
	cookie bool   // the device is a browser, known at each request
	token  *grant
}

// grant is a guest's bearer token.
type grant struct {
	of   *mInvite
	bond int
}

const (
	unauthenticated = "UNAUTHENTICATED"
	forbidden       = "FORBIDDEN"
	notFound        = "NOT_FOUND"
	badInput        = "BAD_USER_INPUT"
)

var ranks = []string{"VIEWER", "SPEAKER", "MODERATOR"}

func rank(role string) int { return slices.Index(ranks, role) }

func (s *mSession) live() bool { return s.state == "SCHEDULED" || s.state == "OPEN" }

// over returns the problem of a session that is over.
func (s *mSession) over() string {
	return map[string]string{"ENDED": "SESSION_ENDED", "CANCELLED": "SESSION_CANCELLED"}[s.state]
}

// gives reports whether an invitation grants its device a place now: I5, and the half hour after the end (L2.3).
func (w *world) gives(i *mInvite) bool {
	return i.redeemed && !i.revoked && (i.session.live() || w.now.Before(i.session.ended.Add(30*time.Minute)))
}

// good reports whether the asker's bearer token, if any, is valid (A1).
func (w *world) good(a *mAsker) bool {
	return a.token == nil || a.token.of.bond == a.token.bond && w.gives(a.token.of)
}

// names reports whether the asker's credentials belong to a place now, even a blocked one.
func (w *world) names(a *mAsker, p *mPlace) bool {
	if p.invite != nil && !w.gives(p.invite) {
		return false
	}
	if a.as != nil && p.of == a.as {
		return w.keeps(a, p)
	}
	i := p.invite
	return i != nil && (a.cookie && i.bound == a.device || a.token != nil && a.token.of == i && a.token.bond == i.bond)
}

// keeps reports whether an account keeps a place. Without an invitation, managing or membership it does while it is in, until the
// session ends (P6).
func (w *world) keeps(a *mAsker, p *mPlace) bool {
	h := p.session.hall
	return p.invite != nil || a.as.admin || h.managers[a.as] != "" || h.members || p.state != "LEFT" && p.session.live()
}

// somebody reports whether the asker has an account or a place anywhere (R6).
func (w *world) somebody(a *mAsker) bool {
	if a.as != nil {
		return true
	}
	for _, h := range w.halls {
		for _, p := range h.places {
			if w.names(a, p) && p.state != "BLOCKED" {
				return true
			}
		}
	}
	return false
}

// anywhere reports whether there is a room.
func (w *world) anywhere() bool {
	return slices.ContainsFunc(w.halls, func(h *mHall) bool { return !h.deleted })
}

// write adds an event to a room's log. Its revision is its position (V1).
func (h *mHall) write(f fact) { h.log = append(h.log, f) }

// move changes a place's state, with its event (V3).
func (w *world) move(p *mPlace, to string) {
	if p.state == to {
		return
	}
	p.session.hall.write(fact{kind: "ParticipantChanged", place: p, says: p.state + " " + to})
	answered := p.answers()
	p.state, p.since = to, w.now
	if v := p.session.hall.running(); v != nil && to == "IN_ROOM" {
		v.inside[p] = true
	}
	p.settle(answered)
}

// raise gives a place another role, with its event (P7). Somebody who waits and becomes MODERATOR goes in (P4).
func (w *world) raise(p *mPlace, role string) {
	if p.role == role {
		return
	}
	kind := "RoleDemoted"
	if rank(role) > rank(p.role) {
		kind = "RolePromoted"
	}
	if p.role == "VIEWER" {
		p.speaks = p.session.hall.next()
	}
	p.session.hall.write(fact{kind: kind, place: p, says: p.role + " " + role})
	answered := p.answers()
	p.role = role
	p.revision++
	p.settle(answered)
	if role == "MODERATOR" {
		w.comeIn(p)
	}
}

// quietly gives a place another role without an event, when another event reports it.
func quietly(p *mPlace, role string) {
	if p.role != role {
		p.role = role
		p.revision++
	}
}

// manager reports whether an email belongs to a manager of the room.
func (h *mHall) manager(email string) bool {
	for m := range h.managers {
		if m.email == email {
			return true
		}
	}
	return false
}

// placeOf returns an account's place in a session.
func (s *mSession) placeOf(u *person) *mPlace {
	for _, p := range s.hall.places {
		if p.session == s && u != nil && p.of == u {
			return p
		}
	}
	return nil
}

// blocked reports whether an email is blocked in the session, whatever the way in (L7).
func (s *mSession) blocked(email string) bool {
	for _, p := range s.hall.places {
		if p.session == s && p.email == email && p.state == "BLOCKED" {
			return true
		}
	}
	return false
}

// allowed checks an email's domain: a block wins, a list of allowed domains must match, subdomains count (I8).
func (w *world) allowed(email string) bool {
	_, domain, _ := strings.Cut(email, "@")
	under := func(rule string) bool { return domain == rule || strings.HasSuffix(domain, "."+rule) }
	return !slices.ContainsFunc(w.block, under) && (len(w.allow) == 0 || slices.ContainsFunc(w.allow, under))
}
