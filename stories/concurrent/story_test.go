package concurrent

import (
	"fmt"
	"strings"
	"testing"
	"time"

	. "usher/sitetest"
)

// A session as its participants see it, from the countdown to the last event.

func TestLive_FromTheCountdownToTheLastEvent(t *testing.T) {
	for name, document := range map[string]string{"executed for all alike": Watching, "executed for each alone": WatchingOwn} {
		t.Run(name, func(t *testing.T) {
			OnEach(t, func(t *testing.T, h *House) {
				room := h.Hall(h.User("ada@example.com"), Object{"admission": "APPROVAL"})
				ticket := room.Invite("grace@example.org", nil)
				grace := h.Browser()
				place := grace.Redeem(ticket)
				at := room.Revision()
				seen, managed := grace.Watch(document, room.ID, at), room.Host.Watch(document, room.ID, at)

				room.Command("startSession")
				for _, o := range []*Subscription{seen, managed} {
					started := o.Expect("SessionStarted")
					Same(t, "the session", []any{started.Text("session.state"), started.Int("revision"), started.Text("actor")}, []any{"OPEN", at + 1, "Ada Host"})
				}
				Same(t, "who asks to enter waits", grace.Enter(room).Text("state"), "WAITING")
				for _, o := range []*Subscription{seen, managed} {
					waits := o.Expect("ParticipantChanged")
					Same(t, "the change", []any{waits.Text("previousState"), waits.Text("state"), waits.Text("participant.displayName")}, []string{"LOBBY", "WAITING", "Grace Guest"})
				}
				room.Host.Must("admitParticipant", Object{"participantId": place}, "")
				for _, o := range []*Subscription{seen, managed} {
					Same(t, "the new state", o.Expect("ParticipantChanged")["state"], "IN_ROOM")
				}

				room.Host.Must("changeRole", Object{"participantId": place, "role": "MODERATOR"}, "")
				promoted := seen.Expect("RolePromoted")
				Same(t, "the promotion", []any{promoted.Text("previousRole"), promoted.Text("role"), promoted.Int("roleRevision"), promoted["capabilities"]},
					[]any{"VIEWER", "MODERATOR", 2, []string{"CHAT", "ANSWER_INTERACTIONS", "ASK_QUESTIONS", "ANSWER_QUESTIONS", "BACKCHANNEL", "INITIATE_INTERACTIONS", "ADMIT_PARTICIPANTS", "REMOVE_PARTICIPANTS", "MODERATE"}})
				managed.Expect("RolePromoted")
				grace.Must("acknowledgeRole", Object{"roomId": room.ID, "roleRevision": 2}, "")
				Same(t, "what the manager learns", managed.Expect("RoleDelivered").At("participant.roleDelivered"), true)
				seen.Expect("RoleDelivered")

				other := h.Browser()
				other.Redeem(room.Invite("otto@example.org", nil))
				other.Enter(room)
				managed.Expect("InvitationCreated", "InvitationRedeemed")
				for _, o := range []*Subscription{seen, managed} { // a moderator sees who waits, but no invitations
					Same(t, "who waits", o.Expect("ParticipantChanged").Text("participant.displayName"), "Grace Guest")
				}

				room.Host.Must("changeRole", Object{"participantId": place, "role": "VIEWER"}, "")
				Same(t, "the demotion", seen.Expect("RoleDemoted").Text("role"), "VIEWER")
				managed.Expect("RoleDemoted")
				room.Host.Must("admitAll", Object{"roomId": room.ID}, "")
				managed.Expect("ParticipantChanged")
				seen.Silent() // viewers do not see what other viewers do
				other.Must("leaveRoom", Object{"roomId": room.ID}, "")
				managed.Expect("ParticipantChanged")

				room.Host.Must("removeParticipant", Object{"participantId": place, "block": false}, "")
				for _, o := range []*Subscription{seen, managed} {
					o.Expect("ParticipantRemoved")
					Same(t, "the state of the removed guest", o.Expect("ParticipantChanged")["state"], "REMOVED")
				}
				room.Update(Object{"title": "After all"})
				seen.Expect("RoomUpdated") // a removed guest still has a place, and misses nothing that it may see
				managed.Expect("RoomUpdated")

				ticket.Do("revokeInvitation")
				managed.Expect("InvitationRevoked")
				last := seen.Expect("InvitationRevoked")
				Same(t, "her last event", []any{last.Text("invitation.status"), last.At("invitation.link")}, []any{"REVOKED", nil})
				seen.Ends()
				seen.Closes(4403)
				managed.Silent()
				room.Command("endSession")
				managed.Expect("SessionEnded")
			})
		})
	}
}

