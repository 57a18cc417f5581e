// Package graph is what Usher is asked: the schema, its resolvers, and the feeds that render events for many. Package wire
// carries the questions and answers. Only the main package may import graph.
package graph

import (
	"log/slog"

	"usher/auth"
	"usher/room"
)

// Resolver holds the use cases; a resolver takes the actor, calls one of them, and returns.
type Resolver struct {
	Accounts *auth.Accounts
	Services *room.Services
	Log      *slog.Logger
	watches  watches
}
