package main

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// Why a link can't be used, in the order of L2, with what each refusal offers (L10) and what it keeps to itself (L4).

// obstacle is something that stops a link, as somebody brings it about.
type obstacle struct {
	name, code, next string
	raise            func(s *scene)
	turn             int  // of two obstacles the one with the lower turn is raised first: the other would be in its way
	silent           bool // the look tells nothing but the problem (L4)
	forgiven         bool // the device that redeemed goes on (L3)
	redeeming        bool // a look does not show it: it shows at redeeming alone
}

// obstacles stand in the order of L2's checks.
var obstacles = []obstacle{
	{name: "L2.1 a forged link", code: "LINK_NOT_VALID", next: "[PASTE_WHOLE_LINK CONTACT_HOST]", silent: true, turn: 9, raise: func(s *scene) {
		s.token = s.token[:40] + strings.Repeat("A", len(s.token)-40)
	}},
	{name: "L2.2 a newer link", code: "LINK_REPLACED", next: "[USE_NEWEST_LINK ASK_HOST]", silent: true, raise: func(s *scene) { s.ticket = s.Renewed() }},
	{name: "L2.3 a deleted room", code: "ROOM_DELETED", next: "[CONTACT_HOST]", silent: true, turn: 9, raise: func(s *scene) {
		s.host.Must("deleteRoom", object{"roomId": s.hall.id}, "")
	}},
	{name: "L2.3 Chat & Collaboration off", code: "ROOM_NOT_AVAILABLE", next: "[WAIT CONTACT_HOST]", turn: 3, raise: func(s *scene) {
		s.Update(object{"chatAndCollaboration": false})
	}},
	{name: "L2.3 invitations off", code: "ROOM_NOT_AVAILABLE", next: "[WAIT CONTACT_HOST]", turn: 3, raise: func(s *scene) {
		s.policy(object{"invitations": false})
	}},
	{name: "L2.3 a cancelled session", code: "SESSION_CANCELLED", next: "[CONTACT_HOST]", turn: 5, raise: func(s *scene) {
		s.Command("cancelSession")
	}},
	{name: "L2.3 a revoked invitation", code: "INVITATION_REVOKED", next: "[CONTACT_HOST]", silent: true, turn: 4, raise: func(s *scene) {
		s.Do("revokeInvitation")
	}},
	{name: "L2.3 a block", code: "PARTICIPANT_BLOCKED", next: "[CONTACT_HOST]", silent: true, turn: 1, raise: func(s *scene) {
		if s.Now().At("participant") == nil {
			s.other.Redeem(s.ticket)
		}
		s.host.Must("removeParticipant", object{"participantId": s.Now().Text("participant.id"), "block": true}, "")
	}},
	{name: "L2.3 a disabled account", code: "ACCOUNT_DISABLED", next: "[CONTACT_HOST CONTACT_ADMIN]", silent: true, turn: 3, raise: func(s *scene) {
		if !s.known {
			s.h.Account(s.ticket.email)
			s.known = true
		}
		s.h.Disable(s.ticket.email)
		s.disabled = s.ticket.email
	}},
	{name: "L2.3 an ended session", code: "SESSION_ENDED", next: "[WAIT CONTACT_HOST]", turn: 5, raise: func(s *scene) {
		s.Command("startSession")
		s.Command("endSession")
	}},
	{name: "L2.3 an expired link", code: "LINK_EXPIRED", next: "[ASK_HOST]", forgiven: true, turn: 2, raise: func(s *scene) {
		s.h.Advance(2*time.Hour + time.Millisecond)
	}},
	{name: "L2.4 another device", code: "USED_ON_OTHER_DEVICE", next: "[ASK_HOST]", raise: func(s *scene) { s.other.Redeem(s.ticket) }},
	{name: "L2.5 a sign-in required", code: "SIGN_IN_REQUIRED", next: "[SIGN_IN]", redeeming: true, forgiven: true, turn: 3, raise: func(s *scene) {
		s.policy(object{"requireSignIn": true})
	}},
	{name: "L2.5 no email", code: "INVALID_EMAIL", next: "[FIX_FIELD]", redeeming: true, forgiven: true, turn: 3, raise: func(s *scene) { s.email = "no address" }},
	{name: "L2.5 another email", code: "EMAIL_MISMATCH", next: "[TRY_OTHER_EMAIL]", redeeming: true, forgiven: true, turn: 3, raise: func(s *scene) {
		s.email = "grace@mail.example.net"
	}},
	{name: "L2.6 a blocked domain", code: "EMAIL_DOMAIN_BLOCKED", next: "[CONTACT_HOST CONTACT_ADMIN]", redeeming: true, forgiven: true, turn: 3, raise: func(s *scene) {
		s.policy(object{"blockedDomains": []string{"Example.org"}})
	}},
}

