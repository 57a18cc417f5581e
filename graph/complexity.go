package graph

import (
	"usher/ent/participant"
	"usher/graph/generated"
	"usher/role"
	"usher/room"
)

// Config is what the executable schema is made of: the resolvers, and what lists cost, a row as much as all that is asked of
// it, so that lists within lists are refused before they are read.
func Config(r *Resolver) generated.Config {
	c := generated.Config{Resolvers: r}
	c.Complexity.Query.Rooms = func(row int, first *int, _, _ *string) int { return rows(first, 20, row) }
	c.Complexity.Room.Sessions = func(row int, first *int, _ *string) int { return rows(first, 20, row) }
	c.Complexity.Room.Invitations = func(row int, first *int, _ *string, _ []room.InvitationStatus, _ *string) int {
		return rows(first, 50, row)
	}
	c.Complexity.Room.Participants = func(row int, first *int, _ *string, _ []participant.State, _ []role.RoomRole, _ *string) int {
		return rows(first, 100, row)
	}
	c.Complexity.Room.Events = func(row int, first, _ *int) int { return rows(first, 50, row) }
	c.Complexity.Invitation.Events = func(row int, first, _ *int) int { return rows(first, 50, row) }
	return c
}

// rows is what a list costs. Sizes that are refused later count as the least here.
func rows(first *int, otherwise, row int) int {
	n := otherwise
	if first != nil {
		n = max(1, *first)
	}
	return 1 + n*row
}
