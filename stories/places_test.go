package stories

import (
	"strings"
	"testing"

	. "usher/sitetest"
)

// The states of participants in a session, and who changes them.

// place selects a participant.
const place = "participant { id state role queuePosition }"

func TestP1_ASessionChangesEveryonesState(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), Object{"admission": "APPROVAL"})
		grace, id := room.Guest("grace@example.org", Object{"firstName": "Grace"})
		_, gone := room.Guest("gone@example.org", Object{"firstName": "Gone"})
		waits, _ := room.Guest("willa@example.org", Object{"firstName": "Willa"})
		room.Guest("carl@example.org", Object{"firstName": "Carl"})
		is := func(who *Client) string {
			return who.MustAsk(`query($id: ID!) { room(id: $id) { myParticipant { state } } }`, Object{"id": room.ID}).Text("room.myParticipant.state")
		}
		Same(t, "before the start", is(grace), "COUNTDOWN")
		Same(t, "entering before the start", MustTime(t, grace.Refused("SESSION_NOT_OPEN", "enterRoom", Object{"roomId": room.ID}).Text("retryAt")), room.Starts)
		room.Command("startSession")
		Same(t, "at the start", is(grace), "LOBBY")
		grace.Enter(room)
		room.Host.Must("admitParticipant", Object{"participantId": id}, "")
		room.Host.Must("removeParticipant", Object{"participantId": gone, "block": false}, "")
		waits.Enter(room)
		revision := room.Revision()
		room.Command("endSession")
		Same(t, "the events of an end", room.Revision()-revision, 1)
		Same(t, "at the end", is(grace)+" "+is(waits), "LEFT LEFT")
		room.Command("startSession")
		Same(t, "opened again", is(grace)+" "+is(waits), "LOBBY LOBBY")
		Same(t, "who was admitted before", grace.Enter(room).Text("state"), "IN_ROOM")
		Same(t, "who was not", waits.Enter(room).Text("state"), "WAITING")
		Same(t, "who was removed stays so", strings.Contains(room.States(), "Gone REMOVED"), true)
	})
}

func TestP2_P3_EachStepOfEnteringAndLeaving(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), Object{"admission": "APPROVAL"})
		room.Command("startSession")
		grace, id := room.Guest("grace@example.org", nil)
		in := Object{"roomId": room.ID}
		host := room.Host.MustAsk(`{ me { user { name } } }`, nil).Text("me.user.name")
		who := Object{"participantId": id}
		enter := func(what, want string) {
			t.Helper()
			own := grace.MustAsk(`query($id: ID!) { room(id: $id) { myParticipant { asksToEnter invitedBy } } }`, Object{"id": room.ID}).In("room.myParticipant")
			Same(t, what, grace.Enter(room).Text("state"), want)
			Same(t, what+", as announced, with the name of who invited", own, Object{"asksToEnter": want == "WAITING", "invitedBy": host})
		}
		leave := func(what, want string) {
			t.Helper()
			Same(t, what, grace.Must("leaveRoom", in, place).Text("participant.state"), want)
		}
		leave("leaving the lobby", "LOBBY")
		enter("entering from the lobby", "WAITING")
		enter("entering while waiting", "WAITING")
		leave("leaving the queue", "LOBBY")
		enter("entering again", "WAITING")
		room.Host.Must("denyParticipant", who, "")
		leave("leaving after a denial", "DENIED")
		enter("asking once more", "WAITING")
		room.Host.Must("admitParticipant", who, "")
		enter("entering when in", "IN_ROOM")
		leave("leaving the room", "LEFT")
		enter("coming back needs no second approval", "IN_ROOM")
		room.Host.Must("removeParticipant", Object{"participantId": id, "block": false}, "")
		enter("after a removal", "WAITING")
		room.Host.Must("denyParticipant", who, "")
		grace.Refused("ENTRY_DENIED", "enterRoom", in)
		room.Host.Must("unblockParticipant", who, "")
		leave("after the denials were forgotten", "REMOVED")
		enter("asking again", "WAITING")
		room.Host.Must("removeParticipant", Object{"participantId": id, "block": true}, "")
		grace.Refused("PARTICIPANT_BLOCKED", "enterRoom", in)
		room.Host.Must("unblockParticipant", who, "")
		enter("after unblocking", "WAITING")
		Same(t, "the manager enters at once", room.Host.Enter(room).Text("state"), "IN_ROOM")
	})
}

