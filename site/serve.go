package site

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"syscall"
	"time"

	"usher/settings"
	"usher/web"
)

// FinishWithin is how long answers and the ends of connections may take when the program stops.
const FinishWithin = 10 * time.Second

// Site is what the server serves, once it stands.
type Site struct {
	// Welcome is said to people once the site is ready.
	Welcome string
	// Handler answers everything but /healthz and /readyz.
	Handler http.Handler
	// Ready reports whether storage answers.
	Ready func(context.Context) error
	// Drain ends what has no end of its own: streams, which http.Server.Shutdown would wait for, and WebSockets, which it
	// knows nothing of.
	Drain func(context.Context)
	// Close frees the rest, at the very end.
	Close func() error
}

// newServer limits the time that a client may take. A request is to come within 10 s and its answer to be taken within a minute,
// which is enough for what a page loads over 50 kbit/s; server-sent events and WebSockets, which last, have limits of their own
// for each message.
func newServer(handler http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      time.Minute,
		IdleTimeout:       2 * time.Minute,
		ConnContext:       mark,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
}

// Serve listens, opens the site, says so, and serves it until ctx ends. Then it is not ready any more, finishes what was
// asked, ends the connections and returns within 15 s.
func Serve(ctx context.Context, settings *settings.Settings, out, errs io.Writer,
	open func(context.Context, *settings.Settings, *slog.Logger) (*Site, error),
) (err error) {
	log := newLog(errs, settings.LogFormat)
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", string(settings.Addr))
	if err != nil {
		if errors.Is(err, syscall.EADDRINUSE) {
			err = fmt.Errorf("%w; choose another address with --addr 127.0.0.1:9090 or USHER_ADDR=127.0.0.1:9090", err)
		}
		return err
	}
	if err := settings.Listening(listener.Addr()); err != nil {
		return errors.Join(err, listener.Close())
	}
	for _, doubt := range settings.Warnings() {
		log.Warn(doubt)
	}
	var health health
	server := newServer(&health, log)
	stopped := make(chan error, 1)
	go func() {
		stopped <- server.Serve(&door{Listener: listener, most: ConnectionsOf(descriptors()), log: log})
	}()

	site, err := open(ctx, settings, log)
	if err != nil {
		return errors.Join(err, server.Close())
	}
	defer func() { err = errors.Join(err, site.Close()) }()
	health.serve(site)
	fmt.Fprintf(out, "Usher is ready at %s\n%s", settings.PublicURL, site.Welcome)
	if !web.Built() {
		fmt.Fprintln(out, "The web app is not included, so you see plain pages. make build includes it (needs Node 20).")
	}

	select {
	case err := <-stopped:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	log.Info("stopping")
	health.drain()
	finish, cancel := context.WithTimeout(context.WithoutCancel(ctx), FinishWithin)
	defer cancel()
	drained := make(chan struct{})
	server.RegisterOnShutdown(func() { // once nobody gets in any more
		site.Drain(finish)
		close(drained)
	})
	if err := server.Shutdown(finish); err != nil {
		log.Warn("requests were cut off", "error", err)
		_ = server.Close()
	}
	<-drained
	return nil
}
