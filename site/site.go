// Package site runs one server: it builds the parts, listens, answers health probes, drains, and runs scheduled work.
package site

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
	"usher/settings"
	"usher/web"
	"usher/wire"
)

// Parts are the parts of the server, from the storage up to the use cases.
type Parts struct {
	Database *live.Database
	hub      *live.Hub
	Presence *live.Presence
	servers  *live.Servers // the connection to the site's other servers; nil on SQLite
	Log      *live.Log
	Accounts *auth.Accounts
	Use      graph.UseLimits
	*room.Services
}

// Build opens the storage for a server and builds the parts on it. now is the clock.
func Build(ctx context.Context, chosen *settings.Settings, logger *slog.Logger, now func() time.Time) (*Parts, error) {
	database, err := live.Serve(ctx, string(chosen.DatabaseURL))
	if err != nil {
		return nil, err
	}
	for _, warning := range live.Warnings(string(chosen.DatabaseURL)) {
		logger.Warn(warning)
	}
	p := &Parts{Database: database, hub: live.NewHub(database), Presence: live.NewPresence(live.AwayAfter, live.GatherFor)}
	var wake live.Waker = p.hub
	if database.Shared() {
		p.servers = live.NewServers(database, p.hub, p.Presence, logger)
		wake = p.servers
	}
	p.Log = database.Log(now, wake)
	keys, err := siteKeys(ctx, chosen, database, p.Log)
	if err != nil {
		return nil, errors.Join(err, database.Close())
	}
	p.Accounts = Accounts(chosen, database, p.Log)
	p.Accounts.SetUpKey = keys.SetUp()
	p.Use = graph.DefaultUseLimits
	p.Use.InvitingPerMinute = int(chosen.InvitesPerMinute)
	p.Services = room.New(room.Options{
		Database: database, Log: p.Log, Hub: p.hub, Presence: p.Presence, Keys: keys, JoinURL: string(chosen.JoinURL),
		MembersCreateRooms: chosen.RoomCreation == settings.MembersCreateRooms,
		Limits:             roomLimits(chosen),
		Terms: room.Terms{
			Events: time.Duration(chosen.KeepEvents), Places: time.Duration(chosen.KeepPlaces),
			DeletedRooms: time.Duration(chosen.KeepDeletedRooms),
		},
		Logger: logger,
	})
	return p, nil
}

func (p *Parts) Close() error {
	p.Services.Close()
	return p.Database.Close()
}

// Accounts returns the site's accounts in the database.
func Accounts(s *settings.Settings, database *live.Database, log *live.Log) *auth.Accounts {
	terms := auth.DefaultTerms()
	terms.Idle, terms.Absolute = time.Duration(s.SignInIdle), time.Duration(s.SignInMax)
	terms.PerAccount, terms.PerAddress = int(s.SignInsPerAccount), int(s.SignInsPerAddress)
	return auth.NewAccounts(database, log, auth.NewPasswords(runtime.NumCPU()), terms)
}

func roomLimits(s *settings.Settings) room.Limits {
	return room.Limits{
		InvitationsPerSession: int(s.InvitationsPerSession),
		InvitingPerMinute:     int(s.InvitesPerMinute),
		ForgedPerMinute:       int(s.ForgedLinksPerMinute),
	}
}

// Site assembles the parts. Closing the site closes them, and so does an error.
func (p *Parts) Site(settings *settings.Settings, log *slog.Logger) (*Site, error) {
	clients := &clients{Addresses: wire.Addresses{Trusted: settings.TrustedProxies}, log: log}
	server, err := p.newServer(settings, clients.key, log)
	if err != nil {
		return nil, errors.Join(err, p.Close())
	}
	ctx, stop := context.WithCancel(context.Background())
	var keeping sync.WaitGroup
	keeping.Go(func() { server.keepAlive(ctx, p.Accounts, log) })
	keeping.Go(func() { p.clockwork(ctx, log) })
	if p.servers != nil {
		keeping.Go(func() { p.servers.Run(ctx) })
	}
	return &Site{
		Handler: logRequests(log, clients.address, server),
		Ready:   p.Database.Check,
		Drain:   func(ctx context.Context) { _ = server.connections.Shutdown(ctx) },
		Close: func() error {
			stop()
			keeping.Wait()
			return p.Close()
		},
	}, nil
}