// exclude says which two obstacles can't be there both.
func exclude(a, b obstacle) bool {
	return a.code == b.code || a.code == "SESSION_CANCELLED" && b.code == "SESSION_ENDED" || a.code == "INVALID_EMAIL" && b.code == "EMAIL_MISMATCH"
}

// stage is a site on which one scene after the other is played.
type stage struct {
	h           *house
	admin, host *client
	known       bool   // the invitee has an account
	disabled    string // the email of the account that is disabled
}

func newStage(h *house) *stage {
	h.t.Helper()
	return &stage{h: h, admin: h.User("admin@example.com", "--admin"), host: h.User("ada@example.com")}
}

// scene is a link of which something is about to go wrong.
type scene struct {
	*ticket
	*stage
	token string // the link as its holder has it
	email string // as its holder types it
	other *client
}

// Scene sets a room, an invitation that expires in two hours, and the site's first policy.
func (s *stage) Scene() *scene {
	s.h.t.Helper()
	s.policy(object{"invitations": true, "requireSignIn": false, "blockedDomains": []string{}, "allowedDomains": []string{}})
	if s.disabled != "" {
		s.h.Enable(s.disabled)
		s.disabled = ""
	}
	room := s.h.Hall(s.host, nil)
	ticket := room.Invite("grace@mail.example.org", object{"expiresAt": stamp(s.h.Now().Add(2 * time.Hour))})
	return &scene{ticket: ticket, stage: s, token: ticket.token, email: ticket.email, other: s.h.Browser()}
}

func (s *stage) policy(with object) { s.h.t.Helper(); s.admin.Must("updateSitePolicy", with, "") }

func TestL2_L10_EachObstacleHasItsCodeAndItsNextSteps(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		stage := newStage(h)
		for _, o := range obstacles {
			t.Run(o.name, func(t *testing.T) {
				s := stage.Scene()
				o.raise(s)
				before := s.Log(0)
				grace := s.h.Browser()
				refused := grace.Refused(o.code, "redeemInvitation", object{"token": s.token, "email": s.email})
				same(t, "what to do", refused["nextSteps"], o.next)
				if message := refused.Text("message"); len(message) < 10 || strings.Contains(message, "grace@") {
					t.Errorf("it says %q", message)
				}
				s.tellsOfIt(t, o, grace.Look(s.token))
				s.isInTheLog(t, o, len(before), grace)
				same(t, "the holder's places", grace.MustAsk(`{ me { participants { id } } }`, nil).List("me.participants"), "[]")
			})
		}
	})
}

// tellsOfIt checks what a look tells (L4).
func (s *scene) tellsOfIt(t *testing.T, o obstacle, look object) {
	t.Helper()
	if o.redeeming {
		same(t, "the look's problem", look["problem"], nil)
	} else {
		same(t, "the look", []any{look.Text("problem.code"), look.At("problem.nextSteps")}, "["+o.code+" "+o.next+"]")
	}
	title := any("Town hall")
	if o.silent {
		title = nil
		for field, value := range look {
			if field != "problem" && field != "hostAsked" && field != "serverTime" && value != nil {
				t.Errorf("the look tells %s: %v", field, value)
			}
		}
	}
	same(t, "the title in the look", look["roomTitle"], title)
}

// isInTheLog checks that one refusal a minute and code is told to the managers (L5).
func (s *scene) isInTheLog(t *testing.T, o obstacle, before int, grace *client) {
	t.Helper()
	if o.code == "LINK_NOT_VALID" || o.code == "ROOM_DELETED" { // nobody's link, and nobody's room
		return
	}
	refusals := func() (codes []string) {
		for _, e := range s.Log(before) {
			if e.kind == "RedemptionRefused" {
				codes = append(codes, e.detail.Text("code"))
			}
		}
		return codes
	}
	same(t, "refusals told", refusals(), "["+o.code+"]")
	again := object{"token": s.token, "email": s.email}
	grace.Refused(o.code, "redeemInvitation", again)
	s.h.Advance(time.Minute - time.Millisecond)
	grace.Refused(o.code, "redeemInvitation", again)
	same(t, "refusals told within a minute", refusals(), "["+o.code+"]")
	s.h.Advance(time.Millisecond)
	grace.Refused(o.code, "redeemInvitation", again)
	same(t, "refusals told in the next minute", refusals(), "["+o.code+" "+o.code+"]")
}

