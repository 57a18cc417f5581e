package room_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"usher/auth"
	"usher/ent"
	"usher/ent/participant"
	"usher/live"
	"usher/live/livetest"
	"usher/role"
)

// mustCrowd adds guests to the lobby of a kernel's room, each with a device of their own, and returns them.
func (k *kernel) mustCrowd(t testing.TB, n int) []auth.Actor {
	t.Helper()
	guests := make([]auth.Actor, n)
	err := k.log.Write(t.Context(), func(tx *live.Tx) error {
		ctx := t.Context()
		r, err := tx.Room.Get(ctx, k.roomID)
		if err != nil {
			return err
		}
		for from := 0; from < n; from += 500 {
			var devices []*ent.DeviceCreate
			var invitations []*ent.InvitationCreate
			var places []*ent.ParticipantCreate
			for i := from; i < min(n, from+500); i++ {
				email := fmt.Sprintf("guest%d@example.org", i)
				guests[i] = auth.Actor{Device: auth.AttemptDevice(fmt.Sprintf("crowd-%020d", i))}
				d, in := fmt.Sprintf("d_crowd%d", i), fmt.Sprintf("i_crowd%d", i)
				devices = append(devices, tx.Device.Create().SetID(d).SetSecretHash(guests[i].Device).SetCreatedAt(tx.At))
				invitations = append(invitations, tx.Invitation.Create().SetID(in).SetPublicID(fmt.Appendf(nil, "%016d", i)).
					SetRoomID(r.ID).SetSessionID(*r.CurrentSessionID).SetInvitedByID(k.owner.User.ID).SetEmail(email).SetEmailTyped(email).
					SetFirstName("Guest").SetLastName(fmt.Sprint(i)).SetRole(role.Viewer).SetCreatedAt(tx.At).SetRedeemedAt(tx.At).SetDeviceID(d))
				places = append(places, tx.Participant.Create().SetRoomID(r.ID).SetSessionID(*r.CurrentSessionID).SetInvitationID(in).
					SetEmail(email).SetDisplayName(fmt.Sprintf("Guest %d", i)).SetRole(role.Viewer).SetState(participant.StateLobby).SetCreatedAt(tx.At))
			}
			if err := tx.Device.CreateBulk(devices...).Exec(ctx); err != nil {
				return err
			}
			if err := tx.Invitation.CreateBulk(invitations...).Exec(ctx); err != nil {
				return err
			}
			if err := tx.Participant.CreateBulk(places...).Exec(ctx); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return guests
}

// BenchmarkEntering lets 2,000 people enter at once, and one after the other.
func BenchmarkEntering(b *testing.B) {
	const people = 2000
	for _, c := range []struct {
		name   string
		atOnce bool
	}{{"at once", true}, {"one by one", false}} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				k := mustKernel(b, livetest.SQLite(b))
				guests := k.mustCrowd(b, people)
				b.StartTimer()
				var all sync.WaitGroup
				for _, guest := range guests {
					enter := func() {
						if _, err := k.services.Places.Enter(context.Background(), guest, k.roomID); err != nil {
							b.Error(err)
						}
					}
					if c.atOnce {
						all.Go(enter)
					} else {
						enter()
					}
				}
				all.Wait()
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*people), "µs/person")
		})
	}
}
