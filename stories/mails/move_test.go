package mails

import (
	"slices"
	"testing"
	"time"

	. "usher/sitetest"
)

// A code from the invited mailbox moves a place to another device: W8.

// moveCodeAt asks for a code that moves the place of a link to a device, and returns the digits of the n-th email to the address.
func (p *post) moveCodeAt(c *Client, k *Ticket, n int) string {
	p.T.Helper()
	c.Refused("CODE_REQUIRED", "moveInvitation", k.Own())
	return digits(p.T, p.Wait(k.Email, n)[n-1])
}

// redeemedBy returns an open room's new link, and the device that redeemed it.
func (p *post) redeemedBy(email string) (*Ticket, *Client) {
	p.T.Helper()
	k, old := p.room.Invite(email, nil), p.Browser()
	old.Redeem(k)
	return k, old
}

func TestW8_ACodeMovesAPlaceWithAllThatItHas(t *testing.T) {
	for as, arrive := range map[string]func(room *Hall, guest *Client, k *Ticket){
		"VIEWER IN_ROOM": func(room *Hall, guest *Client, _ *Ticket) { guest.Enter(room) },
		"VIEWER WAITING": func(room *Hall, guest *Client, _ *Ticket) {
			room.Update(Object{"admission": "APPROVAL"})
			for _, email := range []string{"first@example.org", "third@example.org"} {
				other := room.H.Browser()
				other.Redeem(room.Invite(email, nil))
				other.Enter(room)
				guest.Enter(room)
			}
		},
		"MODERATOR IN_ROOM": func(room *Hall, guest *Client, k *Ticket) {
			guest.Enter(room)
			room.Host.Must("changeRole", Object{"participantId": k.Now().Text("participant.id"), "role": "MODERATOR"}, "")
		},
	} {
		t.Run(as, func(t *testing.T) {
			onEach(t, func(t *testing.T, p *post) {
				p.room.Command("startSession")
				k := p.room.Invite("grace@example.org", nil)
				old, next := p.Browser(), p.Browser()
				place := old.Redeem(k)
				arrive(p.room, old, k)
				queue := func() []string {
					return p.host.MustAsk(`query($id: ID!) { room(id: $id) { participants(state: [WAITING]) { nodes { id } } } }`,
						Object{"id": p.room.ID}).Texts("room.participants.nodes", "id")
				}
				waited, redeemed, before := queue(), k.Now()["redeemedAt"], p.room.Revision()
				watched := old.Watch(Watching, p.room.ID, before)
				p.room.Begin(watched)
				before = p.room.Revision()

				Same(t, "what to do", next.Look(k.Token)["problem"].(map[string]any)["nextSteps"], []string{"MOVE_HERE", "SEND_CODE", "ASK_HOST"})
				code := p.moveCodeAt(next, k, 1)
				Same(t, "nothing has moved yet", old.Mine(p.room), "Grace Guest "+as)
				moved := next.Must("moveInvitation", withCode(k, code), "participant { id role state }")
				Same(t, "the place", moved.Text("participant.id"), place)

				Same(t, "what happened", p.kinds(before), []string{"DeviceMoved"})
				Same(t, "as whom", next.Mine(p.room), "Grace Guest "+as)
				Same(t, "who waits, in order", queue(), waited)
				Same(t, "when it was redeemed", k.Now()["redeemedAt"], redeemed)
				watched.Expect("DeviceMoved")
				watched.Ends()
				watched.Closes(4403)
				old.Fails("UNAUTHENTICATED", "leaveRoom", Object{"roomId": p.room.ID})
				Same(t, "asked again, because the answer was lost", next.Must("moveInvitation", withCode(k, code), "participant { id }").Text("participant.id"), place)
				Same(t, "that moved nothing", p.kinds(before), []string{"DeviceMoved"})
				read := p.host.MustAsk(`query($id: ID!) { room(id: $id) { events(first: 50) { ... on DeviceMoved { actor subject } } } }`,
					Object{"id": p.room.ID}).List("room.events")
				told := slices.DeleteFunc(read, func(e Object) bool { return len(e) == 0 }) // emails are told about at any time
				Same(t, "what managers read", told, []Object{{"actor": "Grace Guest", "subject": "Grace Guest"}})
			})
		})
	}
}

