package stories

import (
	"testing"

	. "usher/sitetest"
)

func TestP2_SomebodyDeniedTwiceLearnsThatAskingAgainIsUseless(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), Object{"admission": "APPROVAL"})
		grace := h.Browser()
		place := grace.Redeem(room.Invite("grace@example.org", nil))
		room.Command("startSession")
		enter := Object{"roomId": room.ID}
		stands := func(when, state string, mayAsk bool) {
			t.Helper()
			mine := grace.MustAsk("query ($id: ID!) { room(id: $id) { myParticipant { state mayAskAgain } } }", Object{"id": room.ID})
			Same(t, when, mine.In("room.myParticipant"), Object{"state": state, "mayAskAgain": mayAsk})
		}
		for _, denial := range []struct {
			when   string
			mayAsk bool
		}{{"denied once", true}, {"denied twice", false}} {
			grace.Must("enterRoom", enter, "")
			room.Host.Must("denyParticipant", Object{"participantId": place}, "")
			stands(denial.when, "DENIED", denial.mayAsk)
		}
		grace.Refused("ENTRY_DENIED", "enterRoom", enter)
		room.Host.Must("unblockParticipant", Object{"participantId": place}, "")
		stands("allowed again", "REMOVED", true)
	})
}
