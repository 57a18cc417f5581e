package main

import (
	"strings"
	"testing"
	"time"
)

// Where people stand in a session, and who moves them on.

// place is what is asked of a participant.
const place = "participant { id state role queuePosition }"

// states returns where the people of a room stand, by name, as its host sees them.
func (r *hall) states() string {
	r.h.t.Helper()
	var states []string
	answer := r.host.MustAsk(`query($id: ID!) { room(id: $id) { participants(first: 50) { nodes { displayName state } } } }`, object{"id": r.id})
	for _, p := range answer.List("room.participants.nodes") {
		states = append(states, strings.Fields(p.Text("displayName"))[0]+" "+p.Text("state"))
	}
	return strings.Join(states, ", ")
}

// guest invites somebody, redeems the link on a new device and returns it with the participant's id.
func (r *hall) guest(email string, with object) (*client, string) {
	r.h.t.Helper()
	device := r.h.Browser()
	return device, device.Redeem(r.Invite(email, with))
}

// id is that of who is signed in.
func (c *client) id() string {
	c.t.Helper()
	return c.MustAsk(`{ me { user { id } } }`, nil).Text("me.user.id")
}

func TestP1_ASessionMovesEveryoneAlong(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		room := h.Hall(h.User("ada@example.com"), object{"admission": "APPROVAL"})
		grace, id := room.guest("grace@example.org", object{"firstName": "Grace"})
		_, gone := room.guest("gone@example.org", object{"firstName": "Gone"})
		waits, _ := room.guest("willa@example.org", object{"firstName": "Willa"})
		room.guest("carl@example.org", object{"firstName": "Carl"})
		is := func(who *client) string {
			return who.MustAsk(`query($id: ID!) { room(id: $id) { myParticipant { state } } }`, object{"id": room.id}).Text("room.myParticipant.state")
		}
		same(t, "before the start", is(grace), "COUNTDOWN")
		same(t, "entering before the start", mustTime(t, grace.Refused("SESSION_NOT_OPEN", "enterRoom", object{"roomId": room.id}).Text("retryAt")), room.starts)
		room.Command("startSession")
		same(t, "at the start", is(grace), "LOBBY")
		grace.Enter(room)
		room.host.Must("admitParticipant", object{"participantId": id}, "")
		room.host.Must("removeParticipant", object{"participantId": gone, "block": false}, "")
		waits.Enter(room)
		revision := room.Revision()
		room.Command("endSession")
		same(t, "the events of an end", room.Revision()-revision, 1)
		same(t, "at the end", is(grace)+" "+is(waits), "LEFT LEFT")
		room.Command("startSession")
		same(t, "opened again", is(grace)+" "+is(waits), "LOBBY LOBBY")
		same(t, "who was admitted before", grace.Enter(room).Text("state"), "IN_ROOM")
		same(t, "who was not", waits.Enter(room).Text("state"), "WAITING")
		same(t, "who was removed stays so", strings.Contains(room.states(), "Gone REMOVED"), true)
	})
}

func TestP2_P3_EachStepOfEnteringAndLeaving(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		room := h.Hall(h.User("ada@example.com"), object{"admission": "APPROVAL"})
		room.Command("startSession")
		grace, id := room.guest("grace@example.org", nil)
		in := object{"roomId": room.id}
		who := object{"participantId": id}
		enter := func(what, want string) {
			t.Helper()
			same(t, what, grace.Enter(room).Text("state"), want)
		}
		leave := func(what, want string) {
			t.Helper()
			same(t, what, grace.Must("leaveRoom", in, place).Text("participant.state"), want)
		}
		leave("leaving the lobby", "LOBBY")
		enter("entering from the lobby", "WAITING")
		enter("entering while waiting", "WAITING")
		leave("leaving the queue", "LOBBY")
		enter("entering again", "WAITING")
		room.host.Must("denyParticipant", who, "")
		leave("leaving after a denial", "DENIED")
		enter("asking once more", "WAITING")
		room.host.Must("admitParticipant", who, "")
		enter("entering when in", "IN_ROOM")
		leave("leaving the room", "LEFT")
		enter("coming back needs no second approval", "IN_ROOM")
		room.host.Must("removeParticipant", object{"participantId": id, "block": false}, "")
		enter("after a removal", "WAITING")
		room.host.Must("denyParticipant", who, "")
		grace.Refused("ENTRY_DENIED", "enterRoom", in)
		room.host.Must("unblockParticipant", who, "")
		leave("after the denials were forgotten", "REMOVED")
		enter("asking again", "WAITING")
		room.host.Must("removeParticipant", object{"participantId": id, "block": true}, "")
		grace.Refused("PARTICIPANT_BLOCKED", "enterRoom", in)
		room.host.Must("unblockParticipant", who, "")
		enter("after unblocking", "WAITING")
		same(t, "the manager enters at once", room.host.Enter(room).Text("state"), "IN_ROOM")
	})
}

