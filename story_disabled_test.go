package main

import (
	"strings"
	"testing"
)

// Disable disables an account by the command line, beside the server.
func (h *house) Disable(email string) {
	h.t.Helper()
	h.MustRun("", "user", "disable", "--email", email)
}

// Enable enables an account by the command line.
func (h *house) Enable(email string) {
	h.t.Helper()
	h.MustRun("", "user", "enable", "--email", email)
}

func TestR8_TheGuestsPlaceOfADisabledAccountGivesNothing(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		room := h.Hall(h.User("ada@example.com"), object{"admission": "APPROVAL"})
		room.Command("startSession")
		h.Account("grace@example.com")
		ticket := room.Invite("grace@example.com", object{"role": "MODERATOR"})
		in := object{"roomId": room.id}
		for name, grace := range map[string]*client{"a browser": h.Browser(), "a program": nil} {
			room.host.Must("releaseDevice", object{"invitationId": ticket.id}, "")
			if grace == nil {
				grace = ticket.bearerGuest()
			} else {
				grace.Redeem(ticket)
			}
			if id := grace.Enter(room); id.Text("state") == "WAITING" {
				room.host.Must("admitParticipant", object{"participantId": id.Text("id")}, "")
			}
			grace.Must("admitAll", in, "")
			shared, own := grace.Watch(watching, room.id, room.Revision()), grace.Watch(watchingOwn, room.id, room.Revision())
			room.Begin(shared, own)
			h.Disable("grace@example.com")
			for _, command := range []string{"admitAll", "enterRoom", "leaveRoom"} {
				grace.Fails("UNAUTHENTICATED", command, in)
			}
			if r := grace.Ask(`query($id: ID!) { room(id: $id) { title } me { participants { id } } }`, object{"id": room.id}); r.Data.At("room") != nil || len(r.Data.List("me.participants")) > 0 {
				t.Errorf("%s still reads %s", name, r.raw)
			}
			shared.Closes(4403)
			own.Closes(4403)
			h.Enable("grace@example.com")
			same(t, name+" after enabling", grace.Enter(room).Text("state"), "IN_ROOM")
		}
	})
}

func TestR8_ABrowserThatJoinedSignedInIsOutWithItsDeviceToo(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		room := h.Hall(h.User("ada@example.com"), nil)
		room.Command("startSession")
		h.Account("grace@example.com")
		grace := h.SignedIn("grace@example.com", password)
		ticket := room.Invite("grace@example.com", object{"role": "MODERATOR"})
		grace.Redeem(ticket)
		grace.Enter(room)
		watched := grace.Watch(watching, room.id, room.Revision())
		room.Begin(watched)
		h.Disable("grace@example.com")
		watched.Closes(4401)
		grace.Fails("UNAUTHENTICATED", "admitAll", object{"roomId": room.id})
		grace.Refused("ACCOUNT_DISABLED", "redeemInvitation", ticket.Own())
		same(t, "her look at the link", grace.Look(ticket.token).Text("problem.code"), "ACCOUNT_DISABLED")
		h.Enable("grace@example.com")
		same(t, "who is signed in", grace.Who(), "")
		same(t, "her place", grace.Enter(room).Text("role"), "MODERATOR")
	})
}

func TestR8_LinksOfADisabledAccountAreRefused(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		room := h.Hall(h.User("ada@example.com"), nil)
		h.Account("hidden.name@example.com")
		ticket := room.Invite("hidden.name@example.com", nil)
		h.Disable("hidden.name@example.com")
		refused := h.Browser().Refused("ACCOUNT_DISABLED", "redeemInvitation", ticket.Own())
		same(t, "what to do", refused["nextSteps"], "[CONTACT_HOST CONTACT_ADMIN]")
		look := h.Browser().Look(ticket.token)
		same(t, "a look", look.Text("problem.code"), "ACCOUNT_DISABLED")
		same(t, "it tells of the room", look.At("roomTitle"), nil)
		same(t, "asking the host", h.Browser().Refused("ACCOUNT_DISABLED", "askHost", object{"token": ticket.token, "message": ""})["field"], nil)
		room.host.Refused("ACCOUNT_DISABLED", "regenerateLink", object{"invitationId": ticket.id})
		h.Enable("hidden.name@example.com")
		h.Browser().Redeem(ticket)
	})
}