func TestL2_OfTwoObstaclesTheEarlierAnswers(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		stage := newStage(h)
		for i, earlier := range obstacles {
			for _, later := range obstacles[i+1:] {
				if exclude(earlier, later) {
					continue
				}
				t.Run(earlier.name+" comes before "+later.name, func(t *testing.T) {
					s := stage.Scene()
					both := []obstacle{earlier, later}
					slices.SortStableFunc(both, func(a, b obstacle) int { return a.turn - b.turn })
					for _, o := range both {
						o.raise(s)
					}
					s.h.Browser().Refused(earlier.code, "redeemInvitation", object{"token": s.token, "email": s.email})
				})
			}
		}
	})
}

func TestL3_WhatTheDeviceThatRedeemedIsForgiven(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		stage := newStage(h)
		for _, o := range obstacles {
			if o.code == "LINK_NOT_VALID" || o.code == "USED_ON_OTHER_DEVICE" || o.code == "LINK_REPLACED" {
				continue // forged for everybody; its own device; a new link takes the device's access
			}
			t.Run(o.name, func(t *testing.T) {
				s := stage.Scene()
				grace := s.h.Browser()
				participant := grace.Redeem(s.ticket)
				o.raise(s)
				again := object{"token": s.token, "email": s.email}
				if !o.forgiven {
					grace.Refused(o.code, "redeemInvitation", again)
					return
				}
				same(t, "the participant", grace.Must("redeemInvitation", again, "participant { id }").Text("participant.id"), participant)
				look := grace.Look(s.token)
				same(t, "the look", []any{look["problem"], look.Text("participant.id")}, []any{nil, participant})
			})
		}
	})
}

func TestL2_2_ANewLinkTakesTheOldOneAndItsDeviceAtOnce(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		s := newStage(h).Scene()
		grace := s.h.Browser()
		participant := grace.Redeem(s.ticket)
		before := s.Revision()
		renewed := s.Renewed()
		same(t, "what happened", s.Kinds(before), "[LinkRegenerated ParticipantChanged]")
		same(t, "the places of the old device", grace.MustAsk(`{ me { participants { id } } }`, nil).List("me.participants"), "[]")
		grace.Refused("LINK_REPLACED", "redeemInvitation", s.Own())
		same(t, "the same participant by the new link", s.h.Browser().Redeem(renewed), participant)
		grace.Refused("LINK_REPLACED", "redeemInvitation", s.Own())
	})
}

func TestL2_1_ForgedLinksAllGetTheSameAnswerAndAreCounted(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		room := h.Hall(h.User("ada@example.com"), nil)
		ticket := room.Invite("grace@example.org", nil)
		visitor := h.Browser()
		at, other := len(ticket.token)-10, "A"
		if ticket.token[at] == 'A' {
			other = "B"
		}
		altered := ticket.token[:at] + other + ticket.token[at+1:]
		answers := map[string]bool{}
		for _, forged := range []string{"", "nonsense", ticket.token[1:], altered, "u1_" + strings.Repeat("A", 71)} {
			r, _ := visitor.Do("redeemInvitation", object{"token": forged, "email": ticket.email}, "")
			answers[r.raw] = true
		}
		same(t, "different answers", len(answers), 1)
		same(t, "the look at a forged link", visitor.Look("nonsense").Text("problem.code"), "LINK_NOT_VALID")
		visitor.Fails("RATE_LIMITED", "redeemInvitation", object{"token": "nonsense"})
		for range 10 {
			same(t, "a genuine link is never counted", visitor.Look(ticket.token)["problem"], nil)
		}
		h.Advance(10 * time.Second)
		visitor.Refused("LINK_NOT_VALID", "redeemInvitation", object{"token": "nonsense"})
	}, "--forged-links-per-minute=6")
}