func TestV5_LosingOnePlaceKeepsTheConnectionForAnother(t *testing.T) {
	t.Parallel()
	for name, document := range map[string]string{"executed for all alike": Watching, "executed for each alone": WatchingOwn} {
		t.Run(name, func(t *testing.T) {
			OnEach(t, func(t *testing.T, h *House) {
				ada := h.User("ada@example.com")
				first, second := h.Hall(ada, nil), h.Hall(ada, nil)
				lost, kept := first.Invite("grace@example.org", nil), second.Invite("grace@example.org", nil)
				grace := h.Browser()
				grace.Redeem(lost)
				grace.Redeem(kept)
				s := grace.Connect()
				one := s.Subscribe(document, Object{"room": first.ID, "after": first.Revision()})
				other := s.Subscribe(document, Object{"room": second.ID, "after": second.Revision()})
				first.Begin(one)
				second.Begin(other)
				lost.Do("revokeInvitation")
				one.Expect("InvitationRevoked")
				one.Ends()
				second.Update(Object{"title": "Still here"})
				other.Expect("RoomUpdated")
			})
		})
	}
}

func TestV5_SigningOutClosesTheConnection(t *testing.T) {
	for name, before := range map[string]func(ada *Client, room *Hall){
		"of who is signed in": func(*Client, *Hall) {},
		"of who is known by a device too": func(ada *Client, room *Hall) {
			ada.Look(room.Invite("grace@example.org", nil).Token)
		},
		"of who is a guest too": func(ada *Client, room *Hall) {
			other := room.H.Hall(room.H.User("host@example.com"), nil)
			ada.Redeem(other.Invite("grace@example.org", nil))
		},
	} {
		t.Run(name, func(t *testing.T) {
			OnEach(t, func(t *testing.T, h *House) {
				h.Account("ada@example.com")
				ada := h.Browser()
				ada.Must("signIn", Object{"email": "ada@example.com", "password": Password}, "")
				room := h.Hall(ada, nil)
				before(ada, room)
				o := ada.Watch(Watching, room.ID, room.Revision())
				o.Settle()
				ada.Must("signOut", nil, "")
				o.Closes(4401)
			})
		})
	}
}

func TestV5_SigningOutOverTheWebSocketIsAnsweredBeforeItCloses(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		ada := startReference(t, h, room.Host.Bearer)
		ada.Ask("events", Watching, Object{"room": room.ID, "after": 0})
		ada.Says("connected")
		ada.Hears("SessionScheduled")
		ada.Ask("out", Mutation("signOut", "me { user { id } }"), nil)
		Same(t, "the answer", ada.Says("out"), []any{Object{"data": Object{"signOut": Object{"me": Object{"user": nil}}}}})
		Same(t, "its end", ada.Says("out"), []string{"complete"})
		Same(t, "the close", ada.Says("closed"), []any{4401})
		Same(t, "the subscription beside it", ada.Says("events"), []any{"error", 4401})
	})
}

