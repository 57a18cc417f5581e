package main

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
	"sync"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"usher/graph/generated"
)

// Who asks the API in stories, and what is answered.

// client asks the API: a browser profile with cookies, or a program with a bearer token.
type client struct {
	t      *testing.T
	url    string
	http   *http.Client
	bearer string
	place  string // that every request names; empty: none
}

// As returns the same client as its requests are that name a place.
func (c *client) As(place string) *client {
	as := *c
	as.place = place
	return &as
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
	if c.place != "" {
		request.Header.Set("Usher-Place", c.place)
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
