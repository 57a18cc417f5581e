package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"usher/site"
)

// The stories of those who can't use WebSockets: server-sent events, in the distinct connections mode of graphql-sse.

// stream is a subscription over server-sent events.
type stream struct {
	t      *testing.T
	lines  *bufio.Reader
	answer *http.Response
	cancel context.CancelFunc
}

// Stream asks for an operation's results as server-sent events; headers override what is sent.
func (c *client) Stream(document string, variables object, headers ...string) *stream {
	c.t.Helper()
	body, err := json.Marshal(object{"query": document, "variables": variables})
	if err != nil {
		c.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(c.t.Context())
	c.t.Cleanup(cancel)
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url+"/graphql", bytes.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "text/event-stream")
	if c.bearer != "" {
		r.Header.Set("Authorization", "Bearer "+c.bearer)
	}
	for _, header := range headers {
		name, value, _ := strings.Cut(header, ": ")
		r.Header.Set(name, value)
	}
	answer, err := c.http.Do(r)
	if err != nil {
		c.t.Fatalf("stream: %v", err)
	}
	c.t.Cleanup(func() { _ = answer.Body.Close() })
	return &stream{c.t, bufio.NewReader(answer.Body), answer, cancel}
}

// Try reads the next event: its name and data.
func (s *stream) Try() (name string, data object, err error) {
	for {
		line, err := s.lines.ReadString('\n')
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
func (s *stream) Expect(want string) object {
	s.t.Helper()
	name, data, err := s.Try()
	if err != nil || name != want {
		s.t.Fatalf("%s %v came (%v), want %s", name, data, err, want)
	}
	return data
}

// Ends waits for the stream's last word, an error of the code, and its end; the error is returned.
func (s *stream) Ends(code string) object {
	s.t.Helper()
	last := s.Expect("next")
	if _, hasData := last["data"]; hasData || len(last.List("errors")) != 1 || last.List("errors")[0].Text("extensions.code") != code {
		s.t.Errorf("the stream ends with %v, want %s", last, code)
	}
	s.Completes()
	return last.List("errors")[0]
}

// Completes waits for the stream's end.
func (s *stream) Completes() {
	s.t.Helper()
	s.Expect("complete")
	if name, data, err := s.Try(); !errors.Is(err, io.EOF) {
		s.t.Errorf("%s %v came (%v) behind the end", name, data, err)
	}
}

func TestServerSentEventsTellWhatWebSocketsTell(t *testing.T) {
	for name, document := range map[string]string{"a document for all alike": watching, "a document that depends on the asker": watchingOwn} {
		t.Run(name, func(t *testing.T) {
			onEach(t, func(t *testing.T, h *house) {
				room := h.Hall(h.User("ada@example.com"), nil)
				ticket := room.Invite("grace@example.org", nil)
				grace := h.Browser()
				grace.Redeem(ticket)
				s := grace.Stream(document, object{"room": room.id, "after": room.Revision()})
				same(t, "the head", []any{s.answer.StatusCode, s.answer.Header.Get("Content-Type"), s.answer.Header.Get("Cache-Control")},
					"[200 text/event-stream; charset=utf-8 no-store]")
				room.Command("startSession")
				same(t, "what happened", s.Expect("next").At("data.roomEvents.__typename"), "SessionStarted")
				grace.Enter(room)
				same(t, "what happened then", s.Expect("next").At("data.roomEvents.state"), "IN_ROOM")
				ticket.Do("revokeInvitation")
				same(t, "the last event", s.Expect("next").At("data.roomEvents.__typename"), "InvitationRevoked")
				s.Ends("FORBIDDEN") // it was her only place
				again := grace.Stream(document, object{"room": room.id})
				same(t, "the next try", again.Expect("next").List("errors")[0].Text("extensions.code"), "UNAUTHENTICATED")
				again.Completes()
			})
		})
	}
}

func TestServerSentEventsAnswerEveryOperation(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		h.Account("ada@example.com")
		ada := h.Browser()
		s := ada.Stream(mutation("signIn", "me { user { email } }"), object{"input": object{"email": "ada@example.com", "password": password}})
		same(t, "a mutation", s.Expect("next").At("data.signIn.me.user.email"), "ada@example.com")
		s.Expect("complete")
		s = ada.Stream(`{ me { user { email } } }`, nil)
		same(t, "its cookie holds", s.Expect("next").At("data.me.user.email"), "ada@example.com")
		s.Expect("complete")
		s = ada.Stream(`{ nope }`, nil)
		same(t, "what is no document", s.Expect("next").List("errors")[0].Text("extensions.code"), "GRAPHQL_VALIDATION_FAILED")
		s.Expect("complete")
	})
}

