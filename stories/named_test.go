package stories

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	. "usher/sitetest"
)

func TestA7_TwoPeopleInOneBrowserActEachAsThemselves(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := h.Hall(h.User("ada@example.com"), nil).Couple()
		c.Command("startSession")
		Same(t, "the device alone is who came last", c.Device.Mine(c.Hall), "Sam Lee VIEWER LOBBY")
		Same(t, "her", c.Noor.Mine(c.Hall), "Noor Haddad VIEWER LOBBY")
		Same(t, "him", c.Sam.Mine(c.Hall), "Sam Lee VIEWER LOBBY")

		Same(t, "who entered", c.Noor.Enter(c.Hall).Text("id"), c.Noor.Place)
		Same(t, "him, after that", c.Sam.Mine(c.Hall), "Sam Lee VIEWER LOBBY")
		c.Sam.Enter(c.Hall)
		c.Host.Must("changeRole", Object{"participantId": c.Noor.Place, "role": "SPEAKER"}, "")
		confirmed := c.Noor.Must("acknowledgeRole", Object{"roomId": c.ID, "roleRevision": 2}, "participant { displayName }")
		Same(t, "whose role was confirmed", confirmed.Text("participant.displayName"), "Noor Haddad")
		Same(t, "whose role is another", c.Noor.Mine(c.Hall)+", "+c.Sam.Mine(c.Hall), "Noor Haddad SPEAKER IN_ROOM, Sam Lee VIEWER IN_ROOM")
		Same(t, "the people she sees", c.Noor.People(c.Hall), []string{"Noor Haddad"})
		Same(t, "the people he sees", c.Sam.People(c.Hall), []string{"Noor Haddad", "Sam Lee"})

		c.Noor.Must("leaveRoom", Object{"roomId": c.ID}, "")
		Same(t, "who has left", c.Noor.Mine(c.Hall)+", "+c.Sam.Mine(c.Hall), "Noor Haddad SPEAKER LEFT, Sam Lee VIEWER IN_ROOM")
		all := c.Noor.MustAsk(`{ me { participants { displayName } } }`, nil)
		Same(t, "all places of the browser", all.Texts("me.participants", "displayName"), []string{"Noor Haddad", "Sam Lee"})
		actors := []string{}
		for _, e := range c.Log(0) {
			if e.Kind == "ParticipantChanged" || e.Kind == "RoleDelivered" {
				actors = append(actors, e.Actor)
			}
		}
		Same(t, "the actors in the log", actors, []string{"Noor Haddad", "Sam Lee", "Noor Haddad", "Noor Haddad"})
	})
}

func TestA7_ALinkIsOpenedAsItsInvitee(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := h.Hall(h.User("ada@example.com"), nil).Couple()
		const own = `participant { displayName room { myParticipant { displayName } } }`
		for _, who := range []*Client{c.Device, c.Noor, c.Sam} {
			look := who.MustAsk(`query($token: String!) { invitationLink(token: $token) { `+own+` } }`, Object{"token": c.Links.Noor.Token})
			Same(t, "a look at her link", look.Text("invitationLink.participant.room.myParticipant.displayName"), "Noor Haddad")
			again := who.Must("redeemInvitation", Object{"token": c.Links.Noor.Token}, own)
			Same(t, "her link again", again.Text("participant.room.myParticipant.displayName"), "Noor Haddad")
		}
		Same(t, "the device alone is whose link was redeemed last", c.Device.Mine(c.Hall), "Sam Lee VIEWER COUNTDOWN")
	})
}

