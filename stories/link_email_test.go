package stories

import (
	"strings"
	"testing"
	"time"

	. "usher/sitetest"
)

// Whose link it is: the email that is typed, the account that is signed in, and the domains that a site lets in.

func TestL2_5_WrongEmailsCountDownToAPauseOf15Minutes(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		ticket := room.Invite("Grace@example.org", nil)
		grace := h.Browser()
		for left := 4; left >= 0; left-- {
			grace.Refused("INVALID_EMAIL", "redeemInvitation", ticket.With("grace@")) // malformed: not counted
			grace.Refused("INVALID_EMAIL", "redeemInvitation", Object{"token": ticket.Token})
			refused := grace.Refused("EMAIL_MISMATCH", "redeemInvitation", ticket.With("g.race@example.org"))
			Same(t, "tries left and the field", []any{refused.Int("attemptsLeft"), refused["field"]}, []any{left, "email"})
			h.Advance(time.Second)
		}
		until := h.Now().Add(15*time.Minute - time.Second)
		paused := grace.Refused("TOO_MANY_ATTEMPTS", "redeemInvitation", ticket.Own())
		Same(t, "the pause", []any{paused["retryAt"], paused["nextSteps"], paused["attemptsLeft"]}, []any{Stamp(until), []string{"WAIT", "CONTACT_HOST"}, nil})
		Same(t, "how long it is said to last", paused["message"], "Too many attempts. Wait 15 minutes, then try again.")
		Same(t, "the look while it lasts", []any{grace.Look(ticket.Token).At("problem.code"), grace.Look(ticket.Token).At("problem.retryAt")},
			[]any{"TOO_MANY_ATTEMPTS", Stamp(until)})
		h.Browser().Refused("TOO_MANY_ATTEMPTS", "redeemInvitation", ticket.Own()) // the link is paused, not the device
		h.Set(until.Add(-time.Millisecond))
		grace.Refused("TOO_MANY_ATTEMPTS", "redeemInvitation", ticket.With("g.race@example.org"))
		h.Set(until)
		Same(t, "the look after it", grace.Look(ticket.Token)["problem"], nil)
		Same(t, "tries after it", grace.Refused("EMAIL_MISMATCH", "redeemInvitation", ticket.With("g.race@example.org")).Int("attemptsLeft"), 4)
		grace.Must("redeemInvitation", ticket.With("GRACE@EXAMPLE.ORG"), "")
	})
}

func TestL2_5_ThePauseAppliesOnlyToTypedEmails(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		grace := h.User("grace@example.org")
		ticket, hers := room.Invite("grace@example.org", nil), room.Invite("alan@example.org", nil)
		alan := h.Browser()
		participant := alan.Redeem(hers)
		for range 5 {
			h.Browser().Refused("EMAIL_MISMATCH", "redeemInvitation", ticket.With("wrong@example.org"))
		}
		h.Browser().Refused("TOO_MANY_ATTEMPTS", "redeemInvitation", ticket.Own())
		Same(t, "the look of the signed-in invitee", grace.Look(ticket.Token)["problem"], nil)
		grace.Must("redeemInvitation", Object{"token": ticket.Token, "credential": "BEARER", "attemptKey": "grace-0123456789abcdef"}, "")
		for range 7 { // L3: who has redeemed is never paused
			Same(t, "alan again", alan.Must("redeemInvitation", hers.With("wrong@example.org"), "participant { id }").Text("participant.id"), participant)
		}
	})
}

func TestL6_TheInvitedAccountGetsThePlace(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), Object{"access": "MEMBERS"})
		h.Account("grace.hopper@example.org")
		grace := h.Browser()
		grace.Must("signIn", Object{"email": "grace.hopper@example.org", "password": Password}, "")
		ticket := room.Invite("Grace.Hopper@example.org", Object{"firstName": "Somebody", "lastName": "Else", "role": "SPEAKER"})
		Same(t, "names come from the account (I3)", []any{ticket.Now()["firstName"], ticket.Now()["lastName"], ticket.Now().At("user") != nil}, []any{"Grace", "Hopper", true})
		place := grace.Must("redeemInvitation", Object{"token": ticket.Token}, "participant { id guest role displayName }").In("participant")
		Same(t, "the place", []any{place["guest"], place["role"], place["displayName"]}, []any{false, "SPEAKER", "Grace Hopper"})
		elsewhere := h.Bearer(h.MustRun("", "token", "create", "--email", "grace.hopper@example.org"))
		Same(t, "the account's places", elsewhere.MustAsk(`{ me { participants { id } } }`, nil).Texts("me.participants", "id"), []any{place["id"]})
	})
}

