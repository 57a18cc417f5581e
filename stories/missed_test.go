package stories

import (
	"fmt"
	"testing"
	"time"

	. "usher/sitetest"
)

func TestT13_WhoComesBackReadsHowMuchTheyMissed(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		v := mustVote(h)
		missed := func(who *Client, after int) string {
			t.Helper()
			m := who.MustAsk(`query($id: ID!, $after: Int!) { room(id: $id) { missed(after: $after) { messages questions interactions } } }`,
				Object{"id": v.ID, "after": after}).In("room.missed")
			return fmt.Sprint(m.Int("messages"), " ", m.Int("questions"), " ", m.Int("interactions"))
		}
		keys := 0
		key := func() string { keys++; return fmt.Sprintf("a-key-of-what-was-missed-%d", keys) }
		write := func(who, channel string) string {
			t.Helper()
			return v.people[who].Must("sendMessage", Object{"roomId": v.ID, "channel": channel, "text": "Hello", "key": key()}, "chatMessage { id }").Text("chatMessage.id")
		}
		ask := func(who string) string {
			t.Helper()
			h.Advance(10 * time.Second)
			return v.people[who].Must("askQuestion", Object{"roomId": v.ID, "text": "Why?", "key": key()}, "question { id }").Text("question.id")
		}
		write("speaker", "CHAT")
		ask("speaker")
		v.call("moderator", "stopInteraction", named(v.start(poll(nil))))
		left := v.Revision()
		Same(t, "before anything else", missed(v.people["viewer"], left), "0 0 0")
		h.Advance(time.Minute)
		write("speaker", "CHAT")
		write("viewer", "CHAT")
		write("speaker", "BACKCHANNEL")
		v.Host.Must("hideMessage", Object{"messageId": write("speaker", "CHAT")}, "")
		v.people["speaker"].Must("deleteMessage", Object{"messageId": write("speaker", "CHAT")}, "")
		ask("viewer")
		ask("moderator")
		v.Host.Must("dismissQuestion", Object{"questionId": ask("moderator")}, "")
		v.Host.Must("updateTools", Object{"roomId": v.ID, "questions": "MODERATED"}, "")
		waits := ask("speaker")
		v.start(poll(nil))
		v.draft(poll(nil))
		Same(t, "what others did", missed(v.people["viewer"], left), "1 1 1")
		Same(t, "to the manager", missed(v.Host, left), "2 2 1")
		Same(t, "from the start", missed(v.people["viewer"], 0), "2 2 2")
		v.Host.Must("publishQuestion", Object{"questionId": waits}, "")
		Same(t, "with a question that waited", missed(v.people["viewer"], left), "1 2 1")
		v.Host.Must("clearChannel", Object{"roomId": v.ID, "channel": "CHAT", "on": true}, "")
		Same(t, "with a chat that was cleared", missed(v.people["viewer"], left), "0 2 1")
		Same(t, "up to now", missed(v.people["viewer"], v.Revision()), "0 0 0")
		v.people["viewer"].Must("leaveRoom", Object{"roomId": v.ID}, "")
		Same(t, "outside of the room", missed(v.people["viewer"], 0), "0 0 0")
	})
}

func TestQ3_WhoMayAskNoMoreReadsItAfterAReload(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		q := mustQuestion(h, nil)
		reads := func(who string) any {
			t.Helper()
			return q.people[who].MustAsk(`query($id: ID!) { room(id: $id) { askingPause { until } } }`, Object{"id": q.ID}).At("room.askingPause")
		}
		id := q.ask("viewer", "Why?", Object{"anonymous": true})
		Same(t, "before", reads("viewer"), nil)
		until := h.Now().Add(time.Hour)
		q.people["moderator"].Must("muteAsker", Object{"questionId": id, "on": true, "until": Stamp(until)}, "")
		Same(t, "its author", reads("viewer"), any(map[string]any{"until": Stamp(until)}))
		for _, who := range []string{"speaker", "moderator", "manager"} {
			Same(t, "the "+who, reads(who), nil)
		}
		h.Advance(time.Hour - time.Millisecond)
		Same(t, "1 ms before the end", reads("viewer") != nil, true)
		h.Advance(time.Millisecond)
		Same(t, "at the end", reads("viewer"), nil)
		q.people["moderator"].Must("muteAsker", Object{"questionId": id, "on": true}, "")
		Same(t, "for the session", reads("viewer"), any(map[string]any{"until": nil}))
		q.people["moderator"].Must("muteAsker", Object{"questionId": id, "on": false}, "")
		Same(t, "after it was taken back", reads("viewer"), nil)
	})
}
