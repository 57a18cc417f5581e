package site

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/pprof"
	"strings"
	"sync/atomic"
	"time"

	"usher/metric"
	"usher/settings"
)

// backDoor listens for operators alone, at an address of its own. The public one serves nothing of this. A nil backDoor is closed.
type backDoor struct {
	server  *http.Server
	measure func(*metric.Set) // adds what is known before the site is open
	page    atomic.Pointer[http.Handler]
	level   *slog.LevelVar
	log     *slog.Logger
}

// openBackDoor listens at addr, unless that is empty. What it measures at first is what measure adds.
func openBackDoor(ctx context.Context, addr settings.Addr, level *slog.LevelVar, log *slog.Logger, measure func(*metric.Set)) (*backDoor, error) {
	if addr == "" {
		return nil, nil
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", string(addr))
	if err != nil {
		return nil, fmt.Errorf("metrics-addr: %w", err)
	}
	b := &backDoor{measure: measure, level: level, log: log}
	b.publish(metric.NewSet())
	mux := http.NewServeMux()
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, r *http.Request) { (*b.page.Load()).ServeHTTP(w, r) })
	mux.HandleFunc("PUT /log-level", b.setLevel)
	handler := http.Handler(mux)
	if tcp, ok := listener.Addr().(*net.TCPAddr); ok && tcp.IP.IsLoopback() {
		mux.HandleFunc("GET /debug/pprof/", pprof.Index)
		mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
		mux.HandleFunc("GET /debug/pprof/symbol", pprof.Symbol)
		mux.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
		handler = ownNames([]string{"localhost", "127.0.0.1", "::1"}, "Ask for localhost, 127.0.0.1 or [::1].\n", mux)
	} else {
		mux.HandleFunc("/debug/pprof/", func(w http.ResponseWriter, _ *http.Request) {
			respond(w, http.StatusForbidden, "Profiles are served at a loopback address only.\n")
		})
	}
	b.server = newServer(handler, log)
	b.server.WriteTimeout = 5 * time.Minute // profiles take as long as they are asked to
	go func() {
		if err := b.server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			log.Error("serve metrics", "error", err)
		}
	}()
	log.Info("metrics are served", "address", listener.Addr())
	return b, nil
}

// publish serves other metrics from now on.
func (b *backDoor) publish(set *metric.Set) {
	if b == nil || set == nil {
		return
	}
	b.measure(set)
	page := set.Handler()
	b.page.Store(&page)
}

// Close stops listening.
func (b *backDoor) Close() {
	if b != nil {
		_ = b.server.Close()
	}
}

// longestLevel limits the bytes of a level.
const longestLevel = 16

// setLevel changes the least level that is logged.
func (b *backDoor) setLevel(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, longestLevel))
	var level settings.LogLevel
	if err == nil {
		err = level.UnmarshalText([]byte(strings.TrimSpace(string(body))))
	}
	if err != nil {
		respond(w, http.StatusBadRequest, "Send one of debug, info, warn, error.\n")
		return
	}
	before := b.level.Level()
	b.level.Set(level.Level())
	b.log.Log(r.Context(), max(before, level.Level()), "the log's level changed", "from", before, "to", level.Level())
	respond(w, http.StatusOK, "The log has lines of level "+string(level)+" and above.\n")
}