func TestP6_MembersEnterWithoutAnInvitation(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		max, mia := h.User("max@example.com"), h.User("mia@example.com")
		sees := func(who *Client) bool {
			return who.MustAsk(`query($id: ID!) { room(id: $id) { id } }`, Object{"id": room.ID}).At("room") != nil
		}
		Same(t, "a room by invitation", sees(max), false)
		room.Update(Object{"access": "MEMBERS"})
		Same(t, "a room of members", sees(max), true)
		Same(t, "to somebody who is not signed in", sees(h.Browser()), false)
		watch := max.Watch(Watching, room.ID, room.Revision())
		watch.Settle()
		room.Guest("grace@example.org", nil)
		room.Command("startSession")
		watch.Expect("SessionStarted") // and nothing of invitations
		entered := max.Enter(room)
		Same(t, "who enters", entered.Text("state")+" "+entered.Text("role"), "IN_ROOM VIEWER")
		watch.Expect("ParticipantChanged")
		room.Host.Must("changeRole", Object{"participantId": entered.Text("id"), "role": "SPEAKER"}, "")
		watch.Expect("RolePromoted")
		room.Update(Object{"access": "INVITED"})
		watch.Expect("RoomUpdated")
		Same(t, "who is in stays", sees(max), true)
		Same(t, "others are out", sees(mia), false)
		mia.Fails("NOT_FOUND", "enterRoom", Object{"roomId": room.ID})
		room.Command("endSession")
		watch.Expect("SessionEnded")
		Same(t, "until the session's end", sees(max), false)
	})
}

func TestP7_ARoleLastsUntilItIsChanged(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		ticket := room.Invite("grace@example.org", nil)
		first := h.Browser()
		id := first.Redeem(ticket)
		room.Command("startSession")
		first.Enter(room)
		role := func(who *Client) string {
			own := who.MustAsk(`query($id: ID!) { room(id: $id) { myParticipant { role roleRevision roleDelivered } } }`, Object{"id": room.ID}).In("room.myParticipant")
			return own.Text("role") + strings.Repeat("'", own.Int("roleRevision")-1)
		}
		to := func(role string) { room.Host.Must("changeRole", Object{"participantId": id, "role": role}, "") }
		delivered := func() any {
			return room.Host.MustAsk(`query($id: ID!) { node(id: $id) { ... on Participant { roleDelivered } } }`, Object{"id": id}).At("node.roleDelivered")
		}
		to("MODERATOR")
		Same(t, "not confirmed yet", delivered(), false)
		first.Must("acknowledgeRole", Object{"roomId": room.ID, "roleRevision": 2}, "")
		Same(t, "confirmed", delivered(), true)
		Same(t, "at once", role(first), "MODERATOR'")
		first.Must("leaveRoom", Object{"roomId": room.ID}, "")
		first.Enter(room)
		Same(t, "after leaving", role(first), "MODERATOR'")
		ticket.Do("releaseDevice")
		second := h.Browser()
		Same(t, "the participant on another device", second.Redeem(ticket), id)
		Same(t, "on another device", role(second), "MODERATOR'")
		room.Command("endSession")
		room.Command("startSession")
		Same(t, "when the session is opened again", role(second), "MODERATOR'")
		second.Enter(room)
		to("VIEWER")
		Same(t, "lowered", role(second), "VIEWER''")
		second.Fails("FORBIDDEN", "admitAll", Object{"roomId": room.ID})
		Same(t, "the invitation", ticket.Now()["status"], "REDEEMED")
		Same(t, "what the invitation gives", ticket.Now()["role"], "VIEWER")
	})
}

func TestL7_SomebodyWithSeveralPlacesActsByTheHighest(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), Object{"access": "MEMBERS"})
		room.Command("startSession")
		bob := h.Browser()
		h.Account("bob@example.com")
		bob.Must("signIn", Object{"email": "bob@example.com", "password": Password}, "")
		member := bob.Enter(room).Text("id")
		ticket := room.Invite("guest@example.org", Object{"role": "SPEAKER"})
		guest := bob.Redeem(ticket)
		Same(t, "a guest's place beside the account's", guest != member, true)
		mine := func() Object {
			return bob.MustAsk(`query($id: ID!) { room(id: $id) { myManagerRole myParticipant { id role } } }`, Object{"id": room.ID}).In("room")
		}
		Same(t, "the guest's place goes first", mine().Text("myParticipant.id"), guest)
		room.Host.Must("addManager", Object{"roomId": room.ID, "userId": bob.ID(), "role": "CO_EDITOR"}, "")
		Same(t, "the manager goes before the guest", []any{mine()["myManagerRole"], mine().Text("myParticipant.role")}, []string{"CO_EDITOR", "MODERATOR"})
		room.Host.Must("removeManager", Object{"roomId": room.ID, "userId": bob.ID()}, "")

		eve := h.User("eve@example.com")
		room.Host.Must("removeParticipant", Object{"participantId": eve.Enter(room).Text("id"), "block": true}, "")
		eve.Refused("PARTICIPANT_BLOCKED", "enterRoom", Object{"roomId": room.ID})
		again := room.Invite("eve@example.com", nil)
		h.Browser().Refused("PARTICIPANT_BLOCKED", "redeemInvitation", again.Own())
	})
}

