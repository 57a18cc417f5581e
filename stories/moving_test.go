package stories

import (
	"net/http"
	"testing"
	"time"

	. "usher/sitetest"
)

// A redeemed link moves to another device: W7, W9 and W10.

const handOverFields = `handOver { id state expiresAt url digits browser participant { id role state } }`

// phone is the name that a browser gives itself.
type phone struct{ http.RoundTripper }

func (p phone) RoundTrip(r *http.Request) (*http.Response, error) {
	r.Header.Set("User-Agent", "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1")
	return p.RoundTripper.RoundTrip(r)
}

// newPhone returns a browser that is Safari on iPhone.
func newPhone(h *House) *Client {
	c := h.Browser()
	c.HTTP.Transport = phone{c.HTTP.Transport}
	return c
}

func offer(c *Client, r *Hall) Object {
	c.T.Helper()
	return c.Must("offerHandOver", Object{"roomId": r.ID}, handOverFields).In("handOver")
}

func answerHandOver(c *Client, offered Object, allow bool) Object {
	c.T.Helper()
	return c.Must("answerHandOver", Object{"id": offered["id"], "allow": allow}, handOverFields).In("handOver")
}

// secretOf returns what the QR code of a hand-over holds.
func secretOf(offered Object) Object { return Object{"secret": offered["url"]} }

// digitsOf returns what somebody types who has the link and reads the digits of a hand-over.
func digitsOf(k *Ticket, offered Object) Object {
	return Object{"token": k.Token, "digits": offered["digits"]}
}

// wrongDigitsOf returns other digits.
func wrongDigitsOf(k *Ticket, offered Object) Object {
	other := "000000"
	if offered.Text("digits") == other {
		other = "000001"
	}
	return Object{"token": k.Token, "digits": other}
}

func handOverOf(c *Client, offered Object) any {
	c.T.Helper()
	return c.MustAsk(`query($id: ID!) { handOver(id: $id) { state } }`, Object{"id": offered["id"]})["handOver"]
}

const watchingHandOver = `subscription($id: ID!) { handOver(id: $id) { state url digits browser participant { id } } }`

func TestW7_APlaceMovesWithItsStateRoleAndPosition(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		host := h.User("ada@example.com")
		for _, c := range []struct {
			name, as string
			arrive   func(room *Hall, guest *Client, k *Ticket)
		}{
			{"in the room", "VIEWER IN_ROOM", func(room *Hall, guest *Client, _ *Ticket) { guest.Enter(room) }},
			{"as the second who waits", "VIEWER WAITING", func(room *Hall, guest *Client, _ *Ticket) {
				room.Update(Object{"admission": "APPROVAL"})
				first := h.Browser()
				first.Redeem(room.Invite("first@example.org", nil))
				first.Enter(room)
				guest.Enter(room)
				third := h.Browser()
				third.Redeem(room.Invite("third@example.org", nil))
				third.Enter(room)
			}},
			{"as a promoted moderator", "MODERATOR IN_ROOM", func(room *Hall, guest *Client, k *Ticket) {
				guest.Enter(room)
				host.Must("changeRole", Object{"participantId": k.Now().Text("participant.id"), "role": "MODERATOR"}, "")
			}},
		} {
			t.Run(c.name, func(t *testing.T) {
				room := h.Hall(host, nil)
				room.Command("startSession")
				k := room.Invite("grace@example.org", nil)
				old, next := h.Browser(), newPhone(h)
				place := old.Redeem(k)
				c.arrive(room, old, k)
				queue := func() (waiting []string) {
					for _, one := range host.MustAsk(`query($id: ID!) { room(id: $id) { participants(state: [WAITING]) { nodes { id } } } }`,
						Object{"id": room.ID}).List("room.participants.nodes") {
						waiting = append(waiting, one.Text("id"))
					}
					return waiting
				}
				waited, redeemed := queue(), k.Now()["redeemedAt"]
				watched := old.Watch(Watching, room.ID, room.Revision())
				managed := host.Watch(Watching, room.ID, room.Revision())
				room.Begin(watched, managed)
				before := room.Revision()

				Same(t, "what to do", next.Look(k.Token)["problem"].(map[string]any)["nextSteps"], []string{"MOVE_HERE", "ASK_HOST"})
				offered := offer(old, room)
				asked := next.Must("askHandOver", secretOf(offered), handOverFields).In("handOver")
				Same(t, "asked", []any{asked["state"], asked["url"], asked["digits"], asked["browser"], asked["participant"]}, []any{"ASKED", nil, nil, nil, nil})
				Same(t, "who asks", old.MustAsk(`query($id: ID!) { handOver(id: $id) { state browser url digits } }`, Object{"id": offered["id"]}).In("handOver"),
					Object{"state": "ASKED", "browser": "Safari on iPhone", "url": nil, "digits": nil})
				Same(t, "nothing has moved yet", old.MustAsk(`{ me { participants { id } } }`, nil).List("me.participants")[0].Text("id"), place)
				Same(t, "allowed", answerHandOver(old, offered, true)["state"], "MOVED")

				Same(t, "what happened", room.Kinds(before), []string{"DeviceMoved"})
				Same(t, "the place", next.Mine(room), "Grace Guest "+c.as)
				Same(t, "who waits, in order", queue(), waited)
				Same(t, "when it was redeemed", k.Now()["redeemedAt"], redeemed)
				Same(t, "the hand-over as the new device sees it", next.MustAsk(`query($id: ID!) { handOver(id: $id) { state participant { id } } }`,
					Object{"id": offered["id"]}).In("handOver"), Object{"state": "MOVED", "participant": Object{"id": place}})
				Same(t, "the new device may come back", next.Redeem(k), place)

				watched.Expect("DeviceMoved")
				watched.Ends()
				watched.Closes(4403)
				managed.Expect("DeviceMoved")
				managed.Silent()
				old.Fails("UNAUTHENTICATED", "leaveRoom", Object{"roomId": room.ID})
				told := host.MustAsk(`query($id: ID!) { room(id: $id) { events(first: 1) { ... on DeviceMoved { actor subject device participant { id } invitation { id } } } } }`,
					Object{"id": room.ID}).List("room.events")[0]
				Same(t, "what managers read", told, Object{
					"actor": "Grace Guest", "subject": "Grace Guest", "device": "Safari on iPhone",
					"participant": Object{"id": place}, "invitation": Object{"id": k.ID},
				})
				old.Refused("USED_ON_OTHER_DEVICE", "redeemInvitation", k.Own())
			})
		}
	})
}

