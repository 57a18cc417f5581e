package main

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// Two people use one browser, and each request says as whom.

// couple is Noor and Sam, whose links were opened in one browser: his after hers.
type couple struct {
	*hall
	device    *client // names nobody
	noor, sam *client
	links     struct{ noor, sam *ticket }
}

func (r *hall) couple() *couple {
	r.h.t.Helper()
	c := &couple{hall: r, device: r.h.Browser()}
	c.links.noor = r.Invite("noor@example.org", object{"firstName": "Noor", "lastName": "Haddad"})
	c.noor = c.device.As(c.device.Redeem(c.links.noor))
	r.h.Advance(time.Minute)
	c.links.sam = r.Invite("sam@example.org", object{"firstName": "Sam", "lastName": "Lee"})
	c.sam = c.device.As(c.device.Redeem(c.links.sam))
	return c
}

// mine is the client's own place in a room, as `Noor Haddad VIEWER LOBBY`; empty where there is none.
func (c *client) mine(r *hall) string {
	c.t.Helper()
	me := c.MustAsk(`query($id: ID!) { room(id: $id) { myParticipant { displayName role state } } }`, object{"id": r.id}).In("room.myParticipant")
	return strings.TrimSpace(strings.Join([]string{me.Text("displayName"), me.Text("role"), me.Text("state")}, " "))
}

func TestA7_TwoPeopleInOneBrowserActEachAsThemselves(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		c := h.Hall(h.User("ada@example.com"), nil).couple()
		c.Command("startSession")
		same(t, "the device alone is who came last", c.device.mine(c.hall), "Sam Lee VIEWER LOBBY")
		same(t, "her", c.noor.mine(c.hall), "Noor Haddad VIEWER LOBBY")
		same(t, "him", c.sam.mine(c.hall), "Sam Lee VIEWER LOBBY")

		same(t, "who entered", c.noor.Enter(c.hall).Text("id"), c.noor.place)
		same(t, "him, after that", c.sam.mine(c.hall), "Sam Lee VIEWER LOBBY")
		c.sam.Enter(c.hall)
		c.host.Must("changeRole", object{"participantId": c.noor.place, "role": "SPEAKER"}, "")
		confirmed := c.noor.Must("acknowledgeRole", object{"roomId": c.id, "roleRevision": 2}, "participant { displayName }")
		same(t, "whose role was confirmed", confirmed.Text("participant.displayName"), "Noor Haddad")
		same(t, "whose role is another", c.noor.mine(c.hall)+", "+c.sam.mine(c.hall), "Noor Haddad SPEAKER IN_ROOM, Sam Lee VIEWER IN_ROOM")
		same(t, "whom she sees", c.noor.people(c.hall), "[Noor Haddad]")
		same(t, "whom he sees", c.sam.people(c.hall), "[Noor Haddad Sam Lee]")

		c.noor.Must("leaveRoom", object{"roomId": c.id}, "")
		same(t, "who has left", c.noor.mine(c.hall)+", "+c.sam.mine(c.hall), "Noor Haddad SPEAKER LEFT, Sam Lee VIEWER IN_ROOM")
		all := c.noor.MustAsk(`{ me { participants { displayName } } }`, nil)
		same(t, "all places of the browser", all.Texts("me.participants", "displayName"), "[Noor Haddad Sam Lee]")
		actors := []string{}
		for _, e := range c.Log(0) {
			if e.kind == "ParticipantChanged" || e.kind == "RoleDelivered" {
				actors = append(actors, e.actor)
			}
		}
		same(t, "who did it, says the log", actors, "[Noor Haddad Sam Lee Noor Haddad Noor Haddad]")
	})
}

// people are the names that the client sees in the list of participants.
func (c *client) people(r *hall) []string {
	c.t.Helper()
	return c.MustAsk(`query($id: ID!) { room(id: $id) { participants { nodes { displayName } } } }`, object{"id": r.id}).
		Texts("room.participants.nodes", "displayName")
}

func TestA7_ALinkIsOpenedAsThePersonOfTheLink(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		c := h.Hall(h.User("ada@example.com"), nil).couple()
		const own = `participant { displayName room { myParticipant { displayName } } }`
		for _, who := range []*client{c.device, c.noor, c.sam} {
			look := who.MustAsk(`query($token: String!) { invitationLink(token: $token) { `+own+` } }`, object{"token": c.links.noor.token})
			same(t, "a look at her link", look.Text("invitationLink.participant.room.myParticipant.displayName"), "Noor Haddad")
			again := who.Must("redeemInvitation", object{"token": c.links.noor.token}, own)
			same(t, "her link again", again.Text("participant.room.myParticipant.displayName"), "Noor Haddad")
		}
		same(t, "the device alone is whose link was redeemed last", c.device.mine(c.hall), "Sam Lee VIEWER COUNTDOWN")
	})
}

