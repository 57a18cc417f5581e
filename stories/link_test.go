package stories

import (
	"net/url"
	"strings"
	"testing"
	"time"

	. "usher/sitetest"
)

// A manager invites somebody without an account, who opens the link, redeems it and comes in.

func TestAStrangerRedeemsAnInvitation(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		h.Account("Ada.Lovelace@example.com")
		ada := h.Browser()
		me := ada.Must("signIn", Object{"email": "ada.lovelace@EXAMPLE.com", "password": Password}, "me { user { email name siteRole } } accessToken")
		Same(t, "who signed in", me.In("me.user"), Object{"email": "Ada.Lovelace@example.com", "name": "Ada Lovelace", "siteRole": "MEMBER"})
		Same(t, "the token of a browser, which has a cookie", me["accessToken"], nil)

		room := h.Hall(ada, nil)
		made := ada.Must("inviteUser", room.Invitee("Grace.Hopper@example.org", Object{"firstName": " Grace ", "role": "SPEAKER"}),
			"invitation { id link status role email firstName user { id } invitedBy { name email } expiresAt }")
		invitation := made.In("invitation")
		Same(t, "the invitation", []any{invitation["status"], invitation["role"], invitation["email"], invitation["firstName"]},
			[]string{"PENDING", "SPEAKER", "Grace.Hopper@example.org", "Grace"})
		Same(t, "its expiry, account and host", []any{invitation["expiresAt"], invitation["user"], invitation.Text("invitedBy.name")}, []any{nil, nil, "Ada Lovelace"})
		ticket := room.Ticket("grace.hopper@example.org", made)
		if !strings.HasPrefix(ticket.Link, h.URL+"/join#u1_") {
			t.Errorf("the link is %s", ticket.Link)
		}

		grace := h.Browser()
		look := grace.Look(ticket.Token)
		Same(t, "the look", []any{look["problem"], look["participant"], look["roomTitle"], look["invitedBy"], look["role"], look.Text("session.state")},
			[]any{nil, nil, "Town hall", "Ada Lovelace", "SPEAKER", "SCHEDULED"})
		Same(t, "the server's time", look["serverTime"], Stamp(h.Now()))

		got := grace.Must("redeemInvitation", Object{"token": ticket.Token, "email": "GRACE.hopper@Example.ORG."},
			"participant { displayName state role guest room { title } session { id } invitation { id } user { id } } accessToken")
		place := got.In("participant")
		Same(t, "the place", []any{place["displayName"], place["state"], place["role"], place["guest"], place.Text("room.title")},
			[]any{"Grace Guest", "COUNTDOWN", "SPEAKER", true, "Town hall"})
		Same(t, "what only managers see", []any{place["invitation"], place["user"], got["accessToken"]}, []any{nil, nil, nil})
		Same(t, "her own places", grace.MustAsk(`{ me { user { id } participants { displayName } } }`, nil).In("me"),
			Object{"participants": []any{map[string]any{"displayName": "Grace Guest"}}, "user": nil})

		now := ticket.Now()
		Same(t, "what the manager sees", []any{now["status"], now["redeemedAt"], now.Text("participant.state")}, []any{"REDEEMED", Stamp(h.Now()), "COUNTDOWN"})
	})
}

func TestI4_AnInvitedEmailIsNotInvitedTwice(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		ticket := room.Invite("grace@example.org", nil)
		refused := room.Host.Refused("ALREADY_INVITED", "inviteUser", room.Invitee("GRACE@EXAMPLE.ORG", nil))
		Same(t, "the conflicting invitation", refused.Text("standingInvitation.id"), ticket.ID)
		Same(t, "what to do", refused["nextSteps"], []string{"CHANGE_ROLE", "COPY_LINK", "REGENERATE_LINK"})
		Same(t, "the link that is copied again (I7)", ticket.Now()["link"], ticket.Link)
	})
}

func TestL1_LookingAtALinkRedeemsNothingAndRevealsNoEmail(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		ticket := room.Invite("surprising.person@example.org", nil)
		for range 3 {
			visitor := h.Browser()
			r := visitor.Ask(`query($token: String!) { invitationLink(token: $token) { `+LookFields+` } }`, Object{"token": ticket.Token})
			for _, secret := range []string{"surprising", "person", "example.org", "ada@", "Grace", ticket.ID} {
				if strings.Contains(strings.ToLower(r.Raw), strings.ToLower(secret)) {
					t.Errorf("the look tells %q: %s", secret, r.Raw)
				}
			}
		}
		h.WaitUntil("the look was noted", func() bool { return ticket.Status() == "OPENED" })
		opened := ticket.Now()["openedAt"]
		h.Advance(time.Minute)
		if answer, _ := MustDo(t, "GET", h.URL+"/graphql?query="+url.QueryEscape(`{invitationLink(token:"`+ticket.Token+`"){roomTitle}}`)); len(answer.Cookies()) != 0 {
			t.Errorf("a GET set %v", answer.Cookies())
		}
		for _, method := range []string{"GET", "HEAD"} {
			if answer, _ := MustDo(t, method, h.URL+"/join"); len(answer.Cookies()) != 0 || answer.Header.Get("Cache-Control") != "no-store" {
				t.Errorf("%s of the page answers %v", method, answer.Header)
			}
		}
		now := ticket.Now()
		Same(t, "it is opened once, and not redeemed", []any{now["status"], now["openedAt"], now["redeemedAt"]}, []any{"OPENED", opened, nil})
		Same(t, "what happened", room.Kinds(0), []string{"SessionScheduled", "InvitationCreated", "InvitationOpened"})
	})
}