func TestL7_ABlockAppliesToTheEmailInEveryPlace(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		ada, mod := h.User("ada@example.com"), h.User("mod@example.com")
		eve := h.User("eve@example.com")
		for _, guestFirst := range []bool{false, true} {
			room := h.Hall(ada, Object{"access": "MEMBERS"})
			room.Command("startSession")
			in := Object{"roomId": room.ID}
			account := eve.Enter(room).Text("id")
			ticket := room.Invite("eve@example.com", Object{"role": "SPEAKER"})
			guest := h.Browser()
			place := guest.Redeem(ticket)
			guest.Enter(room)
			Same(t, "two places", account != place, true)
			byAccount, byGuest := eve.Watch(Watching, room.ID, room.Revision()), guest.Watch(Watching, room.ID, room.Revision())
			room.Begin(byAccount, byGuest)
			before := room.Revision()
			first := account
			if guestFirst {
				first = place
			}
			ada.Must("removeParticipant", Object{"participantId": first, "block": true}, "")
			Same(t, "what happened", room.Kinds(before), []string{"ParticipantRemoved", "ParticipantChanged", "ParticipantRemoved", "ParticipantChanged"})
			Same(t, "the states", room.States(), "Eve BLOCKED, Eve BLOCKED")
			byGuest.Expect("ParticipantRemoved")
			byGuest.Closes(4403)
			for _, asker := range []*Client{eve, guest} {
				asker.Refused("PARTICIPANT_BLOCKED", "enterRoom", in)
			}
			guest.Refused("PARTICIPANT_BLOCKED", "redeemInvitation", ticket.Own())
			eve.Fails("NOT_FOUND", "leaveRoom", in)

			before = room.Revision()
			ada.Must("unblockParticipant", Object{"participantId": first}, "")
			Same(t, "unblocking", room.Kinds(before), []string{"ParticipantChanged", "ParticipantChanged"})
			Same(t, "they ask again", []any{eve.Enter(room).Text("state"), guest.Enter(room).Text("state")}, []string{"WAITING", "WAITING"})

			moderator := room.Invite("mod@example.com", Object{"role": "MODERATOR"})
			mod.Must("redeemInvitation", Object{"token": moderator.Token, "credential": "BEARER", "attemptKey": "moderators-key-xxxxxxxxxxxxx"}, "")
			mod.Enter(room)
			ada.Must("changeRole", Object{"participantId": place, "role": "MODERATOR"}, "")
			mod.Fails("FORBIDDEN", "removeParticipant", Object{"participantId": account, "block": true})
			mod.Must("removeParticipant", Object{"participantId": account, "block": false}, "")
			ada.Must("addManager", Object{"roomId": room.ID, "userId": eve.ID(), "role": "CO_EDITOR"}, "")
			ada.Refused("ALREADY_MANAGER", "removeParticipant", Object{"participantId": place, "block": true})
		}
	})
}

func TestR2_CapabilitiesCountOnlyInTheRoom(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), Object{"admission": "APPROVAL"})
		room.Command("startSession")
		mod, id := room.Guest("mod@example.org", Object{"role": "MODERATOR"})
		other, otherID := room.Guest("other@example.org", nil)
		other.Enter(room)
		mod.Fails("FORBIDDEN", "admitAll", Object{"roomId": room.ID})
		mod.Enter(room)
		mod.Must("admitParticipant", Object{"participantId": otherID}, "")
		mod.Fails("FORBIDDEN", "removeParticipant", Object{"participantId": id, "block": false})
		_, peer := room.Guest("peer@example.org", Object{"role": "MODERATOR"})
		mod.Fails("FORBIDDEN", "removeParticipant", Object{"participantId": peer, "block": false})
		mod.Must("leaveRoom", Object{"roomId": room.ID}, "")
		mod.Fails("FORBIDDEN", "admitAll", Object{"roomId": room.ID})
		Same(t, "managers use theirs from anywhere", room.Host.Must("admitAll", Object{"roomId": room.ID}, "admitted").Int("admitted"), 0)
	})
}
