package stories

import (
	"slices"
	"strings"
	"testing"
	"time"

	. "usher/sitetest"
)

// Why a link can't be used, in the order of L2, with the next steps of each refusal (L10) and what it must not reveal (L4).

// obstacle is a reason why a link does not work.
type obstacle struct {
	name, code string
	next       []string
	raise      func(s *scene)
	turn       int  // the lower of two is raised first, as the other would prevent it
	silent     bool // a look reveals only the problem (L4)
	forgiven   bool // it does not stop the device that redeemed (L3)
	redeeming  bool // it appears only when redeeming, not in a look
}

// obstacles are in the order of L2's checks.
var obstacles = []obstacle{
	{name: "L2.1 a forged link", code: "LINK_NOT_VALID", next: []string{"PASTE_WHOLE_LINK", "CONTACT_HOST"}, silent: true, turn: 9, raise: func(s *scene) {
		s.token = s.token[:40] + strings.Repeat("A", len(s.token)-40)
	}},
	{name: "L2.2 a newer link", code: "LINK_REPLACED", next: []string{"USE_NEWEST_LINK", "ASK_HOST"}, silent: true, raise: func(s *scene) { s.Ticket = s.Renewed() }},
	{name: "L2.3 a deleted room", code: "ROOM_DELETED", next: []string{"CONTACT_HOST"}, silent: true, turn: 9, raise: func(s *scene) {
		s.host.Must("deleteRoom", Object{"roomId": s.Hall.ID}, "")
	}},
	{name: "L2.3 Chat & Collaboration off", code: "ROOM_NOT_AVAILABLE", next: []string{"WAIT", "CONTACT_HOST"}, turn: 3, raise: func(s *scene) {
		s.Update(Object{"chatAndCollaboration": false})
	}},
	{name: "L2.3 invitations off", code: "ROOM_NOT_AVAILABLE", next: []string{"WAIT", "CONTACT_HOST"}, turn: 3, raise: func(s *scene) {
		s.policy(Object{"invitations": false})
	}},
	{name: "L2.3 a cancelled session", code: "SESSION_CANCELLED", next: []string{"CONTACT_HOST"}, turn: 5, raise: func(s *scene) {
		s.Command("cancelSession")
	}},
	{name: "L2.3 a revoked invitation", code: "INVITATION_REVOKED", next: []string{"CONTACT_HOST"}, silent: true, turn: 4, raise: func(s *scene) {
		s.Do("revokeInvitation")
	}},
	{name: "L2.3 a block", code: "PARTICIPANT_BLOCKED", next: []string{"CONTACT_HOST"}, silent: true, turn: 1, raise: func(s *scene) {
		if s.Now().At("participant") == nil {
			s.other.Redeem(s.Ticket)
		}
		s.host.Must("removeParticipant", Object{"participantId": s.Now().Text("participant.id"), "block": true}, "")
	}},
	{name: "L2.3 a disabled account", code: "ACCOUNT_DISABLED", next: []string{"CONTACT_HOST", "CONTACT_ADMIN"}, silent: true, turn: 3, raise: func(s *scene) {
		if !s.known {
			s.h.Account(s.Ticket.Email)
			s.known = true
		}
		s.h.Disable(s.Ticket.Email)
		s.disabled = s.Ticket.Email
	}},
	{name: "L2.3 an ended session", code: "SESSION_ENDED", next: []string{"WAIT", "CONTACT_HOST"}, turn: 5, raise: func(s *scene) {
		s.Command("startSession")
		s.Command("endSession")
	}},
	{name: "L2.3 an expired link", code: "LINK_EXPIRED", next: []string{"ASK_HOST"}, forgiven: true, turn: 2, raise: func(s *scene) {
		s.h.Advance(2*time.Hour + time.Millisecond)
	}},
	{name: "L2.4 another device", code: "USED_ON_OTHER_DEVICE", next: []string{"MOVE_HERE", "ASK_HOST"}, raise: func(s *scene) { s.other.Redeem(s.Ticket) }},
	{name: "L2.5 a sign-in required", code: "SIGN_IN_REQUIRED", next: []string{"SIGN_IN"}, redeeming: true, forgiven: true, turn: 3, raise: func(s *scene) {
		s.policy(Object{"requireSignIn": true})
	}},
	{name: "L2.5 no email", code: "INVALID_EMAIL", next: []string{"FIX_FIELD"}, redeeming: true, forgiven: true, turn: 3, raise: func(s *scene) { s.email = "no address" }},
	{name: "L2.5 another email", code: "EMAIL_MISMATCH", next: []string{"TRY_OTHER_EMAIL"}, redeeming: true, forgiven: true, turn: 3, raise: func(s *scene) {
		s.email = "grace@mail.example.net"
	}},
	{name: "L2.6 a blocked domain", code: "EMAIL_DOMAIN_BLOCKED", next: []string{"CONTACT_HOST", "CONTACT_ADMIN"}, redeeming: true, forgiven: true, turn: 3, raise: func(s *scene) {
		s.policy(Object{"blockedDomains": []string{"Example.org"}})
	}},
}

