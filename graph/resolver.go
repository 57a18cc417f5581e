// Package graph answers the API: it has the schema, its resolvers, and the feeds that render events for many subscribers. Package
// wire carries the requests and answers.
// Only site and command may import it.
package graph

import (
	"log/slog"

	"usher/auth"
	"usher/people"
	"usher/room"
)

// Resolver holds the use cases; a resolver takes the actor, calls one of them, and returns.
type Resolver struct {
	Auth    *auth.Authenticator
	People  *people.Directory
	Core    *room.Rooms
	Log     *slog.Logger
	watches watches
}
