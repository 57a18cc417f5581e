package stories

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
	. "usher/sitetest"
)

// overBatch is more rows than one transaction of Retain deletes.
const overBatch = 1005

func TestV7_OneLogThatMustStayDoesNotStopDeletingOthers(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		ada := h.User("ada@example.com")
		open, over, mixed := h.Hall(ada, nil), h.Hall(ada, nil), h.Hall(ada, nil)
		for _, room := range []*Hall{open, over, mixed} {
			room.Command("startSession")
		}
		open.Fill(overBatch, open.Session) // older than all others
		open.Fill(overBatch, "")
		over.Fill(overBatch, over.Session)
		over.Fill(overBatch, "")
		over.Command("endSession")
		mixed.Command("endSession")
		stays, goes, first := len(open.Log(0)), len(over.Log(0)), len(mixed.Log(0))
		h.Advance(24 * time.Hour)
		mixed.Fill(3, "")
		h.Advance(29 * 24 * time.Hour)
		Same(t, "what is deleted after 30 days", h.Retain(), []string{})
		h.Advance(time.Millisecond)
		Same(t, "what is deleted a millisecond later", h.Retain(), []string{fmt.Sprint("events=", goes+first)})
		Same(t, "events of a session that is open", len(open.Log(0)), stays)
		Same(t, "events of a session that is over", len(over.Log(0)), 0)
		kept := h.Parts.Database.Read.Event.Query().Where(event.RoomID(mixed.ID)).Order(event.ByRevision()).AllX(t.Context())
		Same(t, "younger events behind those of a session that is over", len(kept), 3)
		Same(t, "the first of them", kept[0].Revision, first+1)
		Same(t, "what is deleted then", h.Retain(), []string{})
	})
}

func TestV7_PlacesAndDevicesAreDeletedInBatches(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		ada := h.User("ada@example.com")
		old, young := h.Hall(ada, nil), h.Hall(ada, nil)
		for _, room := range []*Hall{old, young} {
			room.Command("startSession")
		}
		returning := h.Browser() // who has a place in both
		returning.Redeem(old.Invite("grace@example.org", nil))
		kept := returning.Redeem(young.Invite("grace@example.org", nil))
		account := h.Parts.Database.Read.User.Query().OnlyX(t.Context())
		h.MustWrite(func(ctx context.Context, tx *live.Tx) error { return manyGuests(ctx, tx, old, account.ID) })
		old.Command("endSession")
		young.Command("endSession")
		h.Advance(180 * 24 * time.Hour)
		h.Retain()
		Same(t, "places after 180 days", h.Places(), fmt.Sprintf("%d participants, %d invitations, %d devices", overBatch+2, overBatch+2, overBatch+1))
		h.MustWrite(func(ctx context.Context, tx *live.Tx) error { // it ended a moment later
			return tx.Session.UpdateOneID(young.Session).SetEndedAt(h.Now().Add(-180 * 24 * time.Hour).Add(time.Millisecond)).Exec(ctx)
		})
		h.Advance(time.Millisecond)
		Same(t, "what is deleted a millisecond later", h.Retain(), []string{fmt.Sprintf("devices=%d invitations=%d participants=%d", overBatch, overBatch+1, overBatch+1)})
		Same(t, "places then", h.Places(), "1 participants, 1 invitations, 1 devices")
		Same(t, "who is kept", h.Parts.Database.Read.Participant.Query().OnlyIDX(t.Context()), kept)
	})
}

// manyGuests makes redeemed invitations in a room, each with its place and device.
func manyGuests(ctx context.Context, tx *live.Tx, r *Hall, inviter string) error {
	for n := range overBatch {
		d, err := tx.Device.Create().SetSecretHash(fmt.Appendf(nil, "device %d", n)).SetCreatedAt(tx.At).Save(ctx)
		if err != nil {
			return err
		}
		email := fmt.Sprintf("guest%d@example.org", n)
		i, err := tx.Invitation.Create().SetPublicID(fmt.Appendf(nil, "invitation %d", n)).SetRoomID(r.ID).SetSessionID(r.Session).
			SetInvitedByID(inviter).SetEmail(email).SetEmailTyped(email).SetFirstName("Guest").SetLastName(fmt.Sprint(n)).
			SetRole(role.Viewer).SetCreatedAt(tx.At).SetRedeemedAt(tx.At).SetDeviceID(d.ID).Save(ctx)
		if err != nil {
			return err
		}
		err = tx.Participant.Create().SetRoomID(r.ID).SetSessionID(r.Session).SetInvitationID(i.ID).SetEmail(email).
			SetDisplayName(email).SetState(participant.StateInRoom).SetRole(role.Viewer).SetCreatedAt(tx.At).Exec(ctx)
		if err != nil {
			return err
		}
	}
	return nil
}

