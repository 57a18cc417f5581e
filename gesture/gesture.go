// Package gesture is what people in a room do without writing: they raise a hand to ask for a role, and react. It decides no rights. Only
// packages above it may import it: graph and site.
package gesture

import (
	"time"

	"usher/ent"
	"usher/live"
	"usher/room"
)

// Tool is what rooms know of hands: they go down with a place, a granted role and a session.
var Tool = room.Tool{Name: "hands", Moved: moved, Over: over}

// Options are what the services are built from.
type Options struct {
	Database *live.Database
	Log      *live.Log
	Rooms    *room.Rooms
	// Window returns how long hands gather before they are written together.
	Window func() time.Duration
}

// Hands raises, lowers and lists hands.
type Hands struct {
	db      *ent.Client // reads
	rooms   *room.Rooms
	raising *live.Collect[raising, *room.Participant] // by room
}

// NewHands builds the service. Close ends what it runs in the background.
func NewHands(o Options) *Hands {
	h := &Hands{db: o.Database.Read, rooms: o.Rooms}
	h.raising = live.NewCollect(o.Log, h.beginRaising, func(int) time.Duration { return o.Window() })
	return h
}

// Close finishes the hands in line.
func (h *Hands) Close() { h.raising.Close() }
