package sitetest

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"usher/auth"
	"usher/command"
	"usher/graph"
	"usher/live/livetest"
	"usher/settings"
	"usher/site"
)

// House is a whole site that runs in this process, with its own port and database and a clock that a test moves.
type House struct {
	*Usher
	*Clock
	T       *testing.T
	Storage []string       // the settings that name the database and the key, for commands
	DB      func() *sql.DB // connects to its database beside the server
	Parts   *site.Parts
	Counts  bool // the usual limits of use apply; else there are none, as the clock does not move by itself
	Wire    *http.Transport
}

// OnEach runs a story on SQLite and on PostgreSQL, in parallel with others, on a site with these settings.
func OnEach(t *testing.T, story func(t *testing.T, h *House), args ...string) {
	OnEachEmpty(t, func(t *testing.T, h *House) {
		h.Serve(args...)
		story(t, h)
	})
}

// OnEachEmpty is OnEach with a site that is not served yet.
func OnEachEmpty(t *testing.T, story func(t *testing.T, h *House)) {
	t.Parallel()
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		t.Parallel()
		story(t, NewHouse(t, databaseURL))
	})
}

// StartHouse serves a site on SQLite until the test ends, for stories that do not depend on storage.
func StartHouse(t *testing.T, args ...string) *House {
	t.Helper()
	h := NewHouse(t, livetest.SQLite(t))
	h.Serve(args...)
	return h
}

// NewHouse prepares a site on a database that is empty or does not exist yet.
func NewHouse(t *testing.T, databaseURL string) *House {
	t.Helper()
	h := &House{
		T: t, Usher: &Usher{}, Clock: &Clock{at: time.Now().UTC().Truncate(time.Millisecond)},
		Storage: []string{"--database-url=" + databaseURL, "--secret-key-file=" + keyFile(t)},
		DB:      sync.OnceValue(func() *sql.DB { return livetest.MustConnect(t, databaseURL) }),
		Wire:    &http.Transport{MaxIdleConnsPerHost: 400},
	}
	t.Cleanup(h.Wire.CloseIdleConnections)
	return h
}

// Serve serves the site in this process, with the house's clock, until the test ends.
func (h *House) Serve(args ...string) {
	h.T.Helper()
	chosen := MustSettings(h.T, nil, slices.Concat([]string{"--addr=127.0.0.1:0"}, h.Storage, args)...)
	h.Usher = Boot(h.T, func(ctx context.Context, out command.Console) int {
		err := site.Serve(ctx, chosen, out.Out, out.Err, func(ctx context.Context, chosen *settings.Settings, log *slog.Logger) (s *site.Site, err error) {
			if h.Parts, err = site.Build(ctx, chosen, log, h.Now); err != nil {
				return nil, err
			}
			if !h.Counts {
				h.Parts.Use = inAHurry
			}
			return h.Parts.Site(chosen, log)
		})
		if err != nil {
			fmt.Fprintln(out.Err, err)
			return 1
		}
		return 0
	})
	if !chosen.PublicURL.Loopback() { // the proxy of that address does not exist here
		h.URL = "http://" + string(chosen.Addr)
	}
	h.T.Cleanup(func() {
		if h.T.Failed() {
			h.T.Logf("the errors in the log:\n%s", noError.ReplaceAllString(h.Log.String(), ""))
		}
	})
}

// inAHurry are limits of use that no story reaches.
var inAHurry = graph.UseLimits{
	Sockets: 1e9, Streams: graph.DefaultUseLimits.Streams,
	Writes: graph.Rate{PerSecond: 1, Burst: 1e9}, Searches: graph.Rate{PerSecond: 1, Burst: 1e9}, Strangers: graph.Rate{PerSecond: 1, Burst: 1e9},
	InvitingPerMinute: 1e9,
}

// noError matches the lines of a log that are no errors.
var noError = regexp.MustCompile(`(?m)^.*level=(INFO|WARN).*\n`)

// ServeApart serves the site in a process of its own, with the machine's clock.
func (h *House) ServeApart(args ...string) *Child {
	h.T.Helper()
	start := StartChild
	if h.Counts {
		start = func(t *testing.T, args ...string) *Child { return StartChildIn(t, nil, args...) }
	}
	c := start(h.T, slices.Concat(h.Storage, args)...)
	h.URL = c.URL
	return c
}

// Launch starts a server as the program does, with the machine's clock. It has no URL when it ended before it was ready.
func (h *House) Launch(args ...string) *Usher {
	args = slices.Concat([]string{"--addr=127.0.0.1:0"}, h.Storage, args)
	return launch(h.T, func(ctx context.Context, out command.Console) int { return command.Run(ctx, args, nil, out) })
}

// MustNotServe starts a server and fails the test unless it ends at once, with one line that has the words.
func (h *House) MustNotServe(words string) {
	h.T.Helper()
	u := h.Launch()
	if u.URL != "" {
		h.T.Fatalf("it serves, where it should have said %q", words)
	}
	if status, said := u.Stop(), u.Log.String(); status != 1 || strings.Count(said, "\n") != 1 || !strings.Contains(said, words) {
		h.T.Errorf("status %d, said %q; want 1 and a line with %q", status, said, words)
	}
}

// Browser returns a new browser profile: it keeps cookies and nobody is signed in.
func (h *House) Browser() *Client {
	h.T.Helper()
	return newBrowser(h.T, h.URL, h.Wire)
}

// Bearer returns a client that sends a bearer token and keeps no cookies.
func (h *House) Bearer(token string) *Client {
	return &Client{T: h.T, URL: h.URL, HTTP: &http.Client{Transport: h.Wire}, Bearer: token}
}

// WaitUntil waits for what the server does after its answer.
func (h *House) WaitUntil(what string, is func() bool) {
	h.T.Helper()
	WaitUntil(h.T, what, is)
}

func WaitUntil(t *testing.T, what string, is func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	for pause := time.Millisecond; !is(); pause = min(2*pause, 100*time.Millisecond) {
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			t.Fatalf("waited in vain until %s", what)
		}
	}
}

// At returns the client of the server that runs now.
func (h *House) At(c *Client) *Client {
	moved := *c
	moved.URL = h.URL
	return &moved
}

func (h *House) Client() *Client {
	c := h.Bearer("")
	c.T = h.T
	return c
}

// Opens returns the code with which the server refuses the link of a ticket, empty when the link works.
func (h *House) Opens(k *Ticket) string {
	h.T.Helper()
	return h.Browser().Look(k.Token).Text("problem.code")
}

// Look reads links as a stranger does.
func (h *House) Look(tokens []string) {
	h.T.Helper()
	for _, token := range tokens {
		if _, err := h.Parts.Rooms.Look(h.T.Context(), auth.Actor{}, token); err != nil {
			h.T.Fatal(err)
		}
	}
}

// Ready returns the status of /readyz.
func (h *House) Ready() int {
	h.T.Helper()
	answer, _ := MustDo(h.T, http.MethodGet, h.URL+"/readyz")
	return answer.StatusCode
}

// TryFrom tries to sign in from an address, and returns the answer.
func (h *House) TryFrom(ctx context.Context, address, email, with string) (string, error) {
	body, err := json.Marshal(Object{"query": Mutation("signIn", "me { user { id } }"), "variables": Object{"input": Object{"email": email, "password": with}}})
	if err != nil {
		return "", err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, h.URL+"/graphql", bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Forwarded-For", address)
	answer, err := (&http.Client{Transport: h.Wire}).Do(r)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	return string(text), err
}
