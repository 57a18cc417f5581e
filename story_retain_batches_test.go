package main

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"usher/ent/device"
	"usher/ent/event"
	"usher/ent/invitation"
	"usher/ent/participant"
	"usher/ent/schema"
	"usher/live"
	"usher/role"
)

// overBatch is more than one transaction of Retain deletes.
const overBatch = 1005

// mustWrite writes to the site's database beside its use cases.
func (h *house) mustWrite(fn func(ctx context.Context, tx *live.Tx) error) {
	h.t.Helper()
	ctx := context.Background()
	if err := h.parts.Log.Write(ctx, func(tx *live.Tx) error { return fn(ctx, tx) }); err != nil {
		h.t.Fatal(err)
	}
}

// Fill writes events of the room's session, or of none, as of now.
func (r *hall) Fill(n int, session string) {
	r.h.t.Helper()
	r.h.mustWrite(func(ctx context.Context, tx *live.Tx) error {
		for range n {
			if err := tx.Emit(ctx, r.id, live.Entry{Kind: live.RoomUpdated, SessionID: session}); err != nil {
				return err
			}
		}
		return nil
	})
}

// Retain deletes what is kept no longer, and returns what the log says of it.
func (h *house) Retain() (said []string) {
	h.t.Helper()
	before := len(h.log.String())
	if err := h.parts.Rooms.Retain(context.Background(), h.Now()); err != nil {
		h.t.Fatal(err)
	}
	for line := range strings.Lines(h.log.String()[before:]) {
		if _, counts, ok := strings.Cut(line, `msg="deleted expired data" `); ok {
			said = append(said, strings.TrimSpace(counts))
		}
	}
	return said
}

func TestV7_ALogThatMustStayKeepsNoOtherLogFromBeingShortened(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		ada := h.User("ada@example.com")
		open, over, mixed := h.Hall(ada, nil), h.Hall(ada, nil), h.Hall(ada, nil)
		for _, room := range []*hall{open, over, mixed} {
			room.Command("startSession")
		}
		open.Fill(overBatch, open.session) // older than all others
		open.Fill(overBatch, "")
		over.Fill(overBatch, over.session)
		over.Fill(overBatch, "")
		over.Command("endSession")
		mixed.Command("endSession")
		stays, goes, first := len(open.Log(0)), len(over.Log(0)), len(mixed.Log(0))
		h.Advance(24 * time.Hour)
		mixed.Fill(3, "")
		h.Advance(29 * 24 * time.Hour)
		same(t, "what is deleted after 30 days", h.Retain(), []string{})
		h.Advance(time.Millisecond)
		same(t, "what is deleted a millisecond later", h.Retain(), []string{fmt.Sprint("events=", goes+first)})
		same(t, "events of a session that is open", len(open.Log(0)), stays)
		same(t, "events of a session that is over", len(over.Log(0)), 0)
		kept := h.parts.Database.Read.Event.Query().Where(event.RoomID(mixed.id)).Order(event.ByRevision()).AllX(t.Context())
		same(t, "younger events behind those of a session that is over", len(kept), 3)
		same(t, "the first of them", kept[0].Revision, first+1)
		same(t, "what is deleted then", h.Retain(), []string{})
	})
}

func TestV7_PlacesAndDevicesGoByTheThousand(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		ada := h.User("ada@example.com")
		old, young := h.Hall(ada, nil), h.Hall(ada, nil)
		for _, room := range []*hall{old, young} {
			room.Command("startSession")
		}
		returning := h.Browser() // who has a place in both
		returning.Redeem(old.Invite("grace@example.org", nil))
		kept := returning.Redeem(young.Invite("grace@example.org", nil))
		account := h.parts.Database.Read.User.Query().OnlyX(t.Context())
		h.mustWrite(func(ctx context.Context, tx *live.Tx) error { return manyGuests(ctx, tx, old, account.ID) })
		old.Command("endSession")
		young.Command("endSession")
		h.Advance(180 * 24 * time.Hour)
		h.Retain()
		same(t, "places after 180 days", h.places(), fmt.Sprintf("%d participants, %d invitations, %d devices", overBatch+2, overBatch+2, overBatch+1))
		h.mustWrite(func(ctx context.Context, tx *live.Tx) error { // it was over a moment later
			return tx.Session.UpdateOneID(young.session).SetEndedAt(h.Now().Add(-180 * 24 * time.Hour).Add(time.Millisecond)).Exec(ctx)
		})
		h.Advance(time.Millisecond)
		same(t, "what is deleted a millisecond later", h.Retain(), []string{fmt.Sprintf("devices=%d invitations=%d participants=%d", overBatch, overBatch+1, overBatch+1)})
		same(t, "places then", h.places(), "1 participants, 1 invitations, 1 devices")
		same(t, "who is kept", h.parts.Database.Read.Participant.Query().OnlyIDX(t.Context()), kept)
	})
}