func TestA7_V5_WhatEndsOnePersonsStreamLeavesTheOthersAlone(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		ada := h.User("ada@example.com")
		for _, document := range []string{watching, watchingOwn} {
			c := h.Hall(ada, nil).couple()
			c.Command("startSession")
			c.noor.Enter(c.hall)
			c.sam.Enter(c.hall)
			at := c.Revision()
			hers, his := c.noor.Watch(document, c.id, at), c.sam.Watch(document, c.id, at)
			told := c.noor.Stream(document, object{"room": c.id, "after": at}, "Usher-Place: "+c.noor.place)
			c.Begin(hers, his)
			h.WaitUntil("both are online", func() bool { return c.online() == "Noor Haddad true, Sam Lee true" })

			c.host.Must("removeParticipant", object{"participantId": c.sam.place, "block": true}, "")
			his.Expect("ParticipantRemoved")
			his.Ends()
			c.links.sam.Do("revokeInvitation")
			c.host.Must("changeRole", object{"participantId": c.noor.place, "role": "SPEAKER"}, "")
			hers.Expect("RolePromoted")
			same(t, "her stream of server-sent events", told.Until("RolePromoted"), "[RoomUpdated RolePromoted]")
			c.links.noor.Do("revokeInvitation")
			hers.Expect("InvitationRevoked")
			hers.Ends()
			hers.Closes(4403)
		}
	})
}

// online tells who is connected, by name.
func (c *couple) online() string {
	c.h.t.Helper()
	var all []string
	list := c.host.MustAsk(`query($id: ID!) { room(id: $id) { participants { nodes { displayName online } } } }`, object{"id": c.id})
	for _, p := range list.List("room.participants.nodes") {
		online, _ := json.Marshal(p["online"])
		all = append(all, p.Text("displayName")+" "+string(online))
	}
	return strings.Join(all, ", ")
}

// Until reads the kinds of events up to one of them.
func (s *stream) Until(kind string) (kinds []string) {
	s.t.Helper()
	for {
		_, data, err := s.Try()
		if err != nil {
			s.t.Fatalf("read stream: %v", err)
		}
		kinds = append(kinds, data.Text("data.roomEvents.__typename"))
		if kinds[len(kinds)-1] == kind {
			return kinds
		}
	}
}

func TestA7_APlaceThatIsOverIsNobodyElses(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		c := h.Hall(h.User("ada@example.com"), nil).couple()
		c.Command("startSession")
		c.sam.Enter(c.hall)
		c.links.noor.Do("revokeInvitation")
		same(t, "who is out sees no room", c.noor.MustAsk(`query($id: ID!) { room(id: $id) { id } }`, object{"id": c.id})["room"], nil)
		c.noor.Fails("UNAUTHENTICATED", "enterRoom", object{"roomId": c.id})
		c.noor.Fails("UNAUTHENTICATED", "leaveRoom", object{"roomId": c.id})
		same(t, "he stays", c.sam.mine(c.hall), "Sam Lee VIEWER IN_ROOM")
		c.host.Must("removeParticipant", object{"participantId": c.sam.place, "block": true}, "")
		c.sam.Refused("PARTICIPANT_BLOCKED", "enterRoom", object{"roomId": c.id})
		c.noor.Fails("UNAUTHENTICATED", "enterRoom", object{"roomId": c.id}) // why he may not is no matter of hers

		c.links.sam.Do("releaseDevice")
		r := c.sam.Ask(`{ serverTime }`, nil)
		same(t, "a place that the browser lost", []any{r.Code(), r.Data}, "[FORBIDDEN map[]]")
	})
}

func TestA7_ANamedPlaceSpeaksForItsRoomAndItsPerson(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		ada := h.User("ada@example.com")
		c := h.Hall(ada, nil).couple()
		other := h.Hall(ada, nil)
		c.device.Redeem(other.Invite("sam@example.org", object{"firstName": "Sam", "lastName": "Lee"}))
		same(t, "in another room", c.noor.mine(other), "Sam Lee VIEWER COUNTDOWN")

		c.Command("startSession")
		c.Command("endSession")
		starts := h.Now().Add(time.Hour)
		planned := c.host.Must("scheduleSession", object{"roomId": c.id, "startsAt": stamp(starts)}, "session { id }")
		c.session = planned.Text("session.id")
		c.device.Redeem(c.Invite("noor@example.org", object{"firstName": "Noor", "lastName": "Haddad"}))
		h.Advance(time.Minute)
		c.device.Redeem(c.Invite("kim@example.org", object{"firstName": "Kim", "lastName": "Oh"}))
		same(t, "the next session, as the one before", c.noor.mine(c.hall), "Noor Haddad VIEWER COUNTDOWN")
		same(t, "the next session, without a place there", c.sam.mine(c.hall), "")
		same(t, "the next session, naming nobody", c.device.mine(c.hall), "Kim Oh VIEWER COUNTDOWN")
	})
}