func TestA1_QueriesAndMutationsWorkOverTheWebSocket(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		ticket := room.Invite("grace@example.org", nil)
		s := room.Host.Connect()
		Same(t, "a query", s.Ask(`query($id: ID!) { room(id: $id) { title canInvite } }`, Object{"id": room.ID}).Data.At("room"),
			map[string]any{"title": "Town hall", "canInvite": true})
		Same(t, "a mutation", s.Ask(Mutation("startSession", "session { state }"), Object{"sessionId": room.Session}).Data.At("startSession.session.state"), "OPEN")

		visitor := h.Browser().Connect()
		redeem := Mutation("redeemInvitation", "participant { state } accessToken")
		refused := visitor.Ask(redeem, Object{"input": Object{"token": ticket.Token, "email": ticket.Email, "credential": "COOKIE"}})
		Same(t, "a cookie over a WebSocket", refused.Errors[0].Text("extensions.code"), "BAD_USER_INPUT")
		key := strings.Repeat("k", 22)
		got := visitor.Ask(redeem, Object{"input": Object{"token": ticket.Token, "email": ticket.Email, "credential": "BEARER", "attemptKey": key}})
		guest := h.Bearer(got.Data.Text("redeemInvitation.accessToken"))
		Same(t, "the place", got.Data.At("redeemInvitation.participant.state"), "LOBBY")
		Same(t, "the bearer's room", guest.Connect().Ask(`query($id: ID!) { room(id: $id) { title } }`, Object{"id": room.ID}).Data.Text("room.title"), "Town hall")
		Same(t, "nobody's room", visitor.Ask(`query($id: ID!) { room(id: $id) { title } }`, Object{"id": room.ID}).Data.At("room"), nil)
		Same(t, "nobody's subscription", visitor.Ask(Watching, Object{"room": room.ID}).Errors[0].Text("extensions.code"), "UNAUTHENTICATED")
		Same(t, "a stranger's subscription", h.User("eve@example.com").Connect().Ask(Watching, Object{"room": room.ID}).Errors[0].Text("extensions.code"), "NOT_FOUND")
	})
}

const waiting = `subscription($token: String!) { invitationLink(token: $token) { problem { code nextSteps } participant { state } hostAsked role expiresAt } }`

func TestL8_TheWaitingPageMovesOnWhenTheManagerAnswers(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		expires := h.Now().Add(2 * time.Hour)
		late, taken := room.Invite("late@example.org", Object{"expiresAt": Stamp(expires)}), room.Invite("grace@example.org", nil)
		first := h.Browser()
		place := first.Redeem(taken)
		h.Set(expires.Add(time.Millisecond))
		managed := room.Host.Watch(Watching, room.ID, room.Revision())

		page := h.Browser()
		page.Look(late.Token)
		one := page.Connect().Subscribe(waiting, Object{"token": late.Token})
		other := h.Browser().Connect().Subscribe(waiting, Object{"token": taken.Token})
		problem := func(o *Subscription) any { o.T.Helper(); return o.Next().Data.At("invitationLink.problem") }
		Same(t, "the expired link", problem(one), map[string]any{"code": "LINK_EXPIRED", "nextSteps": []any{"ASK_HOST"}})
		Same(t, "the link in use", problem(other), map[string]any{"code": "USED_ON_OTHER_DEVICE", "nextSteps": []any{"MOVE_HERE", "ASK_HOST"}})
		h.WaitUntil("both looks are noted", func() bool { return late.Now().At("openedAt") != nil })

		for n := range 3 {
			page.Must("askHost", Object{"token": late.Token, "message": fmt.Sprint("please ", n)}, "link { hostAsked }")
		}
		refused := page.Refused("TOO_MANY_ATTEMPTS", "askHost", Object{"token": late.Token})
		Same(t, "what to do then", []any{refused["nextSteps"], refused["retryAt"]}, []any{[]string{"WAIT", "CONTACT_HOST"}, Stamp(h.Now().Add(time.Hour))})
		for heard := 0; heard < 3; {
			if e := managed.Event(); e.Text("__typename") == "HostAsked" {
				Same(t, "what the manager reads", e.Text("message"), fmt.Sprint("please ", heard))
				heard++
			}
		}
		Same(t, "the page knows that it asked", one.Next().Data.At("invitationLink.hostAsked"), true)

		room.Host.Must("updateInvitation", Object{"invitationId": late.ID, "untilSessionEnds": true}, "")
		answered := one.Next().Data.In("invitationLink")
		Same(t, "the link is good again", []any{answered["problem"], answered["hostAsked"], answered["expiresAt"]}, []any{nil, false, nil})
		page.Refused("INVITATION_NOT_ACTIVE", "askHost", Object{"token": late.Token})

		watched := first.Watch(Watching, room.ID, room.Revision())
		room.Begin(watched)
		other.Next() // the room's new description
		taken.Do("releaseDevice")
		Same(t, "the other page", problem(other), nil)
		watched.Expect("DeviceReleased")
		watched.Ends()
		watched.Closes(4403)
		second := h.Browser()
		Same(t, "the place on the new device", second.Redeem(taken), place)
		Same(t, "the page that came second", other.Next().Data.At("invitationLink.problem.code"), "USED_ON_OTHER_DEVICE")
	})
}

