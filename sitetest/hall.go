package sitetest

import (
	"strings"
	"testing"
	"time"
)

// Stamp formats a time like the API.
func Stamp(at time.Time) string { return at.UTC().Format("2006-01-02T15:04:05.000Z") }

// MustTime parses a time of an answer.
func MustTime(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		t.Fatalf("%q is no time: %v", text, err)
	}
	return at
}

// Hall is a room with its manager and its session.
type Hall struct {
	H       *House
	Host    *Client
	ID      string
	Session string
	Starts  time.Time
}

// Hall creates a room whose session starts in an hour and has no planned end. with overrides the input.
func (h *House) Hall(host *Client, with Object) *Hall {
	h.T.Helper()
	starts := h.Now().Add(time.Hour)
	input := Object{"title": "Town hall", "startsAt": Stamp(starts)}
	for name, value := range with {
		input[name] = value
	}
	made := host.Must("createRoom", input, "room { id session { id startsAt } }")
	return &Hall{
		H: h, Host: host, ID: made.Text("room.id"), Session: made.Text("room.session.id"),
		Starts: MustTime(h.T, made.Text("room.session.startsAt")),
	}
}

// Ticket is an invitation as its manager has it.
type Ticket struct {
	*Hall
	ID, Email, Link, Token string
}

// Invite invites an email as a viewer. with overrides the input.
func (r *Hall) Invite(email string, with Object) *Ticket {
	r.H.T.Helper()
	made := r.Host.Must("inviteUser", r.Invitee(email, with), "invitation { id link }")
	return r.Ticket(email, made)
}

func (r *Hall) Invitee(email string, with Object) Object {
	input := Object{"roomId": r.ID, "email": email, "firstName": "Grace", "lastName": "Guest", "role": "VIEWER"}
	for name, value := range with {
		input[name] = value
	}
	return input
}

func (r *Hall) Ticket(email string, made Object) *Ticket {
	r.H.T.Helper()
	link := made.Text("invitation.link")
	_, token, ok := strings.Cut(link, "/join#")
	if !ok {
		r.H.T.Fatalf("the link is %q", link)
	}
	return &Ticket{Hall: r, ID: made.Text("invitation.id"), Email: email, Link: link, Token: token}
}

// Renewed regenerates the link and returns the ticket with the new one.
func (k *Ticket) Renewed() *Ticket {
	k.H.T.Helper()
	return k.Ticket(k.Email, k.Host.Must("regenerateLink", Object{"invitationId": k.ID}, "invitation { id link }"))
}

// Own returns the input with which the invitee redeems it.
func (k *Ticket) Own() Object { return Object{"token": k.Token, "email": k.Email} }

// With returns the input with which a person redeems it who types another email.
func (k *Ticket) With(email string) Object { return Object{"token": k.Token, "email": email} }

// Status returns the invitation's status.
func (k *Ticket) Status() string { return k.Now().Text("status") }

// Now reads the invitation as its manager.
func (k *Ticket) Now() Object {
	k.H.T.Helper()
	return k.Host.MustAsk(`query($id: ID!) { node(id: $id) { ... on Invitation {
		status link role expiresAt openedAt redeemedAt revokedAt device hostAskedAt hostMessage firstName lastName email
		participant { id state role guest } user { id } } } }`, Object{"id": k.ID}).In("node")
}

// Do runs a mutation of the invitation as its manager.
func (k *Ticket) Do(name string) { k.H.T.Helper(); k.Host.Must(name, Object{"invitationId": k.ID}, "") }

const LookFields = `problem { code message nextSteps field retryAt attemptsLeft standingInvitation { id } }
	participant { id state } roomTitle roomDescription timeZone invitedBy role session { id state } expiresAt hostAsked hostAskedAt signInRequired matchesAccount needsCode codeFailed serverTime`

// Command runs a mutation of the room's session as its host.
func (r *Hall) Command(name string) {
	r.H.T.Helper()
	r.Host.Must(name, Object{"sessionId": r.Session}, "")
}

// Update changes the room as its host.
func (r *Hall) Update(with Object) {
	r.H.T.Helper()
	input := Object{"roomId": r.ID}
	for name, value := range with {
		input[name] = value
	}
	r.Host.Must("updateRoom", input, "")
}

// Revision returns the room's newest revision.
func (r *Hall) Revision() int {
	r.H.T.Helper()
	return r.Host.MustAsk(`query($id: ID!) { room(id: $id) { revision } }`, Object{"id": r.ID}).Int("room.revision")
}

// Log returns the stored events after a revision. It fails the test if there is a gap.
func (r *Hall) Log(after int) []Happening {
	r.H.T.Helper()
	return MustReadLog(r.H.T, r.H.DB(), r.ID, after)
}

// Kinds returns the kinds of the events after a revision.
func (r *Hall) Kinds(after int) []string {
	r.H.T.Helper()
	kinds := []string{}
	for _, e := range r.Log(after) {
		kinds = append(kinds, e.Kind)
	}
	return kinds
}

// Bearing returns the input with which a program redeems the ticket, always the same device.
func (k *Ticket) Bearing() Object {
	with := k.Own()
	with["credential"], with["attemptKey"] = "BEARER", "0123456789abcdefghijkl"+k.ID
	return with
}

// BearerGuest redeems a ticket as a client without cookies.
func (k *Ticket) BearerGuest() *Client {
	k.H.T.Helper()
	got := k.H.Bearer("").Must("redeemInvitation", Object{
		"token": k.Token, "email": k.Email, "credential": "BEARER", "attemptKey": "key-of-" + k.ID + strings.Repeat("x", 22),
	}, "accessToken")
	return k.H.Bearer(got.Text("accessToken"))
}
