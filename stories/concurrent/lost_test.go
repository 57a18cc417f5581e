//go:build unix

package concurrent

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/core"

	"usher/ent/schema"
	"usher/graph/generated"
	"usher/live"
	"usher/live/livetest"
	. "usher/sitetest"
)

// A slow reader who loses access receives nothing that happens later, in whatever object it appears.

// afterwards is a text that the room has only after the loss.
const afterwards = "Afterwards"

// lossDocument selects what a loss might reveal, and a long text, so that its reader is soon behind.
const lossDocument = `subscription($room: ID!, $after: Int) { roomEvents(roomId: $room, after: $after) { __typename revision
	room { id title description timeZone %s session { id startsAt } managers { user { name } } counts { invited } }
	... on InvitationCreated { invitation { ...I } } ... on InvitationUpdated { invitation { ...I } } ... on InvitationOpened { invitation { ...I } }
	... on InvitationRevoked { invitation { ...I } } ... on DeviceReleased { invitation { ...I } } ... on LinkRegenerated { invitation { ...I } }
	... on InvitationRedeemed { invitation { ...I } participant { ...P } }
	... on ManagerRemoved { user { id firstName } } ... on ManagerAdded { manager { user { id firstName } } }
	... on ParticipantChanged { participant { ...P } } ... on ParticipantRemoved { blocked participant { ...P } }
} }
fragment I on Invitation { id link email firstName lastName role status expiresAt room { title } session { startsAt } invitedBy { name } participant { displayName } }
fragment P on Participant { id displayName state role room { title } session { startsAt } invitation { id link firstName } }`

// loss is a way to lose access: who the reader is, and what takes the access.
type loss struct {
	name   string
	reader func(r *Hall) (*Client, *Ticket)
	take   func(r *Hall, c *Client, k *Ticket)
	ends   string // the kind of the reader's last event; empty when the reader stays and may see less
	silent bool   // no event reports the loss
}

func losses() []loss {
	manager := func(r *Hall) (*Client, *Ticket) {
		alan := r.H.User(newEmail())
		r.Host.Must("addManager", Object{"roomId": r.ID, "userId": alan.ID(), "role": "CO_OWNER"}, "")
		return alan, nil
	}
	guest := func(r *Hall) (*Client, *Ticket) {
		k := r.Invite("alan@example.org", Object{"role": "MODERATOR"})
		c := k.BearerGuest()
		c.Enter(r)
		return c, k
	}
	member := func(r *Hall) (*Client, *Ticket) { return r.H.User(newEmail()), nil }
	by := func(name string) func(*Hall, *Client, *Ticket) {
		return func(_ *Hall, _ *Client, k *Ticket) { k.Do(name) }
	}
	return []loss{
		{"a manager is removed", manager, func(r *Hall, c *Client, _ *Ticket) {
			r.Host.Must("removeManager", Object{"roomId": r.ID, "userId": c.ID()}, "")
		}, "ManagerRemoved", false},
		{"a manager's account is disabled", manager, func(r *Hall, c *Client, _ *Ticket) {
			email := c.MustAsk(`{ me { user { email } } }`, nil).Text("me.user.email")
			r.H.MustRun("", "user", "disable", "--email", email)
		}, "", true},
		{"a guest's account is disabled", func(r *Hall) (*Client, *Ticket) {
			email := newEmail()
			r.H.Account(email)
			k := r.Invite(email, Object{"role": "MODERATOR"})
			return k.BearerGuest(), k
		}, func(r *Hall, _ *Client, k *Ticket) { r.H.MustRun("", "user", "disable", "--email", k.Email) }, "", true},
		{"a manager is a member from now on", manager, func(r *Hall, c *Client, _ *Ticket) {
			r.Host.Must("removeManager", Object{"roomId": r.ID, "userId": c.ID()}, "")
		}, "", false},
		{"an invitation is revoked", guest, by("revokeInvitation"), "InvitationRevoked", false},
		{"a device is released", guest, by("releaseDevice"), "DeviceReleased", false},
		{"a place moves to another device", guest, func(r *Hall, c *Client, _ *Ticket) {
			offered := c.Must("offerHandOver", Object{"roomId": r.ID}, "handOver { id url }").In("handOver")
			r.H.Browser().Must("askHandOver", Object{"secret": offered["url"]}, "")
			c.Must("answerHandOver", Object{"id": offered["id"], "allow": true}, "")
		}, "DeviceMoved", false},
		{"a link is regenerated", guest, by("regenerateLink"), "LinkRegenerated", false},
		{"a participant is blocked", guest, func(r *Hall, c *Client, k *Ticket) {
			r.Host.Must("removeParticipant", Object{"participantId": k.Now().Text("participant.id"), "block": true}, "")
		}, "ParticipantRemoved", false},
		{"members may not see the room any more", member, func(r *Hall, _ *Client, _ *Ticket) {
			r.Update(Object{"access": "INVITED"})
		}, "RoomUpdated", false},
	}
}

var manyEmails atomic.Int64

// newEmail returns an unused email.
func newEmail() string { return fmt.Sprintf("person%d@example.com", manyEmails.Add(1)) }