func TestP4_WhoWaitsIsAdmittedByTheFirstWhoActs(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		room := h.Hall(h.User("ada@example.com"), object{"admission": "APPROVAL"})
		room.Command("startSession")
		second := h.User("bob@example.com")
		room.host.Must("addManager", object{"roomId": room.id, "userId": second.id(), "role": "CO_PUBLISHER"}, "")
		var guests []*client
		var ids []string
		for _, name := range []string{"Willa", "Xenia", "Yara", "Zoe"} {
			guest, id := room.guest(name+"@example.org", object{"firstName": name})
			guests, ids = append(guests, guest), append(ids, id)
			guest.Enter(room)
			h.Advance(time.Second)
		}
		queue := func() (names []string) {
			answer := second.MustAsk(`query($id: ID!) { room(id: $id) { participants(first: 50, state: [WAITING]) { nodes { displayName queuePosition } } } }`,
				object{"id": room.id})
			for i, p := range answer.List("room.participants.nodes") {
				same(t, "the position of "+p.Text("displayName"), p.Int("queuePosition"), i+1)
				names = append(names, strings.Fields(p.Text("displayName"))[0])
			}
			return names
		}
		same(t, "who waits", queue(), "[Willa Xenia Yara Zoe]")
		room.host.Must("admitParticipant", object{"participantId": ids[0]}, "")
		second.Refused("ALREADY_HANDLED", "admitParticipant", object{"participantId": ids[0]})
		second.Refused("ALREADY_HANDLED", "denyParticipant", object{"participantId": ids[0]})
		same(t, "who waits still", queue(), "[Xenia Yara Zoe]")
		room.host.Must("removeParticipant", object{"participantId": ids[1], "block": false}, "")
		guests[1].Enter(room)
		room.Update(object{"admission": "AUTOMATIC"})
		same(t, "those whom nobody removed are in", room.states(), "Xenia WAITING, Willa IN_ROOM, Yara IN_ROOM, Zoe IN_ROOM")
		same(t, "all admitted", room.host.Must("admitAll", object{"roomId": room.id}, "admitted").Int("admitted"), 1)
	})
}

func TestP6_MembersEnterWithoutAnInvitation(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		room := h.Hall(h.User("ada@example.com"), nil)
		max, mia := h.User("max@example.com"), h.User("mia@example.com")
		sees := func(who *client) bool {
			return who.MustAsk(`query($id: ID!) { room(id: $id) { id } }`, object{"id": room.id}).At("room") != nil
		}
		same(t, "a room by invitation", sees(max), false)
		room.Update(object{"access": "MEMBERS"})
		same(t, "a room of members", sees(max), true)
		same(t, "to somebody who is not signed in", sees(h.Browser()), false)
		watch := max.Watch(watching, room.id, room.Revision())
		watch.Settle()
		room.guest("grace@example.org", nil)
		room.Command("startSession")
		watch.Expect("SessionStarted") // and nothing of invitations
		entered := max.Enter(room)
		same(t, "who enters", entered.Text("state")+" "+entered.Text("role"), "IN_ROOM VIEWER")
		watch.Expect("ParticipantChanged")
		room.host.Must("changeRole", object{"participantId": entered.Text("id"), "role": "SPEAKER"}, "")
		watch.Expect("RolePromoted")
		room.Update(object{"access": "INVITED"})
		watch.Expect("RoomUpdated")
		same(t, "who is in stays", sees(max), true)
		same(t, "others are out", sees(mia), false)
		mia.Fails("NOT_FOUND", "enterRoom", object{"roomId": room.id})
		room.Command("endSession")
		watch.Expect("SessionEnded")
		same(t, "until the session's end", sees(max), false)
	})
}

