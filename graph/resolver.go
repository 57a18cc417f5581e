// Package graph is the GraphQL API: the schema, its resolvers, and the feeds that render events for many subscribers. Package wire
// carries requests and answers. Only packages site and command may import graph.
package graph

import (
	"log/slog"
	"time"

	"usher/ask"
	"usher/auth"
	"usher/gesture"
	"usher/people"
	"usher/room"
	"usher/talk"
	"usher/tools"
	"usher/vote"
	"usher/wire"
)

// Site is what the API says of the site itself.
type Site struct {
	PublicURL, Version, Name string
	GraphiQL                 bool
	// Mail reports whether the site sends emails.
	Mail bool
	// RepliesTo is where replies to emails go, empty for the address of who caused the email.
	RepliesTo string
}

// Resolver gives resolvers the use cases. Each resolver gets the actor, calls one use case and returns its result.
type Resolver struct {
	Auth     *auth.Authenticator
	People   *people.Directory
	Services *room.Services
	Tools    *tools.Settings
	Talk     *talk.Messages
	Hands    *gesture.Hands
	// Reactions counts what people show without a word.
	Reactions *gesture.Reactions
	Ask       *ask.Questions
	Votes     *vote.Interactions
	// Window returns the least time between two deliveries of events of tools.
	Window    func() time.Duration
	Log       *slog.Logger
	AboutSite Site
	Metrics   Metrics
	Wire      wire.Metrics
	watches   watches
}