func TestW7_ATokenEndsWithTheDeviceThatHadIt(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		room.Command("startSession")
		k := room.Invite("grace@example.org", nil)
		old := k.BearerGuest()
		old.Enter(room)
		watched := old.Watch(Watching, room.ID, room.Revision())
		stream := old.Stream(Watching, Object{"room": room.ID, "after": room.Revision()})
		room.Begin(watched)
		stream.Until("RoomUpdated")

		// The next client keeps no cookies either. It asks by the link and the digits, and is identified by its attemptKey.
		key := "the.next.client.of.grace"
		offered := offer(old, room)
		with := digitsOf(k, offered)
		with["credential"], with["attemptKey"] = "BEARER", key
		h.Bearer("").Must("askHandOver", with, "")
		read := func() string {
			return h.Bearer("").MustAsk(`query($id: ID!, $key: String) { handOver(id: $id, attemptKey: $key) { state } }`,
				Object{"id": offered["id"], "key": key}).Text("handOver.state")
		}
		Same(t, "asked", read(), "ASKED")
		followed := h.Bearer("").Connect().Subscribe(`subscription($id: ID!, $key: String) { handOver(id: $id, attemptKey: $key) { state } }`,
			Object{"id": offered["id"], "key": key})
		Same(t, "followed", followed.Next().Data.Text("handOver.state"), "ASKED")
		answerHandOver(old, offered, true)
		Same(t, "followed", followed.Next().Data.Text("handOver.state"), "MOVED")
		followed.Ends()
		Same(t, "moved", read(), "MOVED")

		watched.Expect("DeviceMoved")
		watched.Ends()
		watched.Closes(4403)
		Same(t, "the last event of the stream", stream.Until("DeviceMoved"), []string{"DeviceMoved"})
		stream.Ends("FORBIDDEN")
		old.Fails("UNAUTHENTICATED", "leaveRoom", Object{"roomId": room.ID})
		got := h.Bearer("").Must("redeemInvitation", Object{"token": k.Token, "credential": "BEARER", "attemptKey": key}, "accessToken")
		Same(t, "the place", h.Bearer(got.Text("accessToken")).Mine(room), "Grace Guest VIEWER IN_ROOM")
	})
}