func TestP7_ARoleSurvivesEverythingButAnotherRole(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		room := h.Hall(h.User("ada@example.com"), nil)
		ticket := room.Invite("grace@example.org", nil)
		first := h.Browser()
		id := first.Redeem(ticket)
		room.Command("startSession")
		first.Enter(room)
		role := func(who *client) string {
			own := who.MustAsk(`query($id: ID!) { room(id: $id) { myParticipant { role roleRevision roleDelivered } } }`, object{"id": room.id}).In("room.myParticipant")
			return own.Text("role") + strings.Repeat("'", own.Int("roleRevision")-1)
		}
		to := func(role string) { room.host.Must("changeRole", object{"participantId": id, "role": role}, "") }
		delivered := func() any {
			return room.host.MustAsk(`query($id: ID!) { node(id: $id) { ... on Participant { roleDelivered } } }`, object{"id": id}).At("node.roleDelivered")
		}
		to("MODERATOR")
		same(t, "not confirmed yet", delivered(), false)
		first.Must("acknowledgeRole", object{"roomId": room.id, "roleRevision": 2}, "")
		same(t, "confirmed", delivered(), true)
		same(t, "at once", role(first), "MODERATOR'")
		first.Must("leaveRoom", object{"roomId": room.id}, "")
		first.Enter(room)
		same(t, "after leaving", role(first), "MODERATOR'")
		ticket.Do("releaseDevice")
		second := h.Browser()
		same(t, "the participant on another device", second.Redeem(ticket), id)
		same(t, "on another device", role(second), "MODERATOR'")
		room.Command("endSession")
		room.Command("startSession")
		same(t, "when the session is opened again", role(second), "MODERATOR'")
		second.Enter(room)
		to("VIEWER")
		same(t, "lowered", role(second), "VIEWER''")
		second.Fails("FORBIDDEN", "admitAll", object{"roomId": room.id})
		same(t, "the invitation", ticket.Now()["status"], "REDEEMED")
		same(t, "what the invitation gives", ticket.Now()["role"], "VIEWER")
	})
}

func TestL7_OneWhoIsSeveralActsAsTheHighest(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		room := h.Hall(h.User("ada@example.com"), object{"access": "MEMBERS"})
		room.Command("startSession")
		bob := h.Browser()
		h.Account("bob@example.com")
		bob.Must("signIn", object{"email": "bob@example.com", "password": password}, "")
		member := bob.Enter(room).Text("id")
		ticket := room.Invite("guest@example.org", object{"role": "SPEAKER"})
		guest := bob.Redeem(ticket)
		same(t, "a guest's place beside the account's", guest != member, true)
		mine := func() object {
			return bob.MustAsk(`query($id: ID!) { room(id: $id) { myManagerRole myParticipant { id role } } }`, object{"id": room.id}).In("room")
		}
		same(t, "the guest's place goes first", mine().Text("myParticipant.id"), guest)
		room.host.Must("addManager", object{"roomId": room.id, "userId": bob.id(), "role": "CO_EDITOR"}, "")
		same(t, "the manager goes before the guest", []any{mine()["myManagerRole"], mine().Text("myParticipant.role")}, "[CO_EDITOR MODERATOR]")
		room.host.Must("removeManager", object{"roomId": room.id, "userId": bob.id()}, "")

		eve := h.User("eve@example.com")
		room.host.Must("removeParticipant", object{"participantId": eve.Enter(room).Text("id"), "block": true}, "")
		eve.Refused("PARTICIPANT_BLOCKED", "enterRoom", object{"roomId": room.id})
		again := room.Invite("eve@example.com", nil)
		h.Browser().Refused("PARTICIPANT_BLOCKED", "redeemInvitation", again.Own())
	})
}

