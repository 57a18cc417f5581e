//go:build unix

package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"usher/live/livetest"
)

// Whoever loses access while they are behind with reading gets nothing of what happens later, in whatever object it may stand.

// The words that stand in the room after the loss alone.
const afterwards = "Afterwards"

// lossDocument asks for what a loss could tell too much of, and for a long text, so that its reader is soon behind.
const lossDocument = `subscription($room: ID!, $after: Int) { roomEvents(roomId: $room, after: $after) { __typename revision
	room { id title description timeZone %s session { id startsAt } managers { user { name } } counts { invited } }
	... on InvitationCreated { invitation { ...I } } ... on InvitationUpdated { invitation { ...I } } ... on InvitationOpened { invitation { ...I } }
	... on InvitationRevoked { invitation { ...I } } ... on DeviceReleased { invitation { ...I } } ... on LinkRegenerated { invitation { ...I } }
	... on InvitationRedeemed { invitation { ...I } participant { ...P } }
	... on ManagerRemoved { user { id firstName email } } ... on ManagerAdded { manager { user { id firstName } } }
	... on ParticipantChanged { participant { ...P } } ... on ParticipantRemoved { blocked participant { ...P } }
} }
fragment I on Invitation { id link email firstName lastName role status expiresAt room { title } session { startsAt } invitedBy { name } participant { displayName } }
fragment P on Participant { id displayName state role room { title } session { startsAt } invitation { id link firstName } }`

// loss is a way to lose access: what the reader is before, and what takes it.
type loss struct {
	name   string
	reader func(r *hall) (*client, *ticket)
	take   func(r *hall, c *client, k *ticket)
	ends   string // the kind of the event that says so; empty: the reader may see less from then on, and stays
	silent bool   // no event says so
}

func losses() []loss {
	manager := func(r *hall) (*client, *ticket) {
		alan := r.h.User(newEmail())
		r.host.Must("addManager", object{"roomId": r.id, "userId": alan.ID(), "role": "CO_OWNER"}, "")
		return alan, nil
	}
	guest := func(r *hall) (*client, *ticket) {
		k := r.Invite("alan@example.org", object{"role": "MODERATOR"})
		c := k.bearerGuest()
		c.Enter(r)
		return c, k
	}
	member := func(r *hall) (*client, *ticket) { return r.h.User(newEmail()), nil }
	by := func(name string) func(*hall, *client, *ticket) {
		return func(_ *hall, _ *client, k *ticket) { k.Do(name) }
	}
	return []loss{
		{"a manager is removed", manager, func(r *hall, c *client, _ *ticket) {
			r.host.Must("removeManager", object{"roomId": r.id, "userId": c.ID()}, "")
		}, "ManagerRemoved", false},
		{"a manager's account is disabled", manager, func(r *hall, c *client, _ *ticket) {
			email := c.MustAsk(`{ me { user { email } } }`, nil).Text("me.user.email")
			r.h.MustRun("", "user", "disable", "--email", email)
		}, "", true},
		{"a guest's account is disabled", func(r *hall) (*client, *ticket) {
			email := newEmail()
			r.h.Account(email)
			k := r.Invite(email, object{"role": "MODERATOR"})
			return k.bearerGuest(), k
		}, func(r *hall, _ *client, k *ticket) { r.h.MustRun("", "user", "disable", "--email", k.email) }, "", true},
		{"a manager is a member from now on", manager, func(r *hall, c *client, _ *ticket) {
			r.host.Must("removeManager", object{"roomId": r.id, "userId": c.ID()}, "")
		}, "", false},
		{"an invitation is revoked", guest, by("revokeInvitation"), "InvitationRevoked", false},
		{"a device is released", guest, by("releaseDevice"), "DeviceReleased", false},
		{"a link is regenerated", guest, by("regenerateLink"), "LinkRegenerated", false},
		{"a participant is blocked", guest, func(r *hall, c *client, k *ticket) {
			r.host.Must("removeParticipant", object{"participantId": k.Now().Text("participant.id"), "block": true}, "")
		}, "ParticipantRemoved", false},
		{"members may not see the room any more", member, func(r *hall, _ *client, _ *ticket) {
			r.Update(object{"access": "INVITED"})
		}, "RoomUpdated", false},
	}
}

var manyEmails atomic.Int64

// newEmail is an email that nobody has yet.
func newEmail() string { return fmt.Sprintf("person%d@example.com", manyEmails.Add(1)) }

