package main

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// A session as those who are there see it happen: from the countdown to the last event.

func TestLive_FromTheCountdownToTheLastEvent(t *testing.T) {
	for name, document := range map[string]string{"executed for all alike": watching, "executed for each alone": watchingOwn} {
		t.Run(name, func(t *testing.T) {
			onEach(t, func(t *testing.T, h *house) {
				room := h.Hall(h.User("ada@example.com"), object{"admission": "APPROVAL"})
				ticket := room.Invite("grace@example.org", nil)
				grace := h.Browser()
				place := grace.Redeem(ticket)
				at := room.Revision()
				seen, managed := grace.Watch(document, room.id, at), room.host.Watch(document, room.id, at)

				room.Command("startSession")
				for _, o := range []*subscription{seen, managed} {
					started := o.Expect("SessionStarted")
					same(t, "the session", []any{started.Text("session.state"), started.Int("revision"), started.Text("actor")}, []any{"OPEN", at + 1, "Ada Host"})
				}
				same(t, "who asks to enter waits", grace.Enter(room).Text("state"), "WAITING")
				for _, o := range []*subscription{seen, managed} {
					waits := o.Expect("ParticipantChanged")
					same(t, "the change", []any{waits.Text("previousState"), waits.Text("state"), waits.Text("participant.displayName")}, "[LOBBY WAITING Grace Guest]")
				}
				room.host.Must("admitParticipant", object{"participantId": place}, "")
				for _, o := range []*subscription{seen, managed} {
					same(t, "the new state", o.Expect("ParticipantChanged")["state"], "IN_ROOM")
				}

				room.host.Must("changeRole", object{"participantId": place, "role": "MODERATOR"}, "")
				promoted := seen.Expect("RolePromoted")
				same(t, "the promotion", []any{promoted.Text("previousRole"), promoted.Text("role"), promoted.Int("roleRevision"), promoted["capabilities"]},
					"[VIEWER MODERATOR 2 [CHAT ANSWER_INTERACTIONS ASK_QUESTIONS ANSWER_QUESTIONS BACKCHANNEL INITIATE_INTERACTIONS ADMIT_PARTICIPANTS REMOVE_PARTICIPANTS]]")
				managed.Expect("RolePromoted")
				grace.Must("acknowledgeRole", object{"roomId": room.id, "roleRevision": 2}, "")
				same(t, "what the manager learns", managed.Expect("RoleDelivered").At("participant.roleDelivered"), true)
				seen.Expect("RoleDelivered")

				other := h.Browser()
				other.Redeem(room.Invite("otto@example.org", nil))
				other.Enter(room)
				managed.Expect("InvitationCreated", "InvitationRedeemed")
				for _, o := range []*subscription{seen, managed} { // a moderator in the room sees who waits, not the invitations
					same(t, "who waits", o.Expect("ParticipantChanged").Text("participant.displayName"), "Grace Guest")
				}

				room.host.Must("changeRole", object{"participantId": place, "role": "VIEWER"}, "")
				same(t, "the demotion", seen.Expect("RoleDemoted").Text("role"), "VIEWER")
				managed.Expect("RoleDemoted")
				room.host.Must("admitAll", object{"roomId": room.id}, "")
				managed.Expect("ParticipantChanged")
				seen.Silent() // what viewers do is none of a viewer's business
				other.Must("leaveRoom", object{"roomId": room.id}, "")
				managed.Expect("ParticipantChanged")

				room.host.Must("removeParticipant", object{"participantId": place, "block": false}, "")
				for _, o := range []*subscription{seen, managed} {
					o.Expect("ParticipantRemoved")
					same(t, "the state of who was removed", o.Expect("ParticipantChanged")["state"], "REMOVED")
				}
				room.Update(object{"title": "After all"})
				seen.Expect("RoomUpdated") // removed, but with a place: not a word is missed of what such a place sees
				managed.Expect("RoomUpdated")

				ticket.Do("revokeInvitation")
				managed.Expect("InvitationRevoked")
				last := seen.Expect("InvitationRevoked")
				same(t, "her last event", []any{last.Text("invitation.status"), last.At("invitation.link")}, "[REVOKED <nil>]")
				seen.Ends()
				seen.Closes(4403)
				managed.Silent()
				room.Command("endSession")
				managed.Expect("SessionEnded")
			})
		})
	}
}