func TestL7_ABlockIsOfTheEmailWhicheverPlaceItIsOf(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		ada, mod := h.User("ada@example.com"), h.User("mod@example.com")
		eve := h.User("eve@example.com")
		for _, guestFirst := range []bool{false, true} {
			room := h.Hall(ada, object{"access": "MEMBERS"})
			room.Command("startSession")
			in := object{"roomId": room.id}
			account := eve.Enter(room).Text("id")
			ticket := room.Invite("eve@example.com", object{"role": "SPEAKER"})
			guest := h.Browser()
			place := guest.Redeem(ticket)
			guest.Enter(room)
			same(t, "two places", account != place, true)
			byAccount, byGuest := eve.Watch(watching, room.id, room.Revision()), guest.Watch(watching, room.id, room.Revision())
			room.Begin(byAccount, byGuest)
			before := room.Revision()
			first := account
			if guestFirst {
				first = place
			}
			ada.Must("removeParticipant", object{"participantId": first, "block": true}, "")
			same(t, "what happened", room.Kinds(before), "[ParticipantRemoved ParticipantChanged ParticipantRemoved ParticipantChanged]")
			same(t, "the states", room.states(), "Eve BLOCKED, Eve BLOCKED")
			byGuest.Expect("ParticipantRemoved")
			byGuest.Closes(4403)
			for _, asker := range []*client{eve, guest} {
				asker.Refused("PARTICIPANT_BLOCKED", "enterRoom", in)
			}
			guest.Refused("PARTICIPANT_BLOCKED", "redeemInvitation", ticket.Own())
			eve.Fails("NOT_FOUND", "leaveRoom", in)

			before = room.Revision()
			ada.Must("unblockParticipant", object{"participantId": first}, "")
			same(t, "unblocking", room.Kinds(before), "[ParticipantChanged ParticipantChanged]")
			same(t, "they ask again", []any{eve.Enter(room).Text("state"), guest.Enter(room).Text("state")}, "[WAITING WAITING]")

			moderator := room.Invite("mod@example.com", object{"role": "MODERATOR"})
			mod.Must("redeemInvitation", object{"token": moderator.token, "credential": "BEARER", "attemptKey": "moderators-key-xxxxxxxxxxxxx"}, "")
			mod.Enter(room)
			ada.Must("changeRole", object{"participantId": place, "role": "MODERATOR"}, "")
			mod.Fails("FORBIDDEN", "removeParticipant", object{"participantId": account, "block": true})
			mod.Must("removeParticipant", object{"participantId": account, "block": false}, "")
			ada.Must("addManager", object{"roomId": room.id, "userId": eve.id(), "role": "CO_EDITOR"}, "")
			ada.Refused("ALREADY_MANAGER", "removeParticipant", object{"participantId": place, "block": true})
		}
	})
}

func TestR2_CapabilitiesAreUsedInTheRoom(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		room := h.Hall(h.User("ada@example.com"), object{"admission": "APPROVAL"})
		room.Command("startSession")
		mod, id := room.guest("mod@example.org", object{"role": "MODERATOR"})
		other, otherID := room.guest("other@example.org", nil)
		other.Enter(room)
		mod.Fails("FORBIDDEN", "admitAll", object{"roomId": room.id})
		mod.Enter(room)
		room.host.Must("admitParticipant", object{"participantId": id}, "")
		mod.Must("admitParticipant", object{"participantId": otherID}, "")
		mod.Fails("FORBIDDEN", "removeParticipant", object{"participantId": id, "block": false})
		_, peer := room.guest("peer@example.org", object{"role": "MODERATOR"})
		mod.Fails("FORBIDDEN", "removeParticipant", object{"participantId": peer, "block": false})
		mod.Must("leaveRoom", object{"roomId": room.id}, "")
		mod.Fails("FORBIDDEN", "admitAll", object{"roomId": room.id})
		same(t, "managers use theirs from anywhere", room.host.Must("admitAll", object{"roomId": room.id}, "admitted").Int("admitted"), 0)
	})
}
