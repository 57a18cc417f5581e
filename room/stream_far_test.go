package room_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"usher/auth"
	"usher/ent"
	"usher/ent/invitation"
	"usher/ent/participant"
	"usher/ent/schema"
	"usher/live"
	"usher/live/livetest"
	"usher/role"
	"usher/room"
)

// got is an event that a stream returned.
type got struct {
	revision int
	as       room.Audience
}

// readAll reads a stream up to the log's end, or to its own.
func readAll(t *testing.T, st *room.Stream) (all []got, ended bool) {
	t.Helper()
	for {
		seen, ended, err := st.Read(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range seen {
			all = append(all, got{s.Row.Revision, s.Audience})
		}
		if ended || len(seen) == 0 && !st.Skipped() {
			return all, ended
		}
	}
}

// A reader who comes back from thousands of events before gets what they would have got meanwhile, and reads hardly more than that.
func TestV4_AReaderWhoIsFarBehindGetsTheSameEventsAsOneWhoKeepsUp(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		k := mustKernel(t, databaseURL)
		read := func(email string) (*ent.Participant, error) {
			return k.db.Read.Participant.Query().Where(participant.HasInvitationWith(invitation.Email(email))).Only(t.Context())
		}
		place, err := read("viewer@example.org")
		if err != nil {
			t.Fatal(err)
		}
		own := live.Entry{ParticipantID: place.ID, InvitationID: *place.InvitationID}
		with := func(of live.Entry, detail schema.EventDetail) live.Entry {
			of.Detail = detail
			return of
		}
		chance := rand.New(rand.NewPCG(1, 2))
		other := func() live.Entry { return live.Entry{ParticipantID: fmt.Sprint("p_", chance.IntN(100))} }
		// happen writes an event by chance, mostly for managers. rare are events about the viewer.
		happen := func(tx *live.Tx, rare bool) error {
			emit := func(kind string, as room.Audience, e live.Entry) error {
				return tx.Emit(t.Context(), k.roomID, kind, as.Stored(), e)
			}
			switch n := chance.IntN(1000); {
			case rare && n < 3:
				return emit("RolePromoted", room.InRoom, with(own, schema.EventDetail{PreviousRole: role.Viewer, Role: role.Moderator}))
			case rare && n < 6:
				return emit("RoleDemoted", room.InRoom, with(own, schema.EventDetail{PreviousRole: role.Moderator, Role: role.Viewer}))
			case rare && n < 10:
				state := []participant.State{participant.StateInRoom, participant.StateLeft}[chance.IntN(2)]
				return emit("ParticipantChanged", room.Moderators, with(own, schema.EventDetail{State: string(state), Role: role.Viewer}))
			case n < 13:
				return emit("RoomUpdated", room.Everyone, live.Entry{})
			case n < 16:
				return emit("ParticipantChanged", room.InRoom, with(other(), schema.EventDetail{State: "IN_ROOM", Role: role.Speaker}))
			case n < 300:
				return emit("ParticipantChanged", room.Moderators, with(other(), schema.EventDetail{State: "IN_ROOM", Role: role.Viewer}))
			}
			return emit("InvitationOpened", room.Managers, live.Entry{InvitationID: fmt.Sprint("i_", chance.IntN(100))})
		}
		var streams, steady, far []*room.Stream
		for _, actor := range []auth.Actor{k.viewer, k.moderator, k.owner} {
			for range 2 {
				st, err := k.services.News.Stream(t.Context(), actor, k.roomID, nil, nil)
				if err != nil {
					t.Fatal(err)
				}
				defer st.Close()
				streams = append(streams, st)
			}
			steady, far = append(steady, streams[len(streams)-2]), append(far, streams[len(streams)-1])
		}
		begun := far[0].Position()
		want := make([][]got, len(steady))
		for range 40 {
			k.mustWrite(t, func(tx *live.Tx) error {
				for range 100 {
					if err := happen(tx, true); err != nil {
						return err
					}
				}
				return nil
			})
			for i, st := range steady {
				seen, _ := readAll(t, st)
				want[i] = append(want[i], seen...)
			}
		}
		for i, st := range far {
			if seen, ended := readAll(t, st); ended || !slices.Equal(seen, want[i]) || st.Position() != begun+4000 {
				t.Errorf("reader %d gets %d events up to %d (ended %v), who keeps up %d", i, len(seen), st.Position(), ended, len(want[i]))
			}
		}
		if n := len(want[0]); n < 20 || n > 3000 {
			t.Errorf("the viewer gets %d of 4000 events, so this says little", n)
		}

		// Access ends far behind, among events of others.
		before := steady[0].Position()
		entries := slices.Repeat([]live.Emission{{Kind: "InvitationOpened", Audience: int(room.Managers), Entry: live.Entry{InvitationID: "i_1"}}}, 3001)
		entries[1500] = live.Emission{Kind: "InvitationRevoked", Audience: int(room.Managers), Entry: own}
		k.mustWrite(t, func(tx *live.Tx) error { return tx.EmitAll(t.Context(), k.roomID, entries) })
		reads := mustCount(t, k.db, k.log)
		reads.reads = map[string]int{}
		seen, ended := readAll(t, far[0])
		if !ended || len(seen) != 1 || seen[0].revision != before+1501 {
			t.Errorf("a viewer whose link is revoked gets %v (ended %v), want revision %d and the end", seen, ended, before+1501)
		}
		if reads.all > 20 {
			t.Errorf("it takes %d statements", reads.all)
		}
	})
}

// A page that was closed while the crowd came in reads a handful of rows.
func TestV4_ComingBackFromLongAgoTakesFewStatements(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		k := mustKernel(t, databaseURL)
		r, err := k.services.Rooms.Get(t.Context(), k.viewer, k.roomID)
		if err != nil {
			t.Fatal(err)
		}
		entries := slices.Repeat([]live.Emission{{Kind: "InvitationOpened", Audience: int(room.Managers)}}, 10_000)
		entries[9_000] = live.Emission{Kind: "RoomUpdated", Audience: int(room.Everyone)}
		k.mustWrite(t, func(tx *live.Tx) error { return tx.EmitAll(t.Context(), k.roomID, entries) })
		counted := mustCount(t, k.db, k.log)
		counted.reads = map[string]int{}
		for name, late := range map[string]bool{"a page that comes back": false, "a reader who had to wait": true} {
			before := counted.all
			st, err := k.services.News.Stream(t.Context(), k.viewer, k.roomID, &r.Revision, nil)
			if err != nil {
				t.Fatal(err)
			}
			if late {
				st.Recheck(k.viewer)
			}
			seen, ended := readAll(t, st)
			if ended || !slices.Equal(seen, []got{{r.Revision + 9_001, room.InRoom}}) || st.Position() != r.Revision+10_000 {
				t.Errorf("%s gets %v up to %d (ended %v)", name, seen, st.Position(), ended)
			}
			if n := counted.all - before; n > 30 {
				t.Errorf("%s takes %d statements", name, n)
			}
			st.Close()
		}
	})
}

func (k *kernel) mustWrite(t *testing.T, write func(tx *live.Tx) error) {
	t.Helper()
	if err := k.log.Write(t.Context(), write); err != nil {
		t.Fatal(err)
	}
}
