package wire_test

import (
	"bufio"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"usher/wire"
)

// mustAskSeveral requests a stream of several operations.
func (s *streams) mustAskSeveral(t *testing.T, operations string) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.site.URL, strings.NewReader(`{"operations":`+operations+`}`))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "text/event-stream")
	answer, err := s.site.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = answer.Body.Close() })
	return answer
}

func TestSeveralSubscriptionsShareAStream(t *testing.T) {
	s := mustServeStreams(t, wire.EventStreamsConfig{}, 0)
	answer := s.mustAskSeveral(t, `[
		{"id": "two", "query": "subscription($to: Int!) { count(to: $to) }", "variables": {"to": 2}},
		{"id": "bad", "query": "subscription { nothing }"},
		{"id": "asks", "query": "{ hello }"},
		{"id": "\"one\"", "query": "subscription { count(to: 1) }"},
		{"id": "refused", "query": "subscription { refused }"}
	]`)
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	parts := strings.Split(strings.TrimSpace(string(text)), "\n\n")
	if !strings.HasPrefix(parts[0], "retry: ") || parts[len(parts)-1] != "event: complete\ndata:" {
		t.Errorf("the stream is %q", parts)
	}
	for id, want := range map[string][]string{
		`"two"`:     {`{"data":{"count":1}}`, `{"data":{"count":2}}`},
		`"\"one\""`: {`{"data":{"count":1}}`},
		`"bad"`:     {`{"errors":[{"message":"Cannot query field \"nothing\" on type \"Subscription\".","locations":[{"line":1,"column":16}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}`},
		`"asks"`:    {`{"errors":[{"message":"a stream of several operations takes subscriptions only","extensions":{"code":"BAD_USER_INPUT"}}]}`},
	} {
		var got []string
		for _, part := range parts {
			if rest, ok := strings.CutPrefix(part, `event: next`+"\n"+`data: {"id":`+id+`,"payload":`); ok {
				got = append(got, strings.TrimSuffix(rest, "}"))
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", id, got, want)
		}
		if !slices.Contains(parts, "event: complete\ndata: {\"id\":"+id+"}") {
			t.Errorf("%s is not completed", id)
		}
	}
}

func TestAStreamOfSeveralSubscriptionsEndsAsOneWithTheReason(t *testing.T) {
	s := mustServeStreams(t, wire.EventStreamsConfig{Asker: func(*http.Request) (string, []string) { return "u", []string{"u"} }}, 0)
	from := bufio.NewReader(s.mustAskSeveral(t, `[{"id": "a", "query": "subscription { events }"}, {"id": "b", "query": "subscription { events }"}]`).Body)
	mustRead(t, from) // retry
	for range 4 {
		s.events <- "news"
		mustRead(t, from)
	}
	s.EndCredential("u", wire.EndUnauthorized)
	if last := mustRead(t, from); !strings.HasPrefix(last, `event: next`+"\n"+`data: {"errors":[{"message":"the sign-in`) {
		t.Errorf("the last message is %q", last)
	}
	if rest, err := io.ReadAll(from); err != nil || string(rest) != "event: complete\ndata:\n\n" {
		t.Errorf("the stream ends with %q, %v", rest, err)
	}
}

func TestRequestsForSeveralOperationsAreChecked(t *testing.T) {
	s := mustServeStreams(t, wire.EventStreamsConfig{}, 0)
	of := func(n int) string {
		var list []string
		for i := range n {
			list = append(list, `{"id":"`+strconv.Itoa(i)+`","query":"subscription { count(to: 1) }"}`)
		}
		return "[" + strings.Join(list, ",") + "]"
	}
	id := func(length int) string {
		return `[{"id":"` + strings.Repeat("a", length) + `","query":"subscription { count(to: 1) }"}]`
	}
	for operations, want := range map[string]string{
		of(16):                  "",
		of(17):                  "the parameter operations has more than 16 operations",
		id(128):                 "",
		id(129):                 "each of the operations needs an id, a string of 1 to 128 bytes",
		id(0):                   "each of the operations needs an id, a string of 1 to 128 bytes",
		`[]`:                    "the parameter operations is not a list of operations",
		`{}`:                    "the parameter operations is not a list of operations",
		`[1]`:                   "an item of operations is not an object",
		`[{"query":"{hello}"}]`: "each of the operations needs an id, a string of 1 to 128 bytes",
		`[{"id":"a","query":"{hello}"},{"id":"a","query":"{hello}"}]`: "two operations have the same id",
		`[{"id":"a"}]`:                   "the parameter query is missing or is not a string",
		`[], "query": "{ hello }"`:       "the parameter operations is not a list of operations",
		of(1) + `, "query": "{ hello }"`: "the request has a query beside operations; send one of them",
	} {
		answer := s.mustAskSeveral(t, operations)
		text, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case want == "" && answer.StatusCode != http.StatusOK:
			t.Errorf("%.80s: got %d %s", operations, answer.StatusCode, text)
		case want != "" && (answer.StatusCode != http.StatusBadRequest || !strings.Contains(string(text), `"message":"`+want+`"`)):
			t.Errorf("%.80s: got %d %s, want %q", operations, answer.StatusCode, text, want)
		}
	}
}
