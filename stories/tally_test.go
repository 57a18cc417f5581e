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
		// follow returns what waits for a tally of three people with a gap. Servers learn of those who are online one by one.
		follow := func(who string) func(gap int) {
			s, last := c.people[who].Connect().Subscribe(document, Object{"room": c.ID}), 0
			return func(gap int) {
				t.Helper()
				for {
					tally := s.Next().Data.In("tally")
					if tally.Int("tick") <= last {
						t.Fatalf("the tick is %d after %d", tally.Int("tick"), last)
					}
					if last = tally.Int("tick"); tally.Int("chatGapSeconds") == gap && tally.Int("inRoom") == 3 {
						return
					}
				}
			}
		}
		viewer, manager := follow("viewer"), follow("manager")
		viewer(0)
		manager(0)
		slow := func(seconds int) {
			c.people["moderator"].Must("updateTools", Object{"roomId": c.ID, "slowModeSeconds": seconds}, "")
		}
		slow(30)
		viewer(30)
		manager(30)
		c.say("viewer", "CHAT", "one")
		at := MustTime(t, c.people["viewer"].Refused("SLOW_DOWN", "sendMessage", c.input("CHAT", "two")).Text("retryAt"))
		Same(t, "the time of the next message", at.Sub(h.Now()), 30*time.Second)
		c.say("moderator", "CHAT", "three")
		c.say("moderator", "CHAT", "four")
		slow(0)
		viewer(0)
	})
}
