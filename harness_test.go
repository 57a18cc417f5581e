package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2/ast"

	"usher/graph/generated"
	"usher/live/livetest"
	"usher/room"
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
	parts   *parts
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
	settings := mustSettings(h.t, nil, slices.Concat([]string{"--addr=127.0.0.1:0"}, h.storage, args)...)
	h.usher = boot(h.t, func(ctx context.Context, out console) int {
		err := serve(ctx, settings, out, func(ctx context.Context, settings *Settings, log *slog.Logger) (s *site, err error) {
			if h.parts, err = build(ctx, settings, log, h.Now); err != nil {
				return nil, err
			}
			return h.parts.site(settings, log)
		})
		if err != nil {
			fmt.Fprintln(out.Err, err)
			return 1
		}
		return 0
	})
	if !settings.PublicURL.Loopback() { // what stands before the program there is not here
		h.url = "http://" + string(settings.Addr)
	}
	h.t.Cleanup(func() {
		if h.t.Failed() {
			h.t.Logf("the log, without what went well:\n%s", wentWell.ReplaceAllString(h.log.String(), ""))
		}
	})
}

// wentWell matches the lines of a log that are of no interest where something failed.
var wentWell = regexp.MustCompile(`(?m)^.*level=INFO.*\n`)

// ServeApart serves the site in a process of its own, by the machine's clock.
func (h *house) ServeApart(args ...string) *child {
	h.t.Helper()
	c := startChild(h.t, slices.Concat(h.storage, args)...)
	h.url = c.url
	return c
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
	if status := run(t.Context(), args, nil, console{strings.NewReader(input), &out, &err}); status != 0 {
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

// client asks the API: a browser profile with cookies, or a program with a bearer token.
type client struct {
	t      *testing.T
	url    string
	http   *http.Client
	bearer string
}

func newBrowser(t *testing.T, site string, wire http.RoundTripper) *client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &client{t: t, url: site, http: &http.Client{Jar: jar, Transport: wire}}
}

// Cookie returns the value of a cookie that the browser holds, empty where it holds none.
func (c *client) Cookie(name string) string {
	site, _ := url.Parse(c.url)
	for _, cookie := range c.http.Jar.Cookies(site) {
		if cookie.Name == name {
			return cookie.Value
		}
	}
	return ""
}

// object is a part of an answer, or variables.
type object map[string]any

// At returns what stands at a path of field names, nil where nothing does.
func (o object) At(path string) any {
	var at any = map[string]any(o)
	for name := range strings.SplitSeq(path, ".") {
		fields, _ := at.(map[string]any)
		at = fields[name]
	}
	return at
}

// Text returns the text at a path, empty where there is none.
func (o object) Text(path string) string { s, _ := o.At(path).(string); return s }

// Int returns the number at a path.
func (o object) Int(path string) int { n, _ := o.At(path).(float64); return int(n) }

// In returns the object at a path.
func (o object) In(path string) object { m, _ := o.At(path).(map[string]any); return m }

// List returns the objects of the list at a path.
func (o object) List(path string) (list []object) {
	all, _ := o.At(path).([]any)
	for _, one := range all {
		m, _ := one.(map[string]any)
		list = append(list, m)
	}
	return list
}

// Texts returns the texts of a field over the list at a path; of the list itself where the field is empty.
func (o object) Texts(path, field string) (texts []string) {
	texts = []string{}
	if field == "" {
		all, _ := o.At(path).([]any)
		for _, one := range all {
			texts = append(texts, fmt.Sprint(one))
		}
		return texts
	}
	for _, one := range o.List(path) {
		texts = append(texts, fmt.Sprint(one.At(field)))
	}
	return texts
}

// reply is the answer to one request.
type reply struct {
	Data   object
	Errors []struct {
		Message    string
		Path       []any
		Extensions object
	}
	raw    string
	status int
	header http.Header
}

// Code is the code of the first GraphQL error, empty where there is none.
func (r *reply) Code() string {
	if len(r.Errors) == 0 {
		return ""
	}
	return r.Errors[0].Extensions.Text("code")
}

// Try sends a document by POST. The error is that of a connection which broke before the whole answer was there.
func (c *client) Try(ctx context.Context, document string, variables object) (*reply, error) {
	body, err := json.Marshal(map[string]any{"query": document, "variables": variables})
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url+"/graphql", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	if c.bearer != "" {
		request.Header.Set("Authorization", "Bearer "+c.bearer)
	}
	answer, err := c.http.Do(request)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return nil, err
	}
	r := &reply{raw: string(text), status: answer.StatusCode, header: answer.Header}
	if err := json.Unmarshal(text, r); err != nil {
		return nil, fmt.Errorf("read %q: %w", text, err)
	}
	return r, nil
}

