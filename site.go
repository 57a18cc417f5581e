package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"usher/auth"
	"usher/graph"
	"usher/graph/generated"
	"usher/live"
	"usher/room"
	"usher/web"
	"usher/wire"
)

// parts are what the server is made of, from storage up to the use cases.
type parts struct {
	database *live.Database
	hub      *live.Hub
	presence *live.Presence
	servers  *live.Servers // the way to the others of the site; nil where there can be none
	log      *live.Log
	accounts *auth.Accounts
	rooms    *room.Rooms
	use      graph.UseLimits
}

// build opens the storage to serve it and builds the parts over it. now is the clock.
func build(ctx context.Context, settings *Settings, logger *slog.Logger, now func() time.Time) (*parts, error) {
	database, err := live.Serve(ctx, string(settings.DatabaseURL))
	if err != nil {
		return nil, err
	}
	for _, doubt := range live.Doubts(string(settings.DatabaseURL)) {
		logger.Warn(doubt)
	}
	p := &parts{database: database, hub: live.NewHub(database), presence: live.NewPresence(live.AwayAfter, live.GatherFor)}
	var wake live.Waker = p.hub
	if database.Shared() {
		p.servers = live.NewServers(database, p.hub, p.presence, logger)
		wake = p.servers
	}
	p.log = database.Log(now, wake)
	keys, err := siteKeys(ctx, settings, database, p.log)
	if err != nil {
		return nil, errors.Join(err, database.Close())
	}
	p.accounts = settings.accounts(database, p.log)
	p.accounts.SetUpKey = keys.SetUp()
	p.use = graph.DefaultUseLimits
	p.use.InvitingPerMinute = int(settings.InvitesPerMinute)
	p.rooms = room.New(room.Options{
		Database: database, Log: p.log, Hub: p.hub, Presence: p.presence, Keys: keys, JoinURL: string(settings.JoinURL),
		MembersCreateRooms: settings.RoomCreation == MembersCreateRooms,
		Limits:             settings.roomLimits(),
		Terms: room.Terms{
			Events: time.Duration(settings.KeepEvents), Places: time.Duration(settings.KeepPlaces),
			DeletedRooms: time.Duration(settings.KeepDeletedRooms),
		},
		Logger: logger,
	})
	return p, nil
}

func (p *parts) close() error {
	p.rooms.Close()
	return p.database.Close()
}

// accounts are the site's accounts, kept in the database.
func (s *Settings) accounts(database *live.Database, log *live.Log) *auth.Accounts {
	terms := auth.DefaultTerms()
	terms.Idle, terms.Absolute = time.Duration(s.SignInIdle), time.Duration(s.SignInMax)
	terms.PerAccount, terms.PerAddress = int(s.SignInsPerAccount), int(s.SignInsPerAddress)
	return auth.NewAccounts(database, log, auth.NewPasswords(runtime.NumCPU()), terms)
}

func (s *Settings) roomLimits() room.Limits {
	return room.Limits{
		InvitationsPerSession: int(s.InvitationsPerSession),
		InvitingPerMinute:     int(s.InvitesPerMinute),
		ForgedPerMinute:       int(s.ForgedLinksPerMinute),
	}
}

// site puts the parts together. Closing it closes them; so does an error.
func (p *parts) site(settings *Settings, log *slog.Logger) (*site, error) {
	clients := &clients{trusted: settings.TrustedProxies, log: log}
	server, err := p.serve(settings, clients.key, log)
	if err != nil {
		return nil, errors.Join(err, p.close())
	}
	ctx, stop := context.WithCancel(context.Background())
	var keeping sync.WaitGroup
	keeping.Go(func() { server.keepAlive(ctx, p.accounts, log) })
	keeping.Go(func() { p.clockwork(ctx, log) })
	if p.servers != nil {
		keeping.Go(func() { p.servers.Run(ctx) })
	}
	return &site{
		handler: logRequests(log, clients.address, server),
		ready:   p.database.Check,
		drain:   func(ctx context.Context) { _ = server.connections.Shutdown(ctx) },
		close: func() error {
			stop()
			keeping.Wait()
			return p.close()
		},
	}, nil
}