func TestV5_WhoLosesOnePlaceKeepsTheConnectionForAnother(t *testing.T) {
	t.Parallel()
	for name, document := range map[string]string{"executed for all alike": watching, "executed for each alone": watchingOwn} {
		t.Run(name, func(t *testing.T) {
			onEach(t, func(t *testing.T, h *house) {
				ada := h.User("ada@example.com")
				first, second := h.Hall(ada, nil), h.Hall(ada, nil)
				lost, kept := first.Invite("grace@example.org", nil), second.Invite("grace@example.org", nil)
				grace := h.Browser()
				grace.Redeem(lost)
				grace.Redeem(kept)
				s := grace.Connect()
				one := s.Subscribe(document, object{"room": first.id, "after": first.Revision()})
				other := s.Subscribe(document, object{"room": second.id, "after": second.Revision()})
				first.Begin(one)
				second.Begin(other)
				lost.Do("revokeInvitation")
				one.Expect("InvitationRevoked")
				one.Ends()
				second.Update(object{"title": "Still here"})
				other.Expect("RoomUpdated")
			})
		})
	}
}

func TestV5_SigningOutClosesTheConnection(t *testing.T) {
	for name, before := range map[string]func(ada *client, room *hall){
		"of who is signed in": func(*client, *hall) {},
		"of who is known by a device too": func(ada *client, room *hall) {
			ada.Look(room.Invite("grace@example.org", nil).token)
		},
		"of who is a guest too": func(ada *client, room *hall) {
			other := room.h.Hall(room.h.User("host@example.com"), nil)
			ada.Redeem(other.Invite("grace@example.org", nil))
		},
	} {
		t.Run(name, func(t *testing.T) {
			onEach(t, func(t *testing.T, h *house) {
				h.Account("ada@example.com")
				ada := h.Browser()
				ada.Must("signIn", object{"email": "ada@example.com", "password": password}, "")
				room := h.Hall(ada, nil)
				before(ada, room)
				o := ada.Watch(watching, room.id, room.Revision())
				o.Settle()
				ada.Must("signOut", nil, "")
				o.Closes(4401)
			})
		})
	}
}

func TestV5_SigningOutOverTheWebSocketIsAnsweredBeforeItCloses(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		room := h.Hall(h.User("ada@example.com"), nil)
		ada := startReference(t, h, room.host.bearer)
		ada.Ask("events", watching, object{"room": room.id, "after": 0})
		ada.Says("connected")
		ada.Hears("SessionScheduled")
		ada.Ask("out", mutation("signOut", "me { user { id } }"), nil)
		same(t, "the answer", ada.Says("out"), `[map[data:map[signOut:map[me:map[user:<nil>]]]]]`)
		same(t, "its end", ada.Says("out"), "[complete]")
		same(t, "the close", ada.Says("closed"), "[4401]")
		same(t, "the subscription beside it", ada.Says("events"), "[error 4401]")
	})
}

