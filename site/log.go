package site

import (
	"bufio"
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"sync/atomic"
	"time"

	"usher/settings"
	"usher/wire"
)

// newLog returns the log, and counts its lines in counted.
func newLog(w io.Writer, format settings.LogFormat, level slog.Leveler, counted *lines) *slog.Logger {
	options := &slog.HandlerOptions{Level: level}
	if format == settings.JSONLog {
		return slog.New(counting{wire.NameRequests(slog.NewJSONHandler(w, options)), counted})
	}
	return slog.New(counting{wire.NameRequests(slog.NewTextHandler(w, options)), counted})
}

// lines are how many lines of each level were logged.
type lines struct{ warn, err atomic.Int64 }

// counting is a handler that counts what it logs.
type counting struct {
	slog.Handler
	counted *lines
}

// Handle logs a line.
func (c counting) Handle(ctx context.Context, line slog.Record) error {
	if line.Level >= slog.LevelError {
		c.counted.err.Add(1)
	} else if line.Level >= slog.LevelWarn {
		c.counted.warn.Add(1)
	}
	return c.Handler.Handle(ctx, line)
}

// WithAttrs returns a handler whose lines begin with these attributes.
func (c counting) WithAttrs(attrs []slog.Attr) slog.Handler {
	return counting{c.Handler.WithAttrs(attrs), c.counted}
}

// WithGroup returns a handler that puts what follows into a group.
func (c counting) WithGroup(name string) slog.Handler {
	return counting{c.Handler.WithGroup(name), c.counted}
}

// logRequests logs each request after its answer. A line has the route, not the path or query, and no headers or body, so links,
// cookies and tokens stay out of the log. level is that of its lines. Answers with a fault of the server have at least Info.
func logRequests(log *slog.Logger, level slog.Level, measured requests, address func(*http.Request) netip.Addr, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		answer := &answer{ResponseWriter: w, status: http.StatusOK}
		defer func() {
			measured.count(r, answer, time.Since(start))
			line := []slog.Attr{
				slog.String("method", knownMethod(r.Method)), slog.String("route", r.Pattern), slog.Int("status", answer.status),
				slog.Int64("bytes", answer.bytes), slog.Duration("took", time.Since(start)), slog.Any("address", address(r)),
			}
			at := level
			if answer.status >= http.StatusInternalServerError {
				at = max(level, slog.LevelInfo)
			}
			log.LogAttrs(r.Context(), at, "request", line...)
		}()
		next.ServeHTTP(answer, r)
	})
}

// knownMethod returns a standard HTTP method, or OTHER for anything else.
func knownMethod(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions,
		http.MethodConnect, http.MethodTrace:
		return method
	}
	return "OTHER"
}

// answer records the status and size of an answer.
type answer struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (a *answer) WriteHeader(status int) {
	a.status = status
	a.ResponseWriter.WriteHeader(status)
}

func (a *answer) Write(b []byte) (int, error) {
	n, err := a.ResponseWriter.Write(b)
	a.bytes += int64(n)
	return n, err
}

// Unwrap supports http.ResponseController.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// Flush supports streams that use http.Flusher.
func (a *answer) Flush() { _ = http.NewResponseController(a.ResponseWriter).Flush() }

// Hijack supports WebSockets that use http.Hijacker.
func (a *answer) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	a.status = http.StatusSwitchingProtocols
	return http.NewResponseController(a.ResponseWriter).Hijack()
}