func TestV5_WhoLosesAccessWhileBehindGetsNothingOfWhatComesLater(t *testing.T) {
	t.Parallel()
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		t.Parallel()
		h := newHouse(t, databaseURL)
		h.Serve()
		for _, l := range losses() {
			for _, own := range []string{"", "myManagerRole"} {
				t.Run(fmt.Sprint(l.name, " ", own), func(t *testing.T) { l.happens(t, h, h, own) })
			}
		}
	})
	t.Run("at another server", func(t *testing.T) {
		t.Parallel()
		servers := startServers(t, 2)
		for _, l := range losses() {
			for _, own := range []string{"", "myManagerRole"} {
				t.Run(fmt.Sprint(l.name, " ", own), func(t *testing.T) { l.happens(t, servers[0], servers[1], own) })
			}
		}
	})
}

// happens has the loss happen at one server to a reader who stalls at the other one.
func (l loss) happens(t *testing.T, here, there *house, own string) {
	h := *here
	h.t = t
	host := h.User(newEmail())
	room := h.Hall(host, object{"access": "MEMBERS"})
	room.Command("startSession")
	ticket := room.Invite("noor@example.org", nil)
	reader, invitation := l.reader(room)
	if l.ends != "RoomUpdated" && (l.ends != "" || l.silent) {
		room.Update(object{"access": "INVITED"})
	}
	const events = 250 // enough to fill what the system keeps for a slow connection
	at := room.Revision()
	atOther := *there
	atOther.t = t
	stalled, err := atOther.at(reader).sluggish(fmt.Sprintf(lossDocument, own),
		object{"room": room.id, "after": at})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = stalled.Close() })
	for n := range events {
		room.Update(object{"title": fmt.Sprint("Title ", n), "description": strings.Repeat("\U0001f511", 4990) + fmt.Sprint(n)})
		if n%50 == 0 {
			host.Must("updateInvitation", object{"invitationId": ticket.id, "role": []string{"SPEAKER", "VIEWER"}[n/50%2]}, "")
		}
	}
	before := room.Revision()
	l.take(room, reader, invitation)
	lost := room.Revision()
	var secrets []string
	for range 2 {
		secrets = append(secrets, ticket.Renewed().token)
	}
	if l.ends != "" || l.silent {
		secrets = append(secrets, afterwards)
	}
	room.Update(object{"title": afterwards, "description": afterwards, "timeZone": "Europe/Paris"})
	room.Invite("after@example.org", object{"firstName": "Secret", "lastName": "Secret"})
	secrets = append(secrets, "Secret")
	if invitation != nil && l.ends != "ParticipantRemoved" && !l.silent {
		host.Must("regenerateLink", object{"invitationId": invitation.id}, "invitation { id }")
		host.Must("revokeInvitation", object{"invitationId": invitation.id}, "")
		host.Must("inviteUser", room.invitee(invitation.email, object{"firstName": "Secret", "lastName": "Secret"}), "")
		secrets = append(secrets, invitation.Renewed().token)
	}
	room.Update(object{"timeZone": "UTC"})
	heard, kinds := drain(t, stalled, secrets, room.Revision())
	switch {
	case l.silent && heard <= before:
	case l.silent:
		t.Errorf("heard of revision %d, behind the loss at %d", heard, before)
	case l.ends == "" && heard == room.Revision():
	case len(kinds) > events:
		t.Errorf("%d events came: the reader was not behind", len(kinds))
	case heard <= before || heard > lost:
		t.Errorf("the last event is %d, want one of the loss, behind %d and up to %d", heard, before, lost)
	case kinds[len(kinds)-1] != l.ends:
		t.Errorf("the last event is %s, want %s", kinds[len(kinds)-1], l.ends)
	}
}

// drain reads what a stalled reader has yet to get, to the end of its subscription or of the log, and finds what it may not get.
func drain(t *testing.T, ws *websocket.Conn, secrets []string, end int) (last int, kinds []string) {
	t.Helper()
	_ = ws.SetReadDeadline(time.Now().Add(patience))
	for last < end {
		_, text, err := ws.ReadMessage()
		if websocket.IsCloseError(err, 4401, 4403) {
			return last, kinds
		}
		if err != nil {
			t.Fatalf("read: %v, behind %v", err, kinds)
		}
		for _, secret := range secrets {
			if strings.Contains(string(text), secret) {
				t.Errorf("%q came: %.300s", secret, text)
			}
		}
		var m struct {
			Type    string
			Payload json.RawMessage
		}
		if err := json.Unmarshal(text, &m); err != nil {
			t.Fatalf("read %.300s: %v", text, err)
		}
		if m.Type == "complete" {
			return last, kinds
		}
		var result struct {
			Data   object
			Errors []object
		}
		if err := json.Unmarshal(m.Payload, &result); m.Type == "next" && (err != nil || len(result.Errors) > 0) || m.Type == "error" {
			t.Fatalf("came %s: %.300s", m.Type, text)
		}
		if m.Type == "next" {
			last = result.Data.Int("roomEvents.revision")
			kinds = append(kinds, result.Data.Text("roomEvents.__typename"))
		}
	}
	return last, kinds
}