func TestL3_TheDeviceThatRedeemedMayComeBackAtAnyTime(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		t.Run("a browser by its cookie", func(t *testing.T) {
			ticket := room.Invite("grace@example.org", nil)
			grace := h.Browser()
			first, before := grace.Redeem(ticket), room.Revision()
			for range 3 {
				Same(t, "the participant", grace.Redeem(ticket), first)
				// The device needs no email again, and a wrong one is not counted.
				Same(t, "with a wrong email", grace.Must("redeemInvitation", ticket.With("wrong@example.org"), "participant { id }").Text("participant.id"), first)
				Same(t, "without an email", grace.Must("redeemInvitation", Object{"token": ticket.Token}, "participant { id }").Text("participant.id"), first)
			}
			Same(t, "the look goes on", grace.Look(ticket.Token).Text("participant.id"), first)
			Same(t, "events of coming back", room.Kinds(before), []string{})
		})
		t.Run("a program by its attemptKey", func(t *testing.T) {
			ticket := room.Invite("alan@example.org", nil)
			with := ticket.Own()
			with["credential"], with["attemptKey"] = "BEARER", "0123456789abcdefghijkl"
			tokens := map[string]bool{}
			var first string
			for range 3 {
				got := h.Bearer("").Must("redeemInvitation", with, "participant { id } accessToken")
				if first == "" {
					first = got.Text("participant.id")
				}
				Same(t, "the participant", got.Text("participant.id"), first)
				tokens[got.Text("accessToken")] = true
			}
			Same(t, "fresh credentials", len(tokens), 3)
			for token := range tokens {
				guest := h.Bearer(token)
				Same(t, "each works", guest.MustAsk(`query($id: ID!) { room(id: $id) { myParticipant { id } } }`, Object{"id": room.ID}).
					Text("room.myParticipant.id"), first)
				Same(t, "the look with it goes on", guest.Look(ticket.Token).Text("participant.id"), first)
			}
			for _, bad := range []Object{{"attemptKey": nil}, {"attemptKey": "short"}, {"attemptKey": strings.Repeat("k", 65)}, {"credential": "COOKIE"}} {
				for name, value := range with {
					if _, given := bad[name]; !given {
						bad[name] = value
					}
				}
				h.Bearer("").Fails("BAD_USER_INPUT", "redeemInvitation", bad)
			}
		})
	})
}

func TestL2_4_ASecondDeviceIsRefusedUntilTheFirstIsReleased(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		ticket := room.Invite("grace@example.org", nil)
		phone, laptop := h.Browser(), h.Browser()
		participant := phone.Redeem(ticket)
		Same(t, "what to do", laptop.Refused("USED_ON_OTHER_DEVICE", "redeemInvitation", ticket.Own())["nextSteps"], []string{"MOVE_HERE", "ASK_HOST"})
		Same(t, "the look", laptop.Look(ticket.Token).Text("problem.code"), "USED_ON_OTHER_DEVICE")
		laptop.Refused("USED_ON_OTHER_DEVICE", "redeemInvitation", ticket.With("wrong@example.org")) // 4 comes before 5

		h.WaitUntil("the look was noted", func() bool { return ticket.Now()["openedAt"] != nil })
		before := room.Revision()
		ticket.Do("releaseDevice")
		Same(t, "what happened", room.Kinds(before), []string{"DeviceReleased", "ParticipantChanged"})
		Same(t, "the old device's places", phone.MustAsk(`{ me { participants { id } } }`, nil).List("me.participants"), []string{})
		Same(t, "the same participant", laptop.Redeem(ticket), participant)
		phone.Refused("USED_ON_OTHER_DEVICE", "redeemInvitation", ticket.Own())
		Same(t, "its event", room.Kinds(before)[2:], []string{"InvitationRedeemed"})
	})
}

func TestL9_PastedBlanksAndLineBreaksAreIgnored(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		ticket := room.Invite("grace@example.org", nil)
		grace := h.Browser()
		for _, pasted := range []string{
			" " + ticket.Token + "\n", ticket.Token[:30] + "\r\n  " + ticket.Token[30:], ticket.Link, ticket.Link[:50] + "\n" + ticket.Link[50:],
		} {
			Same(t, "the look at what was pasted", grace.Look(pasted).Text("roomTitle"), "Town hall")
			grace.Must("redeemInvitation", Object{"token": pasted, "email": " grace@example.org\t"}, "")
		}
	})
}