func TestL6_AnotherAccountMayTypeTheInvitedEmail(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		ticket := room.Invite("grace@example.org", nil)
		h.Account("alan@example.org")
		alan := h.Browser()
		alan.Must("signIn", Object{"email": "alan@example.org", "password": Password}, "")
		refused := alan.Refused("EMAIL_MISMATCH", "redeemInvitation", ticket.With("alan@example.org"))
		Same(t, "what to do", refused["nextSteps"], []string{"TRY_OTHER_EMAIL", "SWITCH_ACCOUNT"})
		alan.Refused("INVALID_EMAIL", "redeemInvitation", Object{"token": ticket.Token})
		place := alan.Must("redeemInvitation", ticket.Own(), "participant { id guest displayName }").In("participant")
		Same(t, "a guest's place of its own", []any{place["guest"], place["displayName"]}, []any{true, "Grace Guest"})
		me := alan.MustAsk(`{ me { user { email } participants { id } } }`, nil)
		Same(t, "nothing is signed out", []any{me.Text("me.user.email"), me.Texts("me.participants", "id")}, []any{"alan@example.org", []any{place["id"]}})
		alan.Must("signOut", nil, "me { participants { id } }")
		Same(t, "signing out leaves the guest", alan.MustAsk(`{ me { participants { id } } }`, nil).Texts("me.participants", "id"), []any{place["id"]})
	})
}

func TestL2_5_WhereSignInIsRequiredATypedEmailIsNotEnough(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		s := newStage(h).Scene()
		s.h.Account(s.email)
		s.policy(Object{"requireSignIn": true})
		grace := s.h.Browser()
		looked := func(by *Client) []any {
			look := by.Look(s.token)
			return []any{look["problem"], look["signInRequired"], look["matchesAccount"]}
		}
		Same(t, "the look says so first (L4)", looked(grace), []any{nil, true, false})
		s.h.Account("alan@example.org")
		alan := s.h.Browser()
		alan.Must("signIn", Object{"email": "alan@example.org", "password": Password}, "")
		Same(t, "the look of another account", looked(alan), []any{nil, true, false})
		Same(t, "what to do", grace.Refused("SIGN_IN_REQUIRED", "redeemInvitation", s.Own())["nextSteps"], []string{"SIGN_IN"})
		grace.Must("signIn", Object{"email": s.email, "password": Password}, "")
		Same(t, "the look of the invited account", looked(grace), []any{nil, false, true})
		Same(t, "signed in", grace.Must("redeemInvitation", Object{"token": s.token}, "participant { guest }").At("participant.guest"), false)
	})
}

func TestI8_DomainRulesApplyAtInvitingAndAtRedeeming(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		stage := newStage(h)
		for _, c := range []struct {
			name             string
			blocked, allowed []string
			email            string
			in               bool
		}{
			{"without rules all are in", nil, nil, "a@example.org", true},
			{"a block holds for its domain", []string{"example.org"}, nil, "a@example.org", false},
			{"a block holds for subdomains", []string{"example.org"}, nil, "a@Mail.Example.ORG", false},
			{"a block ends at a label's boundary", []string{"example.org"}, nil, "a@notexample.org", true},
			{"a block may be typed with @ and star", []string{"*.example.org", "@example.net"}, nil, "a@example.net", false},
			{"a block in letters holds for the ASCII form", []string{"bücher.example"}, nil, "a@xn--bcher-kva.example", false},
			{"a block in ASCII holds for the letters", []string{"XN--bcher-kva.example"}, nil, "a@mail.BÜCHER.example", false},
			{"where some are allowed others are out", nil, []string{"example.com"}, "a@example.org", false},
			{"an allowance holds for subdomains", nil, []string{"example.org"}, "a@mail.example.org", true},
			{"a block wins over an allowance", []string{"mail.example.org"}, []string{"example.org"}, "a@mail.example.org", false},
		} {
			t.Run(c.name, func(t *testing.T) {
				s := stage.Scene()
				rules := Object{"blockedDomains": append([]string{}, c.blocked...), "allowedDomains": append([]string{}, c.allowed...)}
				ticket := s.Invite(c.email, nil)
				s.policy(rules)
				if c.in {
					s.h.Browser().Redeem(ticket)
					return
				}
				Same(t, "redeeming", s.h.Browser().Refused("EMAIL_DOMAIN_BLOCKED", "redeemInvitation", ticket.Own())["nextSteps"], []string{"CONTACT_HOST", "CONTACT_ADMIN"})
				refused := s.host.Refused("EMAIL_DOMAIN_BLOCKED", "inviteUser", s.Invitee(c.email, nil))
				Same(t, "inviting", []any{refused["nextSteps"], refused["field"]}, []any{[]string{"FIX_FIELD", "CONTACT_ADMIN"}, "email"})
			})
		}
	})
}

