package auth_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/live"
	"usher/live/livetest"
	"usher/people"
)

// mustHold creates an invitation in a room of its own. A device has redeemed it and holds a guest's token.
func mustHold(t *testing.T, s *site, by *ent.User, email, device string) {
	t.Helper()
	err := s.log.Write(t.Context(), func(tx *live.Tx) error {
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

func TestADisabledAccountIsReportedOnce(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		s := mustSite(t, databaseURL)
		accounts := make([]*ent.User, auth.DisabledPage+2)
		for i := range accounts {
			u, err := s.people.Add(t.Context(), people.NewUser{Email: fmt.Sprintf("p%d@example.com", i), FirstName: "A", LastName: "B"})
			if err != nil {
				t.Fatal(err)
			}
			accounts[i] = u
		}
		oldest, host := accounts[0], accounts[len(accounts)-1]
		mustHold(t, s, host, oldest.Email, "device")
		watch := s.auth.WatchDisabled()
		device := auth.Lost{Credential: auth.DeviceKey([]byte("device"))}
		finds := func(what string, devices ...auth.Lost) {
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
		for _, u := range accounts[:auth.DisabledPage+1] {
			if err := s.people.Disable(t.Context(), u); err != nil {
				t.Fatal(err)
			}
		}
		finds("a page and one more", device)
		finds("nothing new")
		if err := errors.Join(s.people.Enable(t.Context(), oldest), s.people.Disable(t.Context(), oldest)); err != nil {
			t.Fatal(err)
		}
		finds("enabled and disabled again", device)
		if err := s.people.Enable(t.Context(), oldest); err != nil {
			t.Fatal(err)
		}
		finds("enabled")
		mustHold(t, s, host, "somebody@example.org", "device")
		if err := s.people.Disable(t.Context(), oldest); err != nil {
			t.Fatal(err)
		}
		device.Left = true
		finds("where something else is left", device)
	})
}

func TestAGuestsTokenOfADisabledAccountGivesNoAccess(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		s := mustSite(t, databaseURL)
		u, err := s.people.Add(t.Context(), people.NewUser{Email: "ada@example.com", FirstName: "A", LastName: "B"})
		if err != nil {
			t.Fatal(err)
		}
		mustHold(t, s, u, u.Email, "device")
		gives := func(want bool) {
			t.Helper()
			i, err := s.db.Read.Invitation.Query().Where(auth.Enabled).WithSession().All(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if got := len(i) == 1 && auth.GivesAccess(i[0], i[0].Edges.Session, time.Now()); got != want {
				t.Errorf("it gives access: %v", got)
			}
		}
		gives(true)
		if err := s.people.Disable(t.Context(), u); err != nil {
			t.Fatal(err)
		}
		gives(false)
	})
}
