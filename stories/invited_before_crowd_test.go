package stories

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"usher/ent"
	"usher/live"
	"usher/live/livetest"
	"usher/role"
	. "usher/sitetest"
)

func TestI11_TheNewestInvitationsAreSearchedHoweverManyThereAre(t *testing.T) {
	livetest.Long(t)
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		h := NewHouse(t, databaseURL)
		h.Serve()
		host := h.User("ada@example.com")
		room := h.Hall(host, nil)
		by := host.MustAsk(`{ me { user { id } } }`, nil).Text("me.user.id")
		// The first of the invitations is the oldest.
		const people, searched = 32_000, 30_000
		err := h.Parts.Log.Write(t.Context(), func(tx *live.Tx) error {
			var all []*ent.InvitationCreate
			for n := range people {
				all = append(all, tx.Invitation.Create().SetPublicID([]byte(fmt.Sprintf("%016d", n))).SetRoomID(room.ID).SetSessionID(room.Session).
					SetInvitedByID(by).SetEmail(fmt.Sprintf("person%05d@example.org", n)).SetEmailTyped(fmt.Sprintf("person%05d@example.org", n)).
					SetFirstName("Étienne").SetLastName(fmt.Sprintf("Number%05d", n)).SetRole(role.Viewer).
					SetCreatedAt(tx.At.Add(time.Duration(n-people)*time.Second)))
			}
			for some := range slices.Chunk(all, 500) {
				if err := tx.Invitation.CreateBulk(some...).Exec(t.Context()); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		oldest := people - searched
		began := time.Now()
		Same(t, "the last that is searched", suggested(host, room, fmt.Sprintf("number%05d", oldest)), []string{fmt.Sprintf("person%05d@example.org VIEWER, now VIEWER", oldest)})
		Same(t, "the first that is not", suggested(host, room, fmt.Sprintf("number%05d", oldest-1)), []string(nil))
		Same(t, "the oldest, by a part of the address", suggested(host, room, "person00000@example"), []string(nil))
		Same(t, "the oldest, by the whole address", suggested(host, room, "Person00000@example.org"), []string{"person00000@example.org VIEWER, now VIEWER"})
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("these searches took %v", took)
		}
		t.Logf("these searches took %v", time.Since(began))
	})
}
