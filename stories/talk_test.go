package stories

import (
	"fmt"
	"strings"
	"testing"
	"time"

	. "usher/sitetest"
)

// talking is a room in session, with somebody of each role in it. Each follows the room with its chat and backchannel.
type talking struct {
	*Hall
	people map[string]*Client
	places map[string]string
	watch  map[string]*Subscription
	sent   int
}

const message = `id channel state text author { name role host participantId } replyTo { id state text } mentions { name } editedAt hiddenBy`

// talkingDocument follows a room with its tools.
const talkingDocument = `subscription($room: ID!, $after: Int) { roomEvents(roomId: $room, after: $after, tools: [CHAT, BACKCHANNEL]) {
	__typename revision actor
	... on MessagesPosted { channel messages { ` + message + ` } }
	... on MessagesChanged { channel messages { ` + message + ` } }
	... on MessagesHidden { participantId }
	... on ChannelCleared { channel restored }
	... on MessagePinned { channel pinned { id text } }
	... on ParticipantMuted { muted until }
	... on ToolsChanged { tools { chat slowModeSeconds } } } }`

func mustTalk(h *House) *talking {
	h.T.Helper()
	t := &talking{Hall: h.Hall(h.User("ada@example.com"), nil), people: map[string]*Client{}, places: map[string]string{}, watch: map[string]*Subscription{}}
	t.people["manager"] = t.Host
	t.Command("startSession")
	for _, name := range []string{"viewer", "speaker", "moderator"} {
		t.people[name] = h.Browser()
		t.places[name] = t.people[name].Redeem(t.Invite(name+"@example.org", Object{"role": strings.ToUpper(name), "firstName": name}))
		t.people[name].Enter(t.Hall)
	}
	at := t.Revision()
	for name, c := range t.people {
		t.watch[name] = c.Connect().Subscribe(talkingDocument, Object{"room": t.ID, "after": at})
	}
	return t
}

// input returns a message as a client sends it.
func (t *talking) input(channel, text string) Object {
	t.sent++
	return Object{"roomId": t.ID, "channel": channel, "text": text, "key": fmt.Sprintf("a-key-of-this-message-%04d", t.sent)}
}

// say has somebody write a message, and returns its id.
func (t *talking) say(who, channel, text string) string {
	t.H.T.Helper()
	return t.people[who].Must("sendMessage", t.input(channel, text), "chatMessage { id }").Text("chatMessage.id")
}

// reads returns the texts that somebody reads in a channel, the oldest first.
func (t *talking) reads(who, channel string) string {
	t.H.T.Helper()
	list := t.people[who].MustAsk(`query($id: ID!, $channel: Channel!) { room(id: $id) { messages(channel: $channel) { nodes { text state } } } }`,
		Object{"id": t.ID, "channel": channel})
	if list.At("room.messages") == nil {
		return "nothing"
	}
	var texts []string
	for _, m := range list.List("room.messages.nodes") {
		text := m.TextIfAny("text")
		if state := m.Text("state"); state != "SHOWN" {
			text += "(" + state + ")"
		}
		texts = append([]string{text}, texts...)
	}
	return strings.Join(texts, " ")
}

// hear returns the next messages that somebody's stream reports.
func (t *talking) hear(who string) string {
	t.H.T.Helper()
	e := t.watch[who].Event()
	var texts []string
	for _, m := range e.List("messages") {
		texts = append(texts, m.Text("author.name")+": "+m.TextIfAny("text"))
	}
	return e.Text("__typename") + " " + strings.Join(texts, ", ")
}

var everyone = []string{"viewer", "speaker", "moderator", "manager"}

func TestT1_EveryRoleReadsAndWritesWhereItMay(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := mustTalk(h)
		for _, who := range everyone {
			c.say(who, "CHAT", "from the "+who)
			for _, reader := range everyone {
				if got := c.hear(reader); !strings.HasSuffix(got, ": from the "+who) || !strings.HasPrefix(got, "MessagesPosted") {
					t.Errorf("the %s gets %q", reader, got)
				}
			}
		}
		c.people["viewer"].Fails("FORBIDDEN", "sendMessage", c.input("BACKCHANNEL", "psst"))
		for _, who := range everyone[1:] {
			c.say(who, "BACKCHANNEL", "back from the "+who)
			for _, reader := range everyone[1:] {
				if got := c.hear(reader); !strings.HasSuffix(got, ": back from the "+who) {
					t.Errorf("the %s gets %q", reader, got)
				}
			}
		}
		Same(t, "the chat", c.reads("viewer", "CHAT"), "from the viewer from the speaker from the moderator from the manager")
		Same(t, "the backchannel for a viewer", c.reads("viewer", "BACKCHANNEL"), "nothing")
		Same(t, "the backchannel", c.reads("speaker", "BACKCHANNEL"), "back from the speaker back from the moderator back from the manager")
		c.watch["viewer"].Silent()
	})
}