func TestI2_InvitingADisabledAccountSaysSoWithoutItsName(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		room := h.Hall(h.User("ada@example.com"), nil)
		h.Account("hidden.name@example.com")
		h.Disable("hidden.name@example.com")
		r, refused := room.host.Do("inviteUser", room.invitee("Hidden.Name@example.com", nil), "")
		same(t, "the refusal", []any{refused["code"], refused["field"], refused["nextSteps"]}, "[ACCOUNT_DISABLED email [FIX_FIELD CONTACT_ADMIN]]")
		if strings.Contains(r.raw, "Hidden") {
			t.Errorf("it names the account: %s", r.raw)
		}
		room.host.Refused("INVALID_NAME", "inviteUser", room.invitee("hidden.name@example.com", object{"firstName": ""}))
		room.host.Must("updateRoom", object{"roomId": room.id, "chatAndCollaboration": false}, "")
		room.host.Refused("CHAT_AND_COLLABORATION_OFF", "inviteUser", room.invitee("hidden.name@example.com", nil))
	})
}

func TestR8_WhoHasSomethingElseComesBackToIt(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		ada := h.User("ada@example.com")
		lost, kept := h.Hall(ada, nil), h.Hall(ada, nil)
		h.Account("grace@example.com")
		h.Account("alan@example.com")
		two, signedIn := h.Browser(), h.SignedIn("alan@example.com", password)
		two.Redeem(lost.Invite("grace@example.com", nil))
		two.Redeem(kept.Invite("barbara@example.org", nil))
		again := h.Hall(ada, nil)
		signedIn.Redeem(again.Invite("grace@example.com", nil))
		first, second := two.Watch(watching, lost.id, lost.Revision()), signedIn.Watch(watching, again.id, again.Revision())
		lost.Begin(first)
		again.Begin(second)
		h.Disable("grace@example.com")
		first.Closes(1013)
		second.Closes(1013)
		places := two.MustAsk(`{ me { participants { room { id } } } }`, nil).List("me.participants")
		same(t, "what is left to the device", []any{len(places), places[0].Text("room.id")}, []any{1, kept.id})
		same(t, "who is signed in", signedIn.Who(), "alan@example.com")
		for _, c := range []struct {
			client *client
			room   *hall
		}{{two, lost}, {signedIn, again}} {
			r := c.client.Ask(`query($id: ID!) { room(id: $id) { id } }`, object{"id": c.room.id})
			same(t, "the room that was lost", r.Data.At("room"), nil)
		}
		stays := two.Watch(watching, kept.id, kept.Revision())
		kept.Begin(stays)
		h.Account("other@example.com")
		h.Disable("other@example.com")
		kept.Update(object{"title": "Goes on"})
		stays.Expect("RoomUpdated")
	})
}

func TestR8_ADisabledManagerHasNoRights(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		ada, alan := h.User("ada@example.com"), h.User("alan@example.com")
		room := h.Hall(ada, nil)
		managed := object{"roomId": room.id, "userId": alan.id(), "role": "OWNER"}
		ada.Must("addManager", managed, "")
		open := alan.Connect()
		h.Disable("alan@example.com")
		alan.Fails("UNAUTHENTICATED", "startSession", object{"sessionId": room.session})
		open.Closes(4401)
		self := object{"roomId": room.id, "userId": ada.id()}
		ada.Refused("LAST_OWNER", "removeManager", self)
		h.Enable("alan@example.com")
		ada.Must("removeManager", self, "")
	})
}