// Ask sends a document.
func (c *client) Ask(document string, variables object) *reply {
	c.t.Helper()
	r, err := c.Try(c.t.Context(), document, variables)
	if err != nil {
		c.t.Fatalf("ask: %v", err)
	}
	return r
}

// MustAsk sends a document that is answered without an error.
func (c *client) MustAsk(document string, variables object) object {
	c.t.Helper()
	r := c.Ask(document, variables)
	if len(r.Errors) > 0 {
		c.t.Fatalf("%s\nanswered %s", document, r.raw)
	}
	return r.Data
}

// served is the schema that the program serves.
var served = sync.OnceValue(func() *ast.Schema { return generated.NewExecutableSchema(generated.Config{}).Schema() })

const refusalFields = `... on Problem { code message nextSteps field retryAt attemptsLeft standingInvitation { id } }`

// mutation writes the document of a mutation whose success is read by the selection, with a variable for each argument.
func mutation(name, selection string) string {
	field := served().Mutation.Fields.ForName(name)
	var declared, passed []string
	for _, argument := range field.Arguments {
		declared = append(declared, fmt.Sprintf("$%s: %s", argument.Name, argument.Type))
		passed = append(passed, fmt.Sprintf("%s: $%s", argument.Name, argument.Name))
	}
	if selection == "" {
		selection = "__typename"
	}
	result := served().Types[field.Type.Name()]
	if result.Kind == ast.Union {
		for _, member := range result.Types {
			if member != "Problem" {
				selection = fmt.Sprintf("... on %s { %s } %s", member, selection, refusalFields)
			}
		}
	}
	if len(declared) == 0 {
		return fmt.Sprintf("mutation { %s { %s } }", name, selection)
	}
	return fmt.Sprintf("mutation(%s) { %s(%s) { %s } }", strings.Join(declared, ", "), name, strings.Join(passed, ", "), selection)
}

// TryDo runs a mutation; with holds its arguments, or the fields of its input. The result is that of a mutation that was
// answered, a success or a refusal.
func (c *client) TryDo(ctx context.Context, name string, with object, selection string) (*reply, object, error) {
	if served().Mutation.Fields.ForName(name).Arguments.ForName("input") != nil {
		with = object{"input": with}
	}
	r, err := c.Try(ctx, mutation(name, selection), with)
	if err != nil {
		return nil, nil, err
	}
	return r, r.Data.In(name), nil
}

// Do runs a mutation and returns its result, whatever it is.
func (c *client) Do(name string, with object, selection string) (*reply, object) {
	c.t.Helper()
	r, result, err := c.TryDo(c.t.Context(), name, with, selection)
	if err != nil {
		c.t.Fatalf("%s: %v", name, err)
	}
	return r, result
}

// Must runs a mutation that succeeds.
func (c *client) Must(name string, with object, selection string) object {
	c.t.Helper()
	r, result := c.Do(name, with, selection)
	if result == nil || result.Text("code") != "" {
		c.t.Fatalf("%s with %v answered %s", name, with, r.raw)
	}
	return result
}

// Refused runs a mutation that is refused and returns the Problem, of the code.
func (c *client) Refused(code, name string, with object) object {
	c.t.Helper()
	r, result := c.Do(name, with, "")
	if result.Text("code") != code {
		c.t.Errorf("%s with %v answered %s, want %s", name, with, r.raw, code)
	}
	return result
}

// Fails runs a mutation that is answered by a GraphQL error of the code.
func (c *client) Fails(code, name string, with object) {
	c.t.Helper()
	if r, _ := c.Do(name, with, ""); r.Code() != code {
		c.t.Errorf("%s with %v answered %s, want %s", name, with, r.raw, code)
	}
}
