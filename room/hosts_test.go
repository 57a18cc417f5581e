package room_test

import (
	"fmt"
	"testing"

	"usher/auth"
	"usher/ent/participant"
	"usher/live/livetest"
	"usher/role"
	"usher/room"
)

// Whoever enters shares the reading of who is here. The list must be the one that everyone reads alone.
func TestTheSharedListOfWhoIsHereIsTheListOfEachAsker(t *testing.T) {
	livetest.Each(t, func(t *testing.T, url string) {
		k := mustKernel(t, url)
		b := k.mustInvite(t, "b@example.org", role.Speaker)
		k.mustInvite(t, "a@example.org", role.Speaker)
		k.mustInvite(t, "other@example.org", role.Viewer)
		away := k.mustInvite(t, "away@example.org", role.Speaker)
		if _, err := k.services.Places.Leave(t.Context(), away, k.roomID); err != nil {
			t.Fatal(err)
		}
		here := room.ParticipantFilter{State: []participant.State{participant.StateInRoom}}
		alone := here
		alone.Role = role.RoomRoles // the same people, but nobody shares this list
		for _, asker := range []struct {
			who   string
			actor auth.Actor
			sees  int
		}{{"viewer", k.viewer, 4}, {"speaker", b, 3}} {
			r, err := k.services.Rooms.Get(t.Context(), asker.actor, k.roomID)
			if err != nil {
				t.Fatal(err)
			}
			for first := 1; first <= asker.sees+1; first++ {
				shared, err := k.services.Places.List(t.Context(), r, room.Page{First: first}, here)
				if err != nil {
					t.Fatal(err)
				}
				own, err := k.services.Places.List(t.Context(), r, room.Page{First: first}, alone)
				if err != nil {
					t.Fatal(err)
				}
				if got, want := textOf(shared), textOf(own); got != want || shared.Total != asker.sees {
					t.Errorf("the first %d of a %s are %s, want %s", first, asker.who, got, want)
				}
			}
		}
	})
}

func textOf(l room.List[*room.Participant]) string {
	text := fmt.Sprintf("%d, more %t:", l.Total, l.More)
	for i, p := range l.Nodes {
		text += fmt.Sprintf(" %s %s %s;", p.ID, p.Role, l.Cursors[i])
	}
	return text
}