func TestA7_V5_EndingOnePersonsStreamKeepsTheOthers(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		ada := h.User("ada@example.com")
		for _, document := range []string{Watching, WatchingOwn} {
			c := h.Hall(ada, nil).Couple()
			c.Command("startSession")
			c.Noor.Enter(c.Hall)
			c.Sam.Enter(c.Hall)
			at := c.Revision()
			hers, his := c.Noor.Watch(document, c.ID, at), c.Sam.Watch(document, c.ID, at)
			told := c.Noor.Stream(document, Object{"room": c.ID, "after": at}, "Usher-Place: "+c.Noor.Place)
			c.Begin(hers, his)
			h.WaitUntil("both are online", func() bool { return c.Online() == "Noor Haddad true, Sam Lee true" })

			c.Host.Must("removeParticipant", Object{"participantId": c.Sam.Place, "block": true}, "")
			his.Expect("ParticipantRemoved")
			his.Ends()
			c.Links.Sam.Do("revokeInvitation")
			c.Host.Must("changeRole", Object{"participantId": c.Noor.Place, "role": "SPEAKER"}, "")
			hers.Expect("RolePromoted")
			Same(t, "her stream of server-sent events", told.Until("RolePromoted"), []string{"RoomUpdated", "RolePromoted"})
			c.Links.Noor.Do("revokeInvitation")
			hers.Expect("InvitationRevoked")
			hers.Ends()
			hers.Closes(4403)
		}
	})
}

func TestA7_AnEndedPlaceActsAsNobodyElse(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := h.Hall(h.User("ada@example.com"), nil).Couple()
		c.Command("startSession")
		c.Sam.Enter(c.Hall)
		c.Links.Noor.Do("revokeInvitation")
		Same(t, "who is out sees no room", c.Noor.MustAsk(`query($id: ID!) { room(id: $id) { id } }`, Object{"id": c.ID})["room"], nil)
		c.Noor.Fails("UNAUTHENTICATED", "enterRoom", Object{"roomId": c.ID})
		c.Noor.Fails("UNAUTHENTICATED", "leaveRoom", Object{"roomId": c.ID})
		Same(t, "he stays", c.Sam.Mine(c.Hall), "Sam Lee VIEWER IN_ROOM")
		c.Host.Must("removeParticipant", Object{"participantId": c.Sam.Place, "block": true}, "")
		c.Sam.Refused("PARTICIPANT_BLOCKED", "enterRoom", Object{"roomId": c.ID})
		c.Noor.Fails("UNAUTHENTICATED", "enterRoom", Object{"roomId": c.ID}) // why he may not is no matter of hers

		c.Links.Sam.Do("releaseDevice")
		r := c.Sam.Ask(`{ serverTime }`, nil)
		Same(t, "a place that the browser lost", []any{r.Code(), r.Data}, []any{"FORBIDDEN", nil})
	})
}

func TestA7_ANamedPlaceActsInItsRoomAsItsPerson(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		ada := h.User("ada@example.com")
		c := h.Hall(ada, nil).Couple()
		other := h.Hall(ada, nil)
		c.Device.Redeem(other.Invite("sam@example.org", Object{"firstName": "Sam", "lastName": "Lee"}))
		Same(t, "in another room", c.Noor.Mine(other), "Sam Lee VIEWER COUNTDOWN")

		c.Command("startSession")
		c.Command("endSession")
		starts := h.Now().Add(time.Hour)
		planned := c.Host.Must("scheduleSession", Object{"roomId": c.ID, "startsAt": Stamp(starts)}, "session { id }")
		c.Session = planned.Text("session.id")
		c.Device.Redeem(c.Invite("noor@example.org", Object{"firstName": "Noor", "lastName": "Haddad"}))
		h.Advance(time.Minute)
		c.Device.Redeem(c.Invite("kim@example.org", Object{"firstName": "Kim", "lastName": "Oh"}))
		Same(t, "the next session, as the one before", c.Noor.Mine(c.Hall), "Noor Haddad VIEWER COUNTDOWN")
		Same(t, "the next session, without a place there", c.Sam.Mine(c.Hall), "")
		Same(t, "the next session, naming nobody", c.Device.Mine(c.Hall), "Kim Oh VIEWER COUNTDOWN")
	})
}

