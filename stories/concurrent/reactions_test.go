package concurrent

import (
	"testing"

	. "usher/sitetest"
)

func TestH1_H5_PeopleOfTwoServersSeeHandsAndReactions(t *testing.T) {
	t.Parallel()
	servers := startServers(t, 2)
	room := servers[0].Hall(servers[0].User("ada@example.com"), nil)
	room.Command("startSession")
	guest := servers[1].At(room.Invite("guest@example.org", nil).BearerGuest())
	guest.Enter(room)
	tally := room.Host.Connect().Subscribe(`subscription($room: ID!) { tally(roomId: $room) { reactions { reaction count } } }`, Object{"room": room.ID})
	events := room.Host.Connect().Subscribe(`subscription($room: ID!, $after: Int) { roomEvents(roomId: $room, after: $after, tools: [HANDS]) {
		__typename ... on HandsRaised { hands { role } } } }`, Object{"room": room.ID, "after": room.Revision()})
	guest.Must("react", Object{"roomId": room.ID, "reaction": "WOW"}, "")
	for len(tally.Next().Data.List("tally.reactions")) == 0 {
	}
	guest.Must("raiseHand", Object{"roomId": room.ID, "role": "SPEAKER"}, "")
	Same(t, "the hands", events.Expect("HandsRaised").Texts("hands", "role"), []string{"SPEAKER"})
}
