package stories

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	. "usher/sitetest"
)

// with returns a message with more of its fields.
func (t *talking) with(channel, text string, more Object) Object {
	in := t.input(channel, text)
	for name, value := range more {
		in[name] = value
	}
	return in
}

// pinned returns the text of the pinned message that somebody reads in a channel, "" for none.
func (t *talking) pinned(who, channel string) string {
	t.H.T.Helper()
	got := t.people[who].MustAsk(`query($id: ID!, $channel: Channel!) { room(id: $id) { tools { pinned(channel: $channel) { text } } } }`,
		Object{"id": t.ID, "channel": channel})
	return got.TextIfAny("room.tools.pinned.text")
}

// another ends the session and opens a new one, in which the viewer is.
func (t *talking) another() {
	t.H.T.Helper()
	t.Command("endSession")
	t.Session = t.Host.Must("scheduleSession", Object{"roomId": t.ID, "startsAt": Stamp(t.H.Now())}, "session { id }").Text("session.id")
	t.Command("startSession")
	t.people["viewer"].Redeem(t.Invite("viewer@example.org", nil))
	t.people["viewer"].Enter(t.Hall)
}

func TestT2_B3_WhoIsNotInTheRoomReadsAndWritesNothing(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := mustTalk(h)
		c.say("speaker", "BACKCHANNEL", "between us")
		id := c.say("speaker", "CHAT", "hello")
		c.watch["speaker"].Expect("MessagesPosted", "MessagesPosted") // what they have not got before they leave, they do not get
		c.people["speaker"].Must("leaveRoom", Object{"roomId": c.ID}, "")
		Same(t, "the chat", c.reads("speaker", "CHAT"), "nothing")
		Same(t, "the backchannel", c.reads("speaker", "BACKCHANNEL"), "nothing")
		c.people["speaker"].Fails("FORBIDDEN", "sendMessage", c.input("CHAT", "from the lobby"))
		c.people["speaker"].Fails("NOT_FOUND", "editMessage", Object{"messageId": id, "text": "hi"})
		c.watch["speaker"].Expect("ParticipantChanged")
		c.say("manager", "BACKCHANNEL", "they are gone")
		c.Update(Object{"title": "Without them"})
		c.watch["speaker"].Expect("RoomUpdated")
	})
}

func TestT2_WithoutChatAndCollaborationNobodyReadsOrWrites(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := mustTalk(h)
		id := c.say("viewer", "CHAT", "before")
		c.Update(Object{"chatAndCollaboration": false})
		for _, who := range everyone {
			Same(t, "the chat for the "+who, c.reads(who, "CHAT"), "nothing")
			c.people[who].Refused("CHAT_AND_COLLABORATION_OFF", "sendMessage", c.input("CHAT", "while off"))
		}
		for name, with := range map[string]Object{
			"hideMessage": {"messageId": id}, "pinMessage": {"messageId": id}, "clearChannel": {"roomId": c.ID, "channel": "CHAT", "on": true}, "updateTools": {"roomId": c.ID, "chat": "OFF"},
			"muteParticipant": {"participantId": c.places["viewer"]}, "hideMessagesOf": {"participantId": c.places["viewer"]},
		} {
			c.people["moderator"].Refused("CHAT_AND_COLLABORATION_OFF", name, with)
		}
		Same(t, "by its id", c.people["viewer"].MustAsk(`query($id: ID!) { node(id: $id) { id } }`, Object{"id": id}).At("node"), nil)
		late := c.people["viewer"].Connect().Subscribe(talkingDocument, Object{"room": c.ID, "after": c.Revision() - 2})
		Same(t, "the messages sent while off", len(late.Expect("MessagesPosted").List("messages")), 0)
		late.Expect("RoomUpdated")
		c.Update(Object{"chatAndCollaboration": true})
		Same(t, "the chat, on again", c.reads("viewer", "CHAT"), "before")
		c.say("viewer", "CHAT", "after")
		late.Expect("RoomUpdated", "MessagesPosted")
	})
}

