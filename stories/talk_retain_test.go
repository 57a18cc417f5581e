package stories

import (
	"testing"
	"time"

	. "usher/sitetest"
)

func TestT9_MessagesAreDeletedThirtyDaysAfterTheirSession(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := mustTalk(h)
		for range 3 {
			c.say("viewer", "CHAT", "hello")
		}
		c.say("speaker", "BACKCHANNEL", "back")
		c.Command("endSession")
		ended := h.Now()
		stored := func() int {
			n, err := h.Parts.Database.Read.Message.Query().Count(t.Context())
			MustHave(t, "the number of messages", err)
			return n
		}
		const day = 24 * time.Hour
		h.Set(ended.Add(30 * day))
		h.Retain()
		Same(t, "messages 30 days after the session's end", stored(), 4)
		h.Set(ended.Add(30*day + time.Millisecond))
		h.Retain()
		Same(t, "messages a millisecond later", stored(), 0)
	})
}