func TestV7_ADeletedRoomIsErasedWithItsContents(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		ada := h.User("ada@example.com")
		room, other := h.Hall(ada, nil), h.Hall(ada, nil)
		room.Command("startSession")
		account := h.Parts.Database.Read.User.Query().OnlyX(t.Context())
		h.MustWrite(func(ctx context.Context, tx *live.Tx) error { return manyGuests(ctx, tx, room, account.ID) })
		room.Fill(overBatch, "")
		ada.Must("deleteRoom", Object{"roomId": room.ID}, "")
		events := len(room.Log(0))
		h.Advance(30 * 24 * time.Hour)
		Same(t, "what is deleted after 30 days", strings.Contains(fmt.Sprint(h.Retain()), "rooms"), false)
		h.MustWrite(func(ctx context.Context, tx *live.Tx) error { // its newest rows are deleted too
			return tx.Event.Create().SetRoomID(room.ID).SetRevision(events + 1).SetKind("RoomUpdated").SetAt(tx.At).
				SetDetail(schema.EventDetail{}).Exec(ctx)
		})
		h.Advance(time.Millisecond)
		said := fmt.Sprint(h.Retain())
		want := fmt.Sprintf("devices=%d events=", overBatch)
		if !strings.Contains(said, want) || !strings.HasSuffix(said, fmt.Sprintf(" invitations=%d participants=%d rooms=1]", overBatch, overBatch)) {
			t.Errorf("it says %s", said)
		}
		Same(t, "places then", h.Places(), "0 participants, 0 invitations, 0 devices")
		left := h.Parts.Database.Read.Room.Query().OnlyIDX(t.Context())
		Same(t, "the room that is left", left, other.ID)
	})
}

// A device is read, and bound to an invitation a moment later. A deletion in between must undo neither.
func TestV7_ADeviceBoundDuringDeletionStaysBound(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		ada := h.User("ada@example.com")
		first, second := h.Hall(ada, nil), h.Hall(ada, nil)
		guest := h.Browser()
		once := first.Invite("grace@example.org", nil)
		guest.Redeem(once)
		ada.Must("revokeInvitation", Object{"invitationId": once.ID}, "")
		h.MustWrite(func(ctx context.Context, tx *live.Tx) error {
			return tx.Invitation.UpdateOneID(once.ID).ClearDeviceID().Exec(ctx)
		})
		again := second.Invite("grace@example.org", nil)
		redeemed := make(chan string, 1)
		h.MustWrite(func(ctx context.Context, tx *live.Tx) error {
			if _, err := tx.Device.Delete().Exec(ctx); err != nil {
				return err
			}
			go func() {
				defer close(redeemed) // where it fails as well
				redeemed <- guest.Redeem(again)
			}()
			if h.Parts.Database.Shared() { // SQLite has one writer, so there is nothing to wait for
				h.WaitUntil("the redemption waits for the device", func() bool { return h.Waiting() })
			}
			return nil
		})
		place := <-redeemed
		h.Retain()
		bound := h.Parts.Database.Read.Invitation.Query().Where(invitation.ID(again.ID), invitation.HasDevice()).OnlyX(t.Context())
		Same(t, "the invitation is bound to a device", bound.DeviceID != nil, true)
		Same(t, "who comes again gets the same place", guest.Redeem(again), place)
		Same(t, "devices", h.Parts.Database.Read.Device.Query().Where(device.ID(*bound.DeviceID)).CountX(t.Context()), 1)
	})
}
