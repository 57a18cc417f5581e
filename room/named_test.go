package room

import (
	"slices"
	"testing"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/ent/participant"
	"usher/role"
)

// browser has places of Noor, Sam and Kim, which were redeemed in this order, and Bob's account.
type browser struct {
	room   *ent.Room
	places []*ent.Participant
	actor  auth.Actor
}

func newBrowser() *browser {
	now := "s_now"
	b := &browser{room: &ent.Room{ID: "r", CurrentSessionID: &now}, actor: auth.Actor{User: &ent.User{ID: "u_bob"}}}
	at := time.Unix(1_800_000_000, 0)
	for i, p := range []struct{ id, session, email, user, invitation string }{
		{"p_noor_before", "s_before", "noor", "", "i1"},
		{"p_sam_before", "s_before", "sam", "", "i2"},
		{"p_bob", "s_now", "bob", "u_bob", ""},
		{"p_noor", "s_now", "noor", "", "i3"},
		{"p_kim", "s_now", "kim", "", "i4"},
	} {
		row := &ent.Participant{ID: p.id, RoomID: "r", SessionID: p.session, Email: p.email, Role: role.Viewer, State: participant.StateLobby}
		row.Edges.Session = &ent.Session{}
		if p.user != "" {
			row.UserID = &p.user
		}
		if p.invitation != "" {
			redeemed := at.Add(time.Duration(i) * time.Minute)
			row.InvitationID, row.Edges.Invitation = &p.invitation, &ent.Invitation{RedeemedAt: &redeemed}
		}
		b.places = append(b.places, row)
	}
	return b
}

// Name names the place with this id, or none for an empty id.
func (b *browser) Name(id string) {
	b.actor.As = nil
	for _, p := range b.places {
		if p.ID == id {
			b.actor.As = &auth.Place{ID: p.ID, RoomID: p.RoomID, SessionID: p.SessionID, Email: p.Email}
		}
	}
}

// Drop removes places.
func (b *browser) Drop(ids ...string) {
	b.places = slices.DeleteFunc(b.places, func(p *ent.Participant) bool { return slices.Contains(ids, p.ID) })
}

// Shown returns the place that a query shows as the asker's own.
func (b *browser) Shown() string {
	var own *ent.Participant
	for _, p := range b.places {
		if isTheirs(b.actor, p) && ranksBefore(b.room, b.actor.As, p, own) {
			own = p
		}
	}
	if own == nil {
		return ""
	}
	return own.ID
}

// Streamed returns the place that decides a stream's rights. Each place gets a role of its own, by which the test knows it.
func (b *browser) Streamed() string {
	for _, p := range b.places {
		p.Role = role.RoomRole(p.ID)
	}
	w := &Watcher{session: "s_now", id: "u_bob"}
	w.addPlaces(b.actor, b.places)
	w.refresh(time.Unix(1_800_000_000, 0))
	return string(w.standing.Place)
}

func TestA7_TheNamedPlaceCountsInQueriesAndStreamsAlike(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		what, named string
		without     []string
		want        string
	}{
		{"nobody named: who came last", "", nil, "p_kim"},
		{"the named one", "p_noor", nil, "p_noor"},
		{"the named one of the account", "p_bob", nil, "p_bob"},
		{"named in an earlier session: the same email now", "p_noor_before", nil, "p_noor"},
		{"named in an earlier session, without one now: the account", "p_sam_before", nil, "p_bob"},
		{"and without an account's place", "p_sam_before", []string{"p_bob"}, "p_sam_before"},
		{"the named one is gone: the account", "p_noor", []string{"p_noor"}, "p_bob"},
		{"and without an account's place: the earlier one of the same email", "p_noor", []string{"p_noor", "p_bob"}, "p_noor_before"},
		{"nothing is left of the person", "p_kim", []string{"p_kim", "p_bob"}, ""},
	} {
		b := newBrowser()
		b.Name(c.named)
		b.Drop(c.without...)
		if got := b.Shown(); got != c.want {
			t.Errorf("%s: a query shows %q, want %q", c.what, got, c.want)
		}
		if got := b.Streamed(); got != c.want {
			t.Errorf("%s: a stream is watched as %q, want %q", c.what, got, c.want)
		}
	}
}
