package stories

import (
	"fmt"
	"testing"

	. "usher/sitetest"
)

// reactionsDocument follows the reactions of a room.
const reactionsDocument = `subscription($room: ID!) { tally(roomId: $room) { tick reactions { reaction count } } }`

// shows waits until a tally has these reactions.
func shows(o *Subscription, want string) {
	o.T.Helper()
	for got := ""; got != want; {
		tally := o.Next().Data.In("tally")
		got = fmt.Sprint(tally.Texts("reactions", "reaction"))
		for _, one := range tally.List("reactions") {
			got += fmt.Sprint(" ", one.Int("count"))
		}
	}
}

func TestH5_ReactionsAreCountedForEveryoneAndStoredNowhere(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := mustTalk(h)
		viewer, manager := c.people["viewer"], c.Host
		var tallies []*Subscription
		for _, who := range everyone {
			tallies = append(tallies, c.people[who].Connect().Subscribe(reactionsDocument, Object{"room": c.ID}))
		}
		before := c.Revision()
		react := func(who *Client, reaction string) {
			who.Must("react", Object{"roomId": c.ID, "reaction": reaction}, "room { id }")
		}
		react(manager, "HEART")
		for range 12 { // the clock of the story stands still
			react(viewer, "CLAP")
		}
		for _, o := range tallies {
			shows(o, "[CLAP HEART] 10 1")
		}
		Same(t, "the events", len(c.Kinds(before)), 0)
	})
}

func TestH5_ReasonsThatNobodyReacts(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := mustTalk(h)
		viewer, moderator, with := c.people["viewer"], c.people["moderator"], Object{"roomId": c.ID, "reaction": "WOW"}
		moderator.Must("updateTools", Object{"roomId": c.ID, "reactions": false}, "")
		viewer.Refused("REACTIONS_OFF", "react", with)
		moderator.Must("updateTools", Object{"roomId": c.ID, "reactions": true}, "")
		moderator.Must("muteParticipant", Object{"participantId": c.places["viewer"]}, "")
		viewer.Refused("MUTED", "react", with)
		c.Update(Object{"chatAndCollaboration": false})
		moderator.Refused("CHAT_AND_COLLABORATION_OFF", "react", with)
		c.Update(Object{"chatAndCollaboration": true})
		viewer.Must("leaveRoom", Object{"roomId": c.ID}, "")
		viewer.Fails("FORBIDDEN", "react", with)
		c.Command("endSession")
		c.Host.Refused("SESSION_NOT_OPEN", "react", with)
	})
}