func TestV8_OnlineFollowsConnectionsAndPresenceIsBatched(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		grace := h.Browser()
		place := grace.Redeem(room.Invite("grace@example.org", nil))
		begun := time.Now() // before the first message, however late that is read
		o := room.Host.Connect().Subscribe(Present, Object{"room": room.ID})
		guest := grace.Connect()
		watched := guest.Subscribe(Present, Object{"room": room.ID})
		Same(t, "at first", o.Next().Data.At("presence.online"), 0)
		Same(t, "at first, to a guest", watched.Next().Data.At("presence.changed"), []string{})

		two := []*Subscription{guest.Subscribe(Watching, Object{"room": room.ID}), guest.Subscribe(WatchingOwn, Object{"room": room.ID})}
		guest.Settle()
		heard := o.Next().Data.In("presence")
		Same(t, "who came, once, with two tabs", []any{heard.Int("online"), heard["changed"]},
			[]any{1, []any{map[string]any{"displayName": "Grace Guest", "id": place, "online": true}}})
		if took := time.Since(begun); took < 900*time.Millisecond {
			t.Errorf("two messages within %v", took)
		}
		Same(t, "to a guest", watched.Next().Data.At("presence"), map[string]any{"changed": []any{}, "online": 1.0})
		two[0].Complete()
		guest.Settle()
		online := func() any {
			return room.Host.MustAsk(`query($id: ID!) { node(id: $id) { ... on Participant { online } } }`, Object{"id": place}).At("node.online")
		}
		Same(t, "with one tab left", online(), true)
	})
}

func TestDeletingARoomEndsItsStreams(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		grace := h.Browser()
		grace.Redeem(room.Invite("grace@example.org", nil))
		room.Command("startSession")
		s, with := grace.Connect(), Object{"room": room.ID, "after": room.Revision()}
		shared, own, people := s.Subscribe(Watching, with), s.Subscribe(WatchingOwn, with), s.Subscribe(Present, Object{"room": room.ID})
		people.Next()
		room.Begin(shared, own)
		room.Host.Must("deleteRoom", Object{"roomId": room.ID}, "")
		for _, o := range []*Subscription{shared, own} {
			o.Expect("SessionEnded", "RoomDeleted")
			o.Ends()
		}
	})
}

func TestAGuestHearsNothingAfterTheInvitationEnds(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		grace := h.Browser()
		grace.Redeem(room.Invite("grace@example.org", nil))
		room.Command("startSession")
		o := grace.Watch(Watching, room.ID, room.Revision())
		o.Settle()
		room.Command("endSession")
		o.Expect("SessionEnded")
		h.Advance(30*time.Minute - time.Millisecond)
		room.Update(Object{"title": "In time"})
		o.Expect("RoomUpdated")
		h.Advance(time.Millisecond)
		room.Update(Object{"title": "Too late"})
		o.Ends()
		o.Closes(4403)
	})
}
