package site

import (
	"context"
	"io"
	"net/http"
	"sync/atomic"
	"time"
)

// health answers /healthz as long as the program lives, /readyz with 200 while it can do its work, and leaves the rest to
// the site. The zero value is starting.
type health struct {
	site     atomic.Pointer[Site]
	draining atomic.Bool
}

// Healthy is what /healthz answers, and how `usher check` knows that Usher itself holds the port.
const Healthy = "Usher is alive\n"

func (h *health) serve(s *Site) { h.site.Store(s) }

func (h *health) drain() { h.draining.Store(true) }

func (h *health) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	site, beyond := h.site.Load(), isBeyond(r)
	if beyond {
		w.Header().Set("Connection", "close")
	}
	switch r.URL.Path {
	case "/healthz":
		tell(w, http.StatusOK, Healthy)
	case "/readyz":
		status, text := h.readiness(r.Context(), site)
		tell(w, status, text)
	default:
		if site == nil {
			tell(w, http.StatusServiceUnavailable, "starting\n")
			return
		}
		if beyond {
			w.Header().Set("Retry-After", "5")
			tell(w, http.StatusServiceUnavailable, "too many connections are open\n")
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

func tell(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text)
}