func TestServerSentEventsHoldTheLimitsOfHTTP(t *testing.T) {
	t.Parallel()
	h := startHouse(t)
	ada := h.User("ada@example.com")
	room := h.Hall(ada, nil)
	for _, c := range []struct {
		name    string
		headers []string
		ask     string
		status  int
	}{
		{"a form can't be posted", []string{"Content-Type: application/x-www-form-urlencoded"}, `{ serverTime }`, 415},
		{"nor a text", []string{"Content-Type: text/plain"}, `{ serverTime }`, 415},
		{"pages of other sites may not ask", []string{"Origin: https://evil.example", "Sec-Fetch-Site: cross-site"}, `{ serverTime }`, 403},
		{"what is too large is not read", nil, `{ serverTime } #` + strings.Repeat("x", 64<<10), 413},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := ada.Stream(c.ask, nil, c.headers...)
			body, _ := io.ReadAll(s.lines)
			if s.answer.StatusCode != c.status || strings.Contains(string(body), "xxx") || s.answer.Header.Get("Content-Type") != "application/json; charset=utf-8" {
				t.Errorf("answered %d %s: %.200s", s.answer.StatusCode, s.answer.Header.Get("Content-Type"), body)
			}
		})
	}
	open := make([]*stream, 16)
	for i := range open {
		open[i] = ada.Stream(watching, object{"room": room.id})
	}
	one := ada.Stream(watching, object{"room": room.id})
	same(t, "one too many", []any{one.answer.StatusCode, one.answer.Header.Get("Retry-After")}, "[429 ]")
	open[0].cancel()
	h.WaitUntil("another fits in", func() bool {
		s := ada.Stream(watching, object{"room": room.id})
		defer s.cancel()
		return s.answer.StatusCode == http.StatusOK
	})
}

func TestV9_ServerSentEventsOfARoomThatIsLostCompleteWhereAnotherIsLeft(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		room, alan := h.Hall(h.User("ada@example.com"), nil), h.User("alan@example.com")
		managed := object{"roomId": room.id, "userId": alan.MustAsk(`{ me { user { id } } }`, nil).Text("me.user.id")}
		room.host.Must("addManager", object{"roomId": room.id, "userId": managed["userId"], "role": "CO_EDITOR"}, "")
		s := alan.Stream(watching, object{"room": room.id, "after": room.Revision() - 1})
		same(t, "the first event", s.Expect("next").At("data.roomEvents.__typename"), "ManagerAdded")
		room.host.Must("removeManager", managed, "")
		same(t, "the last event", s.Expect("next").At("data.roomEvents.__typename"), "ManagerRemoved")
		s.Completes()
	})
}

func TestV9_ServerSentEventsEndWithTheSignIn(t *testing.T) {
	for name, ends := range map[string]func(h *house, ada *client){
		"signed out": func(_ *house, ada *client) { ada.Must("signOut", nil, "") },
		"signed out over such a stream": func(_ *house, ada *client) {
			ada.Stream(`mutation { signOut { me { user { id } } } }`, nil).Completed()
		},
		"disabled beside the server":       func(h *house, _ *client) { h.MustRun("", "user", "disable", "--email", "ada@example.com") },
		"run out, whoever else is waiting": func(h *house, _ *client) { h.Advance(8 * 24 * time.Hour) },
	} {
		t.Run(name, func(t *testing.T) {
			onEach(t, func(t *testing.T, h *house) {
				h.Account("ada@example.com")
				ada := h.Browser()
				ada.Must("signIn", object{"email": "ada@example.com", "password": password}, "")
				room := h.Hall(ada, nil)
				ada.Look(room.Invite("grace@example.org", nil).token) // she is known by a device as well from now on
				shared := ada.Stream(watching, object{"room": room.id, "after": 0})
				own := ada.Stream(watchingOwn, object{"room": room.id, "after": 0})
				for _, s := range []*stream{shared, own} {
					for s.Expect("next").Text("data.roomEvents.__typename") != "InvitationOpened" {
					}
				}
				ends(h, ada)
				for _, s := range []*stream{shared, own} {
					last := s.Ends("UNAUTHENTICATED")
					same(t, "when to come back", last.At("extensions.retryAfterSeconds"), nil)
				}
			})
		})
	}
}

// Completed reads the answer to a query or mutation, which has no errors.
func (s *stream) Completed() object {
	s.t.Helper()
	got := s.Expect("next")
	if got["errors"] != nil {
		s.t.Errorf("answered %v", got)
	}
	s.Completes()
	return got
}

func TestV9_StoppingEndsServerSentEventsAsItEndsWebSockets(t *testing.T) {
	t.Parallel()
	h := startHouse(t)
	ada := h.User("ada@example.com")
	room := h.Hall(ada, nil)
	s := ada.Stream(watching, object{"room": room.id, "after": 0})
	s.Expect("next")
	o := ada.Watch(watching, room.id, 0)
	o.Settle()
	begun := time.Now()
	if status := h.stop(); status != 0 {
		t.Errorf("status %d: %s", status, h.log)
	}
	last := s.Ends("SERVICE_UNAVAILABLE")
	if wait := last.Int("extensions.retryAfterSeconds"); wait < 1 || wait > 5 {
		t.Errorf("it is to come back after %d s", wait)
	}
	o.Closes(1012)
	if took := time.Since(begun); took > site.FinishWithin || strings.Contains(fmt.Sprint(h.log), "cut off") {
		t.Errorf("stopping took %v: %s", took, h.log)
	}
}
