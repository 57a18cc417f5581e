package sitetest

import (
	"context"
	"fmt"
	"strings"

	"usher/ent"
	"usher/live"
	"usher/role"
)

func (r *Hall) Online(place string) any {
	r.H.T.Helper()
	return r.Host.MustAsk(`query($id: ID!) { node(id: $id) { ... on Participant { online } } }`, Object{"id": place}).At("node.online")
}

func (r *Hall) Present() any {
	r.H.T.Helper()
	return r.Host.Connect().Subscribe(Present, Object{"room": r.ID}).Next().Data.At("presence.online")
}

// InviteMany makes invitations all at once, and returns the tokens of their links.
func (r *Hall) InviteMany(n int) (tokens []string) {
	r.H.T.Helper()
	host := r.Host.MustAsk(`{ me { user { id } } }`, nil).Text("me.user.id")
	r.H.MustWrite(func(ctx context.Context, tx *live.Tx) error {
		all := make([]*ent.InvitationCreate, n)
		for i := range all {
			email := fmt.Sprintf("guest%d@example.org", i)
			all[i] = tx.Invitation.Create().SetPublicID(fmt.Appendf(nil, "%.6s%010d", r.ID[len(r.ID)-6:], i)).SetRoomID(r.ID).
				SetSessionID(r.Session).SetInvitedByID(host).SetEmail(email).SetEmailTyped(email).SetFirstName("Guest").
				SetLastName(fmt.Sprint(i)).SetRole(role.Viewer).SetCreatedAt(tx.At)
		}
		return tx.Invitation.CreateBulk(all...).Exec(ctx)
	})
	after := any(nil)
	for more := true; more; {
		page := r.Host.MustAsk(`query($id: ID!, $after: Cursor) { room(id: $id) { invitations(first: 100, after: $after) {
			nodes { link } pageInfo { endCursor hasNextPage } } } }`, Object{"id": r.ID, "after": after}).In("room.invitations")
		for _, link := range page.Texts("nodes", "link") {
			_, token, _ := strings.Cut(link, "#")
			tokens = append(tokens, token)
		}
		more, after = page.At("pageInfo.hasNextPage") == true, page.At("pageInfo.endCursor")
	}
	Same(r.H.T, "links", len(tokens), n)
	return tokens
}

// States returns the states of a room's participants by name, as its host sees them.
func (r *Hall) States() string {
	r.H.T.Helper()
	var states []string
	answer := r.Host.MustAsk(`query($id: ID!) { room(id: $id) { participants(first: 50) { nodes { displayName state } } } }`, Object{"id": r.ID})
	for _, p := range answer.List("room.participants.nodes") {
		states = append(states, strings.Fields(p.Text("displayName"))[0]+" "+p.Text("state"))
	}
	return strings.Join(states, ", ")
}

// Guest invites somebody, redeems the link on a new device and returns it with the participant's id.
func (r *Hall) Guest(email string, with Object) (*Client, string) {
	r.H.T.Helper()
	device := r.H.Browser()
	return device, device.Redeem(r.Invite(email, with))
}

// Fill writes n events now, of a session or of none.
func (r *Hall) Fill(n int, session string) {
	r.H.T.Helper()
	r.H.MustWrite(func(ctx context.Context, tx *live.Tx) error {
		for range n {
			if err := tx.Emit(ctx, r.ID, live.Entry{Kind: live.RoomUpdated, SessionID: session}); err != nil {
				return err
			}
		}
		return nil
	})
}
