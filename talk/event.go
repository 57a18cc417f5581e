package talk

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"usher/ent"
	"usher/ent/message"
	"usher/ent/schema"
	"usher/room"
)

// The events of the channels.
type (
	// MessagesPosted reports all messages that one transaction wrote.
	MessagesPosted struct {
		room.Event
		Channel  Channel
		Messages []*ChatMessage
	}
	// MessagesChanged reports messages that were edited, deleted, hidden or restored.
	MessagesChanged struct {
		room.Event
		Channel  Channel
		Messages []*ChatMessage
	}
	// MessagesHidden reports that all messages of a person were hidden.
	MessagesHidden struct {
		room.Event
		ParticipantID string
	}
	// ChannelCleared reports that a channel was cleared, or that this was undone.
	ChannelCleared struct {
		room.Event
		Channel  Channel
		Restored bool
	}
	// MessagePinned reports the pinned message of a channel, nil for none.
	MessagePinned struct {
		room.Event
		Channel Channel
		Pinned  *ChatMessage
	}
)

func topicOf(d schema.EventDetail) room.Topic       { return Channel(d.Channel).topic() }
func audienceOf(d schema.EventDetail) room.Audience { return Channel(d.Channel).audience() }

var (
	messagesPosted = room.Register(room.Kind{
		Name: "MessagesPosted", Topic: topicOf, Audience: audienceOf, Read: readPosted,
		Show: inChannel(func(_ *room.Happening, in Channel, s said, e room.Event) room.RoomEvent {
			return MessagesPosted{e, in, s.shown(e.Sight())}
		}),
	})
	messagesChanged = room.Register(room.Kind{
		Name: "MessagesChanged", Topic: topicOf, Audience: audienceOf, Read: readNamed, Discreet: true,
		Show: inChannel(func(_ *room.Happening, in Channel, s said, e room.Event) room.RoomEvent {
			return MessagesChanged{e, in, s.shown(e.Sight())}
		}),
	})
	messagesHidden = room.Register(room.Kind{
		Name: "MessagesHidden", Topic: room.Settings.Always, Audience: room.InRoom.Always, Discreet: true,
		Show: func(h *room.Happening, e room.Event) room.RoomEvent { return MessagesHidden{e, h.Row.ParticipantID} },
	})
	channelCleared = room.Register(room.Kind{
		Name: "ChannelCleared", Topic: topicOf, Audience: audienceOf, Discreet: true,
		Show: inChannel(func(h *room.Happening, in Channel, _ said, e room.Event) room.RoomEvent {
			return ChannelCleared{e, in, h.Row.Detail.Restored}
		}),
	})
	messagePinned = room.Register(room.Kind{
		Name: "MessagePinned", Topic: topicOf, Audience: audienceOf, Read: readNamed, Discreet: true,
		Show: inChannel(func(_ *room.Happening, in Channel, s said, e room.Event) room.RoomEvent {
			pinned := MessagePinned{Event: e, Channel: in}
			if all := s.shown(e.Sight()); len(all) > 0 {
				pinned.Pinned = all[0]
			}
			return pinned
		}),
	})
)

// said are the messages of an event, with what they answer.
type said struct {
	messages []*ent.Message
	replies  map[string]*ent.Message
}

func (s said) shown(sight room.Sight) []*ChatMessage {
	all, around := make([]*ChatMessage, len(s.messages)), authors(s.messages, s.replies)
	for i, m := range s.messages {
		all[i] = shown(m, s.replies, sight)
		all[i].Around = around
	}
	return all
}

// inChannel renders an event of a channel. It shows no messages to those who may no longer read them: they lost the right, Chat &
// Collaboration is off, or the room has another session (T2, C9, B3).
func inChannel(show func(h *room.Happening, in Channel, s said, e room.Event) room.RoomEvent) func(h *room.Happening, e room.Event) room.RoomEvent {
	return func(h *room.Happening, e room.Event) room.RoomEvent {
		in, of := Channel(h.Row.Detail.Channel), h.Room
		s, _ := h.Subject.(said)
		if !e.Sight().Can(in.right()) || !of.ChatAndCollaboration || of.CurrentSessionID == nil || h.Row.SessionID != *of.CurrentSessionID {
			s = said{}
		}
		return show(h, in, s, e)
	}
}

// readPosted reads the messages that events report: those with their revisions, without what was cleared since.
func readPosted(ctx context.Context, c *ent.Client, rows []*ent.Event) (map[int]any, error) {
	var sessions []string
	revisions := make([]int, len(rows))
	for i, e := range rows {
		revisions[i] = e.Revision
		if !slices.Contains(sessions, e.SessionID) {
			sessions = append(sessions, e.SessionID)
		}
	}
	messages, err := c.Message.Query().Where(
		message.SessionIDIn(sessions...), message.ChannelIn(string(Chat), string(Backchannel)), message.RevisionIn(revisions...),
	).Order(message.ByRevision(), message.ByNth()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read messages: %w", err)
	}
	marks, err := readSettings(ctx, c, rows[0].RoomID)
	if err != nil {
		return nil, err
	}
	replies, err := withReplies(ctx, c, messages)
	if err != nil {
		return nil, err
	}
	found := map[int]said{}
	for _, m := range messages {
		if m.Revision > marks.cleared(Channel(m.Channel)) {
			found[m.Revision] = said{append(found[m.Revision].messages, m), replies}
		}
	}
	return boxed(found), nil
}

// readNamed reads the messages whose ids events have.
func readNamed(ctx context.Context, c *ent.Client, rows []*ent.Event) (map[int]any, error) {
	var ids []string
	for _, e := range rows {
		ids = append(ids, e.Detail.Messages...)
	}
	if ids == nil {
		return nil, nil
	}
	byID, err := messagesByID(ctx, c, ids)
	if err != nil {
		return nil, err
	}
	replies, err := withReplies(ctx, c, slices.Collect(maps.Values(byID)))
	if err != nil {
		return nil, err
	}
	found := map[int]said{}
	for _, e := range rows {
		s := said{replies: replies}
		for _, id := range e.Detail.Messages {
			if m := byID[id]; m != nil {
				s.messages = append(s.messages, m)
			}
		}
		found[e.Revision] = s
	}
	return boxed(found), nil
}

func boxed(found map[int]said) map[int]any {
	all := make(map[int]any, len(found))
	for revision, s := range found {
		all[revision] = s
	}
	return all
}
