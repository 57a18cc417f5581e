package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"
)

// What stories tell of: rooms, invitations, links, and what the log says happened.

// ID is the id of the client's account.
func (c *client) ID() string {
	c.t.Helper()
	return c.MustAsk(`{ me { user { id } } }`, nil).Text("me.user.id")
}

// stamp writes an instant as the API does.
func stamp(at time.Time) string { return at.UTC().Format("2006-01-02T15:04:05.000Z") }

// mustTime reads an instant of an answer.
func mustTime(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		t.Fatalf("%q is no time: %v", text, err)
	}
	return at
}

// hall is a room with its manager and its session.
type hall struct {
	h       *house
	host    *client
	id      string
	session string
	starts  time.Time
}

// Hall makes a room whose session starts in an hour and has no planned end; with overrides what the input says.
func (h *house) Hall(host *client, with object) *hall {
	h.t.Helper()
	starts := h.Now().Add(time.Hour)
	input := object{"title": "Town hall", "startsAt": stamp(starts)}
	for name, value := range with {
		input[name] = value
	}
	made := host.Must("createRoom", input, "room { id session { id startsAt } }")
	return &hall{
		h: h, host: host, id: made.Text("room.id"), session: made.Text("room.session.id"),
		starts: mustTime(h.t, made.Text("room.session.startsAt")),
	}
}

// ticket is an invitation in the hands of the manager who made it.
type ticket struct {
	*hall
	id, email, link, token string
}

// Invite invites an email as a viewer; with overrides what the input says.
func (r *hall) Invite(email string, with object) *ticket {
	r.h.t.Helper()
	made := r.host.Must("inviteUser", r.invitee(email, with), "invitation { id link }")
	return r.ticket(email, made)
}

func (r *hall) invitee(email string, with object) object {
	input := object{"roomId": r.id, "email": email, "firstName": "Grace", "lastName": "Guest", "role": "VIEWER"}
	for name, value := range with {
		input[name] = value
	}
	return input
}

func (r *hall) ticket(email string, made object) *ticket {
	r.h.t.Helper()
	link := made.Text("invitation.link")
	_, token, ok := strings.Cut(link, "/join#")
	if !ok {
		r.h.t.Fatalf("the link is %q", link)
	}
	return &ticket{hall: r, id: made.Text("invitation.id"), email: email, link: link, token: token}
}

// Renewed returns the ticket with the link that regenerateLink makes.
func (k *ticket) Renewed() *ticket {
	k.h.t.Helper()
	return k.ticket(k.email, k.host.Must("regenerateLink", object{"invitationId": k.id}, "invitation { id link }"))
}

// Own is what its invitee redeems it with.
func (k *ticket) Own() object { return object{"token": k.token, "email": k.email} }

// With is what somebody redeems it with who types another email.
func (k *ticket) With(email string) object { return object{"token": k.token, "email": email} }

// Status is how the invitation stands.
func (k *ticket) Status() string { return k.Now().Text("status") }

// Now is the invitation as its manager reads it now.
func (k *ticket) Now() object {
	k.h.t.Helper()
	return k.host.MustAsk(`query($id: ID!) { node(id: $id) { ... on Invitation {
		status link role expiresAt openedAt redeemedAt revokedAt device hostAskedAt hostMessage firstName lastName email
		participant { id state role guest } user { id } } } }`, object{"id": k.id}).In("node")
}

// Do runs a mutation of an invitation by the manager.
func (k *ticket) Do(name string) { k.h.t.Helper(); k.host.Must(name, object{"invitationId": k.id}, "") }

// Redeem redeems the ticket with its own email and returns the participant's id.
func (c *client) Redeem(k *ticket) (participant string) {
	c.t.Helper()
	return c.Must("redeemInvitation", k.Own(), "participant { id }").Text("participant.id")
}

const lookFields = `problem { code message nextSteps field retryAt attemptsLeft standingInvitation { id } }
	participant { id state } roomTitle roomDescription timeZone invitedBy role session { id state } expiresAt hostAsked serverTime`

// Look looks at a link.
func (c *client) Look(token string) object {
	c.t.Helper()
	return c.MustAsk(`query($token: String!) { invitationLink(token: $token) { `+lookFields+` } }`, object{"token": token}).In("invitationLink")
}

// Command runs a mutation of the room's session by the host.
func (r *hall) Command(name string) {
	r.h.t.Helper()
	r.host.Must(name, object{"sessionId": r.session}, "")
}

// Update changes the room by its host.
func (r *hall) Update(with object) {
	r.h.t.Helper()
	input := object{"roomId": r.id}
	for name, value := range with {
		input[name] = value
	}
	r.host.Must("updateRoom", input, "")
}

// Revision is that of the room's newest event.
func (r *hall) Revision() int {
	r.h.t.Helper()
	return r.host.MustAsk(`query($id: ID!) { room(id: $id) { revision } }`, object{"id": r.id}).Int("room.revision")
}

// happening is an event as the database keeps it.
type happening struct {
	revision                 int
	kind, actor, participant string
	detail                   object
}

// Log returns what happened in the room after a revision, as the database holds it, and insists on revisions without a gap.
func (r *hall) Log(after int) []happening {
	r.h.t.Helper()
	return mustReadLog(r.h.t, r.h.DB(), r.id, after)
}

// Kinds returns the names of what happened after a revision.
func (r *hall) Kinds(after int) []string {
	r.h.t.Helper()
	kinds := []string{}
	for _, e := range r.Log(after) {
		kinds = append(kinds, e.kind)
	}
	return kinds
}

// reader is a database, or a transaction of it.
type reader interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

func mustReadLog(t *testing.T, db reader, roomID string, after int) (log []happening) {
	t.Helper()
	rows, err := db.QueryContext(t.Context(),
		`SELECT revision, kind, actor, participant_id, detail FROM events WHERE room_id = $1 ORDER BY revision`, roomID)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for want := 1; rows.Next(); want++ {
		var e happening
		var detail []byte
		if err := rows.Scan(&e.revision, &e.kind, &e.actor, &e.participant, &detail); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(detail, &e.detail); err != nil {
			t.Fatal(err)
		}
		if e.revision != want {
			t.Fatalf("revision %d follows %d", e.revision, want-1)
		}
		if e.revision > after {
			log = append(log, e)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return log
}

// same compares what a story found with what it expects, as text.
func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if g, w := fmt.Sprint(got), fmt.Sprint(want); g != w {
		t.Errorf("%s: got %s, want %s", what, g, w)
	}
}