func TestA7_L6_L7_AnAccountKeepsItsRightsBesideANamedPlace(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := h.Hall(h.User("ada@example.com"), Object{"access": "MEMBERS"}).Couple()
		h.Account("bob@example.com")
		c.Device.Must("signIn", Object{"email": "bob@example.com", "password": Password, "credential": "COOKIE"}, "")
		c.Command("startSession")
		Same(t, "her, beside the account", c.Noor.Enter(c.Hall).Text("id"), c.Noor.Place)
		Same(t, "him", c.Sam.Mine(c.Hall), "Sam Lee VIEWER LOBBY")
		hers := c.Noor.Watch(WatchingOwn, c.ID, c.Revision())
		c.Begin(hers)
		h.WaitUntil("she is online", func() bool { return strings.Contains(c.Online(), "Noor Haddad true, Sam Lee false") })

		c.Links.Noor.Do("revokeInvitation")
		Same(t, "then the account is a member", c.Noor.Enter(c.Hall).Text("role"), "VIEWER")
		Same(t, "with a place of its own", c.Noor.Mine(c.Hall), "Bob Host VIEWER IN_ROOM")
		bob := c.Device.MustAsk(`{ me { user { id } } }`, nil).Text("me.user.id")
		c.Host.Must("addManager", Object{"roomId": c.ID, "userId": bob, "role": "CO_EDITOR"}, "")
		Same(t, "who manages acts as that", c.Sam.Mine(c.Hall), "Bob Host MODERATOR IN_ROOM")
	})
}

func TestA7_AnothersPlaceIsRefused(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := h.Hall(h.User("ada@example.com"), nil).Couple()
		_, foreign := c.Guest("grace@example.org", nil)
		token := c.Invite("tess@example.org", nil)
		redeemed := h.Browser().Must("redeemInvitation", Object{
			"token": token.Token, "email": token.Email, "credential": "BEARER", "attemptKey": strings.Repeat("k", 22),
		}, "accessToken participant { id }")
		tess := h.Bearer(redeemed.Text("accessToken"))
		Same(t, "a bearer token's own", tess.As(redeemed.Text("participant.id")).Mine(c.Hall), "Grace Guest VIEWER COUNTDOWN")

		const question = `query($id: ID!) { serverTime room(id: $id) { title } }`
		in := Object{"id": c.ID}
		unknown := "p_" + strings.Repeat("0", 26)
		said := c.Device.As(unknown).Ask(question, in).Raw
		for what, who := range map[string]*Client{
			"another device's": c.Device.As(foreign), "nobody's": c.Device.As(unknown), "to a bearer token": tess.As(c.Noor.Place),
			"to a manager": c.Host.As(foreign), "to nobody": h.Browser().As(foreign),
		} {
			r := who.Ask(question, in)
			Same(t, what, []any{r.Code(), r.Raw}, []any{"FORBIDDEN", said})
			if _, err := who.TryConnect(who.URL); !websocket.IsCloseError(err, 4403) {
				t.Errorf("%s, over a WebSocket: %v, want 4403", what, err)
			}
			name, data, err := who.Stream(Watching, Object{"room": c.ID}, "Usher-Place: "+who.Place).Try()
			Same(t, what+", over server-sent events", []any{name, data.List("errors")[0].At("extensions.code"), err}, []any{"next", "FORBIDDEN", nil})
		}
		for _, malformed := range []string{"p_", "p_" + strings.Repeat("0", 25), "p_" + strings.Repeat("0", 27), "p_" + strings.Repeat("w", 26), "r" + unknown[1:], unknown + " x"} {
			Same(t, "malformed "+malformed, c.Device.As(malformed).Ask(question, in).Code(), "BAD_USER_INPUT")
			if _, err := c.Device.As(malformed).TryConnect(c.Device.URL); !websocket.IsCloseError(err, 4400) {
				t.Errorf("malformed, over a WebSocket: %v, want 4400", err)
			}
		}
		Same(t, "with a token that does not hold", h.Bearer("usher_guest_none").As(foreign).Ask(question, in).Code(), "UNAUTHENTICATED")
		preflight, err := http.NewRequestWithContext(t.Context(), http.MethodOptions, h.URL+"/graphql", nil)
		if err != nil {
			t.Fatal(err)
		}
		preflight.Header.Set("Origin", "https://app.example.org")
		answer, err := c.Device.HTTP.Do(preflight)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		Same(t, "pages of other origins may name one", answer.Header.Get("Access-Control-Allow-Headers"), "Authorization, Content-Type, Usher-Place")
	}, "--allowed-origins=https://app.example.org")
}