func TestB2_AParticipantReadsTheBackchannelFromTheirPromotionToTheirDemotion(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := mustTalk(h)
		before := c.Revision()
		c.say("speaker", "BACKCHANNEL", "early")
		change := func(to string) {
			c.Host.Must("changeRole", Object{"participantId": c.places["viewer"], "role": to}, "")
		}
		change("SPEAKER")
		c.watch["viewer"].Expect("RolePromoted")
		c.say("speaker", "BACKCHANNEL", "meanwhile")
		Same(t, "after the promotion", c.hear("viewer"), "MessagesPosted speaker Guest: meanwhile")
		Same(t, "the list", c.reads("viewer", "BACKCHANNEL"), "meanwhile")
		again := c.people["viewer"].Connect().Subscribe(talkingDocument, Object{"room": c.ID, "after": before})
		again.Expect("RolePromoted", "MessagesPosted")
		change("VIEWER")
		for _, s := range []*Subscription{c.watch["viewer"], again} {
			s.Expect("RoleDemoted")
		}
		id := c.say("speaker", "BACKCHANNEL", "late")
		c.say("speaker", "CHAT", "for all")
		for _, s := range []*Subscription{c.watch["viewer"], again} {
			Same(t, "channel", s.Expect("MessagesPosted").Text("channel"), "CHAT")
		}
		Same(t, "the list", c.reads("viewer", "BACKCHANNEL"), "nothing")
		Same(t, "by its id", c.people["viewer"].MustAsk(`query($id: ID!) { node(id: $id) { id } }`, Object{"id": id}).At("node"), nil)
		change("SPEAKER")
		Same(t, "after the second promotion", c.reads("viewer", "BACKCHANNEL"), "")
		Same(t, "of a manager", c.reads("manager", "BACKCHANNEL"), "early meanwhile late")
	})
}

func TestT4_TheSameKeyWritesOneMessage(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := mustTalk(h)
		in := c.input("CHAT", "once")
		first := c.people["viewer"].Must("sendMessage", in, "chatMessage { id }").Text("chatMessage.id")
		in["text"] = "twice"
		again := c.people["viewer"].Must("sendMessage", in, "chatMessage { id text }")
		Same(t, "id", again.Text("chatMessage.id"), first)
		Same(t, "text", again.Text("chatMessage.text"), "once")
		c.people["speaker"].Must("sendMessage", in, "")
		Same(t, "the chat", c.reads("manager", "CHAT"), "once twice")
	})
}

func TestC2_AuthorsEditAndDeleteTheirMessages(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := mustTalk(h)
		id := c.say("viewer", "CHAT", "helo")
		c.hear("speaker")
		edit := func(text string) Object { return Object{"messageId": id, "text": text} }
		c.people["viewer"].Must("editMessage", edit("hello"), "chatMessage { text editedAt }")
		Same(t, "edited", c.hear("speaker"), "MessagesChanged viewer Guest: hello")
		c.people["viewer"].Must("editMessage", edit("hello"), "")
		c.people["speaker"].Fails("FORBIDDEN", "editMessage", edit("no"))
		h.Advance(15*time.Minute + time.Second)
		c.people["viewer"].Refused("TOO_LATE", "editMessage", edit("late"))
		c.people["speaker"].Fails("FORBIDDEN", "deleteMessage", Object{"messageId": id})
		c.people["viewer"].Must("deleteMessage", Object{"messageId": id}, "chatMessage { state text }")
		Same(t, "deleted", c.hear("speaker"), "MessagesChanged viewer Guest: ")
		c.people["viewer"].Must("deleteMessage", Object{"messageId": id}, "")
		Same(t, "the chat", c.reads("moderator", "CHAT"), "(DELETED)")
		c.people["viewer"].Refused("ALREADY_HANDLED", "editMessage", edit("back"))
	})
}

