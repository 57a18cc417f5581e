package main

import "testing"

func TestP2_WhoWasDeniedTwiceIsToldThatAskingAgainIsOfNoUse(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		room := h.Hall(h.User("ada@example.com"), object{"admission": "APPROVAL"})
		grace := h.Browser()
		place := grace.Redeem(room.Invite("grace@example.org", nil))
		room.Command("startSession")
		enter := object{"roomId": room.id}
		stands := func(when, state string, mayAsk bool) {
			t.Helper()
			mine := grace.MustAsk("query ($id: ID!) { room(id: $id) { myParticipant { state mayAskAgain } } }", object{"id": room.id})
			same(t, when, mine.In("room.myParticipant"), object{"state": state, "mayAskAgain": mayAsk})
		}
		for _, denial := range []struct {
			when   string
			mayAsk bool
		}{{"denied once", true}, {"denied twice", false}} {
			grace.Must("enterRoom", enter, "")
			room.host.Must("denyParticipant", object{"participantId": place}, "")
			stands(denial.when, "DENIED", denial.mayAsk)
		}
		grace.Refused("ENTRY_DENIED", "enterRoom", enter)
		room.host.Must("unblockParticipant", object{"participantId": place}, "")
		stands("allowed again", "REMOVED", true)
	})
}
