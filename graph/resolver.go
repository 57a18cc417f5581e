// Package graph is the GraphQL API: the schema, its resolvers, and the feeds that render events for many subscribers. Package wire
// carries requests and answers. Only packages site and command may import graph.
package graph

import (
	"log/slog"

	"usher/auth"
	"usher/people"
	"usher/room"
)

// Resolver gives resolvers the use cases. Each resolver gets the actor, calls one use case and returns its result.
type Resolver struct {
	Auth     *auth.Authenticator
	People   *people.Directory
	Services *room.Services
	Log      *slog.Logger
	watches  watches
}
