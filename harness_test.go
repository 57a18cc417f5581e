package main

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"net/http"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"usher/command"
	"usher/graph"
	"usher/live/livetest"
	"usher/room"
	"usher/settings"
	"usher/site"
)

// clock is a time that stands still until it is moved.
type clock struct {
	mu sync.Mutex
	at time.Time
}

// Now is the clock's time, to the millisecond.
func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

// Advance moves the clock on.
func (c *clock) Advance(by time.Duration) { c.Set(c.Now().Add(by)) }

// Set moves the clock to an instant.
func (c *clock) Set(to time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = to
}

// house is a whole site that runs in this process, on a port and a database of its own, with a clock that stands.
type house struct {
	*usher
	*clock
	t       *testing.T
	storage []string       // the settings that name database and key, for the command line beside the server
	DB      func() *sql.DB // its database, as somebody sees it who looks in beside the server
	parts   *site.Parts
	counts  bool // what principals use is limited; else stories may hurry while the clock stands
	wire    *http.Transport
}

// onEach tells a story of a site that starts with these settings, on SQLite and on PostgreSQL, side by side with others.
func onEach(t *testing.T, story func(t *testing.T, h *house), args ...string) {
	onEachEmpty(t, func(t *testing.T, h *house) {
		h.Serve(args...)
		story(t, h)
	})
}

// onEachEmpty is onEach of a site that nobody serves yet.
func onEachEmpty(t *testing.T, story func(t *testing.T, h *house)) {
	t.Parallel()
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		t.Parallel()
		story(t, newHouse(t, databaseURL))
	})
}

// startHouse serves a site on a SQLite database until the test ends, for what does not depend on storage.
func startHouse(t *testing.T, args ...string) *house {
	t.Helper()
	h := newHouse(t, livetest.SQLite(t))
	h.Serve(args...)
	return h
}

// newHouse prepares a site on a database that is empty or not there yet.
func newHouse(t *testing.T, databaseURL string) *house {
	t.Helper()
	h := &house{
		t: t, usher: &usher{}, clock: &clock{at: time.Now().UTC().Truncate(time.Millisecond)},
		storage: []string{"--database-url=" + databaseURL, "--secret-key-file=" + keyFile(t)},
		DB:      sync.OnceValue(func() *sql.DB { return livetest.MustConnect(t, databaseURL) }),
		wire:    &http.Transport{MaxIdleConnsPerHost: 400},
	}
	t.Cleanup(h.wire.CloseIdleConnections)
	return h
}

// Serve serves the site in this process, with the house's clock, until the test ends.
func (h *house) Serve(args ...string) {
	h.t.Helper()
	chosen := mustSettings(h.t, nil, slices.Concat([]string{"--addr=127.0.0.1:0"}, h.storage, args)...)
	h.usher = boot(h.t, func(ctx context.Context, out command.Console) int {
		err := site.Serve(ctx, chosen, out.Out, out.Err, func(ctx context.Context, chosen *settings.Settings, log *slog.Logger) (s *site.Site, err error) {
			if h.parts, err = site.Build(ctx, chosen, log, h.Now); err != nil {
				return nil, err
			}
			if !h.counts {
				h.parts.Use = inAHurry
			}
			return h.parts.Site(chosen, log)
		})
		if err != nil {
			fmt.Fprintln(out.Err, err)
			return 1
		}
		return 0
	})
	if !chosen.PublicURL.Loopback() { // what stands before the program there is not here
		h.url = "http://" + string(chosen.Addr)
	}
	h.t.Cleanup(func() {
		if h.t.Failed() {
			h.t.Logf("the errors in the log:\n%s", noError.ReplaceAllString(h.log.String(), ""))
		}
	})
}

// inAHurry are limits of use that no story comes to.
var inAHurry = graph.UseLimits{
	Sockets: 1e9, Streams: graph.DefaultUseLimits.Streams,
	Writes: graph.Rate{PerSecond: 1, Burst: 1e9}, Searches: graph.Rate{PerSecond: 1, Burst: 1e9}, Strangers: graph.Rate{PerSecond: 1, Burst: 1e9},
	InvitingPerMinute: 1e9,
}

