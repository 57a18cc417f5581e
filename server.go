// Usher invites people into live rooms by secure links. This package is the program: it reads the settings, builds the parts,
// listens and drains. Nothing imports it.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"syscall"
	"time"

	"usher/web"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbagePercent)
	}
	os.Exit(run(ctx, os.Args[1:], os.Environ(), console{os.Stdin, os.Stdout, os.Stderr}))
}

// garbagePercent is how much garbage may lie beside what lives on the heap, in percent of it, unless the environment sets Go's
// own GOGC. Most of what lives are connections that wait: with Go's 100 each of them takes 1.3 KB more.
const garbagePercent = 70

// console is where the program reads from, speaks to people, and writes its log.
type console struct {
	In       io.Reader
	Out, Err io.Writer
}

// finishWithin is how long answers and the ends of connections may take when the program stops.
const finishWithin = 10 * time.Second

type serveCommand struct {
	Demo bool `help:"Run with a temporary database and example data."`
}

// Run serves until ctx ends. The address is on the console as soon as the site is ready.
func (c *serveCommand) Run(ctx context.Context, out console, settings *Settings) error {
	if c.Demo {
		dir, err := throwAway(settings)
		if err != nil {
			return err
		}
		defer func() { _ = os.RemoveAll(dir) }()
	}
	return serve(ctx, settings, out, c.open)
}

// throwAway points the settings to a database and key in a new directory, which it returns for the caller to remove.
func throwAway(settings *Settings) (dir string, err error) {
	for _, setting := range []string{"database-url", "secret-key-file"} {
		if settings.given(setting) {
			return "", invalidf("--demo uses its own database; remove %s (%s)", setting, settings.source(setting))
		}
	}
	if dir, err = os.MkdirTemp("", "usher-demo-"); err != nil {
		return "", fmt.Errorf("create demo directory: %w", err)
	}
	settings.DatabaseURL = DatabaseURL("sqlite://" + filepath.Join(dir, "usher.db"))
	return dir, settings.complete()
}

// site is what the server serves, once it stands.
type site struct {
	// welcome is said to people once the site is ready.
	welcome string
	// handler answers everything but /healthz and /readyz.
	handler http.Handler
	// ready reports whether storage answers.
	ready func(context.Context) error
	// drain ends what has no end of its own: streams, which http.Server.Shutdown would wait for, and WebSockets, which it
	// knows nothing of.
	drain func(context.Context)
	// close frees the rest, at the very end.
	close func() error
}

// open builds the parts and puts them together.
func (c *serveCommand) open(ctx context.Context, settings *Settings, log *slog.Logger) (*site, error) {
	p, err := build(ctx, settings, log, time.Now)
	if err != nil {
		return nil, err
	}
	s, err := p.site(settings, log)
	if err != nil {
		return nil, err
	}
	if c.Demo {
		err = s.demo(ctx, p, settings, log)
	} else {
		s.welcome, err = p.wayIn(ctx, settings)
	}
	if err != nil {
		return nil, errors.Join(err, s.close())
	}
	return s, nil
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

// serve listens, opens the site, says so, and serves it until ctx ends. Then it is not ready any more, finishes what was
// asked, ends the connections and returns within 15 s.
func serve(ctx context.Context, settings *Settings, out console,
	open func(context.Context, *Settings, *slog.Logger) (*site, error),
) (err error) {
	log := newLog(out.Err, settings.LogFormat)
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", string(settings.Addr))
	if err != nil {
		if errors.Is(err, syscall.EADDRINUSE) {
			err = fmt.Errorf("%w; choose another address with --addr 127.0.0.1:9090 or USHER_ADDR=127.0.0.1:9090", err)
		}
		return err
	}
	if err := settings.listening(listener.Addr()); err != nil {
		return errors.Join(err, listener.Close())
	}
	for _, doubt := range settings.doubts() {
		log.Warn(doubt)
	}
	var health health
	server := newServer(&health, log)
	stopped := make(chan error, 1)
	go func() {
		stopped <- server.Serve(&door{Listener: listener, most: connectionsOf(descriptors()), log: log})
	}()

	site, err := open(ctx, settings, log)
	if err != nil {
		return errors.Join(err, server.Close())
	}
	defer func() { err = errors.Join(err, site.close()) }()
	health.serve(site)
	fmt.Fprintf(out.Out, "Usher is ready at %s\n%s", settings.PublicURL, site.welcome)
	if !web.Built() {
		fmt.Fprintln(out.Out, "The web app is not built; the API works all the same. make run builds it and starts Usher (needs Node 20).")
	}

	select {
	case err := <-stopped:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	log.Info("stopping")
	health.drain()
	finish, cancel := context.WithTimeout(context.WithoutCancel(ctx), finishWithin)
	defer cancel()
	drained := make(chan struct{})
	server.RegisterOnShutdown(func() { // once nobody gets in any more
		site.drain(finish)
		close(drained)
	})
	if err := server.Shutdown(finish); err != nil {
		log.Warn("requests were cut off", "error", err)
		_ = server.Close()
	}
	<-drained
	return nil
}