func TestC3_ModeratorsHideRestoreAndClear(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := mustTalk(h)
		id := c.say("viewer", "CHAT", "rude")
		with := Object{"messageId": id}
		c.people["speaker"].Fails("FORBIDDEN", "hideMessage", with)
		c.people["moderator"].Must("hideMessage", with, "chatMessage { state text hiddenBy }")
		c.people["manager"].Must("hideMessage", with, "")
		Same(t, "hidden, for its author", c.reads("viewer", "CHAT"), "(HIDDEN)")
		Same(t, "hidden, for a manager", c.reads("manager", "CHAT"), "rude(HIDDEN)")
		c.people["manager"].Must("restoreMessage", with, "")
		Same(t, "restored", c.reads("speaker", "CHAT"), "rude")
		c.people["manager"].Must("pinMessage", with, "")
		c.people["moderator"].Must("hideMessagesOf", Object{"participantId": c.places["viewer"]}, "")
		Same(t, "hidden again", c.reads("speaker", "CHAT"), "(HIDDEN)")
		c.say("speaker", "CHAT", "gone")
		c.people["moderator"].Must("clearChannel", Object{"roomId": c.ID, "channel": "CHAT", "on": true}, "")
		Same(t, "cleared", c.reads("speaker", "CHAT"), "")
		c.people["moderator"].Must("clearChannel", Object{"roomId": c.ID, "channel": "CHAT", "on": false}, "")
		Same(t, "shown again", c.reads("speaker", "CHAT"), "(HIDDEN) gone")
		c.watch["viewer"].Expect("MessagesPosted", "MessagesChanged", "MessagesChanged", "MessagePinned", "MessagePinned", "MessagesHidden",
			"MessagesPosted", "ChannelCleared", "ChannelCleared")
	})
}

func TestT6_C10_WhoMustNotWriteIsToldWhy(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := mustTalk(h)
		viewer, moderator := c.people["viewer"], c.people["moderator"]
		until := Stamp(h.Now().Add(10 * time.Minute))
		moderator.Must("muteParticipant", Object{"participantId": c.places["viewer"], "until": until}, "")
		Same(t, "the time", viewer.Refused("MUTED", "sendMessage", c.input("CHAT", "a")).Text("retryAt"), until)
		c.watch["viewer"].Expect("ParticipantMuted")
		h.Advance(10*time.Minute + time.Second)
		c.say("viewer", "CHAT", "again")
		c.people["moderator"].Must("updateTools", Object{"roomId": c.ID, "chat": "HOSTS"}, "")
		viewer.Refused("CHAT_OFF", "sendMessage", c.input("CHAT", "b"))
		c.say("speaker", "CHAT", "hosts only")
		c.people["moderator"].Must("updateTools", Object{"roomId": c.ID, "chat": "OFF"}, "")
		c.people["manager"].Refused("CHAT_OFF", "sendMessage", c.input("CHAT", "c"))
		c.say("manager", "BACKCHANNEL", "still here")
		Same(t, "the chat", c.reads("viewer", "CHAT"), "again hosts only")
	})
}

func TestC7_APersonWritesFiveMessagesInTenSeconds(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := mustTalk(h)
		for range 5 {
			c.say("viewer", "CHAT", "quick")
		}
		refused := c.people["viewer"].Refused("SLOW_DOWN", "sendMessage", c.input("CHAT", "sixth"))
		h.Set(MustTime(t, refused.Text("retryAt")))
		c.say("viewer", "CHAT", "sixth")
	})
}

func TestT7_BlockingSomebodyHidesTheirMessages(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := mustTalk(h)
		c.say("viewer", "CHAT", "spam")
		c.people["moderator"].Must("removeParticipant", Object{"participantId": c.places["viewer"], "block": true}, "")
		c.watch["speaker"].Expect("MessagesPosted", "MessagesHidden")
		c.watch["moderator"].Expect("MessagesPosted", "MessagesHidden", "ParticipantRemoved", "ParticipantChanged")
		c.Host.Must("unblockParticipant", Object{"participantId": c.places["viewer"]}, "")
		Same(t, "the chat", c.reads("speaker", "CHAT"), "(HIDDEN)")
	})
}

func TestV11_WhoAsksForNoToolsGetsNoEventsOfThem(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := mustTalk(h)
		plain := c.people["viewer"].Watch(Watching, c.ID, c.Revision())
		c.say("speaker", "CHAT", "unheard")
		c.Update(Object{"title": "Heard"})
		plain.Expect("RoomUpdated")
		got := c.Host.MustAsk(`query($id: ID!) { room(id: $id) { events(first: 1) { __typename } with: events(first: 2, tools: [CHAT]) { __typename } } }`, Object{"id": c.ID})
		Same(t, "the history", fmt.Sprint(got.Texts("room.events", "__typename"), got.Texts("room.with", "__typename")), "[RoomUpdated] [RoomUpdated MessagesPosted]")
	})
}