func TestI9_RevokingRemovesTheParticipantAtOnce(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		ticket := room.Invite("grace@example.org", nil)
		with := ticket.Own()
		with["credential"], with["attemptKey"] = "BEARER", "0123456789abcdefghijkl"
		guest := h.Bearer(h.Bearer("").Must("redeemInvitation", with, "accessToken").Text("accessToken"))
		see := `query($id: ID!) { room(id: $id) { title } }`
		Same(t, "the room while invited", guest.MustAsk(see, Object{"id": room.ID}).Text("room.title"), "Town hall")
		before := room.Revision()
		ticket.Do("revokeInvitation")
		Same(t, "the token afterwards", guest.Ask(see, Object{"id": room.ID}).Code(), "UNAUTHENTICATED")
		Same(t, "what happened", room.Kinds(before), []string{"InvitationRevoked", "ParticipantChanged"})
		Same(t, "the invitation", []any{ticket.Now()["status"], ticket.Now()["link"], ticket.Now().Text("participant.state")}, []any{"REVOKED", nil, "LEFT"})
		ticket.Do("revokeInvitation")
		Same(t, "revoking again (S4)", room.Revision(), before+2)
	})
}

func TestI9_ChangingARedeemedInvitationsRoleChangesTheParticipants(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		ticket := room.Invite("grace@example.org", nil)
		h.Browser().Redeem(ticket)
		before := room.Revision()
		room.Host.Must("updateInvitation", Object{"invitationId": ticket.ID, "role": "MODERATOR"}, "")
		Same(t, "the roles", []any{ticket.Now()["role"], ticket.Now().Text("participant.role")}, []string{"MODERATOR", "MODERATOR"})
		Same(t, "what happened", room.Kinds(before), []string{"InvitationUpdated", "RolePromoted"})
		room.Host.Must("updateInvitation", Object{"invitationId": ticket.ID, "role": "MODERATOR"}, "")
		Same(t, "the same role again (S4)", room.Revision(), before+2)
	})
}

func TestI9_RevokingKeepsWhatAPlaceHadWithoutTheInvitation(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), Object{"access": "MEMBERS"})
		room.Command("startSession")
		grace := h.User("grace@example.org")
		enter := func() Object {
			return grace.Must("enterRoom", Object{"roomId": room.ID}, "participant { id role state guest }").In("participant")
		}
		member := enter()
		Same(t, "a member enters", []any{member["role"], member["state"], member["guest"]}, []any{"VIEWER", "IN_ROOM", false})
		ticket := room.Invite("grace@example.org", Object{"role": "SPEAKER"})
		place := grace.Must("redeemInvitation", Object{"token": ticket.Token}, "participant { id role }").In("participant")
		Same(t, "one place, the higher of two roles (L6)", []any{place["id"], place["role"]}, []any{member["id"], "SPEAKER"})
		ticket.Do("revokeInvitation")
		back := enter()
		Same(t, "without the invitation", []any{back["id"], back["role"], back["state"], back["guest"]}, []any{member["id"], "VIEWER", "IN_ROOM", false})
	})
}

func TestI4_ARevivedInvitationGrantsItsOwnRole(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		ticket := room.Invite("grace@example.org", nil)
		place := h.Browser().Redeem(ticket)
		room.Host.Must("changeRole", Object{"participantId": place, "role": "MODERATOR"}, "")
		ticket.Do("revokeInvitation")
		link := room.Host.Must("regenerateLink", Object{"invitationId": ticket.ID}, "invitation { link }").Text("invitation.link")
		_, token, _ := strings.Cut(link, "#")
		back := h.Browser().Must("redeemInvitation", Object{"token": token, "email": "grace@example.org"}, "participant { id role }").In("participant")
		Same(t, "the same place, as it was granted", []any{back["id"], back["role"]}, []any{place, "VIEWER"})
	})
}

func TestL8_TheHolderOfAReplacedLinkSeesThatTheHostWasAsked(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		ticket := room.Invite("grace@example.org", nil)
		ticket.Do("regenerateLink")
		holder := h.Browser()
		before := holder.Look(ticket.Token)
		Same(t, "before", []any{before["hostAsked"], before["hostAskedAt"]}, []any{false, nil})
		asked := h.Now()
		link := holder.Must("askHost", Object{"token": ticket.Token}, "link { hostAsked hostAskedAt problem { code } roomTitle }").In("link")
		Same(t, "after, and nothing else is revealed (L4)", []any{link["hostAsked"], link["hostAskedAt"], link.At("problem.code"), link["roomTitle"]},
			[]any{true, Stamp(asked), "LINK_REPLACED", nil})
	})
}
