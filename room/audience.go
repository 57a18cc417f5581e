package room

import (
	"slices"

	"usher/ent"
	"usher/ent/schema"
	"usher/role"
)

// Audience says how much of a room's news somebody gets. The values ascend: each audience also gets the events of those below
// it (V2). Events are stored with their audience.
type Audience int

const (
	// Former gets one event: the one that ends their access. No event is stored for it.
	Former     Audience = iota - 1
	Everyone            // with a place, or the right to see the room
	InRoom              // whose place is IN_ROOM
	Speakers            // in the room, or with a higher role there
	Moderators          // in the room
	Managers
	audiences = iota - 1 // for which events are stored
	// Concerned is the audience of events that only the people get whom they concern.
	Concerned Audience = audiences
)

// Audiences are the audiences for which events are stored, ascending.
var Audiences = [audiences]Audience{Everyone, InRoom, Speakers, Moderators, Managers}

// stored are the numbers that stand for audiences in the database. They never change, and those who do not know a number show such an
// event to nobody.
var stored = [audiences]int{Everyone: 0, InRoom: 1, Speakers: 4, Moderators: 2, Managers: 3}

// Stored returns the number that stands for the audience in the database.
func (a Audience) Stored() int {
	if a == Concerned {
		return len(stored) // no audience has it
	}
	return stored[a]
}

// audienceOf returns the audience of a stored event: nobody's for a number that is not known.
func audienceOf(e *ent.Event) Audience {
	if a := slices.Index(stored[:], e.Audience); a >= 0 {
		return Audience(a)
	}
	return audiences
}

// Always returns a, whatever an event says. It is the Audience of kinds with one audience.
func (a Audience) Always(schema.EventDetail) Audience { return a }

// Sight returns what the members of an audience may read of an event, the same for all of them.
func (a Audience) Sight() Sight {
	switch a { //nolint:exhaustive // Everyone is the rest
	case Former:
		return Sight{Former: true, Quiet: true}
	case Managers:
		return Sight{Standing: role.Standing{Manager: role.CoPublisher}}
	case Moderators:
		return Sight{Standing: role.Standing{Place: role.Moderator, InRoom: true}}
	case Speakers:
		return Sight{Standing: role.Standing{Place: role.Speaker, InRoom: true}}
	case InRoom:
		return Sight{Standing: role.Standing{Place: role.Viewer, InRoom: true}}
	}
	return Sight{Standing: role.Standing{Place: role.Viewer}}
}

// highest returns the highest audience of those with a standing.
func highest(standing role.Standing) Audience {
	switch {
	case standing.Manages():
		return Managers
	case standing.Can(role.SeeParticipants):
		return Moderators
	case standing.Can(role.UseBackchannel):
		return Speakers
	case standing.InRoom:
		return InRoom
	}
	return Everyone
}