func TestW9_BothDevicesFollowAHandOver(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		k := room.Invite("grace@example.org", nil)
		old, next, third := h.Browser(), newPhone(h), h.Browser()
		place := old.Redeem(k)
		third.Look(k.Token)
		offered := offer(old, room)
		following := old.Connect().Subscribe(watchingHandOver, Object{"id": offered["id"]})
		Same(t, "at first", following.Next().Data.In("handOver"), Object{"state": "OFFERED", "url": offered["url"], "digits": offered["digits"], "browser": nil, "participant": nil})
		next.Must("askHandOver", secretOf(offered), "")
		Same(t, "asked", following.Next().Data.In("handOver"), Object{"state": "ASKED", "url": nil, "digits": nil, "browser": "Safari on iPhone", "participant": nil})
		waiting := next.Connect().Subscribe(watchingHandOver, Object{"id": offered["id"]})
		Same(t, "the device that asked", waiting.Next().Data.Text("handOver.state"), "ASKED")
		for what, other := range map[string]*Client{"another device": third, "a stranger": h.Browser(), "the host": room.Host} {
			Same(t, what+" reads", handOverOf(other, offered), nil)
			m := other.Connect().Subscribe(watchingHandOver, Object{"id": offered["id"]}).Next()
			Same(t, what+" is refused", m.Errors[0].Text("extensions.code"), "NOT_FOUND")
		}
		answerHandOver(old, offered, true)
		Same(t, "moved", waiting.Next().Data.In("handOver"), Object{"state": "MOVED", "url": nil, "digits": nil, "browser": nil, "participant": Object{"id": place}})
		waiting.Ends()
		Same(t, "the place that was left", following.Next().Data.Text("handOver.state"), "MOVED")
		following.Ends()
	})
}

func TestW7_MovingObeysTheSitesPolicyAndTheLinkItself(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		admin := h.User("admin@example.com", "--admin")
		host := h.User("ada@example.com")
		room := h.Hall(host, nil)
		k := room.Invite("grace@example.org", nil)
		old, next := h.Browser(), h.Browser()
		old.Redeem(k)
		offered := offer(old, room)
		admin.Must("updateSitePolicy", Object{"moveDevices": false}, "")
		Same(t, "what to do", next.Refused("USED_ON_OTHER_DEVICE", "redeemInvitation", k.Own())["nextSteps"], []string{"ASK_HOST"})
		old.Refused("MOVING_OFF", "offerHandOver", Object{"roomId": room.ID})
		next.Refused("MOVING_OFF", "askHandOver", secretOf(offered))
		admin.Must("updateSitePolicy", Object{"moveDevices": true}, "")
		next.Must("askHandOver", secretOf(offered), "")
		admin.Must("updateSitePolicy", Object{"moveDevices": false}, "")
		old.Refused("MOVING_OFF", "answerHandOver", Object{"id": offered["id"], "allow": true})
		admin.Must("updateSitePolicy", Object{"moveDevices": true, "requireSignIn": true}, "")
		offered = offer(old, room)
		next.Refused("SIGN_IN_REQUIRED", "askHandOver", secretOf(offered))
		admin.Must("updateSitePolicy", Object{"requireSignIn": false}, "")

		host.Must("updateInvitation", Object{"invitationId": k.ID, "expiresAt": Stamp(room.Starts.Add(time.Minute))}, "")
		h.Advance(room.Starts.Add(2 * time.Minute).Sub(h.Now()))
		old.Refused("LINK_EXPIRED", "offerHandOver", Object{"roomId": room.ID})
		host.Must("updateInvitation", Object{"invitationId": k.ID, "untilSessionEnds": true}, "")
		offered = offer(old, room)
		next.Must("askHandOver", secretOf(offered), "")
		room.Command("cancelSession")
		old.Refused("SESSION_CANCELLED", "answerHandOver", Object{"id": offered["id"], "allow": true})
	})
}

func TestW10_TheDeviceThatGaveThePlaceAwayTakesItBackWithoutItsLink(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		room.Command("startSession")
		k := room.Invite("grace@example.org", nil)
		old, next := h.Browser(), newPhone(h)
		place := old.Redeem(k)
		old.Enter(room)
		offered := offer(old, room)
		Same(t, "before it gave anything away", old.Refused("LINK_NOT_VALID", "askHandOver", Object{"digits": offered["digits"]})["field"], "token")
		next.Must("askHandOver", secretOf(offered), "")
		answerHandOver(old, offered, true)

		back := offer(next, room)
		h.Browser().Refused("LINK_NOT_VALID", "askHandOver", Object{"digits": back["digits"]})
		old.Refused("CODE_WRONG", "askHandOver", Object{"digits": wrongDigitsOf(k, back)["digits"]})
		old.Must("askHandOver", Object{"digits": back["digits"]}, "")
		answerHandOver(next, back, true)
		Same(t, "the place", []any{old.Mine(room), next.Mine(room)}, []any{"Grace Guest VIEWER IN_ROOM", ""})
		Same(t, "the participant", old.Redeem(k), place)
	})
}
