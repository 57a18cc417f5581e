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
	"net/url"
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

// House is a whole site in this process, with its own port, database and clock. The clock only moves when a test moves it.
type House struct {
	*Usher
	*Clock
	T       *testing.T
	Storage []string       // the settings of database and key, for commands beside the server
	DB      func() *sql.DB // the database, without going through the server
	Parts   *site.Parts    // the running server's, or nil
	Limits  site.Limits    // high limits of use, so that stories may hurry while the clock stands; set it before Serve
	Wire    *http.Transport
	reads   *reads
}

// OnEach runs a story on a site with these settings, in parallel with others: at night on SQLite and on PostgreSQL, by day on one of them.
func OnEach(t *testing.T, story func(t *testing.T, h *House), args ...string) {
	OnEachUnserved(t, func(t *testing.T, h *House) {
		h.Serve(args...)
		story(t, h)
	})
}

// OnEachUnserved is like OnEach, but without a running server.
func OnEachUnserved(t *testing.T, story func(t *testing.T, h *House)) {
	livetest.EachParallel(t, func(t *testing.T, databaseURL string) { story(t, NewHouse(t, databaseURL)) })
}

// StartHouse runs a site on a SQLite database until the test ends, for tests that do not depend on the storage.
func StartHouse(t *testing.T, args ...string) *House {
	t.Helper()
	h := NewHouse(t, livetest.SQLite(t))
	h.Serve(args...)
	return h
}

// NewHouse prepares a site on a database that no server uses. It may lack tables, or not exist yet.
func NewHouse(t *testing.T, databaseURL string) *House {
	t.Helper()
	h := &House{
		T: t, Limits: inAHurry, Usher: &Usher{}, reads: &reads{}, Clock: &Clock{at: time.Now().UTC().Truncate(time.Millisecond)},
		Storage: []string{"--database-url=" + databaseURL, "--secret-key-file=" + keyFile(t)},
		DB:      sync.OnceValue(func() *sql.DB { return livetest.MustConnect(t, databaseURL) }),
		Wire:    &http.Transport{MaxIdleConnsPerHost: 400},
	}
	t.Cleanup(h.Wire.CloseIdleConnections)
	return h
}

// Serve runs a server of the site in this process, with the house's clock, until the test ends.
func (h *House) Serve(args ...string) {
	h.T.Helper()
	chosen := MustSettings(h.T, nil, slices.Concat([]string{"--addr=127.0.0.1:0"}, h.Storage, args)...)
	h.Usher = Boot(h.T, func(ctx context.Context, out command.Console) int {
		err := site.Serve(ctx, chosen, out.Out, out.Err, func(ctx context.Context, chosen *settings.Settings, log *slog.Logger) (s *site.Site, err error) {
			if h.Parts, err = site.Build(ctx, chosen, log, h.Now, h.Limits); err != nil {
				return nil, err
			}
			h.Parts.Database.Read.Intercept(h.reads)
			return h.Parts.Site(chosen, log)
		})
		h.Parts = nil
		if err != nil {
			fmt.Fprintln(out.Err, err)
			return 1
		}
		return 0
	})
	if !chosen.PublicURL.Loopback() { // there is no proxy in front of the program here
		h.URL = "http://" + string(chosen.Addr)
	}
	h.T.Cleanup(func() {
		if h.T.Failed() {
			h.T.Logf("the errors in the log:\n%s", noError.ReplaceAllString(h.Log.String(), ""))
		}
	})
}

// inAHurry has limits of use that no story reaches. Its other limits are the usual ones.
var inAHurry = func() site.Limits {
	limits, endless := site.DefaultLimits, graph.Rate{PerSecond: 1, Burst: 1e9}
	limits.Use.Sockets, limits.Use.InvitingPerMinute, limits.Room.InvitingPerMinute = 1e9, 1e9, 1e9
	limits.Use.Writes, limits.Use.Searches, limits.Use.Strangers = endless, endless, endless
	return limits
}()

// noError matches the lines of a log without an error.
var noError = regexp.MustCompile(`(?m)^.*level=(INFO|WARN).*\n`)

// ServeApart runs a server of the site in its own process, with the machine's clock.
func (h *House) ServeApart(args ...string) *Child {
	h.T.Helper()
	start := StartChild
	if h.Limits == site.DefaultLimits {
		start = func(t *testing.T, args ...string) *Child { return StartChildIn(t, nil, args...) }
	}
	c := start(h.T, slices.Concat(h.Storage, args)...)
	h.URL = c.URL
	return c
}

// Launch starts a server of the site like the program, with the machine's clock. It returns when the server is ready, or without a URL
// if it ended.
func (h *House) Launch(args ...string) *Usher {
	args = slices.Concat([]string{"--addr=127.0.0.1:0"}, h.Storage, args)
	return launch(h.T, func(ctx context.Context, out command.Console) int { return command.Run(ctx, args, nil, out) })
}

// MustNotServe starts a server that must end at once with one line that contains the words.
func (h *House) MustNotServe(words string) {
	h.T.Helper()
	u := h.Launch()
	if u.URL != "" {
		h.T.Fatalf("it serves, where it should have said %q", words)
	}
	if status, said := u.Stop(), u.Log.String(); status != 1 || strings.Count(said, "\n") != 1 || !strings.Contains(said, words) {
		h.T.Errorf("status %d, printed %q; want 1 and a line with %q", status, said, words)
	}
}

// Browser returns a new browser profile, which keeps cookies. Nobody is signed in.
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
	ctx, cancel := context.WithTimeout(t.Context(), Patience)
	defer cancel()
	for pause := time.Millisecond; !is(); pause = min(2*pause, 100*time.Millisecond) {
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			t.Fatalf("timed out waiting until %s", what)
		}
	}
}

// At returns the client for the server that runs now. That listens on another port, as no real one does, so the cookies are renamed.
func (h *House) At(c *Client) *Client {
	moved := c.Visit(h.URL)
	if c.HTTP.Jar != nil && c.URL != h.URL {
		site, _ := url.Parse(c.URL)
		next, _ := url.Parse(h.URL)
		for _, cookie := range c.HTTP.Jar.Cookies(site) {
			if name, ok := strings.CutSuffix(cookie.Name, "_"+site.Port()); ok {
				moved.SetCookie(name+"_"+next.Port(), cookie.Value)
			}
		}
	}
	return moved
}

func (h *House) Client() *Client {
	c := h.Bearer("")
	c.T = h.T
	return c
}

// Opens returns the problem's code of a look at the ticket's link on the server that runs now, or "".
func (h *House) Opens(k *Ticket) string {
	h.T.Helper()
	return h.Browser().Look(k.Token).Text("problem.code")
}

// Look looks at links as a stranger.
func (h *House) Look(tokens []string) {
	h.T.Helper()
	for _, token := range tokens {
		if _, err := h.Parts.Links.Look(h.T.Context(), auth.Actor{}, token); err != nil {
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

// TryFrom tries to sign in from an address and returns the answer.
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
