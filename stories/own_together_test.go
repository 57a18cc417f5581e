package stories

import (
	"fmt"
	"testing"

	. "usher/sitetest"
)

// Subscribers whose document shows them something of their own get messages of their own, but what these show is read for all at once.

// aboutOneself selects what differs between askers, and what that leads to.
const aboutOneself = `subscription($room: ID!, $after: Int) { roomEvents(roomId: $room, after: $after) { __typename revision
	room { title myRights myParticipant { id displayName role state invitedBy queuePosition mayChangeRole session { state } } managers { user { name } } } } }`

func TestV6_AnEventCostsTheSameStatementsHoweverManyAskForSomethingOfTheirOwn(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		statements := h.CountReads()
		host := h.User("ada@example.com")
		costs := func(n int) int64 {
			room := h.Hall(host, nil)
			var places []string
			var tickets []*Ticket
			var watched []*Subscription
			for i := range n {
				tickets = append(tickets, room.Invite(fmt.Sprintf("guest%d@example.org", i), Object{"role": []string{"VIEWER", "SPEAKER"}[i%2]}))
				guest := tickets[i].BearerGuest()
				places = append(places, guest.MustAsk(`query($id: ID!) { room(id: $id) { myParticipant { id } } }`, Object{"id": room.ID}).Text("room.myParticipant.id"))
				watched = append(watched, guest.Watch(aboutOneself, room.ID, room.Revision()))
			}
			room.Begin(watched...)
			room.Update(Object{"title": "All are here"})
			// hear checks what each hears next: an event with the place of its own.
			hear := func(title, state string, from int) {
				t.Helper()
				for i, o := range watched[from:] {
					for {
						event := o.Event()
						if event.Text("room.title") != title || event.TextIfAny("room.myParticipant.state") != state {
							continue
						}
						Same(t, fmt.Sprint("the place of subscriber ", i), event.In("room.myParticipant"), Object{
							"id": places[from+i], "displayName": event.Text("room.myParticipant.displayName"),
							"role": []string{"VIEWER", "SPEAKER"}[(from+i)%2], "state": state, "invitedBy": event.Text("room.myParticipant.invitedBy"),
							"queuePosition": nil, "mayChangeRole": false, "session": map[string]any{"state": event.Text("room.myParticipant.session.state")},
						})
						break
					}
				}
			}
			hear("All are here", "COUNTDOWN", 0)
			before := statements.Load()
			room.Update(Object{"title": "Assembly"})
			hear("Assembly", "COUNTDOWN", 0)
			spent := statements.Load() - before
			room.Command("startSession")
			hear("Assembly", "LOBBY", 0)
			host.Must("removeParticipant", Object{"participantId": places[0], "block": true}, "")
			for event := watched[0].Event(); event.Text("__typename") != "ParticipantRemoved"; event = watched[0].Event() {
			}
			room.Update(Object{"title": "Without the first"})
			hear("Without the first", "LOBBY", 1)
			select {
			case m := <-watched[0].Heard:
				Same(t, "after the block comes", m.Kind, "complete")
			case code := <-watched[0].Closed:
				Same(t, "after the block the connection closes with", code, 4403)
			}
			return spent
		}
		few, many := costs(2), costs(60)
		if many > few+5 { // the server's own work goes on meanwhile
			t.Errorf("an event costs %d statements for 60 askers, %d for 2", many, few)
		}
		t.Logf("%d statements for 2 askers, %d for 60", few, many)
	})
}
