package graph

import (
	"log/slog"

	"usher/auth"
	"usher/room"
)

// Resolver holds the use cases; a resolver takes the actor, calls one of them, and returns.
type Resolver struct {
	Accounts *auth.Accounts
	Core     *room.Rooms
	Log      *slog.Logger
	watches  watches
}
