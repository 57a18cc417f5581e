package sitetest

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
)

// A client of server-sent events, in the distinct connections mode of graphql-sse.

// Stream is a subscription over server-sent events.
type Stream struct {
	t      *testing.T
	Lines  *bufio.Reader
	Answer *http.Response
	Cancel context.CancelFunc
}

// Stream asks for an operation's results as server-sent events; headers override what is sent.
func (c *Client) Stream(document string, variables Object, headers ...string) *Stream {
	c.T.Helper()
	body, err := json.Marshal(Object{"query": document, "variables": variables})
	if err != nil {
		c.T.Fatal(err)
	}
	ctx, cancel := context.WithCancel(c.T.Context())
	c.T.Cleanup(cancel)
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, c.URL+"/graphql", bytes.NewReader(body))
	if err != nil {
		c.T.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "text/event-stream")
	if c.Bearer != "" {
		r.Header.Set("Authorization", "Bearer "+c.Bearer)
	}
	for _, header := range headers {
		name, value, _ := strings.Cut(header, ": ")
		r.Header.Set(name, value)
	}
	answer, err := c.HTTP.Do(r)
	if err != nil {
		c.T.Fatalf("stream: %v", err)
	}
	c.T.Cleanup(func() { _ = answer.Body.Close() })
	return &Stream{c.T, bufio.NewReader(answer.Body), answer, cancel}
}

// Try reads the next event: its name and data.
func (s *Stream) Try() (name string, data Object, err error) {
	for {
		line, err := s.Lines.ReadString('\n')
		if err != nil {
			return "", nil, err
		}
		line = strings.TrimSuffix(line, "\n")
		switch field, value, _ := strings.Cut(line, ":"); {
		case line == "" && name != "":
			return name, data, nil
		case field == "event":
			name = strings.TrimPrefix(value, " ")
		case field == "data" && strings.TrimSpace(value) != "":
			if err := json.Unmarshal([]byte(value), &data); err != nil {
				return "", nil, err
			}
		}
	}
}

// Expect reads an event of a name.
func (s *Stream) Expect(want string) Object {
	s.t.Helper()
	name, data, err := s.Try()
	if err != nil || name != want {
		s.t.Fatalf("%s %v came (%v), want %s", name, data, err, want)
	}
	return data
}

// Ends waits for an error of the code, then for the stream's end, and returns the error.
func (s *Stream) Ends(code string) Object {
	s.t.Helper()
	last := s.Expect("next")
	if _, hasData := last["data"]; hasData || len(last.List("errors")) != 1 || last.List("errors")[0].Text("extensions.code") != code {
		s.t.Errorf("the stream ends with %v, want %s", last, code)
	}
	s.Completes()
	return last.List("errors")[0]
}

// Completes waits for the stream's end.
func (s *Stream) Completes() {
	s.t.Helper()
	s.Expect("complete")
	if name, data, err := s.Try(); !errors.Is(err, io.EOF) {
		s.t.Errorf("%s %v came (%v) behind the end", name, data, err)
	}
}

// Completed reads the answer to a query or mutation, and reports errors in it.
func (s *Stream) Completed() Object {
	s.t.Helper()
	got := s.Expect("next")
	if got["errors"] != nil {
		s.t.Errorf("answered %v", got)
	}
	s.Completes()
	return got
}

// Until reads the kinds of events up to one of them.
func (s *Stream) Until(kind string) (kinds []string) {
	s.t.Helper()
	for {
		_, data, err := s.Try()
		if err != nil {
			s.t.Fatalf("read stream: %v", err)
		}
		kinds = append(kinds, data.Text("data.roomEvents.__typename"))
		if kinds[len(kinds)-1] == kind {
			return kinds
		}
	}
}