func TestA7_L6_L7_TheAccountStandsBesideTheNamedPlace(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		c := h.Hall(h.User("ada@example.com"), object{"access": "MEMBERS"}).couple()
		h.Account("bob@example.com")
		c.device.Must("signIn", object{"email": "bob@example.com", "password": password, "credential": "COOKIE"}, "")
		c.Command("startSession")
		same(t, "her, beside the account", c.noor.Enter(c.hall).Text("id"), c.noor.place)
		same(t, "him", c.sam.mine(c.hall), "Sam Lee VIEWER LOBBY")
		hers := c.noor.Watch(watchingOwn, c.id, c.Revision())
		c.Begin(hers)
		h.WaitUntil("she is online", func() bool { return strings.Contains(c.online(), "Noor Haddad true, Sam Lee false") })

		c.links.noor.Do("revokeInvitation")
		same(t, "then the account is a member", c.noor.Enter(c.hall).Text("role"), "VIEWER")
		same(t, "with a place of its own", c.noor.mine(c.hall), "Bob Host VIEWER IN_ROOM")
		bob := c.device.MustAsk(`{ me { user { id } } }`, nil).Text("me.user.id")
		c.host.Must("addManager", object{"roomId": c.id, "userId": bob, "role": "CO_EDITOR"}, "")
		same(t, "who manages acts as that", c.sam.mine(c.hall), "Bob Host MODERATOR IN_ROOM")
	})
}

func TestA7_APlaceThatIsNotOnesOwnIsRefused(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		c := h.Hall(h.User("ada@example.com"), nil).couple()
		_, foreign := c.guest("grace@example.org", nil)
		token := c.Invite("tess@example.org", nil)
		redeemed := h.Browser().Must("redeemInvitation", object{
			"token": token.token, "email": token.email, "credential": "BEARER", "attemptKey": strings.Repeat("k", 22),
		}, "accessToken participant { id }")
		tess := h.Bearer(redeemed.Text("accessToken"))
		same(t, "a bearer token's own", tess.As(redeemed.Text("participant.id")).mine(c.hall), "Grace Guest VIEWER COUNTDOWN")

		const question = `query($id: ID!) { serverTime room(id: $id) { title } }`
		in := object{"id": c.id}
		unknown := "p_" + strings.Repeat("0", 26)
		said := c.device.As(unknown).Ask(question, in).raw
		for what, who := range map[string]*client{
			"another device's": c.device.As(foreign), "nobody's": c.device.As(unknown), "to a bearer token": tess.As(c.noor.place),
			"to a manager": c.host.As(foreign), "to nobody": h.Browser().As(foreign),
		} {
			r := who.Ask(question, in)
			same(t, what, []any{r.Code(), r.raw}, []any{"FORBIDDEN", said})
			if _, err := who.TryConnect(who.url); !websocket.IsCloseError(err, 4403) {
				t.Errorf("%s, over a WebSocket: %v, want 4403", what, err)
			}
			name, data, err := who.Stream(watching, object{"room": c.id}, "Usher-Place: "+who.place).Try()
			same(t, what+", over server-sent events", []any{name, data.List("errors")[0].At("extensions.code"), err}, "[next FORBIDDEN <nil>]")
		}
		for _, malformed := range []string{"p_", "p_" + strings.Repeat("0", 25), "p_" + strings.Repeat("0", 27), "p_" + strings.Repeat("w", 26), "r" + unknown[1:], unknown + " x"} {
			same(t, "malformed "+malformed, c.device.As(malformed).Ask(question, in).Code(), "BAD_USER_INPUT")
			if _, err := c.device.As(malformed).TryConnect(c.device.url); !websocket.IsCloseError(err, 4400) {
				t.Errorf("malformed, over a WebSocket: %v, want 4400", err)
			}
		}
		same(t, "with a token that does not hold", h.Bearer("usher_guest_none").As(foreign).Ask(question, in).Code(), "UNAUTHENTICATED")
		preflight, err := http.NewRequestWithContext(t.Context(), http.MethodOptions, h.url+"/graphql", nil)
		if err != nil {
			t.Fatal(err)
		}
		preflight.Header.Set("Origin", "https://app.example.org")
		answer, err := c.device.http.Do(preflight)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		same(t, "pages of other origins may name one", answer.Header.Get("Access-Control-Allow-Headers"), "Authorization, Content-Type, Usher-Place")
	}, "--allowed-origins=https://app.example.org")
}
