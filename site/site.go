// Package site runs one server: it builds the parts, listens, answers health probes, drains, and runs scheduled work.
// Only package command may import it.
package site

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"usher/ask"
	"usher/auth"
	"usher/export"
	"usher/gesture"
	"usher/graph"
	"usher/graph/generated"
	"usher/live"
	"usher/mail"
	"usher/metric"
	"usher/people"
	"usher/room"
	"usher/settings"
	"usher/talk"
	"usher/tools"
	"usher/vote"
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
	Auth     *auth.Authenticator
	People   *people.Directory
	*room.Services
	Tools     *tools.Settings
	Talk      *talk.Messages
	Hands     *gesture.Hands
	Reactions *gesture.Reactions
	Exports   *export.Exports
	Ask       *ask.Questions
	Votes     *vote.Interactions
	// Mail sends emails; nil on a site that sends none.
	Mail *mail.Sender

	// Demo has the links that sign in to a demo's accounts; nil on other sites.
	Demo *DemoDoor
	// Requests is the level at which requests are logged.
	Requests slog.Level

	keys        room.Keys
	limits      Limits
	metrics     *metric.Set
	connections *wire.Connections
	running     running
	jobs        *jobs
}

// Build opens the database for serving, and builds the parts. now is the clock.
func Build(ctx context.Context, chosen *settings.Settings, logger *slog.Logger, now func() time.Time, limits Limits) (*Parts, error) {
	database, err := live.Serve(ctx, string(chosen.DatabaseURL), logger)
	if err != nil {
		return nil, err
	}
	for _, warning := range live.Warnings(string(chosen.DatabaseURL)) {
		logger.Warn(warning)
	}
	p := &Parts{
		Database: database, hub: live.NewHub(database), Presence: live.NewPresence(live.AwayAfter, live.GatherFor),
		limits: limits, metrics: measures(chosen), connections: new(wire.Connections), running: newRunning(chosen, now()), jobs: newJobs(),
	}
	p.hub.SetClock(now)
	var wake live.Waker = p.hub
	if database.Shared() {
		p.servers = live.NewServers(database, p.hub, p.Presence, logger)
		p.servers.Introduce(p.report, now)
		wake = p.servers
	}
	p.Log = database.Log(now, wake)
	p.measureLog()
	if p.keys, err = siteKeys(ctx, chosen, database, p.Log); err != nil {
		return nil, errors.Join(err, database.Close())
	}
	p.Auth, p.People = Accounts(chosen, AccountsOptions{
		Database: database, Log: p.Log, Limits: limits.SignIns, Ended: p.endSignIn,
		SetUpKey: p.keys.Derive(room.ForSetUp), RateKey: p.keys.Derive(room.ForRates),
	})
	if err := p.People.Settle(ctx, logger); err != nil { // takes long only after an upgrade
		return nil, errors.Join(fmt.Errorf("prepare searches: %w", err), database.Close())
	}
	limits.Room.InvitationsPerSession = int(chosen.InvitationsPerSession)
	p.Services = room.New(room.Options{
		Database: database, Log: p.Log, Hub: p.hub, Presence: p.Presence, Keys: p.keys, People: p.People, JoinURL: string(chosen.JoinURL),
		MembersCreateRooms: chosen.RoomCreation == settings.MembersCreateRooms,
		Limits:             limits.Room,
		Terms: room.Terms{
			Events: time.Duration(chosen.KeepEvents), Places: time.Duration(chosen.KeepPlaces), Talk: time.Duration(chosen.KeepTalk),
			DeletedRooms: time.Duration(chosen.KeepDeletedRooms),
		},
		Logger: logger, Tools: Tools(logger), Mailing: Mailing(chosen), Servers: p.listServers,
	})
	if chosen.On() {
		p.Mail = mail.New(mail.Options{
			Database: database, Log: p.Log, Letters: p.Letters, Server: MailServer(chosen), Writer: MailWriter(chosen),
			PerMinute: int(chosen.MailsPerMinute), Lease: limits.MailLease, Logger: logger, Metrics: p.metrics,
		})
	}
	p.Tools = tools.New(database, p.Services.Rooms)
	p.Talk = talk.New(talk.Options{Database: database, Log: p.Log, Rooms: p.Services.Rooms, Window: p.window})
	gestures := gesture.Options{Database: database, Log: p.Log, Rooms: p.Services.Rooms, Window: p.window}
	p.Hands, p.Reactions = gesture.NewHands(gestures), gesture.NewReactions(gestures, p.hub)
	p.Exports = export.New(database, p.Log, p.Services.Rooms, slices.Concat([]tools.Content{export.Attendance}, talk.Contents, ask.Contents, gesture.Contents, vote.Contents))
	p.Ask = ask.New(ask.Options{Database: database, Log: p.Log, Rooms: p.Services.Rooms, Window: p.window})
	p.Votes = vote.New(vote.Options{Database: database, Log: p.Log, Rooms: p.Services.Rooms, Clock: p.Services.Clock, Logger: logger})
	return p, nil
}

