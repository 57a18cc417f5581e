package stories

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"usher/ent"
	"usher/ent/participant"
	"usher/ent/room"
	"usher/ent/schema"
	"usher/live"
	"usher/live/livetest"
	"usher/role"
	. "usher/sitetest"
)

// Of 10,000 people, a page of the attendance takes as many statements as of a few, and a summary one for each 5,000 events.
func TestT12_TheSummaryOfACrowdIsReadInOnePass(t *testing.T) {
	livetest.Long(t)
	OnEach(t, func(t *testing.T, h *House) {
		const people, page = 10_000, 100
		crowd := h.Hall(h.User("ada@example.com"), nil)
		crowd.Command("startSession")
		began := h.Now()
		err := h.Parts.Log.Write(t.Context(), func(tx *live.Tx) error {
			places, events, revision := []*ent.ParticipantCreate{}, []*ent.EventCreate{}, crowd.Revision()
			for n := range people {
				id := fmt.Sprintf("p_%05d", n)
				places = append(places, tx.Participant.Create().SetID(id).SetRoomID(crowd.ID).SetSessionID(crowd.Session).
					SetEmail(fmt.Sprintf("person%05d@example.org", n)).SetDisplayName(fmt.Sprintf("Person %05d", n)).
					SetState(participant.StateLeft).SetRole(role.Viewer).SetCreatedAt(tx.At))
				for state, after := range map[participant.State]time.Duration{participant.StateInRoom: 0, participant.StateLeft: time.Duration(n%60) * time.Minute} {
					at := revision + n + 1
					if state == participant.StateLeft {
						at += people
					}
					events = append(events, tx.Event.Create().SetRoomID(crowd.ID).SetRevision(at).SetKind("ParticipantChanged").SetAudience(0).
						SetSessionID(crowd.Session).SetParticipantID(id).SetAt(began.Add(after)).SetDetail(schema.EventDetail{State: string(state)}))
				}
			}
			for some := range slices.Chunk(places, 500) {
				if err := tx.Participant.CreateBulk(some...).Exec(t.Context()); err != nil {
					return err
				}
			}
			for some := range slices.Chunk(events, 500) {
				if err := tx.Event.CreateBulk(some...).Exec(t.Context()); err != nil {
					return err
				}
			}
			return tx.Room.Update().Where(room.ID(crowd.ID)).SetRevision(revision + 2*people).Exec(t.Context())
		})
		if err != nil {
			t.Fatal(err)
		}
		counted := countStatements(h)
		const summary = `query($id: ID!) { room(id: $id) { summary { came mostAtOnce averageSeconds } } }`
		crowd.Host.MustAsk(summary, Object{"id": crowd.ID}) // and finds the account
		from := time.Now()
		n, sum := counted.Of(crowd.Host, summary, Object{"id": crowd.ID})
		t.Logf("the summary took %v and %d statements", time.Since(from), n)
		// Of each 60 people, the first left at once and the last after 59 minutes.
		seconds := 0
		for n := range people {
			seconds += n % 60 * 60
		}
		Same(t, "the summary", []int{sum.Int("room.summary.came"), sum.Int("room.summary.mostAtOnce"), sum.Int("room.summary.averageSeconds")},
			[]int{people, people, seconds / people})
		if n > 10 {
			t.Errorf("a summary takes %d statements", n)
		}
		for _, after := range []any{nil, cursorAfter(crowd, page)} {
			from = time.Now()
			n, list := counted.Of(crowd.Host, attendanceDocument, Object{"id": crowd.ID, "first": page, "after": after})
			t.Logf("a page took %v and %d statements", time.Since(from), n)
			Same(t, "people, of all", []int{len(list.List("room.attendance.nodes")), list.Int("room.attendance.totalCount")}, []int{page, people})
			if n > 8 {
				t.Errorf("a page takes %d statements", n)
			}
		}
	})
}

// cursorAfter returns the end of the first page of the attendance.
func cursorAfter(room *Hall, page int) string {
	return room.Host.MustAsk(attendanceDocument, Object{"id": room.ID, "first": page}).Text("room.attendance.pageInfo.endCursor")
}
