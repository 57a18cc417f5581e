package stories

import (
	"fmt"
	"strings"
	"testing"
	"time"

	. "usher/sitetest"
)

func TestN7_TheTallyHasWhatItsReaderMaySee(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		v := mustVote(h)
		const document = `subscription($room: ID!) { tally(roomId: $room) { tick interaction { id answers options { id answers } words { word answers } } } }`
		of := v.start(poll(Object{"share": "WHEN_ASKED"}))
		lobby := v.Invite("lobby@example.org", nil).BearerGuest()
		streams := map[string]*Subscription{"lobby": lobby.Connect().Subscribe(document, Object{"room": v.ID})}
		for name, c := range v.people {
			streams[name] = c.Connect().Subscribe(document, Object{"room": v.ID})
		}
		// until reads somebody's tallies until one says this of the interaction.
		until := func(who, want string) {
			t.Helper()
			for {
				got, tally := "none", streams[who].Next().Data.In("tally")
				if tally.At("interaction") != nil {
					got = fmt.Sprint(tally.Int("interaction.answers"))
					if tally.At("interaction.options") != nil {
						got += ": " + counts(tally.In("interaction"))
					}
				}
				if got == want {
					return
				}
				if who == "lobby" || who == "viewer" && strings.Contains(got, ":") && !strings.Contains(want, ":") {
					t.Fatalf("the tally of the %s says %q", who, got)
				}
			}
		}
		until("lobby", "none")
		for _, who := range rolesOfVoters {
			v.call(who, "answerInteraction", choosing(of, 1))
		}
		until("manager", "3: 0 3")
		until("moderator", "3: 0 3")
		until("viewer", "3")
		v.call("moderator", "shareResults", named(of))
		until("viewer", "3: 0 3")
		v.call("speaker", "answerInteraction", choosing(of, 0))
		until("viewer", "3: 1 2")
		v.call("moderator", "stopInteraction", named(of))
		until("viewer", "none")
	})
}

func TestT2_T8_InteractionsEndWithTheirSessionAndDraftsGoOn(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		v := mustVote(h)
		first, second := v.draft(poll(Object{"title": "First?"})), v.draft(poll(Object{"title": "Second?"}))
		of := v.start(poll(nil))
		v.Update(Object{"chatAndCollaboration": false})
		Same(t, "the events", v.Kinds(v.Revision()-2), []string{"InteractionChanged", "RoomUpdated"})
		Same(t, "while the tools are off", v.reads("manager", of) == nil, true)
		v.refused("manager", "CHAT_AND_COLLABORATION_OFF", "startInteraction", named(first))
		v.refused("manager", "CHAT_AND_COLLABORATION_OFF", "createInteraction", v.asked(poll(nil)))
		v.Update(Object{"chatAndCollaboration": true})
		Same(t, "once they are on again", v.reads("viewer", of).Text("state"), "STOPPED")
		v.Command("endSession")
		v.Host.Must("scheduleSession", Object{"roomId": v.ID, "startsAt": Stamp(h.Now().Add(time.Hour))}, "")
		list := v.Host.MustAsk(`query($id: ID!) { room(id: $id) { interaction { id } interactions { nodes { title state options { text } } } } }`, Object{"id": v.ID})
		titles := []string{}
		for _, i := range list.List("room.interactions.nodes") {
			titles = append(titles, i.Text("title")+" "+i.Text("state")+" "+i.List("options")[1].Text("text"))
		}
		Same(t, "the interactions of the next session", titles, []string{"Second? DRAFT Friday", "First? DRAFT Friday"})
		Same(t, "one of the session before", v.reads("manager", second) == nil, true)
	})
}
