// Package wire carries GraphQL over HTTP, WebSockets and server-sent events, limits the cost of one request, and formats errors.
// graph, site and command may import it; it knows nothing of rooms or accounts.
package wire

import (
	"context"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/ast"
)

// Options are what NewHandler is built from. The zero value serves: without introspection, other origins and a log.
type Options struct {
	// Origins are the site's own: a proxy may have changed the Host that a browser's Origin is held against.
	Origins []string
	// AllowedOrigins are those whose pages may ask by POST, with a bearer token and never with cookies (A2). Each is
	// compared whole: scheme, host and port.
	AllowedOrigins []string
	// Headers are what pages of AllowedOrigins may send beside Authorization and Content-Type.
	Headers []string
	// Introspection lets clients read the schema.
	Introspection bool
	// Limits bound documents and variables; zero means DefaultLimits.
	Limits Limits
	// BodySize is the most bytes that a request may have; zero means 64 KiB.
	BodySize int64
	// QueryTime and MutationTime are how long one may take; zero means 5 s and 10 s. A subscription takes its time.
	QueryTime, MutationTime time.Duration
	// Log takes what clients are not told; nil means none.
	Log *slog.Logger
	// Authenticate finds the asker of a request. It runs where cookies that came from another origin are gone.
	Authenticate func(http.Handler) http.Handler
	// Admit has a request wait, or refuses it with RefuseForNow, once it is known who asks and before its body is read. Nil lets
	// all in.
	Admit func(http.Handler) http.Handler
	// Transports are asked before plain HTTP, in order.
	Transports []graphql.Transport
	// First are extensions that run before the guard, in order: what they refuse costs next to nothing.
	First []graphql.HandlerExtension
	// Extensions run inside the guard and the limits of time, in order.
	Extensions []graphql.HandlerExtension
}

// Documents that passed guard and validation are kept, the most recently asked ones. One takes up to 250 KB.
const (
	keptDocuments   = 200
	keptDocumentLen = 16 << 10
)

// NewHandler serves the schema. It panics where an allowed origin is none, as in "https://app.example.com:8443".
func NewHandler(schema graphql.ExecutableSchema, o Options) http.Handler {
	o = o.withDefaults()
	server := handler.New(schema)
	for _, transport := range o.Transports {
		server.AddTransport(transport)
	}
	server.AddTransport(plainHTTP{size: o.BodySize})
	server.SetErrorPresenter(Presenter(o.Log))
	server.SetRecoverFunc(Recoverer(o.Log))

	known := documents{lru.New[*ast.QueryDocument](keptDocuments)}
	server.SetQueryCache(known)
	server.SetParserTokenLimit(o.Limits.Tokens)
	server.SetValidationRulesFn(ValidationRules(o.Introspection))
	server.SetDisableSuggestion(true)
	server.AroundOperations(limitTime(o.QueryTime, o.MutationTime)) // what waits for its turn waits no longer
	for _, extension := range o.First {
		server.Use(extension)
	}
	server.Use(NewGuard(o.Limits, known))
	server.Use(answerSize{})
	if o.Introspection {
		server.Use(extension.Introspection{})
	}
	for _, extension := range o.Extensions {
		server.Use(extension)
	}
	return RequestID(crossOrigin(o, o.Authenticate(o.Admit(limitBody(o.BodySize, server)))))
}

func (o Options) withDefaults() Options {
	if o.Limits == (Limits{}) {
		o.Limits = DefaultLimits
	}
	if o.BodySize == 0 {
		o.BodySize = 64 << 10
	}
	if o.QueryTime == 0 {
		o.QueryTime = 5 * time.Second
	}
	if o.MutationTime == 0 {
		o.MutationTime = 10 * time.Second
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Authenticate == nil {
		o.Authenticate = func(next http.Handler) http.Handler { return next }
	}
	if o.Admit == nil {
		o.Admit = func(next http.Handler) http.Handler { return next }
	}
	return o
}

// documents is gqlgen's query cache, without documents that are long.
type documents struct {
	graphql.Cache[*ast.QueryDocument]
}

func (d documents) Add(ctx context.Context, query string, doc *ast.QueryDocument) {
	if len(query) <= keptDocumentLen {
		d.Cache.Add(ctx, query, doc)
	}
}

// limitTime ends the context of a query or a mutation when its time is over.
func limitTime(query, mutation time.Duration) graphql.OperationMiddleware {
	return func(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
		limit := query
		switch graphql.GetOperationContext(ctx).Operation.Operation {
		case ast.Subscription:
			return next(ctx)
		case ast.Mutation:
			limit = mutation
		case ast.Query:
		}
		ctx, cancel := context.WithTimeout(ctx, limit)
		responses := next(ctx)
		return func(ctx context.Context) *graphql.Response {
			defer cancel()
			return responses(ctx)
		}
	}
}

// limitBody bounds what any transport can read of a request.
func limitBody(size int64, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, size)
		next.ServeHTTP(w, r)
	})
}

// crossOrigin refuses what a browser sends for a page of another origin, unless that origin is allowed: then it may POST,
// without cookies (A2). A page that may not read an answer by GET is no matter of ours, as GET changes nothing.
func crossOrigin(o Options, next http.Handler) http.Handler {
	own, allowed := o.Origins, o.AllowedOrigins
	headers := strings.Join(append([]string{"Authorization", "Content-Type"}, o.Headers...), ", ")
	protection := http.NewCrossOriginProtection()
	for _, origin := range slices.Concat(own, allowed) {
		if err := protection.AddTrustedOrigin(origin); err != nil {
			panic(err)
		}
	}
	protection.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		(&requestError{
			status: http.StatusForbidden,
			err:    refuse(CodeForbidden, "pages of this origin may not use the API; the setting allowed-origins can allow them"),
		}).write(w, negotiate(r.Header.Values("Accept")))
	}))
	protected := protection.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Add("Vary", "Origin")
		origin := r.Header.Get("Origin")
		if origin != "" && slices.Contains(allowed, origin) && (r.Method == http.MethodPost || r.Method == http.MethodOptions) {
			header.Set("Access-Control-Allow-Origin", origin)
		}
		if r.Method == http.MethodOptions {
			header.Set("Allow", "GET, POST, OPTIONS")
			if header.Get("Access-Control-Allow-Origin") != "" {
				header.Set("Access-Control-Allow-Methods", "POST")
				header.Set("Access-Control-Allow-Headers", headers)
				header.Set("Access-Control-Max-Age", "7200")
			}
			w.WriteHeader(http.StatusNoContent)
			return
		}
		if r.Header.Get("Cookie") != "" && !slices.Contains(own, origin) && isForeign(r) {
			r = r.Clone(r.Context())
			r.Header.Del("Cookie")
		}
		protected.ServeHTTP(w, r)
	})
}

// isForeign says whether a browser sent the request for a page of another origin, as http.CrossOriginProtection finds it, but
// for all methods.
func isForeign(r *http.Request) bool {
	asPost := &http.Request{Method: http.MethodPost, Host: r.Host, Header: r.Header}
	return new(http.CrossOriginProtection).Check(asPost) != nil
}