// Tools returns the tools of rooms, for commands that build no server.
func Tools(logger *slog.Logger) []room.Tool {
	return []room.Tool{talk.Tool, vote.Tool(logger), gesture.Tool, ask.Tool}
}

// window returns how long the server gathers what it writes and delivers for the tools of rooms.
func (p *Parts) window() time.Duration { return live.Window(p.connections.Count()) }

func (p *Parts) Close() error {
	p.Votes.Close()
	p.Talk.Close()
	p.Hands.Close()
	p.Ask.Close()
	p.Services.Close()
	return p.Database.Close()
}

// endSignIn closes the connections that use a sign-in.
func (p *Parts) endSignIn(id string) {
	p.connections.EndCredential(auth.SignInKey(id), wire.EndUnauthorized)
}

// AccountsOptions are what Accounts needs. Only servers need Limits, Ended and the keys; see auth.Options and people.Options.
type AccountsOptions struct {
	Database *live.Database
	Log      *live.Log
	Limits   auth.Limits
	Ended    func(signInID string)
	SetUpKey []byte
	RateKey  []byte
}

// Accounts returns what authenticates the site's people, and their directory.
func Accounts(s *settings.Settings, o AccountsOptions) (*auth.Authenticator, *people.Directory) {
	terms := auth.Terms{Idle: time.Duration(s.SignInIdle), Absolute: time.Duration(s.SignInMax)}
	passwords := auth.NewPasswords(runtime.NumCPU())
	a := auth.New(auth.Options{
		Database: o.Database, Log: o.Log, Passwords: passwords, Terms: terms, Limits: o.Limits, RateKey: o.RateKey, Ended: o.Ended,
	})
	return a, people.New(people.Options{Database: o.Database, Log: o.Log, Auth: a, Passwords: passwords, SetUpKey: o.SetUpKey})
}

// Site assembles the parts. Closing the site closes them, and so does an error.
func (p *Parts) Site(settings *settings.Settings, log *slog.Logger) (*Site, error) {
	clients := &clients{Addresses: wire.Addresses{Trusted: settings.TrustedProxies}, log: log}
	handler, err := p.handler(settings, clients.key, log)
	if err != nil {
		return nil, errors.Join(err, p.Close())
	}
	ctx, stop := context.WithCancel(context.Background())
	var keeping sync.WaitGroup
	p.jobs.measure(p.metrics)
	keeping.Go(func() { p.keepAlive(ctx, log, &p.jobs.keep) })
	keeping.Go(func() { p.clockwork(ctx, log, p.jobs) })
	if p.servers != nil {
		keeping.Go(func() { p.servers.Run(ctx) })
	}
	if p.Mail != nil {
		keeping.Go(func() { p.Mail.Run(ctx) })
	}
	return &Site{
		Handler: wire.RequestID(clients.Sent, logRequests(log, p.Requests, measureRequests(p.metrics), clients.address, handler)),
		Metrics: p.metrics,
		Probed:  prober{clients.Addresses, p.keys.Probes()}.answer,
		Ready:   p.Database.Check,
		Alive:   p.alive,
		Drain:   func(ctx context.Context) { _ = p.connections.Shutdown(ctx) },
		Close: func() error {
			stop()
			keeping.Wait()
			return p.Close()
		},
	}, nil
}

// WayIn returns how to get an administrator, if the site has none: by a link if it has no accounts, otherwise by a command.
func (p *Parts) WayIn(ctx context.Context, settings *settings.Settings) (says, link string, err error) {
	empty, err := p.People.Empty(ctx)
	if err != nil {
		return "", "", err
	}
	if empty {
		link = string(settings.PublicURL) + "/setup#" + p.People.NewSetUpToken()
		return "There is no account yet. Create the first administrator within 30 minutes: " + link + "\n", link, nil
	}
	if administered, err := p.People.Administered(ctx); err != nil || administered {
		return "", "", err
	}
	return "This site has no administrator. Make somebody one: usher user admin --email E\n", "", nil
}

