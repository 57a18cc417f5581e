package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"usher/auth"
	"usher/graph"
	"usher/graph/generated"
	"usher/live"
	"usher/room"
	"usher/web"
)

// parts are what the program is made of, from storage up to the use cases. Commands beside the server use them too.
type parts struct {
	database *live.Database
	hub      *live.Hub
	presence *live.Presence
	log      *live.Log
	accounts *auth.Accounts
	rooms    *room.Rooms
}

// build opens the storage and builds the parts over it. now is the clock.
func build(ctx context.Context, settings *Settings, logger *slog.Logger, now func() time.Time) (*parts, error) {
	database, err := live.Open(ctx, string(settings.DatabaseURL))
	if err != nil {
		return nil, err
	}
	keys, err := linkKeys(settings)
	if err != nil {
		return nil, errors.Join(err, database.Close())
	}
	p := &parts{database: database, hub: live.NewHub(database), presence: live.NewPresence(live.AwayAfter, live.GatherFor)}
	p.log = database.Log(now, p.hub)
	p.accounts = auth.NewAccounts(database, p.log, auth.NewPasswords(2*runtime.NumCPU()), settings.signInTerms())
	p.rooms = room.New(room.Options{
		Database: database, Log: p.log, Hub: p.hub, Presence: p.presence, Keys: keys, JoinURL: string(settings.JoinURL),
		MembersCreateRooms: settings.RoomCreation == MembersCreateRooms,
		Limits:             settings.roomLimits(),
		Logger:             logger,
	})
	return p, nil
}

func (p *parts) close() error {
	p.rooms.Close()
	return p.database.Close()
}

// linkKeys reads the keys that sign links. Where no file was given it is made beside the SQLite database at the first start;
// a file that was given must be there.
func linkKeys(settings *Settings) (room.Keys, error) {
	keys, err := room.ReadKeys(settings.SecretKeyFile)
	if errors.Is(err, fs.ErrNotExist) && !settings.given("secret-key-file") {
		if err := os.MkdirAll(filepath.Dir(settings.SecretKeyFile), 0o700); err != nil {
			return keys, fmt.Errorf("make secret-key-file: %w", err)
		}
		keys, err = room.CreateKeys(settings.SecretKeyFile)
		if errors.Is(err, fs.ErrExist) { // another start made it in the meantime
			keys, err = room.ReadKeys(settings.SecretKeyFile)
		}
	}
	if err != nil {
		return keys, fmt.Errorf("secret-key-file: %w", err)
	}
	return keys, nil
}

func (s *Settings) signInTerms() auth.Terms {
	terms := auth.DefaultTerms()
	terms.Idle, terms.Absolute = time.Duration(s.SignInIdle), time.Duration(s.SignInMax)
	terms.PerAccount, terms.PerAddress = int(s.SignInsPerAccount), int(s.SignInsPerAddress)
	return terms
}

func (s *Settings) roomLimits() room.Limits {
	return room.Limits{
		InvitationsPerSession: int(s.InvitationsPerSession),
		InvitingPerMinute:     int(s.InvitesPerMinute),
		ForgedPerMinute:       int(s.ForgedLinksPerMinute),
	}
}

// handler serves the API and the pages.
func (p *parts) handler(settings *Settings, logger *slog.Logger) (http.Handler, error) {
	resolver := &graph.Resolver{Accounts: p.accounts, Core: p.rooms, Log: logger}
	address := func(r *http.Request) string { return auth.AddressKey(clientAddress(r, settings.TrustedProxies)) }
	origins := make([]string, len(settings.AllowedOrigins))
	for i, origin := range settings.AllowedOrigins {
		origins[i] = string(origin)
	}
	schema := generated.NewExecutableSchema(generated.Config{Resolvers: resolver})
	mux := http.NewServeMux()
	mux.Handle("/graphql", graph.NewHandler(
		schema,
		graph.Options{
			AllowedOrigins: origins, Introspection: settings.Introspection, Log: logger,
			Authenticate: p.accounts.Middleware(settings.PublicURL.Secure(), address),
			Extensions:   []graphql.HandlerExtension{graph.Answers{Resolver: resolver}},
		},
	))
	mux.Handle("GET /schema.graphql", graph.SDL(schema.Schema()))
	pages := web.Handler()
	// The log names these patterns, never the path: a link that a mail program mangled has its token there.
	for _, pattern := range []string{"/", "/join", "/assets/"} {
		mux.Handle(pattern, pages)
	}
	if !settings.Introspection {
		mux.Handle("/graphiql", http.NotFoundHandler())
	}
	return web.Headers(mux, settings.PublicURL.Secure()), nil
}