// WayIn returns how to get an administrator, if the site has none: by a link if it has no accounts, otherwise by a command.
func (p *Parts) WayIn(ctx context.Context, settings *settings.Settings) (string, error) {
	empty, err := p.Accounts.Empty(ctx)
	if err != nil {
		return "", err
	}
	if empty {
		return fmt.Sprintf("There is no account yet. Create the first administrator within 30 minutes: %s/setup#%s\n",
			settings.PublicURL, p.Accounts.NewSetUpToken()), nil
	}
	if administered, err := p.Accounts.Administered(ctx); err != nil || administered {
		return "", err
	}
	return "This site has no administrator. Make somebody one: usher user admin --email E\n", nil
}

// server answers requests and has the open connections.
type server struct {
	http.Handler
	connections *wire.Connections
}

// newServer builds the API and the pages. address returns the key that a request's use is counted under if nothing else is known.
func (p *Parts) newServer(settings *settings.Settings, address func(*http.Request) string, logger *slog.Logger) (*server, error) {
	resolver := &graph.Resolver{Accounts: p.Accounts, Services: p.Services, Log: logger}
	schema := generated.NewExecutableSchema(graph.Config(resolver))
	secure := settings.PublicURL.Secure()
	origins, err := wire.NewOrigins(texts(settings.Origins()), texts(settings.AllowedOrigins))
	if err != nil {
		return nil, err
	}
	connections := new(wire.Connections)
	sockets := wire.NewWebSocket(wire.WebSocketConfig{
		Init: graph.Init(p.Accounts, secure, address), Share: graph.NewFeeds(schema, resolver),
		Origins:         origins,
		MaxPerPrincipal: p.Use.Sockets, Principal: graph.Principal,
		MaxAnonymousPerAddress: int(settings.OpenSocketsPerAddress), MaxAnonymous: strangersSockets(settings),
		Connections: connections, Log: logger,
	})
	streams := wire.NewEventStreams(wire.EventStreamsConfig{MaxPerAsker: p.Use.Streams, Connections: connections, Asker: func(r *http.Request) (string, []string) {
		actor := auth.From(r.Context())
		return string(actor.Principal()), actor.Credentials()
	}})
	p.Accounts.Ended = func(signInID string) {
		connections.EndCredential(auth.SignInKey(signInID), wire.EndUnauthorized)
	}
	use := graph.NewUse(p.Use, p.Log.Now)
	mux := http.NewServeMux()
	mux.Handle("/graphql", wire.NewHandler(schema, wire.Options{
		Origins: origins, Introspection: settings.Introspection, Log: logger,
		Authenticate: p.Accounts.Middleware(secure, address, origins.Cookies),
		Transports:   []graphql.Transport{sockets, streams},
		Headers:      []string{auth.PlaceHeader},
		Admit:        use.RequestsInTurn,
		First:        []graphql.HandlerExtension{use},
		Extensions:   []graphql.HandlerExtension{graph.Answers{Resolver: resolver}},
	}))
	mux.Handle("GET /schema.graphql", wire.SDL(schema.Schema()))
	pages := web.Handler(settings.Introspection)
	// The log has these patterns, never the path: if a mail program damages a link, the path may contain its token.
	for _, pattern := range []string{"/", "/join", "/assets/"} {
		mux.Handle(pattern, pages)
	}
	return &server{ownHosts(settings, web.Headers(mux, secure)), connections}, nil
}

// strangersSockets limits the WebSockets of strangers, and leaves half of the connections to others.
func strangersSockets(settings *settings.Settings) int {
	return min(int(settings.OpenSockets), ConnectionsOf(descriptors())/2)
}

func texts[T ~string](values []T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}