func TestV5_ASlowReaderWhoLosesAccessGetsNoLaterEvent(t *testing.T) {
	t.Parallel()
	t.Run("at the same server, on SQLite", func(t *testing.T) {
		t.Parallel()
		h := NewHouse(t, livetest.SQLite(t))
		h.Limits.Stall = Patience
		h.Serve()
		everyLoss(t, h, h)
	})
	t.Run("at another server, on PostgreSQL", func(t *testing.T) {
		livetest.Long(t)
		t.Parallel()
		h := NewHouse(t, livetest.Postgres(t))
		h.Limits.Stall = Patience
		servers := startServersOf(h, 2)
		everyLoss(t, servers[0], servers[1])
	})
}

// everyLoss takes access away at one server from readers who stall at the other, which may be the same.
func everyLoss(t *testing.T, here, there *House) {
	for _, l := range losses() {
		t.Run(l.name, func(t *testing.T) { l.happens(t, here, there, "") })
		t.Run(l.name+", by a document of one's own", func(t *testing.T) {
			livetest.Long(t)
			l.happens(t, here, there, "myManagerRole")
		})
	}
}

// happens takes access away at one server from a reader who stalls at the other.
func (l loss) happens(t *testing.T, here, there *House, own string) {
	h := *here
	h.T = t
	host := h.User(newEmail())
	room := h.Hall(host, Object{"access": "MEMBERS"})
	room.Command("startSession")
	ticket := room.Invite("noor@example.org", nil)
	reader, invitation := l.reader(room)
	access := "MEMBERS"
	if l.ends != "RoomUpdated" && (l.ends != "" || l.silent) {
		access = "INVITED"
		room.Update(Object{"access": access})
	}
	const events = 400 // of 20 KB: more than the system and the server keep for a slow connection, and more than one read of the log returns
	room.Update(Object{"description": strings.Repeat("\U0001f511", 5000)})
	at := room.Revision()
	atOther := *there
	atOther.T = t
	stalled, err := atOther.At(reader).Sluggish(fmt.Sprintf(lossDocument, own),
		Object{"room": room.ID, "after": at})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = stalled.Close() })
	WaitUntil(t, "the reader's subscription has started", func() bool { return there.Parts.Presence.Anyone(room.ID) })
	witness := atOther.At(host).Watch(Watching, room.ID, at) // reads at once
	for n := range 4 {
		h.MustWrite(func(ctx context.Context, tx *live.Tx) error {
			for range events / 4 {
				if err := tx.Emit(ctx, room.ID, "RoomUpdated", 0, live.Entry{Detail: schema.EventDetail{Access: access}}); err != nil {
					return err
				}
			}
			return nil
		})
		host.Must("updateInvitation", Object{"invitationId": ticket.ID, "role": []string{"SPEAKER", "VIEWER"}[n%2]}, "")
	}
	before := room.Revision()
	l.take(room, reader, invitation)
	lost := room.Revision()
	var secrets []string
	for range 2 {
		secrets = append(secrets, ticket.Renewed().Token)
	}
	if l.ends != "" || l.silent {
		secrets = append(secrets, afterwards)
	}
	room.Update(Object{"title": afterwards, "description": afterwards, "timeZone": "Europe/Paris"})
	room.Invite("after@example.org", Object{"firstName": "Secret", "lastName": "Secret"})
	secrets = append(secrets, "Secret")
	if invitation != nil && l.ends != "ParticipantRemoved" && !l.silent {
		host.Must("regenerateLink", Object{"invitationId": invitation.ID}, "invitation { id }")
		host.Must("revokeInvitation", Object{"invitationId": invitation.ID}, "")
		host.Must("inviteUser", room.Invitee(invitation.Email, Object{"firstName": "Secret", "lastName": "Secret"}), "")
		secrets = append(secrets, invitation.Renewed().Token)
	}
	room.Update(Object{"timeZone": "UTC"})
	for end := room.Revision(); witness.Event().Int("revision") < end; { // the reader's server has published all of it
	}
	heard, kinds := drain(t, stalled, secrets, room.Revision())
	switch {
	case l.silent && heard <= before:
	case l.silent:
		t.Errorf("heard of revision %d, behind the loss at %d", heard, before)
	case l.ends == "" && heard == room.Revision():
	case heard <= before || heard > lost:
		t.Errorf("the last event is %d, want one of the loss, behind %d and up to %d", heard, before, lost)
	case kinds[len(kinds)-1] != l.ends:
		t.Errorf("the last event is %s, want %s", kinds[len(kinds)-1], l.ends)
	}
}

// drain reads to the end of a stalled reader's subscription or of the log, and reports secrets that it receives.
func drain(t *testing.T, ws *websocket.Conn, secrets []string, end int) (last int, kinds []string) {
	t.Helper()
	_ = ws.SetReadDeadline(time.Now().Add(Patience))
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
			Data   Object
			Errors []Object
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

// A document with one field of the asker's own is executed for each reader alone, and would leave the shared way untested.
func TestTheSharedDocumentOfLossesHasNoFieldOfTheAskersOwn(t *testing.T) {
	served := generated.NewExecutableSchema(generated.Config{}).Schema()
	for own, want := range map[string]bool{"": false, "myManagerRole": true} {
		document, err := gqlparser.LoadQueryWithRules(served, fmt.Sprintf(lossDocument, own), nil)
		if err != nil {
			t.Fatal(err)
		}
		found := false
		var events core.Events
		events.OnField(func(_ *core.Walker, field *ast.Field) {
			found = found || field.Definition.Directives.ForName("asker") != nil
		})
		core.Walk(served, document, &events)
		if found != want {
			t.Errorf("the document with %q has a field of the asker's own: %t, want %t", own, found, want)
		}
	}
}