// noError matches the lines of a log that hold no error.
var noError = regexp.MustCompile(`(?m)^.*level=(INFO|WARN).*\n`)

// ServeApart serves the site in a process of its own, by the machine's clock.
func (h *house) ServeApart(args ...string) *child {
	h.t.Helper()
	start := startChild
	if h.counts {
		start = func(t *testing.T, args ...string) *child { return startChildIn(t, nil, args...) }
	}
	c := start(h.t, slices.Concat(h.storage, args)...)
	h.url = c.url
	return c
}

// Launch starts a server of the site as the program alone does, by the machine's clock: ready, or ended without a url.
func (h *house) Launch(args ...string) *usher {
	args = slices.Concat([]string{"--addr=127.0.0.1:0"}, h.storage, args)
	return launch(h.t, func(ctx context.Context, out command.Console) int { return command.Run(ctx, args, nil, out) })
}

// MustNotServe starts a server that is to end at once, with one line that holds the words.
func (h *house) MustNotServe(words string) {
	h.t.Helper()
	u := h.Launch()
	if u.url != "" {
		h.t.Fatalf("it serves, where it should have said %q", words)
	}
	if status, said := u.stop(), u.log.String(); status != 1 || strings.Count(said, "\n") != 1 || !strings.Contains(said, words) {
		h.t.Errorf("status %d, said %q; want 1 and a line with %q", status, said, words)
	}
}

// keyFile makes the key that signs links.
func keyFile(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "key")
	if _, err := room.CreateKeys(file); err != nil {
		t.Fatal(err)
	}
	return file
}

// MustRun runs a command of the program on the same database, as an operator does beside the server, and returns what it
// printed.
func (h *house) MustRun(input string, args ...string) string {
	h.t.Helper()
	return mustRun(h.t, input, append(args, h.storage...)...)
}

func mustRun(t *testing.T, input string, args ...string) string {
	t.Helper()
	var out, err strings.Builder
	if status := command.Run(t.Context(), args, nil, command.Console{In: strings.NewReader(input), Out: &out, Err: &err}); status != 0 {
		t.Fatalf("usher %s: status %d: %s", strings.Join(args, " "), status, err.String())
	}
	return strings.TrimSpace(out.String())
}

const password = "correct horse battery"

// Account adds an account by the command line. The name is made of the email's local part.
func (h *house) Account(email string, flags ...string) {
	h.t.Helper()
	first, last, _ := strings.Cut(strings.SplitN(email, "@", 2)[0], ".")
	h.MustRun(password+"\n", append([]string{"user", "add", "--email", email, "--first-name", title(first), "--last-name", title(last)},
		flags...)...)
}

func title(word string) string {
	if word == "" {
		return "Host"
	}
	return strings.ToUpper(word[:1]) + word[1:]
}

// User adds an account and returns a client that holds its bearer token: it stays signed in however the clock moves.
func (h *house) User(email string, flags ...string) *client {
	h.t.Helper()
	h.Account(email, flags...)
	return h.Bearer(h.MustRun("", "token", "create", "--email", email, "--ttl", "365d"))
}

// Browser returns a new browser profile: it keeps cookies and nobody is signed in.
func (h *house) Browser() *client {
	h.t.Helper()
	return newBrowser(h.t, h.url, h.wire)
}

// Bearer returns a client that sends a bearer token and keeps no cookies.
func (h *house) Bearer(token string) *client {
	return &client{t: h.t, url: h.url, http: &http.Client{Transport: h.wire}, bearer: token}
}

// WaitUntil waits for what the server does behind an answer.
func (h *house) WaitUntil(what string, is func() bool) {
	h.t.Helper()
	waitUntil(h.t, what, is)
}

func waitUntil(t *testing.T, what string, is func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for !is() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Fatalf("waited in vain until %s", what)
		}
	}
}