func TestA1_QueriesAndMutationsWorkOverTheWebSocket(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		room := h.Hall(h.User("ada@example.com"), nil)
		ticket := room.Invite("grace@example.org", nil)
		s := room.host.Connect()
		same(t, "a query", s.Ask(`query($id: ID!) { room(id: $id) { title canInvite } }`, object{"id": room.id}).data.At("room"),
			map[string]any{"title": "Town hall", "canInvite": true})
		same(t, "a mutation", s.Ask(mutation("startSession", "session { state }"), object{"sessionId": room.session}).data.At("startSession.session.state"), "OPEN")

		visitor := h.Browser().Connect()
		redeem := mutation("redeemInvitation", "participant { state } accessToken")
		refused := visitor.Ask(redeem, object{"input": object{"token": ticket.token, "email": ticket.email, "credential": "COOKIE"}})
		same(t, "a cookie over a WebSocket", refused.errors[0].Text("extensions.code"), "BAD_USER_INPUT")
		key := strings.Repeat("k", 22)
		got := visitor.Ask(redeem, object{"input": object{"token": ticket.token, "email": ticket.email, "credential": "BEARER", "attemptKey": key}})
		guest := h.Bearer(got.data.Text("redeemInvitation.accessToken"))
		same(t, "the place", got.data.At("redeemInvitation.participant.state"), "LOBBY")
		same(t, "the bearer's room", guest.Connect().Ask(`query($id: ID!) { room(id: $id) { title } }`, object{"id": room.id}).data.Text("room.title"), "Town hall")
		same(t, "nobody's room", visitor.Ask(`query($id: ID!) { room(id: $id) { title } }`, object{"id": room.id}).data.At("room"), nil)
		same(t, "nobody's subscription", visitor.Ask(watching, object{"room": room.id}).errors[0].Text("extensions.code"), "UNAUTHENTICATED")
		same(t, "a stranger's subscription", h.User("eve@example.com").Connect().Ask(watching, object{"room": room.id}).errors[0].Text("extensions.code"), "NOT_FOUND")
	})
}

const waiting = `subscription($token: String!) { invitationLink(token: $token) { problem { code nextSteps } participant { state } hostAsked role expiresAt } }`

func TestL8_TheWaitingPageMovesOnWhenTheManagerAnswers(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		room := h.Hall(h.User("ada@example.com"), nil)
		expires := h.Now().Add(2 * time.Hour)
		late, taken := room.Invite("late@example.org", object{"expiresAt": stamp(expires)}), room.Invite("grace@example.org", nil)
		first := h.Browser()
		place := first.Redeem(taken)
		h.Set(expires.Add(time.Millisecond))
		managed := room.host.Watch(watching, room.id, room.Revision())

		page := h.Browser()
		page.Look(late.token)
		one := page.Connect().Subscribe(waiting, object{"token": late.token})
		other := h.Browser().Connect().Subscribe(waiting, object{"token": taken.token})
		problem := func(o *subscription) any { o.t.Helper(); return o.Next().data.At("invitationLink.problem") }
		same(t, "the expired link", problem(one), map[string]any{"code": "LINK_EXPIRED", "nextSteps": []any{"ASK_HOST"}})
		same(t, "the link in use", problem(other), map[string]any{"code": "USED_ON_OTHER_DEVICE", "nextSteps": []any{"ASK_HOST"}})
		h.WaitUntil("both looks are noted", func() bool { return late.Now().At("openedAt") != nil })

		for n := range 3 {
			page.Must("askHost", object{"token": late.token, "message": fmt.Sprint("please ", n)}, "link { hostAsked }")
		}
		refused := page.Refused("TOO_MANY_ATTEMPTS", "askHost", object{"token": late.token})
		same(t, "what to do then", []any{refused["nextSteps"], refused["retryAt"]}, []any{"[WAIT CONTACT_HOST]", stamp(h.Now().Add(time.Hour))})
		for heard := 0; heard < 3; {
			if e := managed.Event(); e.Text("__typename") == "HostAsked" {
				same(t, "what the manager reads", e.Text("message"), fmt.Sprint("please ", heard))
				heard++
			}
		}
		same(t, "the page knows that it asked", one.Next().data.At("invitationLink.hostAsked"), true)

		room.host.Must("updateInvitation", object{"invitationId": late.id, "untilSessionEnds": true}, "")
		answered := one.Next().data.In("invitationLink")
		same(t, "the link is good again", []any{answered["problem"], answered["hostAsked"], answered["expiresAt"]}, "[<nil> false <nil>]")
		page.Refused("INVITATION_NOT_ACTIVE", "askHost", object{"token": late.token})

		watched := first.Watch(watching, room.id, room.Revision())
		room.Begin(watched)
		other.Next() // the room's new description
		taken.Do("releaseDevice")
		same(t, "the other page", problem(other), nil)
		watched.Expect("DeviceReleased")
		watched.Ends()
		watched.Closes(4403)
		second := h.Browser()
		same(t, "the place on the new device", second.Redeem(taken), place)
		same(t, "the page that came second", other.Next().data.At("invitationLink.problem.code"), "USED_ON_OTHER_DEVICE")
	})
}

