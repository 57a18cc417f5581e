package room_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"usher/auth"
	"usher/ent/participant"
	entroom "usher/ent/room"
	"usher/live/livetest"
	"usher/role"
	"usher/room"
)

// mustCount compares the counts of the room with its rows.
func (k *kernel) mustCount(t *testing.T, after string) *room.Counts {
	t.Helper()
	counts, err := k.services.Rows.Counts(t.Context(), []string{k.roomID})
	if err != nil {
		t.Fatal(err)
	}
	got, want := map[string]int{}, map[string]int{}
	for _, p := range k.db.Read.Participant.Query().AllX(t.Context()) {
		want[string(p.State)]++
		want[string(p.State)+" "+string(p.Role)]++
		if p.State == participant.StateInRoom && k.presence.Online(k.roomID, p.ID) {
			want["here"]++
			want["here "+string(p.Role)]++
		}
	}
	note := func(c room.ByState, as string) {
		for state, n := range map[participant.State]int{
			participant.StateLobby: c.Lobby, participant.StateWaiting: c.Waiting, participant.StateInRoom: c.InRoom, participant.StateLeft: c.Left,
			participant.StateDenied: c.Denied, participant.StateRemoved: c.Removed, participant.StateBlocked: c.Blocked, "here": c.InRoomNow(),
		} {
			if n > 0 {
				got[string(state)+as] = n
			}
		}
	}
	note(counts[k.roomID].ByState, "")
	for _, of := range counts[k.roomID].Roles {
		note(of.ByState, " "+string(of.Role))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("after %s (-rows +counts):\n%s", after, diff)
	}
	return counts[k.roomID]
}

func TestP5_ARoomIsCountedByItsEventsAsByItsRows(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		k := mustKernel(t, databaseURL)
		guests := k.mustCrowd(t, 12)
		k.mustCount(t, "the start")
		chance := rand.New(rand.NewPCG(1, 2))
		ids := k.db.Read.Participant.Query().Order(participant.ByID()).IDsX(t.Context())
		pick := func() (auth.Actor, string) { return guests[chance.IntN(len(guests))], ids[chance.IntN(len(ids))] }
		steps := map[string]func(guest auth.Actor, id string) error{
			"entering": func(guest auth.Actor, _ string) error {
				_, err := k.services.Places.Enter(t.Context(), guest, k.roomID)
				return err
			},
			"leaving": func(guest auth.Actor, _ string) error {
				_, err := k.services.Places.Leave(t.Context(), guest, k.roomID)
				return err
			},
			"another role": func(_ auth.Actor, id string) error {
				_, err := k.services.Places.ChangeRole(t.Context(), k.owner, room.ChangeRoleInput{
					ParticipantID: id, Role: role.RoomRoles[chance.IntN(len(role.RoomRoles))],
				})
				return err
			},
			"a removal": func(_ auth.Actor, id string) error {
				_, err := k.services.Places.Remove(t.Context(), k.owner, id, chance.IntN(2) == 0)
				return err
			},
			"an invitation": func(auth.Actor, string) error {
				k.mustInvite(t, fmt.Sprintf("late%d@example.org", chance.IntN(1_000_000)), role.Speaker)
				return nil
			},
			"another admission": func(auth.Actor, string) error {
				to := []entroom.Admission{entroom.AdmissionApproval, entroom.AdmissionAutomatic}[chance.IntN(2)]
				_, err := k.services.Rooms.Update(t.Context(), k.owner, room.UpdateRoomInput{RoomID: k.roomID, Admission: &to})
				return err
			},
			"somebody online": func(_ auth.Actor, id string) error { k.presence.Connect(k.roomID, id); return nil },
		}
		names := []string{
			"entering", "entering", "entering", "leaving", "another role", "another role", "a removal", "an invitation", "another admission", "somebody online",
		}
		most, done := 0, map[string]int{}
		for range 300 {
			name := names[chance.IntN(len(names))]
			if steps[name](pick()) == nil {
				done[name]++
			}
			most = max(most, k.mustCount(t, name).InRoomNow())
		}
		if r, err := k.services.Rooms.Get(t.Context(), k.owner, k.roomID); err != nil {
			t.Fatal(err)
		} else if _, err := k.services.Sessions.End(t.Context(), k.owner, *r.CurrentSessionID); err != nil {
			t.Fatal(err)
		}
		k.mustCount(t, "the end")
		if most < 3 || len(done) != len(steps) {
			t.Errorf("at most %d people were in the room and online; what succeeded: %v", most, done)
		}
	})
}

// BenchmarkCounting counts a crowd of which everyone is online, after one of them came in or left.
func BenchmarkCounting(b *testing.B) {
	const people = 10_000
	for database, open := range map[string]func(testing.TB) string{"SQLite": livetest.SQLite, "PostgreSQL": livetest.Postgres} {
		b.Run(database, func(b *testing.B) {
			k := mustKernel(b, open(b))
			guests := k.mustCrowd(b, people)
			for _, id := range k.db.Read.Participant.Query().IDsX(b.Context()) {
				k.presence.Connect(k.roomID, id)
			}
			for i := 0; b.Loop(); i++ {
				b.StopTimer()
				move := k.services.Places.Enter
				if i%2 == 1 {
					move = k.services.Places.Leave
				}
				if _, err := move(b.Context(), guests[0], k.roomID); err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
				if _, err := k.services.Rows.Counts(b.Context(), []string{k.roomID}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