// wayIn says, on a site that nobody administers, how to change that: without accounts by a link, else by the command.
func (p *parts) wayIn(ctx context.Context, settings *Settings) (string, error) {
	empty, err := p.accounts.Empty(ctx)
	if err != nil {
		return "", err
	}
	if empty {
		return fmt.Sprintf("There is no account yet. Create the first administrator within 30 minutes: %s/setup#%s\n",
			settings.PublicURL, p.accounts.NewSetUpToken()), nil
	}
	if administered, err := p.accounts.Administered(ctx); err != nil || administered {
		return "", err
	}
	return "This site has no administrator. Make somebody one: usher user admin --email E\n", nil
}

// server is what answers, and the connections that it keeps open.
type server struct {
	http.Handler
	connections *wire.Connections
}

// serve builds what answers: the API and the pages. address is what a request's use is counted by where nothing else is known.
func (p *parts) serve(settings *Settings, address func(*http.Request) string, logger *slog.Logger) (*server, error) {
	resolver := &graph.Resolver{Accounts: p.accounts, Core: p.rooms, Log: logger}
	schema := generated.NewExecutableSchema(graph.Config(resolver))
	secure := settings.PublicURL.Secure()
	allowed := texts(settings.AllowedOrigins)
	connections := new(wire.Connections)
	sockets, err := wire.NewWebSocket(wire.WebSocketConfig{
		Init: graph.Init(p.accounts, secure, address), Share: graph.NewFeeds(schema, resolver),
		Origins: texts(settings.Origins()), AllowedOrigins: allowed,
		MaxPerPrincipal: p.use.Sockets, Principal: graph.Principal,
		MaxAnonymousPerAddress: int(settings.OpenSocketsPerAddress), MaxAnonymous: strangersSockets(settings),
		Connections: connections, Log: logger,
	})
	if err != nil {
		return nil, err
	}
	streams := wire.NewEventStreams(wire.EventStreamsConfig{MaxPerAsker: p.use.Streams, Connections: connections, Asker: func(r *http.Request) (string, []string) {
		actor := auth.From(r.Context())
		return string(actor.Principal()), actor.Credentials()
	}})
	p.accounts.Ended = func(signInID string) {
		connections.EndCredential(auth.SignInKey(signInID), wire.EndUnauthorized)
	}
	use := graph.NewUse(p.use, p.log.Now)
	mux := http.NewServeMux()
	mux.Handle("/graphql", wire.NewHandler(schema, wire.Options{
		Origins: texts(settings.Origins()), AllowedOrigins: allowed, Introspection: settings.Introspection, Log: logger,
		Authenticate: p.accounts.Middleware(secure, address, texts(settings.Origins())),
		Transports:   []graphql.Transport{sockets, streams},
		Headers:      []string{auth.PlaceHeader},
		Admit:        use.RequestsInTurn,
		First:        []graphql.HandlerExtension{use},
		Extensions:   []graphql.HandlerExtension{graph.Answers{Resolver: resolver}},
	}))
	mux.Handle("GET /schema.graphql", wire.SDL(schema.Schema()))
	pages := web.Handler(settings.Introspection)
	// The log names these patterns, never the path: a link that a mail program mangled has its token there.
	for _, pattern := range []string{"/", "/join", "/assets/"} {
		mux.Handle(pattern, pages)
	}
	return &server{ownHosts(settings, web.Headers(mux, secure)), connections}, nil
}

// strangersSockets is how many WebSockets strangers hold. They leave half of the connections to others.
func strangersSockets(settings *Settings) int {
	return min(int(settings.OpenSockets), connectionsOf(descriptors())/2)
}

func texts[T ~string](values []T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}
