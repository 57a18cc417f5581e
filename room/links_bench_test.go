package room_test

import (
	"fmt"
	"sync"
	"testing"

	"usher/auth"
	"usher/ent"
	"usher/live"
	"usher/live/livetest"
	"usher/role"
	"usher/room"
)

// mustLinks returns links of new invitations to a kernel's room.
func (k *kernel) mustLinks(t testing.TB, n int) (tokens []string) {
	t.Helper()
	err := k.log.Write(t.Context(), func(tx *live.Tx) error {
		r, err := tx.Room.Get(t.Context(), k.roomID)
		if err != nil {
			return err
		}
		rows := make([]*ent.InvitationCreate, n)
		for i := range rows {
			email := fmt.Sprintf("guest%d@example.org", i)
			rows[i] = tx.Invitation.Create().SetPublicID(fmt.Appendf(nil, "%016d", i)).SetRoomID(r.ID).SetSessionID(*r.CurrentSessionID).
				SetInvitedByID(k.owner.User.ID).SetEmail(email).SetEmailTyped(email).SetFirstName("Guest").SetLastName(fmt.Sprint(i)).
				SetRole(role.Viewer).SetCreatedAt(tx.At)
		}
		stored, err := tx.Invitation.CreateBulk(rows...).Save(t.Context())
		for _, i := range stored {
			tokens = append(tokens, k.services.Invitations.LinkOf(i))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return tokens
}

// BenchmarkLinks looks at the links of 1,000 people, follows them, and redeems them.
func BenchmarkLinks(b *testing.B) {
	const people = 1000
	k := mustKernel(b, livetest.SQLite(b))
	links, tokens := k.services.Links, k.mustLinks(b, people)
	holders := make([]*room.LinkHolder, people)
	run := func(name string, do func(b *testing.B)) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				do(b)
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*people), "µs/person")
		})
	}
	run("look", func(b *testing.B) {
		for _, token := range tokens {
			if _, err := links.Look(b.Context(), auth.Actor{}, token); err != nil {
				b.Fatal(err)
			}
		}
	})
	run("follow", func(b *testing.B) {
		for i, token := range tokens {
			var err error
			if holders[i], err = links.Holder(b.Context(), auth.Actor{}, token); err != nil {
				b.Fatal(err)
			}
			if _, err := links.LookAgain(b.Context(), holders[i:i+1]); err != nil {
				b.Fatal(err)
			}
		}
	})
	run("all look again", func(b *testing.B) {
		if _, err := links.LookAgain(b.Context(), holders); err != nil {
			b.Fatal(err)
		}
	})
	b.Run("redeem", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			k := mustKernel(b, livetest.SQLite(b))
			tokens := k.mustLinks(b, people)
			b.StartTimer()
			var all sync.WaitGroup
			for i, token := range tokens {
				all.Go(func() {
					email := fmt.Sprintf("guest%d@example.org", i)
					_, err := k.services.Links.Redeem(b.Context(), auth.Actor{}, room.Redemption{Token: token, Email: &email, Device: auth.AttemptDevice(token)})
					if err != nil {
						b.Error(err)
					}
				})
			}
			all.Wait()
		}
		b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*people), "µs/person")
	})
}
