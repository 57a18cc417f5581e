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

	"usher/metric"
	"usher/settings"
	"usher/web"
)

// FinishWithin limits how long answers and connections may take to end when the program stops.
const FinishWithin = 10 * time.Second

// Site is what the server serves once it is open.
type Site struct {
	// Welcome is printed once the site is ready.
	Welcome string
	// Welcomed is called after that, unless it is nil.
	Welcomed func()
	// Handler answers everything except /healthz and /readyz.
	Handler http.Handler
	// Probed adds to the answer of /healthz what only the site's operator may know. It may be nil.
	Probed func(answer http.Header, r *http.Request)
	// Ready returns an error if the storage does not answer.
	Ready func(context.Context) error
	// Metrics are nil if nobody asks for them.
	Metrics *metric.Set
	// Alive returns an error if a new start of the server might help. It may be nil.
	Alive func(context.Context) error
	// Drain ends what does not end by itself: event streams, which http.Server.Shutdown would wait for, and WebSockets, which it does
	// not know.
	Drain func(context.Context)
	// Close releases the rest, at the very end.
	Close func() error
}

// newServer limits how long a client may take. A request must arrive within 10 s, and its answer must be read within a minute, enough
// for a page over 50 kbit/s. Event streams and WebSockets have limits of their own for each message.
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

// Serve listens, opens the site, reports when it is ready, and serves it until ctx ends. Then it stops being ready, finishes the
// requests in progress, ends the connections and returns within 15 s.
func Serve(ctx context.Context, settings *settings.Settings, out, errs io.Writer,
	open func(context.Context, *settings.Settings, *slog.Logger) (*Site, error),
) (err error) {
	level, logged := new(slog.LevelVar), new(lines)
	level.Set(settings.LogLevel.Level())
	log := newLog(errs, settings.LogFormat, level, logged)
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
	for _, warning := range settings.Warnings() {
		log.Warn(warning)
	}
	var health health
	back, err := openBackDoor(ctx, settings.MetricsAddr, level, log, func(set *metric.Set) {
		health.measure(set)
		logged.measure(set)
	})
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	defer back.Close()
	server := newServer(&health, log)
	stopped := make(chan error, 1)
	go func() {
		stopped <- server.Serve(&door{Listener: listener, most: ConnectionsOf(descriptors()), log: log})
	}()

	systemd := newSystemd(log)
	starting, started := context.WithCancel(ctx)
	go systemd.extend(starting)
	site, err := open(ctx, settings, log)
	started()
	if err != nil {
		return errors.Join(err, server.Close())
	}
	defer func() { err = errors.Join(err, site.Close()) }()
	health.publish(site)
	back.publish(site.Metrics)
	unbuilt := "" // the welcome has the links, so it comes last
	if !web.Built() {
		unbuilt = "The web app is not built; the API works all the same. make run builds it and starts Usher (needs Node 20).\n"
	}
	fmt.Fprintf(out, "Usher is ready at %s\n%s%s", settings.PublicURL, unbuilt, site.Welcome)
	systemd.tell("READY=1")
	go systemd.watch(ctx, site.Alive)
	if site.Welcomed != nil {
		site.Welcomed()
	}

	select {
	case err := <-stopped:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	log.Info("stopping")
	systemd.tell("STOPPING=1")
	health.drain()
	finish, cancel := context.WithTimeout(context.WithoutCancel(ctx), FinishWithin)
	defer cancel()
	drained := make(chan struct{})
	server.RegisterOnShutdown(func() { // after the listener is closed
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
