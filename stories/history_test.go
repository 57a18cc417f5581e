package stories

import (
	"context"
	"sync/atomic"
	"testing"

	"usher/ent"
	"usher/live"
	"usher/room"
	. "usher/sitetest"
)

// managers is the audience of events about invitations.
const managers = int(room.Managers)

// TestA4_AskersReadOnlyTheEventsTheyMaySee fills a room with thousands of events that only managers may see.
func TestA4_AskersReadOnlyTheEventsTheyMaySee(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		var rows atomic.Int64
		h.OnRead(func(_ context.Context, _ ent.Query, v ent.Value) {
			if events, ok := v.([]*ent.Event); ok {
				rows.Add(int64(len(events)))
			}
		})
		counted := countStatements(h)
		room := h.Hall(h.User("ada@example.com"), nil)
		k := room.Invite("grace@example.org", nil)
		guest := h.Browser()
		guest.Redeem(k)
		room.Command("startSession")
		guest.Enter(room)
		h.Account("alan@example.com")
		alan := h.SignedIn("alan@example.com", Password)
		alan.Redeem(room.Invite("alan@example.com", nil))
		room.Update(Object{"description": "changed"})
		document := `query($id: ID!, $first: Int) { room(id: $id) { events(first: $first) { __typename revision } } }`
		for _, c := range []struct {
			name  string
			asker *Client
			kinds []string // the newest first
		}{
			{"a guest", guest, []string{"RoomUpdated", "ParticipantChanged", "SessionStarted", "InvitationRedeemed", "InvitationCreated", "SessionScheduled"}},
			{"a member who was invited", alan, []string{"RoomUpdated", "InvitationRedeemed", "InvitationCreated", "SessionStarted", "SessionScheduled"}},
		} {
			few, before := counted.Of(c.asker, document, Object{"id": room.ID, "first": 200})
			Same(t, "what "+c.name+" sees", before.Texts("room.events", "__typename"), c.kinds)
			h.MustWrite(func(ctx context.Context, tx *live.Tx) error {
				for range 1500 {
					if err := tx.Emit(ctx, room.ID, "InvitationUpdated", managers, live.Entry{SessionID: room.Session, InvitationID: "i_other"}); err != nil {
						return err
					}
				}
				return nil
			})
			rows.Store(0)
			many, after := counted.Of(c.asker, document, Object{"id": room.ID, "first": 200})
			Same(t, "what "+c.name+" sees among thousands", after, before)
			if many > few+3 { // fields of rows that are read in parallel take one or two batches
				t.Errorf("%s takes %d statements among thousands, and %d before", c.name, many, few)
			}
			if n := int(rows.Load()); n > 3*len(before.List("room.events")) { // an event may be read for its audience and for its subject
				t.Errorf("%s reads %d rows to see %d", c.name, n, len(before.List("room.events")))
			}
			Same(t, "the newest of them", c.asker.MustAsk(document, Object{"id": room.ID, "first": 2}).Texts("room.events", "__typename"),
				before.Texts("room.events", "__typename")[:2])
		}
	})
}

// told is what an event stored of its moment, whatever has changed since.
const told = `query($id: ID!) { room(id: $id) { events(first: 50) { __typename revision actor subject
	... on InvitationCreated { invitedAs } ... on InvitationUpdated { invitedAs } ... on InvitationRedeemed { role device }
	... on ParticipantChanged { state role } ... on SessionScheduled { plannedFor } } } }`

func TestV3_HistoryNeverChanges(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		host := h.User("ada@example.com")
		r := h.Hall(host, nil)
		invited := Object{"firstName": "Vera", "lastName": "Lind"}
		k := r.Invite("vera@example.org", invited)
		h.Account("bo@example.com")
		bo := h.SignedIn("bo@example.com", Password).ID()
		host.Must("addManager", Object{"roomId": r.ID, "userId": bo, "role": "CO_EDITOR"}, "")
		r.Command("startSession")
		vera := h.Browser()
		id := vera.Redeem(k)
		vera.Enter(r)
		before := host.MustAsk(told, Object{"id": r.ID}).List("room.events")
		Same(t, "who entered, and as what", Object{"who": before[0].Text("subject"), "role": before[0].Text("role")},
			Object{"who": "Vera Lind", "role": "VIEWER"})
		Same(t, "who redeemed, as what, and on what", Object{
			"who": before[1].Text("subject"), "role": before[1].Text("role"),
			"device": before[1].At("device"),
		}, Object{"who": "Vera Lind", "role": "VIEWER", "device": k.Now().At("device")})

		host.Must("changeRole", Object{"participantId": id, "role": "MODERATOR"}, "")
		host.Must("updateInvitation", Object{"invitationId": k.ID, "role": "SPEAKER"}, "")
		k.Do("revokeInvitation")
		renamed := r.Invite("vera@example.org", Object{"firstName": "Maria", "lastName": "Falk", "role": "MODERATOR"})
		h.Browser().Redeem(renamed)
		host.Must("removeManager", Object{"roomId": r.ID, "userId": bo}, "")

		after := host.MustAsk(told, Object{"id": r.ID}).List("room.events")
		Same(t, "what was told before", after[len(after)-len(before):], before)
		Same(t, "the names since", after[0].Text("subject")+", "+after[1].Text("subject"), "Bo Host, Maria Falk")

		stored := host.MustAsk(`query($id: ID!) { room(id: $id) { session { startsAt } } }`, Object{"id": r.ID}).Text("room.session.startsAt")
		Same(t, "the planned start", after[len(after)-1].Text("plannedFor"), stored)
		Same(t, "about nobody", after[len(after)-1].At("subject"), any(nil))
	})
}

func TestV3_EventsOfBeforeNamesWereStoredShowNone(t *testing.T) {
	h := StartHouse(t)
	host := h.User("ada@example.com")
	r := h.Hall(host, nil)
	k := r.Invite("vera@example.org", nil)
	h.MustWrite(func(ctx context.Context, tx *live.Tx) error {
		return tx.Emit(ctx, r.ID, "InvitationUpdated", managers, live.Entry{SessionID: r.Session, InvitationID: k.ID})
	})
	old := host.MustAsk(told, Object{"id": r.ID}).List("room.events")[0]
	Same(t, "name and role", []any{old.At("subject"), old.At("invitedAs")}, []any{nil, nil})
}
