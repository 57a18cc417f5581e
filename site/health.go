package site

import (
	"context"
	"io"
	"net/http"
	"sync/atomic"
	"time"
)

// health answers /healthz as long as the program runs, and /readyz with 200 while it can work. It leaves other requests to the site.
// The zero value is starting.
type health struct {
	site     atomic.Pointer[Site]
	draining atomic.Bool
}

// Healthy is the answer of /healthz. `usher check` recognises a running Usher by it.
const Healthy = "Usher is alive\n"

func (h *health) publish(s *Site) { h.site.Store(s) }

func (h *health) drain() { h.draining.Store(true) }

func (h *health) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	site, beyond := h.site.Load(), isBeyond(r)
	if beyond {
		w.Header().Set("Connection", "close")
	}
	switch r.URL.Path {
	case "/healthz":
		if site != nil && site.Probed != nil {
			site.Probed(w.Header(), r)
		}
		respond(w, http.StatusOK, Healthy)
	case "/readyz":
		status, text := h.readiness(r.Context(), site)
		respond(w, status, text)
	default:
		if site == nil {
			w.Header().Set("Retry-After", "5")
			respond(w, http.StatusServiceUnavailable, "Usher is starting. Try again in a moment.\n")
			return
		}
		if beyond {
			w.Header().Set("Retry-After", "5")
			respond(w, http.StatusServiceUnavailable, "too many connections are open\n")
			return
		}
		site.Handler.ServeHTTP(w, r)
	}
}

func (h *health) readiness(ctx context.Context, site *Site) (status int, text string) {
	switch {
	case site == nil:
		return http.StatusServiceUnavailable, "starting\n"
	case h.draining.Load():
		return http.StatusServiceUnavailable, "stopping\n"
	}
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	if site.Ready(ctx) != nil {
		return http.StatusServiceUnavailable, "the database does not answer\n"
	}
	return http.StatusOK, "ready\n"
}

func respond(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text)
}