// handler builds the handler of the API and the pages. address returns the key by which the use of strangers is counted.
func (p *Parts) handler(settings *settings.Settings, address func(*http.Request) string, logger *slog.Logger) (http.Handler, error) {
	measured := graph.NewMetrics(p.metrics)
	resolver := &graph.Resolver{Metrics: measured, Auth: p.Auth, People: p.People, Services: p.Services, Tools: p.Tools, Talk: p.Talk, Hands: p.Hands, Reactions: p.Reactions, Ask: p.Ask, Votes: p.Votes, Window: p.window, Log: logger, AboutSite: graph.Site{
		PublicURL: string(settings.PublicURL), Version: Version(), GraphiQL: settings.Introspection,
		Name: string(settings.SiteName), Mail: settings.On(), RepliesTo: repliesTo(settings),
	}}
	schema := generated.NewExecutableSchema(graph.Config(resolver))
	resolver.Wire = wire.NewMetrics(p.metrics, schema.Schema())
	p.connections.Metrics = resolver.Wire
	feeds := graph.NewFeeds(schema, resolver)
	secure := settings.PublicURL.Secure()
	names := auth.NewCookieNames(secure, settings.PublicURL.URL().Port())
	origins, err := wire.NewOrigins(texts(settings.Origins()), texts(settings.AllowedOrigins))
	if err != nil {
		return nil, err
	}
	sockets := wire.NewWebSocket(wire.WebSocketConfig{
		Init: graph.Init(p.Auth, names, address), Share: feeds,
		Origins:         origins,
		MaxPerPrincipal: p.limits.Use.Sockets, Principal: graph.Principal,
		MaxAnonymousPerAddress: p.limits.StrangersSockets, MaxAnonymous: strangersSockets(settings),
		Connections: p.connections, Log: logger, WriteTimeout: p.limits.Stall,
	})
	streams := wire.NewEventStreams(wire.EventStreamsConfig{MaxPerAsker: p.limits.Use.Streams, Connections: p.connections, Asker: func(r *http.Request) (string, []string) {
		actor := auth.From(r.Context())
		return string(actor.Principal()), actor.Credentials()
	}})
	p.measureOpen(open{sockets, streams, feeds, strangersSockets(settings)})
	use := graph.NewUse(p.limits.Use, p.Log.Now, measured)
	mux := http.NewServeMux()
	mux.Handle("/graphql", inLanguage(wire.NewHandler(schema, wire.Options{
		Origins: origins, Introspection: settings.Introspection, Log: logger, Metrics: resolver.Wire,
		Authenticate: p.Auth.Middleware(names, address, origins.Cookies),
		Transports:   []graphql.Transport{sockets, streams},
		Headers:      []string{auth.PlaceHeader},
		Admit:        use.RequestsInTurn,
		LongBodySize: graph.LongBody, Long: graph.LongBodies,
		First:      []graphql.HandlerExtension{use},
		Extensions: []graphql.HandlerExtension{graph.Answers{Resolver: resolver}},
	})))
	mux.Handle("GET /schema.graphql", wire.SDL(schema.Schema()))
	mux.Handle("POST /export", p.Auth.Middleware(names, address, origins.Cookies)(ownPagesOnly(origins, p.Exports.Handler(logger))))
	p.mountStopMail(mux, logger)
	p.mountMailReports(mux, string(settings.MailReportsKey), logger)
	if p.Demo != nil {
		p.mountDemo(mux, p.Auth.Middleware(names, address, origins.Cookies), origins, logger)
	}
	pages := web.Handler(settings.Introspection, string(settings.PublicURL))
	// The log has these patterns, never the path: if a mail program damages a link, the path may contain its token.
	for _, pattern := range []string{"/", "/join", "/assets/"} {
		mux.Handle(pattern, pages)
	}
	return ownHosts(settings, web.Headers(mux, secure)), nil
}

// ownPagesOnly refuses requests of pages of other origins, which would come with the cookies of this one.
func ownPagesOnly(origins wire.Origins, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !origins.Trusts(r) || !origins.Cookies(r) {
			http.Error(w, "Only a page of this site may export.", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
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