const present = `subscription($room: ID!) { presence(roomId: $room) { online changed { id displayName online } } }`

func TestV8_PresenceIsGatheredAndOnlineFollowsConnections(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		room := h.Hall(h.User("ada@example.com"), nil)
		grace := h.Browser()
		place := grace.Redeem(room.Invite("grace@example.org", nil))
		begun := time.Now() // before the first message, however late that is read
		o := room.host.Connect().Subscribe(present, object{"room": room.id})
		guest := grace.Connect()
		watched := guest.Subscribe(present, object{"room": room.id})
		same(t, "at first", o.Next().data.At("presence.online"), 0)
		same(t, "at first, to a guest", watched.Next().data.At("presence.changed"), "[]")

		two := []*subscription{guest.Subscribe(watching, object{"room": room.id}), guest.Subscribe(watchingOwn, object{"room": room.id})}
		guest.Settle()
		heard := o.Next().data.In("presence")
		same(t, "who came, once, with two tabs", []any{heard.Int("online"), heard["changed"]},
			[]any{1, []any{map[string]any{"displayName": "Grace Guest", "id": place, "online": true}}})
		if took := time.Since(begun); took < 900*time.Millisecond {
			t.Errorf("two messages within %v", took)
		}
		same(t, "to a guest", watched.Next().data.At("presence"), map[string]any{"changed": []any{}, "online": 1.0})
		two[0].Complete()
		guest.Settle()
		online := func() any {
			return room.host.MustAsk(`query($id: ID!) { node(id: $id) { ... on Participant { online } } }`, object{"id": place}).At("node.online")
		}
		same(t, "with one tab left", online(), true)
	})
}

func TestStatesEndWhatIsWatchedWithThem(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		room := h.Hall(h.User("ada@example.com"), nil)
		grace := h.Browser()
		grace.Redeem(room.Invite("grace@example.org", nil))
		room.Command("startSession")
		s, with := grace.Connect(), object{"room": room.id, "after": room.Revision()}
		shared, own, people := s.Subscribe(watching, with), s.Subscribe(watchingOwn, with), s.Subscribe(present, object{"room": room.id})
		people.Next()
		room.Begin(shared, own)
		room.host.Must("deleteRoom", object{"roomId": room.id}, "")
		for _, o := range []*subscription{shared, own} {
			o.Expect("SessionEnded", "RoomDeleted")
			o.Ends()
		}
	})
}

func TestAGuestHearsNothingOnceTheInvitationGivesThePlaceNoLonger(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		room := h.Hall(h.User("ada@example.com"), nil)
		grace := h.Browser()
		grace.Redeem(room.Invite("grace@example.org", nil))
		room.Command("startSession")
		o := grace.Watch(watching, room.id, room.Revision())
		o.Settle()
		room.Command("endSession")
		o.Expect("SessionEnded")
		h.Advance(30*time.Minute - time.Millisecond)
		room.Update(object{"title": "In time"})
		o.Expect("RoomUpdated")
		h.Advance(time.Millisecond)
		room.Update(object{"title": "Too late"})
		o.Ends()
		o.Closes(4403)
	})
}