func TestT8_C9_ASessionHasItsOwnMessages(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := mustTalk(h)
		id := c.say("viewer", "CHAT", "early")
		c.people["moderator"].Must("pinMessage", Object{"messageId": id}, "")
		c.people["late"], _ = c.Guest("late@example.org", nil)
		c.people["late"].Enter(c.Hall)
		Same(t, "the chat for somebody late", c.reads("late", "CHAT"), "early")
		c.Command("endSession")
		c.people["manager"].Refused("SESSION_NOT_OPEN", "sendMessage", c.input("CHAT", "over"))
		c.Command("startSession")
		c.people["viewer"].Enter(c.Hall)
		c.say("viewer", "CHAT", "again")
		Same(t, "the chat, reopened", c.reads("viewer", "CHAT"), "early again")

		c.another()
		Same(t, "the chat of a new session", c.reads("viewer", "CHAT"), "")
		Same(t, "what is pinned", c.pinned("viewer", "CHAT"), "")
		c.people["viewer"].Fails("NOT_FOUND", "deleteMessage", Object{"messageId": id})
		c.people["viewer"].Refused("INVALID_VALUE", "sendMessage", c.with("CHAT", "an answer", Object{"replyTo": id}))
		c.say("viewer", "CHAT", "new")
		got := c.people["viewer"].MustAsk(`query($id: ID!) { room(id: $id) { events(first: 200, tools: [CHAT]) { ... on MessagesPosted { messages { text } } } } }`, Object{"id": c.ID})
		if posted := fmt.Sprint(got.At("room.events")); !strings.Contains(posted, "new") || strings.Contains(posted, "early") {
			t.Errorf("the history has %s", posted)
		}
	})
}

func TestC1_T3_C6_TextIsTakenAsItIsOrRefused(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := mustTalk(h)
		viewer := c.people["viewer"]
		for text, want := range map[string]string{
			"<b>bold</b> javascript:alert(1) \"><img onerror=x>": "<b>bold</b> javascript:alert(1) \"><img onerror=x>",
			"  a\tb\r\nc\u2028d ":                                "a b\nc\nd",
			"e\u0301":                                            "é",
			strings.Repeat("ß", 1000):                            strings.Repeat("ß", 1000),
			strings.Repeat("x\n", 19) + "x":                      strings.Repeat("x\n", 19) + "x",
		} {
			Same(t, "the text", viewer.Must("sendMessage", c.input("CHAT", text), "chatMessage { text }").Text("chatMessage.text"), want)
			h.Advance(10 * time.Second)
		}
		stranger := h.Hall(h.User("else@example.com"), nil)
		_, elsewhere := stranger.Guest("elsewhere@example.org", nil)
		back := c.say("speaker", "BACKCHANNEL", "back")
		deleted := c.say("viewer", "CHAT", "deleted")
		viewer.Must("deleteMessage", Object{"messageId": deleted}, "")
		many := make([]string, 11)
		for i := range many {
			many[i] = c.places["speaker"]
		}
		before := c.Revision()
		for _, wrong := range []struct {
			field string
			in    Object
		}{
			{"text", c.input("CHAT", "")},
			{"text", c.input("CHAT", " \u200b ")},
			{"text", c.input("CHAT", strings.Repeat("ß", 1001))},
			{"text", c.input("CHAT", strings.Repeat("x\n", 20)+"x")},
			{"text", c.input("CHAT", "z"+strings.Repeat("\u0335", 9))},
			{"text", c.input("CHAT", "left \u202e right")},
			{"replyTo", c.with("CHAT", "a", Object{"replyTo": back})},
			{"replyTo", c.with("CHAT", "a", Object{"replyTo": deleted})},
			{"mentions", c.with("CHAT", "a", Object{"mentions": []string{elsewhere}})},
			{"key", c.with("CHAT", "a", Object{"key": "short"})},
			{"key", c.with("CHAT", "a", Object{"key": strings.Repeat("é", 22)})},
		} {
			Same(t, fmt.Sprintf("the field for %.40q", wrong.in["text"]), viewer.Refused("INVALID_VALUE", "sendMessage", wrong.in)["field"], any(wrong.field))
		}
		viewer.Fails("BAD_USER_INPUT", "sendMessage", c.with("CHAT", "a", Object{"mentions": many}))
		viewer.Fails("BAD_USER_INPUT", "sendMessage", c.input("CHAT", "a\x00b"))
		Same(t, "the revision", c.Revision(), before)
	})
}