// exclude reports whether two obstacles cannot occur together.
func exclude(a, b obstacle) bool {
	return a.code == b.code || a.code == "SESSION_CANCELLED" && b.code == "SESSION_ENDED" || a.code == "INVALID_EMAIL" && b.code == "EMAIL_MISMATCH"
}

// stage is a site that serves one scene after another.
type stage struct {
	h           *House
	admin, host *Client
	known       bool   // the invitee has an account
	disabled    string // the email of the account that is disabled
}

func newStage(h *House) *stage {
	h.T.Helper()
	return &stage{h: h, admin: h.User("admin@example.com", "--admin"), host: h.User("ada@example.com")}
}

// scene is a link with an obstacle.
type scene struct {
	*Ticket
	*stage
	token string // the link as its holder received it
	email string // as its holder types it
	other *Client
}

// Scene makes a room with an invitation that expires in two hours, and resets the site's policy.
func (s *stage) Scene() *scene {
	s.h.T.Helper()
	s.policy(Object{"invitations": true, "requireSignIn": false, "blockedDomains": []string{}, "allowedDomains": []string{}})
	if s.disabled != "" {
		s.h.Enable(s.disabled)
		s.disabled = ""
	}
	room := s.h.Hall(s.host, nil)
	ticket := room.Invite("grace@mail.example.org", Object{"expiresAt": Stamp(s.h.Now().Add(2 * time.Hour))})
	return &scene{Ticket: ticket, stage: s, token: ticket.Token, email: ticket.Email, other: s.h.Browser()}
}

func (s *stage) policy(with Object) { s.h.T.Helper(); s.admin.Must("updateSitePolicy", with, "") }

func TestL2_L10_EachObstacleHasItsCodeAndItsNextSteps(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		stage := newStage(h)
		for _, o := range obstacles {
			t.Run(o.name, func(t *testing.T) {
				s := stage.Scene()
				o.raise(s)
				before := s.Log(0)
				grace := s.h.Browser()
				refused := grace.Refused(o.code, "redeemInvitation", Object{"token": s.token, "email": s.email})
				Same(t, "what to do", refused["nextSteps"], o.next)
				if message := refused.Text("message"); len(message) < 10 || strings.Contains(message, "grace@") {
					t.Errorf("it says %q", message)
				}
				s.tellsOfIt(t, o, grace.Look(s.token))
				s.isInTheLog(t, o, len(before), grace)
				Same(t, "the holder's places", grace.MustAsk(`{ me { participants { id } } }`, nil).List("me.participants"), []string{})
			})
		}
	})
}

// tellsOfIt checks what a look reveals (L4).
func (s *scene) tellsOfIt(t *testing.T, o obstacle, look Object) {
	t.Helper()
	if o.redeeming {
		Same(t, "the look's problem", look["problem"], nil)
	} else {
		Same(t, "the look", []any{look.Text("problem.code"), look.At("problem.nextSteps")}, []any{o.code, o.next})
	}
	title := any("Town hall")
	if o.silent {
		title = nil
		for field, value := range look {
			if field != "problem" && field != "hostAsked" && field != "serverTime" && value != nil && value != false {
				t.Errorf("the look tells %s: %v", field, value)
			}
		}
	}
	Same(t, "the title in the look", look["roomTitle"], title)
}

