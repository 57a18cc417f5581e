// Package wire carries GraphQL over HTTP, WebSockets and server-sent events. It limits what a request may cost, and words the errors
// for clients. It knows nothing of rooms or accounts. Only packages graph and site may import it.
package wire

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/ast"
)

// Options configure NewHandler. The zero value works, without introspection, other origins and a log.
type Options struct {
	// Origins judge which pages may ask: those of allowed origins by POST, with a bearer token and never with cookies (A2).
	Origins Origins
	// Headers are what pages of allowed origins may send beside Authorization and Content-Type.
	Headers []string
	// Introspection lets clients read the schema.
	Introspection bool
	// Limits limit documents and variables; zero means DefaultLimits.
	Limits Limits
	// BodySize limits the bytes of a request; zero means 64 KiB.
	BodySize int64
	// LongBodySize limits the bytes of a request that announces its length, if Long allows it. Nil allows none.
	LongBodySize int64
	Long         func(*http.Request) bool
	// QueryTime and MutationTime limit how long an operation takes; zero means 5 s and 10 s. Subscriptions have no limit.
	QueryTime, MutationTime time.Duration
	// Log receives the details that clients do not get; nil means no log.
	Log *slog.Logger
	// Authenticate identifies a request's asker. It runs after cookies from other origins have been removed.
	Authenticate func(http.Handler) http.Handler
	// Admit makes a request wait, or refuses it with RefuseForNow. It runs when the asker is known, before the body is read. Nil admits
	// all.
	Admit func(http.Handler) http.Handler
	// Metrics measure the operations.
	Metrics Metrics
	// Transports are tried in order, before plain HTTP.
	Transports []graphql.Transport
	// First are extensions that run before the guard, in order. What they refuse costs almost nothing.
	First []graphql.HandlerExtension
	// Extensions run inside the guard and the time limits, in order.
	Extensions []graphql.HandlerExtension
}

// The query cache keeps the most recently used documents that passed guard and validation. One takes up to 250 KB.
const (
	keptDocuments   = 200
	keptDocumentLen = 16 << 10
)

// NewHandler returns the handler for a schema. It panics if an origin is invalid.
func NewHandler(schema graphql.ExecutableSchema, o Options) http.Handler {
	o = o.withDefaults()
	server := handler.New(schema)
	for _, transport := range o.Transports {
		server.AddTransport(transport)
	}
	server.AddTransport(plainHTTP{size: o.BodySize, body: o.bodySize})
	server.SetErrorPresenter(o.Metrics.Presenting(Presenter(o.Log)))
	server.SetRecoverFunc(o.Metrics.Recovering(Recoverer(o.Log)))

	known := documents{lru.New[*ast.QueryDocument](keptDocuments)}
	server.SetQueryCache(known)
	server.SetParserTokenLimit(o.Limits.Tokens)
	server.SetValidationRulesFn(ValidationRules(o.Introspection))
	server.SetDisableSuggestion(true)
	if o.Metrics.on {
		server.Use(measuring{o.Metrics}) // first, so that it measures the wait for a turn
	}
	server.AroundOperations(limitTime(o.QueryTime, o.MutationTime)) // also limits the wait for a turn
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
	return RequestID(nil, crossOrigin(o, o.Authenticate(o.Admit(limitBody(o.bodySize, server)))))
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

// bodySize returns the limit of a request's bytes. Over WebSockets and server-sent events it is always BodySize.
func (o Options) bodySize(r *http.Request) int64 {
	if o.Long != nil && r.ContentLength > o.BodySize && o.Long(r) {
		return o.LongBodySize
	}
	return o.BodySize
}

// documents is gqlgen's query cache without long documents.
type documents struct {
	graphql.Cache[*ast.QueryDocument]
}

func (d documents) Add(ctx context.Context, query string, doc *ast.QueryDocument) {
	if len(query) <= keptDocumentLen {
		d.Cache.Add(ctx, query, doc)
	}
}

// limitTime ends the context of a query or mutation when its time is up.
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

// limitBody limits what any transport can read of a request.
func limitBody(size func(*http.Request) int64, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, size(r))
		next.ServeHTTP(w, r)
	})
}

// crossOrigin refuses what a browser sends for a page of another origin. An allowed origin may POST, but without cookies (A2). GET
// needs no check, because it changes nothing and the browser does not show its answer to the page.
func crossOrigin(o Options, next http.Handler) http.Handler {
	headers := strings.Join(append([]string{"Authorization", "Content-Type"}, o.Headers...), ", ")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Add("Vary", "Origin")
		if o.Origins.Allows(r) && (r.Method == http.MethodPost || r.Method == http.MethodOptions) {
			header.Set("Access-Control-Allow-Origin", r.Header.Get("Origin"))
		}
		switch {
		case r.Method == http.MethodOptions:
			header.Set("Allow", "GET, POST, OPTIONS")
			if header.Get("Access-Control-Allow-Origin") != "" {
				header.Set("Access-Control-Allow-Methods", "POST")
				header.Set("Access-Control-Allow-Headers", headers)
				header.Set("Access-Control-Max-Age", "7200")
			}
			w.WriteHeader(http.StatusNoContent)
		case !o.Origins.Trusts(r) && !isUpgrade(r): // the transport judges upgrades
			(&requestError{
				status: http.StatusForbidden,
				err:    refuse(CodeForbidden, "pages of this origin may not use the API; the setting allowed-origins can allow them"),
			}).write(w, negotiate(r.Header.Values("Accept")))
		default:
			next.ServeHTTP(w, o.Origins.withoutForeignCookies(r))
		}
	})
}