func TestC4_AChannelHasOnePinnedMessage(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := mustTalk(h)
		moderator := c.people["moderator"]
		first, second, back := c.say("viewer", "CHAT", "first"), c.say("viewer", "CHAT", "second"), c.say("speaker", "BACKCHANNEL", "back")
		for _, id := range []string{first, second, back} {
			moderator.Must("pinMessage", Object{"messageId": id}, "")
			moderator.Must("pinMessage", Object{"messageId": id}, "")
		}
		Same(t, "pinned in the chat", c.pinned("viewer", "CHAT"), "second")
		Same(t, "pinned in the backchannel, for a viewer", c.pinned("viewer", "BACKCHANNEL"), "")
		Same(t, "pinned in the backchannel", c.pinned("speaker", "BACKCHANNEL"), "back")
		c.people["viewer"].Must("deleteMessage", Object{"messageId": second}, "")
		Same(t, "pinned after it was deleted", c.pinned("viewer", "CHAT"), "")
		moderator.Refused("ALREADY_HANDLED", "pinMessage", Object{"messageId": second})
		moderator.Must("pinMessage", Object{"messageId": first}, "")
		moderator.Must("unpinMessage", Object{"roomId": c.ID, "channel": "CHAT"}, "")
		moderator.Must("unpinMessage", Object{"roomId": c.ID, "channel": "CHAT"}, "")
		Same(t, "pinned after it was unpinned", c.pinned("viewer", "CHAT"), "")
		c.watch["viewer"].Expect("MessagesPosted", "MessagesPosted", "MessagePinned", "MessagePinned", "MessagePinned", "MessagesChanged", "MessagePinned", "MessagePinned")
	})
}

func TestC5_AReplyShowsThePresentStateOfWhatItAnswers(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := mustTalk(h)
		first := c.say("viewer", "CHAT", "first")
		gone, place := c.Guest("gone@example.org", Object{"firstName": "Gone"})
		gone.Enter(c.Hall)
		in := c.with("CHAT", "answer", Object{"replyTo": first, "mentions": []string{c.places["viewer"], place}})
		gone.Must("leaveRoom", Object{"roomId": c.ID}, "")
		c.people["speaker"].Refused("INVALID_VALUE", "sendMessage", in) // they are not here, and wrote nothing
		gone.Enter(c.Hall)
		gone.Must("sendMessage", c.input("CHAT", "I was here"), "")
		gone.Must("leaveRoom", Object{"roomId": c.ID}, "")
		answer := c.people["speaker"].Must("sendMessage", in, "chatMessage { id mentions { name participantId } replyTo { text state } }").In("chatMessage")
		Same(t, "the names", answer.Texts("mentions", "name"), []string{"viewer Guest", "Gone Guest"})
		Same(t, "what it answers", answer.Text("replyTo.text"), "first")
		c.people["moderator"].Must("hideMessage", Object{"messageId": first}, "")
		read := func(who string) string {
			got := c.people[who].MustAsk(`query($id: ID!) { node(id: $id) { ... on ChatMessage { replyTo { text state } } } }`, Object{"id": answer.Text("id")})
			return got.Text("node.replyTo.state") + " " + got.TextIfAny("node.replyTo.text")
		}
		Same(t, "what it answers, hidden", read("viewer"), "HIDDEN ")
		Same(t, "what it answers, hidden, for a moderator", read("moderator"), "HIDDEN first")
	})
}

func TestB1_T5_ListsHavePagesOfOneChannel(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := mustTalk(h)
		for i := range 4 {
			c.say("speaker", "CHAT", fmt.Sprint("chat", i))
			c.say("manager", "BACKCHANNEL", fmt.Sprint("back", i))
		}
		page := func(channel string, after any) Object {
			return c.people["speaker"].MustAsk(`query($id: ID!, $channel: Channel!, $after: Cursor) { room(id: $id) { messages(channel: $channel, first: 3, after: $after) {
				nodes { text } totalCount pageInfo { endCursor hasNextPage } } } }`, Object{"id": c.ID, "channel": channel, "after": after}).In("room.messages")
		}
		first := page("CHAT", nil)
		Same(t, "the first page", fmt.Sprint(first.Texts("nodes", "text"), first.Int("totalCount")), "[chat3 chat2 chat1] 4")
		Same(t, "the second", fmt.Sprint(page("CHAT", first.At("pageInfo.endCursor")).Texts("nodes", "text")), "[chat0]")
		Same(t, "behind a cursor of the other channel", fmt.Sprint(page("BACKCHANNEL", first.At("pageInfo.endCursor")).Texts("nodes", "text")), "[back0]")
	})
}

