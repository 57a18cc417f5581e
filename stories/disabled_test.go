package stories

import (
	"strings"
	"testing"

	. "usher/sitetest"
)

func TestR8_AGuestPlaceOfADisabledAccountGrantsNothing(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), Object{"admission": "APPROVAL"})
		room.Command("startSession")
		h.Account("grace@example.com")
		ticket := room.Invite("grace@example.com", Object{"role": "MODERATOR"})
		in := Object{"roomId": room.ID}
		for name, grace := range map[string]*Client{"a browser": h.Browser(), "a program": nil} {
			room.Host.Must("releaseDevice", Object{"invitationId": ticket.ID}, "")
			if grace == nil {
				grace = ticket.BearerGuest()
			} else {
				grace.Redeem(ticket)
			}
			if id := grace.Enter(room); id.Text("state") == "WAITING" {
				room.Host.Must("admitParticipant", Object{"participantId": id.Text("id")}, "")
			}
			grace.Must("admitAll", in, "")
			shared, own := grace.Watch(Watching, room.ID, room.Revision()), grace.Watch(WatchingOwn, room.ID, room.Revision())
			room.Begin(shared, own)
			h.Disable("grace@example.com")
			for _, command := range []string{"admitAll", "enterRoom", "leaveRoom"} {
				grace.Fails("UNAUTHENTICATED", command, in)
			}
			r := grace.Ask(`query($id: ID!) { room(id: $id) { title } me { participants { id } } }`, Object{"id": room.ID})
			if me := r.Data.In("me"); r.Data.At("room") != nil || me != nil && len(me.List("participants")) > 0 {
				t.Errorf("%s still reads %s", name, r.Raw)
			}
			shared.Closes(4403)
			own.Closes(4403)
			h.Enable("grace@example.com")
			Same(t, name+" after enabling", grace.Enter(room).Text("state"), "IN_ROOM")
		}
	})
}

func TestR8_DisablingAnAccountEndsTheDeviceItJoinedWith(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		room.Command("startSession")
		h.Account("grace@example.com")
		grace := h.SignedIn("grace@example.com", Password)
		ticket := room.Invite("grace@example.com", Object{"role": "MODERATOR"})
		grace.Redeem(ticket)
		grace.Enter(room)
		watched := grace.Watch(Watching, room.ID, room.Revision())
		room.Begin(watched)
		h.Disable("grace@example.com")
		watched.Closes(4401)
		grace.Fails("UNAUTHENTICATED", "admitAll", Object{"roomId": room.ID})
		grace.Refused("ACCOUNT_DISABLED", "redeemInvitation", ticket.Own())
		Same(t, "her look at the link", grace.Look(ticket.Token).Text("problem.code"), "ACCOUNT_DISABLED")
		h.Enable("grace@example.com")
		Same(t, "who is signed in", grace.Who(), "")
		Same(t, "her place", grace.Enter(room).Text("role"), "MODERATOR")
	})
}

func TestR8_LinksOfADisabledAccountAreRefused(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		h.Account("hidden.name@example.com")
		ticket := room.Invite("hidden.name@example.com", nil)
		h.Disable("hidden.name@example.com")
		refused := h.Browser().Refused("ACCOUNT_DISABLED", "redeemInvitation", ticket.Own())
		Same(t, "what to do", refused["nextSteps"], []string{"CONTACT_HOST", "CONTACT_ADMIN"})
		look := h.Browser().Look(ticket.Token)
		Same(t, "a look", look.Text("problem.code"), "ACCOUNT_DISABLED")
		Same(t, "it tells of the room", look.At("roomTitle"), nil)
		Same(t, "asking the host", h.Browser().Refused("ACCOUNT_DISABLED", "askHost", Object{"token": ticket.Token, "message": ""})["field"], nil)
		room.Host.Refused("ACCOUNT_DISABLED", "regenerateLink", Object{"invitationId": ticket.ID})
		h.Enable("hidden.name@example.com")
		h.Browser().Redeem(ticket)
	})
}

func TestI2_InvitingADisabledAccountIsRefusedWithoutItsName(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		h.Account("hidden.name@example.com")
		h.Disable("hidden.name@example.com")
		r, refused := room.Host.Do("inviteUser", room.Invitee("Hidden.Name@example.com", nil), "")
		Same(t, "the refusal", []any{refused["code"], refused["field"], refused["nextSteps"]}, []any{"ACCOUNT_DISABLED", "email", []string{"FIX_FIELD", "CONTACT_ADMIN"}})
		if strings.Contains(r.Raw, "Hidden") {
			t.Errorf("it names the account: %s", r.Raw)
		}
		room.Host.Refused("INVALID_NAME", "inviteUser", room.Invitee("hidden.name@example.com", Object{"firstName": ""}))
		room.Host.Must("updateRoom", Object{"roomId": room.ID, "chatAndCollaboration": false}, "")
		room.Host.Refused("CHAT_AND_COLLABORATION_OFF", "inviteUser", room.Invitee("hidden.name@example.com", nil))
	})
}

func TestR8_DisablingAnAccountKeepsOtherPlacesUsable(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		ada := h.User("ada@example.com")
		lost, kept := h.Hall(ada, nil), h.Hall(ada, nil)
		h.Account("grace@example.com")
		h.Account("alan@example.com")
		two, signedIn := h.Browser(), h.SignedIn("alan@example.com", Password)
		two.Redeem(lost.Invite("grace@example.com", nil))
		two.Redeem(kept.Invite("barbara@example.org", nil))
		again := h.Hall(ada, nil)
		signedIn.Redeem(again.Invite("grace@example.com", nil))
		first, second := two.Watch(Watching, lost.ID, lost.Revision()), signedIn.Watch(Watching, again.ID, again.Revision())
		lost.Begin(first)
		again.Begin(second)
		h.Disable("grace@example.com")
		first.Closes(1013)
		second.Closes(1013)
		places := two.MustAsk(`{ me { participants { room { id } } } }`, nil).List("me.participants")
		Same(t, "the places that the device keeps", []any{len(places), places[0].Text("room.id")}, []any{1, kept.ID})
		Same(t, "who is signed in", signedIn.Who(), "alan@example.com")
		for _, c := range []struct {
			client *Client
			room   *Hall
		}{{two, lost}, {signedIn, again}} {
			r := c.client.Ask(`query($id: ID!) { room(id: $id) { id } }`, Object{"id": c.room.ID})
			Same(t, "the room that was lost", r.Data.At("room"), nil)
		}
		stays := two.Watch(Watching, kept.ID, kept.Revision())
		kept.Begin(stays)
		h.Account("other@example.com")
		h.Disable("other@example.com")
		kept.Update(Object{"title": "Goes on"})
		stays.Expect("RoomUpdated")
	})
}

func TestR8_ADisabledManagerHasNoRights(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		ada, alan := h.User("ada@example.com"), h.User("alan@example.com")
		room := h.Hall(ada, nil)
		managed := Object{"roomId": room.ID, "userId": alan.ID(), "role": "OWNER"}
		ada.Must("addManager", managed, "")
		open := alan.Connect()
		h.Disable("alan@example.com")
		alan.Fails("UNAUTHENTICATED", "startSession", Object{"sessionId": room.Session})
		open.Closes(4401)
		self := Object{"roomId": room.ID, "userId": ada.ID()}
		ada.Refused("LAST_OWNER", "removeManager", self)
		h.Enable("alan@example.com")
		ada.Must("removeManager", self, "")
	})
}