// manyGuests makes redeemed invitations in a hall, each with its place and device.
func manyGuests(ctx context.Context, tx *live.Tx, r *hall, inviter string) error {
	for n := range overBatch {
		d, err := tx.Device.Create().SetSecretHash(fmt.Appendf(nil, "device %d", n)).SetCreatedAt(tx.At).Save(ctx)
		if err != nil {
			return err
		}
		email := fmt.Sprintf("guest%d@example.org", n)
		i, err := tx.Invitation.Create().SetPublicID(fmt.Appendf(nil, "invitation %d", n)).SetRoomID(r.id).SetSessionID(r.session).
			SetInvitedByID(inviter).SetEmail(email).SetEmailTyped(email).SetFirstName("Guest").SetLastName(fmt.Sprint(n)).
			SetRole(role.Viewer).SetCreatedAt(tx.At).SetRedeemedAt(tx.At).SetDeviceID(d.ID).Save(ctx)
		if err != nil {
			return err
		}
		err = tx.Participant.Create().SetRoomID(r.id).SetSessionID(r.session).SetInvitationID(i.ID).SetEmail(email).
			SetDisplayName(email).SetState(participant.StateInRoom).SetRole(role.Viewer).SetCreatedAt(tx.At).Exec(ctx)
		if err != nil {
			return err
		}
	}
	return nil
}

func (h *house) places() string {
	h.t.Helper()
	read := h.parts.Database.Read
	count := func(n int, err error) int {
		if err != nil {
			h.t.Fatal(err)
		}
		return n
	}
	ctx := context.Background()
	return fmt.Sprintf("%d participants, %d invitations, %d devices",
		count(read.Participant.Query().Count(ctx)), count(read.Invitation.Query().Count(ctx)), count(read.Device.Query().Count(ctx)))
}

func TestV7_ADeletedRoomGoesWithAllThatIsInIt(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		ada := h.User("ada@example.com")
		room, other := h.Hall(ada, nil), h.Hall(ada, nil)
		room.Command("startSession")
		account := h.parts.Database.Read.User.Query().OnlyX(t.Context())
		h.mustWrite(func(ctx context.Context, tx *live.Tx) error { return manyGuests(ctx, tx, room, account.ID) })
		room.Fill(overBatch, "")
		ada.Must("deleteRoom", object{"roomId": room.id}, "")
		events := len(room.Log(0))
		h.Advance(30 * 24 * time.Hour)
		same(t, "what is deleted after 30 days", strings.Contains(fmt.Sprint(h.Retain()), "rooms"), false)
		h.mustWrite(func(ctx context.Context, tx *live.Tx) error { // what is young in it goes as well
			return tx.Event.Create().SetRoomID(room.id).SetRevision(events + 1).SetKind("RoomUpdated").SetAt(tx.At).
				SetDetail(schema.EventDetail{}).Exec(ctx)
		})
		h.Advance(time.Millisecond)
		said := fmt.Sprint(h.Retain())
		want := fmt.Sprintf("devices=%d events=", overBatch)
		if !strings.Contains(said, want) || !strings.HasSuffix(said, fmt.Sprintf(" invitations=%d participants=%d rooms=1]", overBatch, overBatch)) {
			t.Errorf("it says %s", said)
		}
		same(t, "places then", h.places(), "0 participants, 0 invitations, 0 devices")
		left := h.parts.Database.Read.Room.Query().OnlyIDX(t.Context())
		same(t, "the room that is left", left, other.id)
	})
}

// A device is read, and bound to an invitation a moment later: what deletes it in between must undo neither.
func TestV7_ADeviceThatIsBoundInThisMomentStaysBound(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		ada := h.User("ada@example.com")
		first, second := h.Hall(ada, nil), h.Hall(ada, nil)
		guest := h.Browser()
		once := first.Invite("grace@example.org", nil)
		guest.Redeem(once)
		ada.Must("revokeInvitation", object{"invitationId": once.id}, "")
		h.mustWrite(func(ctx context.Context, tx *live.Tx) error {
			return tx.Invitation.UpdateOneID(once.id).ClearDeviceID().Exec(ctx)
		})
		again := second.Invite("grace@example.org", nil)
		redeemed := make(chan string, 1)
		h.mustWrite(func(ctx context.Context, tx *live.Tx) error {
			if _, err := tx.Device.Delete().Exec(ctx); err != nil {
				return err
			}
			go func() {
				defer close(redeemed) // where it fails as well
				redeemed <- guest.Redeem(again)
			}()
			if h.parts.Database.Shared() { // elsewhere nobody reads what is not committed, and nothing waits for it
				h.WaitUntil("the redemption waits for the device", func() bool { return h.waiting() })
			}
			return nil
		})
		place := <-redeemed
		h.Retain()
		bound := h.parts.Database.Read.Invitation.Query().Where(invitation.ID(again.id), invitation.HasDevice()).OnlyX(t.Context())
		same(t, "the invitation is bound to a device", bound.DeviceID != nil, true)
		same(t, "who comes again gets the same place", guest.Redeem(again), place)
		same(t, "devices", h.parts.Database.Read.Device.Query().Where(device.ID(*bound.DeviceID)).CountX(t.Context()), 1)
	})
}

// waiting reports whether a transaction of PostgreSQL waits for another one.
func (h *house) waiting() bool {
	var n int
	if err := h.DB().QueryRowContext(context.Background(),
		"SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'").Scan(&n); err != nil {
		h.t.Error(err)
	}
	return n > 0
}