func TestT11_C7_SlowModeIsForViewersAndSpeakers(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := mustTalk(h)
		set := func(seconds int) Object { return Object{"roomId": c.ID, "slowModeSeconds": seconds} }
		c.people["viewer"].Fails("FORBIDDEN", "updateTools", set(3))
		for _, wrong := range []int{-1, 3601} {
			c.people["moderator"].Refused("INVALID_VALUE", "updateTools", set(wrong))
		}
		before := c.Revision()
		c.people["moderator"].Must("updateTools", set(3600), "")
		c.people["manager"].Must("updateTools", set(60), "room { tools { chat slowModeSeconds } }")
		c.people["manager"].Must("updateTools", set(60), "")
		Same(t, "its events", c.Kinds(before), []string{"ToolsChanged", "ToolsChanged"})
		for _, who := range everyone {
			c.say(who, "CHAT", "one")
		}
		for _, who := range everyone[:2] {
			refused := c.people[who].Refused("SLOW_DOWN", "sendMessage", c.input("CHAT", "two"))
			Same(t, "the time for the "+who, refused.Text("retryAt"), Stamp(h.Now().Add(time.Minute)))
		}
		c.say("moderator", "CHAT", "two")
		c.say("speaker", "BACKCHANNEL", "two")
		h.Advance(time.Minute)
		c.say("viewer", "CHAT", "two")
	})
}

func TestV10_WhoModeratedIsForModerators(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := mustTalk(h)
		id, moderator := c.say("viewer", "CHAT", "rude"), c.people["moderator"]
		moderator.Must("pinMessage", Object{"messageId": id}, "")
		moderator.Must("hideMessage", Object{"messageId": id}, "")
		moderator.Must("restoreMessage", Object{"messageId": id}, "")
		moderator.Must("hideMessagesOf", Object{"participantId": c.places["viewer"]}, "")
		moderator.Must("clearChannel", Object{"roomId": c.ID, "channel": "CHAT", "on": true}, "")
		moderator.Must("muteParticipant", Object{"participantId": c.places["viewer"]}, "")
		moderator.Must("updateTools", Object{"roomId": c.ID, "chat": "OFF"}, "")
		kinds := []string{
			"MessagesPosted", "MessagePinned", "MessagePinned", "MessagesChanged", "MessagesChanged", "MessagesHidden", "ChannelCleared", "ParticipantMuted",
			"ToolsChanged",
		}
		for _, kind := range kinds {
			for _, who := range []string{"viewer", "moderator"} {
				want := map[bool]string{true: "moderator Guest"}[who == "moderator" && kind != "MessagesPosted" || kind == "ToolsChanged"]
				Same(t, "the actor of "+kind+" for the "+who, c.watch[who].Expect(kind).TextIfAny("actor"), want)
			}
		}
		moderator.Fails("FORBIDDEN", "muteParticipant", Object{"participantId": c.places["moderator"]})
	})
}

func TestV12_HiddenAndDeletedTextsAreNotSentAgain(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := mustTalk(h)
		before := c.Revision()
		hidden, deleted := c.say("viewer", "CHAT", "rude"), c.say("viewer", "CHAT", "wrong")
		c.people["moderator"].Must("hideMessage", Object{"messageId": hidden}, "")
		c.people["viewer"].Must("deleteMessage", Object{"messageId": deleted}, "")
		again := c.people["speaker"].Connect().Subscribe(talkingDocument, Object{"room": c.ID, "after": before})
		for range 4 {
			for _, m := range again.Event().List("messages") {
				if !slices.Contains([]string{"HIDDEN", "DELETED"}, m.Text("state")) || m.TextIfAny("text") != "" {
					t.Errorf("it is sent again: %v", m)
				}
			}
		}
	})
}
