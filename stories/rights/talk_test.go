package rights

import (
	messages "usher/ent/message"
	. "usher/sitetest"
)

// How the tools of rooms are asked for, and what each asker reads of them.

// message names one of the messages that were written in the seat's room.
func message(name string) func(s *seat) Object {
	return func(s *seat) Object { return Object{"messageId": s.written[name]} }
}

// ownKey is the key of the message that each asker writes.
const ownKey = "a-key-for-each-asker-of-these"

// ownMessage names the message that the asker wrote, or another one if they wrote none.
func ownMessage(s *seat) Object {
	id, err := s.H.Parts.Database.Read.Message.Query().Where(messages.RoomID(s.Hall.ID), messages.ClientKey(ownKey)).FirstID(s.H.T.Context())
	if err != nil {
		id = s.written["first"]
	}
	return Object{"messageId": id}
}

// askedOfTools has the arguments of the lines about messages and the tools of rooms.
var askedOfTools = map[string]func(s *seat) Object{
	"node, a message":              node(func(s *seat) string { return s.written["reply"] }),
	"node, one of the backchannel": node(func(s *seat) string { return s.written["back"] }),
	"sendMessage":                  and(inRoom, Object{"channel": "CHAT", "text": "Hello", "key": ownKey}),
	"sendMessage, backchannel":     and(inRoom, Object{"channel": "BACKCHANNEL", "text": "Hello", "key": ownKey + "-back"}),
	"editMessage":                  and(message("first"), Object{"text": "Another"}),
	"editMessage, one's own":       and(ownMessage, Object{"text": "Another"}),
	"deleteMessage":                message("first"),
	"deleteMessage, one's own":     ownMessage,
	"hideMessage":                  message("reply"),
	"restoreMessage":               message("reply"),
	"pinMessage":                   message("first"),
	"unpinMessage":                 and(inRoom, Object{"channel": "CHAT"}),
	"hideMessagesOf":               of("vera"),
	"hideMessagesOf, a speaker":    of("sam"),
	"clearChannel":                 and(inRoom, Object{"channel": "CHAT", "on": true}),
	"updateTools":                  and(inRoom, Object{"chat": "HOSTS", "slowModeSeconds": 5}),
	"muteParticipant":              of("vera"),
	"muteParticipant, a moderator": of("mona"),
	"muteParticipant, a manager":   of("deputy"),
	"muteParticipant, oneself":     func(s *seat) Object { return Object{"participantId": s.place} },
	"unmuteParticipant":            of("vera"),
}

// viewsOfTools are the views of messages and of the tools of rooms.
var viewsOfTools = []view{
	{
		name: "a room's tools", of: "RoomTools", document: `room(id: $room) { tools { %s } }`, at: at("room.tools"),
		shown: "chat slowModeSeconds pinned questions anonymousQuestions",
		table: `
                  nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel
                  -   -   -   -   ok  ok  ok  ok  -   -   ok  ok  ok  ok  ok  -   -   -   -
reactions         .   .   .   .   yes yes yes yes .   .   yes yes yes yes yes .   .   .   .
hands             .   .   .   .   yes yes yes yes .   .   yes yes yes yes yes .   .   .   .
`,
	},
	{
		name: "a message", of: "ChatMessage", document: `node(id: $message) { ... on ChatMessage { %s } }`, at: at("node"),
		shown: "id channel at author state text replyTo mentions", empty: "editedAt hiddenBy",
		table: `
                  nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel
                  -   -   -   -   ok  ok  ok  ok  -   -   ok  ok  ok  ok  ok  -   -   -   -
participant       .   .   .   .   -   -   -   ok  .   .   ok  ok  ok  ok  ok  .   .   .   .
`,
	},
	{
		name: "a hidden message", of: "ChatMessage", document: `node(id: $hidden) { ... on ChatMessage { %s } }`, at: at("node"),
		shown: "id channel at author state mentions", empty: "editedAt replyTo",
		table: `
                  nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel
                  -   -   -   -   ok  ok  ok  ok  -   -   ok  ok  ok  ok  ok  -   -   -   -
text              .   .   .   .   -   -   -   ok  .   .   ok  ok  ok  ok  ok  .   .   .   .
hiddenBy          .   .   .   .   -   -   -   ok  .   .   ok  ok  ok  ok  ok  .   .   .   .
participant       .   .   .   .   -   -   -   ok  .   .   ok  ok  ok  ok  ok  .   .   .   .
`,
	},
	{
		name: "the author of a message", of: "Author", document: `node(id: $message) { ... on ChatMessage { author { %s } } }`, at: at("node.author"),
		shown: "participantId name role host", empty: "userId",
		table: `
                  nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel
                  -   -   -   -   ok  ok  ok  ok  -   -   ok  ok  ok  ok  ok  -   -   -   -
`,
	},
}
