package auth

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"usher/ent"
	"usher/live"
	"usher/live/livetest"
)

// mustHold makes an invitation of an email in a room of its own, redeemed on a device, with a guest's token.
func mustHold(t *testing.T, a *Accounts, by *ent.User, email, device string) {
	t.Helper()
	err := a.log.Write(t.Context(), func(tx *live.Tx) error {
		ctx := t.Context()
		r, err := tx.Room.Create().SetTitle("Room").SetCreatedAt(tx.At).Save(ctx)
		if err != nil {
			return err
		}
		of, err := tx.Session.Create().SetRoomID(r.ID).SetStartsAt(tx.At).SetCreatedAt(tx.At).Save(ctx)
		if err != nil {
			return err
		}
		d, err := tx.Device.Query().Only(ctx)
		if ent.IsNotFound(err) {
			d, err = tx.Device.Create().SetSecretHash([]byte(device)).SetCreatedAt(tx.At).Save(ctx)
		}
		if err != nil {
			return err
		}
		i, err := tx.Invitation.Create().SetPublicID([]byte(email)).SetRoomID(r.ID).SetSessionID(of.ID).SetInvitedByID(by.ID).
			SetEmail(email).SetEmailTyped(email).SetFirstName("A").SetLastName("B").SetRole("VIEWER").
			SetRedeemedAt(tx.At).SetDeviceID(d.ID).SetCreatedAt(tx.At).Save(ctx)
		if err != nil {
			return err
		}
		return tx.GuestToken.Create().SetInvitationID(i.ID).SetDeviceID(d.ID).SetSecretHash([]byte(email)).SetCreatedAt(tx.At).Exec(ctx)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestALookFindsEachDisabledAccountOnce(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		_, a := mustAccounts(t, databaseURL)
		people := make([]*ent.User, disabledPage+2)
		for i := range people {
			u, err := a.Add(t.Context(), NewUser{Email: fmt.Sprintf("p%d@example.com", i), FirstName: "A", LastName: "B"})
			if err != nil {
				t.Fatal(err)
			}
			people[i] = u
		}
		oldest, host := people[0], people[len(people)-1]
		mustHold(t, a, host, oldest.Email, "device")
		watch := a.WatchDisabled()
		device := Lost{Credential: deviceKey([]byte("device"))}
		finds := func(what string, devices ...Lost) {
			t.Helper()
			lost, err := watch.Look(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			tokens := max(0, len(lost)-len(devices))
			if tokens != len(devices) || !slices.Equal(lost[tokens:], devices) { // each with a token
				t.Errorf("%s: found %v, want %v", what, lost, devices)
			}
		}
		finds("nobody")
		// One page and one account more, between two looks: the oldest of them lies on the second page.
		for _, u := range people[:disabledPage+1] {
			if err := a.Disable(t.Context(), u); err != nil {
				t.Fatal(err)
			}
		}
		finds("a page and one more", device)
		finds("nothing new")
		if err := errors.Join(a.Enable(t.Context(), oldest), a.Disable(t.Context(), oldest)); err != nil {
			t.Fatal(err)
		}
		finds("enabled and disabled again", device)
		if err := a.Enable(t.Context(), oldest); err != nil {
			t.Fatal(err)
		}
		finds("enabled")
		mustHold(t, a, host, "somebody@example.org", "device")
		if err := a.Disable(t.Context(), oldest); err != nil {
			t.Fatal(err)
		}
		device.Left = true
		finds("where something else is left", device)
	})
}

func TestAGuestsTokenOfADisabledAccountIsNone(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		db, a := mustAccounts(t, databaseURL)
		u, err := a.Add(t.Context(), NewUser{Email: "ada@example.com", FirstName: "A", LastName: "B"})
		if err != nil {
			t.Fatal(err)
		}
		mustHold(t, a, u, u.Email, "device")
		gives := func(want bool) {
			t.Helper()
			i, err := db.Read.Invitation.Query().Where(Enabled).WithSession().All(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if got := len(i) == 1 && GivesAccess(i[0], i[0].Edges.Session, time.Now()); got != want {
				t.Errorf("it gives access: %v", got)
			}
		}
		gives(true)
		if err := a.Disable(t.Context(), u); err != nil {
			t.Fatal(err)
		}
		gives(false)
	})
}
