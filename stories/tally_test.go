package stories

import (
	"testing"
	"time"

	. "usher/sitetest"
)

func TestC8_EveryoneFollowsTheTallyOfARoom(t *testing.T) {
	const document = `subscription($room: ID!) { tally(roomId: $room) { tick online inRoom chatGapSeconds } }`
	OnEach(t, func(t *testing.T, h *House) {
		c := mustTalk(h)
		follow := func(who string) (*Subscription, func() Object) {
			s := c.people[who].Connect().Subscribe(document, Object{"room": c.ID})
			return s, func() Object { t.Helper(); return s.Next().Data.In("tally") }
		}
		_, viewer := follow("viewer")
		_, manager := follow("manager")
		first := viewer()
		Same(t, "who is in the room", first.Int("inRoom"), 3)
		Same(t, "the gap", first.Int("chatGapSeconds"), 0)
		manager()
		slow := func(seconds int) {
			c.people["moderator"].Must("updateTools", Object{"roomId": c.ID, "slowModeSeconds": seconds}, "")
		}
		slow(30)
		last := viewer()
		Same(t, "the gap in slow mode", last.Int("chatGapSeconds"), 30)
		if last.Int("tick") <= first.Int("tick") {
			t.Errorf("the tick is %d after %d", last.Int("tick"), first.Int("tick"))
		}
		Same(t, "the gap for a manager", manager().Int("chatGapSeconds"), 30)
		c.say("viewer", "CHAT", "one")
		at := MustTime(t, c.people["viewer"].Refused("SLOW_DOWN", "sendMessage", c.input("CHAT", "two")).Text("retryAt"))
		Same(t, "the time of the next message", at.Sub(h.Now()), 30*time.Second)
		c.say("moderator", "CHAT", "three")
		c.say("moderator", "CHAT", "four")
		slow(0)
		Same(t, "the gap without slow mode", viewer().Int("chatGapSeconds"), 0)
	})
}
