// Package talk is what people say in a room: its chat, and the backchannel of those who host and speak. It knows nothing of how they got
// there, and decides no rights. Only packages above it may import it: graph, site, and command for its demo.
package talk

import (
	"time"

	"usher/ent"
	"usher/live"
	"usher/role"
	"usher/room"
)

// Channel is where messages are written.
type Channel string

const (
	Chat        Channel = "CHAT"
	Backchannel Channel = "BACKCHANNEL"
)

// topic returns the topic of the channel's events.
func (c Channel) topic() room.Topic { return room.Topic(c) }

// audience returns the lowest audience that reads the channel.
func (c Channel) audience() room.Audience {
	if c == Backchannel {
		return room.Speakers
	}
	return room.InRoom
}

// right returns the right to read the channel.
func (c Channel) right() role.Action {
	if c == Backchannel {
		return role.UseBackchannel
	}
	return role.UseChat
}

// reads reports whether somebody reads what was written in the channel at a revision. Speakers and moderators read the backchannel from
// when they got such a role (B2).
func (c Channel) reads(sight room.Sight, revision int) bool {
	if !sight.Can(c.right()) {
		return false
	}
	return c == Chat || sight.Manages() || sight.Own == nil || revision > sight.Own.BackchannelFrom
}

// Tool is the chat and the backchannel as rooms know them: the messages of a participant who is blocked are hidden (T7).
var Tool = room.Tool{Name: "messages", Written: written{}, Blocked: hideAll}

// Options are what the services are built from.
type Options struct {
	Database *live.Database
	Log      *live.Log
	Rooms    *room.Rooms
	// Window returns how long messages gather before they are written together.
	Window func() time.Duration
}

// Messages writes, changes and lists messages.
type Messages struct {
	Rows    Rows
	db      *ent.Client // reads
	rooms   *room.Rooms
	log     *live.Log
	sending *live.Collect[sending, *ChatMessage] // by room
	pages   *live.Share[messagesPage, messages]
}

// New builds the service. Close ends what it runs in the background.
func New(o Options) *Messages {
	m := &Messages{Rows: Rows{o.Database.Read}, db: o.Database.Read, rooms: o.Rooms, log: o.Log}
	m.sending = live.NewCollect(o.Log, m.beginSending, func(int) time.Duration { return o.Window() })
	m.pages = live.NewShare(m.readPage)
	return m
}

// Close finishes the messages in line.
func (m *Messages) Close() { m.sending.Close() }