func TestW8_WhatACodeDoesNotMove(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		p.prove("EVERYONE")
		next := p.Browser()
		fresh := p.room.Invite("fresh@example.org", nil)
		next.Refused("INVITATION_NOT_ACTIVE", "moveInvitation", fresh.Own())
		redeeming := p.codeAt(next, fresh, 1)
		next.Refused("INVITATION_NOT_ACTIVE", "moveInvitation", withCode(fresh, redeeming))
		other := p.Browser()
		other.Must("redeemInvitation", withCode(fresh, p.codeAt(other, fresh, 2)), "")
	})
}

func TestW8_ChecksComeInOrderAndHarmNothing(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		k, old := p.redeemedBy("grace@example.org")
		next := p.Browser()
		next.Refused("EMAIL_MISMATCH", "moveInvitation", k.With("other@example.org"))
		next.Refused("INVALID_EMAIL", "moveInvitation", Object{"token": k.Token})
		code := p.moveCodeAt(next, k, 1)
		wrong := next.Refused("CODE_WRONG", "moveInvitation", withCode(k, otherThan(code)))
		Same(t, "attempts left", wrong.Int("attemptsLeft"), 4)
		next.Refused("INVALID_VALUE", "moveInvitation", withCode(k, "12345"))
		p.Browser().Refused("CODE_WRONG", "moveInvitation", withCode(k, code)) // another device
		next.Refused("USED_ON_OTHER_DEVICE", "redeemInvitation", withCode(k, code))
		admin := p.User("admin@example.com", "--admin")
		admin.Must("updateSitePolicy", Object{"moveDevices": false}, "")
		next.Refused("MOVING_OFF", "moveInvitation", withCode(k, code))
		admin.Must("updateSitePolicy", Object{"moveDevices": true, "requireSignIn": true}, "")
		next.Refused("SIGN_IN_REQUIRED", "moveInvitation", withCode(k, code))
		admin.Must("updateSitePolicy", Object{"requireSignIn": false}, "")
		Same(t, "the old device keeps its place", old.Redeem(k), k.Now().Text("participant.id"))
		next.Must("moveInvitation", withCode(k, code), "")

		// Whoever is signed in with the invited email types none, and still needs a code.
		account := p.User("grace@example.org")
		account.Refused("CODE_REQUIRED", "moveInvitation", Object{"token": k.Token})
		k.Do("revokeInvitation")
		account.Refused("INVITATION_REVOKED", "moveInvitation", Object{"token": k.Token})
	})
}

func TestW8_ACodeMovesAnInvitationThreeTimes(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		k := p.room.Invite("grace@example.org", nil)
		old := k.BearerGuest()
		for n := 1; n <= 3; n++ {
			next := p.Browser()
			next.Must("moveInvitation", withCode(k, p.moveCodeAt(next, k, n)), "")
			old.Fails("UNAUTHENTICATED", "leaveRoom", Object{"roomId": p.room.ID}) // its token has ended
		}
		last := p.Browser()
		problem := last.Refused("TOO_MANY_ATTEMPTS", "moveInvitation", k.Own())
		Same(t, "what to do", problem["nextSteps"], []string{"MOVE_HERE", "ASK_HOST"})
		last.Refused("TOO_MANY_ATTEMPTS", "sendCode", Object{"token": k.Token, "email": k.Email, "purpose": "MOVE"})
		Same(t, "the page offers none", last.Look(k.Token)["problem"].(map[string]any)["nextSteps"], []string{"MOVE_HERE", "ASK_HOST"})
		Same(t, "emails", len(p.Wait(k.Email, 3)), 3)
	})
}

func TestW8_ALinkThatIsOverDoesNotMove(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		expires := p.Now().Add(time.Hour)
		k := p.room.Invite("grace@example.org", Object{"expiresAt": Stamp(expires)})
		p.Browser().Redeem(k)
		next := p.Browser()
		code := p.moveCodeAt(next, k, 1)
		p.Advance(time.Hour + time.Second)
		next.Refused("LINK_EXPIRED", "moveInvitation", withCode(k, code))
	})
}
