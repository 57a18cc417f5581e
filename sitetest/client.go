package sitetest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
)

// Client sends requests to the API: a browser profile with cookies, or a program with a bearer token.
type Client struct {
	T      *testing.T
	URL    string
	HTTP   *http.Client
	Bearer string
	Place  string // named by every request unless empty
}

// As returns the same client, but with requests that name a place.
func (c *Client) As(place string) *Client {
	as := *c
	as.Place = place
	return &as
}

func newBrowser(t *testing.T, site string, wire http.RoundTripper) *Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &Client{T: t, URL: site, HTTP: &http.Client{Jar: jar, Transport: wire}}
}

// Cookie returns the value of a browser's cookie, or "".
func (c *Client) Cookie(name string) string {
	site, _ := url.Parse(c.URL)
	for _, cookie := range c.HTTP.Jar.Cookies(site) {
		if cookie.Name == name || cookie.Name == name+"_"+site.Port() {
			return cookie.Value
		}
	}
	return ""
}

// Visit returns the same client at the address of another server.
func (c *Client) Visit(address string) *Client {
	moved := *c
	moved.URL = address
	return &moved
}

// SetCookie gives a browser a cookie.
func (c *Client) SetCookie(name, value string) {
	site, _ := url.Parse(c.URL)
	c.HTTP.Jar.SetCookies(site, []*http.Cookie{{Name: name, Value: value, Path: "/"}})
}

// Reply is the answer to a request.
type Reply struct {
	Data   Object
	Errors []struct {
		Message    string
		Path       []any
		Extensions Object
	}
	Raw    string
	Status int
	Header http.Header
}

// Code returns the code of the first GraphQL error, or "". There may be no reply.
func (r *Reply) Code() string {
	if r == nil || len(r.Errors) == 0 {
		return ""
	}
	return r.Errors[0].Extensions.Code()
}

// Try sends a document by POST. It returns an error if the connection broke before the whole answer arrived.
func (c *Client) Try(ctx context.Context, document string, variables Object) (*Reply, error) {
	body, err := json.Marshal(map[string]any{"query": document, "variables": variables})
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.URL+"/graphql", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	if c.Bearer != "" {
		request.Header.Set("Authorization", "Bearer "+c.Bearer)
	}
	if c.Place != "" {
		request.Header.Set("Usher-Place", c.Place)
	}
	answer, err := c.HTTP.Do(request)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return nil, err
	}
	r := &Reply{Raw: string(text), Status: answer.StatusCode, Header: answer.Header}
	if err := json.Unmarshal(text, r); err != nil {
		return nil, fmt.Errorf("read %q: %w", text, err)
	}
	return r, nil
}

// Export sends the form of an export, and returns the answer whole.
func (c *Client) Export(sessionID, what, format string) *Reply {
	c.T.Helper()
	answer := c.OpenExport(sessionID, what, format)
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		c.T.Fatal(err)
	}
	return &Reply{Raw: string(text), Status: answer.StatusCode, Header: answer.Header}
}

// OpenExport does the same, and leaves the file to be read and closed.
func (c *Client) OpenExport(sessionID, what, format string) *http.Response {
	c.T.Helper()
	form := url.Values{"session": {sessionID}, "what": {what}, "format": {format}}
	request, err := http.NewRequestWithContext(c.T.Context(), http.MethodPost, c.URL+"/export", strings.NewReader(form.Encode()))
	if err != nil {
		c.T.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if c.Bearer != "" {
		request.Header.Set("Authorization", "Bearer "+c.Bearer)
	}
	answer, err := c.HTTP.Do(request)
	if err != nil {
		c.T.Fatal(err)
	}
	return answer
}

// Ask sends a document.
func (c *Client) Ask(document string, variables Object) *Reply {
	c.T.Helper()
	r, err := c.Try(c.T.Context(), document, variables)
	if err != nil {
		c.T.Fatalf("ask: %v", err)
	}
	return r
}

// MustAsk sends a document that must be answered without errors.
func (c *Client) MustAsk(document string, variables Object) Object {
	c.T.Helper()
	r := c.Ask(document, variables)
	if len(r.Errors) > 0 {
		c.T.Fatalf("%s\nanswered %s", document, r.Raw)
	}
	return r.Data
}

// TryDo runs a mutation. with has its arguments, or the fields of its input. The result is a success or a refusal.
func (c *Client) TryDo(ctx context.Context, name string, with Object, selection string) (*Reply, Object, error) {
	if Served().Mutation.Fields.ForName(name).Arguments.ForName("input") != nil {
		with = Object{"input": with}
	}
	r, err := c.Try(ctx, Mutation(name, selection), with)
	if err != nil {
		return nil, nil, err
	}
	return r, r.Data.In(name), nil
}

// Do runs a mutation and returns its result, a success or a refusal.
func (c *Client) Do(name string, with Object, selection string) (*Reply, Object) {
	c.T.Helper()
	r, result, err := c.TryDo(c.T.Context(), name, with, selection)
	if err != nil {
		c.T.Fatalf("%s: %v", name, err)
	}
	return r, result
}

// Must runs a mutation that must succeed.
func (c *Client) Must(name string, with Object, selection string) Object {
	c.T.Helper()
	r, result := c.Do(name, with, selection)
	if result == nil || result.Code() != "" {
		c.T.Fatalf("%s with %v answered %s", name, with, r.Raw)
	}
	return result
}

// Refused runs a mutation that must be refused with a Problem of the code, and returns it.
func (c *Client) Refused(code, name string, with Object) Object {
	c.T.Helper()
	r, result := c.Do(name, with, "")
	if result.Code() != code {
		c.T.Errorf("%s with %v answered %s, want %s", name, with, r.Raw, code)
	}
	return result
}

// Fails runs a mutation that must be answered with a GraphQL error of the code.
func (c *Client) Fails(code, name string, with Object) {
	c.T.Helper()
	if r, _ := c.Do(name, with, ""); r.Code() != code {
		c.T.Errorf("%s with %v answered %s, want %s", name, with, r.Raw, code)
	}
}

// Query writes a query and declares those of the variables that it uses.
func Query(variables, fields string) string {
	var declared []string
	for variable := range strings.SplitSeq(variables, ", ") {
		if name, _, _ := strings.Cut(variable, ":"); strings.Contains(fields, name) {
			declared = append(declared, variable)
		}
	}
	if declared == nil {
		return "{ " + fields + " }"
	}
	return "query(" + strings.Join(declared, ", ") + ") { " + fields + " }"
}

// Wait returns the time to wait that a refusal gives, or -1.
func (r *Reply) Wait() int {
	if r.Code() != "RATE_LIMITED" {
		return -1
	}
	return r.Errors[0].Extensions.Int("retryAfterSeconds")
}