// isInTheLog checks that managers receive one refusal a minute and code (L5).
func (s *scene) isInTheLog(t *testing.T, o obstacle, before int, grace *Client) {
	t.Helper()
	if o.code == "LINK_NOT_VALID" || o.code == "ROOM_DELETED" { // there is no room to report it in
		return
	}
	refusals := func() (codes []string) {
		for _, e := range s.Log(before) {
			if e.Kind == "RedemptionRefused" {
				codes = append(codes, e.Detail.Code())
			}
		}
		return codes
	}
	Same(t, "refusals reported", refusals(), []string{o.code})
	again := Object{"token": s.token, "email": s.email}
	grace.Refused(o.code, "redeemInvitation", again)
	s.h.Advance(time.Minute - time.Millisecond)
	grace.Refused(o.code, "redeemInvitation", again)
	Same(t, "refusals reported within a minute", refusals(), []string{o.code})
	s.h.Advance(time.Millisecond)
	grace.Refused(o.code, "redeemInvitation", again)
	Same(t, "refusals reported in the next minute", refusals(), []string{o.code, o.code})
}

func TestL2_TheEarlierOfTwoObstaclesIsReported(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
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
					s.h.Browser().Refused(earlier.code, "redeemInvitation", Object{"token": s.token, "email": s.email})
				})
			}
		}
	})
}

func TestL3_SomeObstaclesDoNotStopTheDeviceThatRedeemed(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		stage := newStage(h)
		for _, o := range obstacles {
			if o.code == "LINK_NOT_VALID" || o.code == "USED_ON_OTHER_DEVICE" || o.code == "LINK_REPLACED" {
				continue // a forged link stops everybody; a new link ends the device's access
			}
			t.Run(o.name, func(t *testing.T) {
				s := stage.Scene()
				grace := s.h.Browser()
				participant := grace.Redeem(s.Ticket)
				o.raise(s)
				again := Object{"token": s.token, "email": s.email}
				if !o.forgiven {
					grace.Refused(o.code, "redeemInvitation", again)
					return
				}
				Same(t, "the participant", grace.Must("redeemInvitation", again, "participant { id }").Text("participant.id"), participant)
				look := grace.Look(s.token)
				Same(t, "the look", []any{look["problem"], look.Text("participant.id")}, []any{nil, participant})
			})
		}
	})
}

func TestL2_2_ANewLinkReplacesTheOldOneAndItsDeviceAtOnce(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		s := newStage(h).Scene()
		grace := s.h.Browser()
		participant := grace.Redeem(s.Ticket)
		before := s.Revision()
		renewed := s.Renewed()
		Same(t, "what happened", s.Kinds(before), []string{"LinkRegenerated", "ParticipantChanged"})
		Same(t, "the places of the old device", grace.MustAsk(`{ me { participants { id } } }`, nil).List("me.participants"), []string{})
		grace.Refused("LINK_REPLACED", "redeemInvitation", s.Own())
		Same(t, "the same participant by the new link", s.h.Browser().Redeem(renewed), participant)
		grace.Refused("LINK_REPLACED", "redeemInvitation", s.Own())
	})
}

func TestL2_1_AllForgedLinksGetTheSameAnswerAndCount(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		ticket := room.Invite("grace@example.org", nil)
		visitor := h.Browser()
		at, other := len(ticket.Token)-10, "A"
		if ticket.Token[at] == 'A' {
			other = "B"
		}
		altered := ticket.Token[:at] + other + ticket.Token[at+1:]
		answers := map[string]bool{}
		for _, forged := range []string{altered, "u1_" + strings.Repeat("A", 71), "u1_" + strings.Repeat("-", 71)} {
			r, _ := visitor.Do("redeemInvitation", Object{"token": forged, "email": ticket.Email}, "")
			answers[r.Raw] = true
		}
		Same(t, "different answers", len(answers), 1)
		for garbled, want := range map[string]string{"": "There is no link in this text.", ticket.Token[:70]: "A part of this link is missing."} {
			message := visitor.Refused("LINK_NOT_VALID", "redeemInvitation", Object{"token": garbled, "email": ticket.Email}).Text("message")
			Same(t, "the reason, which the text itself shows", strings.HasPrefix(message, want), true)
		}
		for range 25 { // 30 of an address in a minute
			Same(t, "the look at a forged link", visitor.Look("nonsense").Text("problem.code"), "LINK_NOT_VALID")
		}
		visitor.Fails("RATE_LIMITED", "redeemInvitation", Object{"token": "nonsense"})
		for range 10 {
			Same(t, "a genuine link is never counted", visitor.Look(ticket.Token)["problem"], nil)
		}
		h.Advance(2 * time.Second)
		visitor.Refused("LINK_NOT_VALID", "redeemInvitation", Object{"token": "nonsense"})
	})
}
