package wire

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net/http"
	"regexp"
)

// loggedAs is how the log names a request: by its id, by the trace that it belongs to elsewhere, and by the number of an operation on its
// WebSocket.
type loggedAs struct {
	id, trace string
	operation int
}

type loggedAsKey struct{}

func loggedAsOf(ctx context.Context) loggedAs {
	of, _ := ctx.Value(loggedAsKey{}).(loggedAs)
	return of
}

var (
	// givenID is an id of a request that a proxy made.
	givenID = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)
	// traceParent is a header of W3C's Trace Context. Its second part is the trace.
	traceParent = regexp.MustCompile(`^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$`)
)

// RequestID gives each request an id: that of a trusted proxy in X-Request-Id, otherwise a short random one. It is sent in that header and in
// the error of a fault, and logged. Nil trusts nobody.
func RequestID(trusted func(*http.Request) bool, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		of := loggedAsOf(r.Context())
		if of.id == "" {
			if given := r.Header.Get("X-Request-Id"); trusted != nil && trusted(r) && givenID.MatchString(given) {
				of.id = given
			} else {
				of.id = rand.Text()[:12]
			}
			if parts := traceParent.FindStringSubmatch(r.Header.Get("Traceparent")); parts != nil {
				of.trace = parts[1]
			}
			r = r.WithContext(context.WithValue(r.Context(), loggedAsKey{}, of))
		}
		w.Header().Set("X-Request-Id", of.id)
		next.ServeHTTP(w, r)
	})
}

// WithRequestOf gives a context the id and the trace of a request, such as the one that opened a WebSocket.
func WithRequestOf(ctx context.Context, r *http.Request) context.Context {
	return context.WithValue(ctx, loggedAsKey{}, loggedAsOf(r.Context()))
}

// withOperation gives a context the number of an operation of its request.
func withOperation(ctx context.Context, number int) context.Context {
	of := loggedAsOf(ctx)
	of.operation = number
	return context.WithValue(ctx, loggedAsKey{}, of)
}

// RequestIDOf returns the context's request id, or "" if it has none.
func RequestIDOf(ctx context.Context) string { return loggedAsOf(ctx).id }

// NameRequests returns a handler of a log whose lines name the request in whose context they are logged.
func NameRequests(of slog.Handler) slog.Handler { return naming{of} }

type naming struct{ slog.Handler }

// Handle logs a line.
func (n naming) Handle(ctx context.Context, line slog.Record) error {
	of := loggedAsOf(ctx)
	if of.id == "" {
		return n.Handler.Handle(ctx, line)
	}
	line = line.Clone()
	line.AddAttrs(slog.String("requestId", of.id))
	if of.operation > 0 {
		line.AddAttrs(slog.Int("operation", of.operation))
	}
	if of.trace != "" {
		line.AddAttrs(slog.String("trace", of.trace))
	}
	return n.Handler.Handle(ctx, line)
}

// WithAttrs returns a handler whose lines begin with these attributes.
func (n naming) WithAttrs(attrs []slog.Attr) slog.Handler { return naming{n.Handler.WithAttrs(attrs)} }

// WithGroup returns a handler that puts what follows into a group.
func (n naming) WithGroup(name string) slog.Handler { return naming{n.Handler.WithGroup(name)} }
