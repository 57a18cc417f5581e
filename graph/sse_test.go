package graph_test

import (
	"bufio"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql/handler"

	"usher/graph"
)

// mustStream serves event streams and asks for one; closed has something when the connection is gone.
func mustStream(t *testing.T, config graph.EventStreamsConfig, query string) (s *schema, answer *http.Response, closed <-chan struct{}) {
	t.Helper()
	s = newSchema()
	h := handler.New(executable{s})
	h.AddTransport(graph.NewEventStreams(config))
	gone := make(chan struct{}, 1)
	site := httptest.NewUnstartedServer(h)
	site.Listener = smallBuffers{site.Listener}
	site.Config.ReadTimeout = 50 * time.Millisecond
	site.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateClosed {
			gone <- struct{}{}
		}
	}
	site.Start()
	t.Cleanup(site.Close)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, site.URL, strings.NewReader(`{"query":"`+query+`"}`))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "text/event-stream")
	if answer, err = site.Client().Do(r); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = answer.Body.Close() })
	return s, answer, gone
}

func TestAnEventStreamOutlivesTheTimeForReadingARequest(t *testing.T) {
	s, answer, _ := mustStream(t, graph.EventStreamsConfig{KeepAlive: 10 * time.Millisecond}, "subscription { events }")
	lines := bufio.NewScanner(answer.Body)
	for signs := 0; signs < 20; { // four times the server's limit
		if !lines.Scan() {
			t.Fatalf("the stream ended after %d signs of life: %v", signs, lines.Err())
		}
		if lines.Text() == ":" {
			signs++
		}
	}
	s.events <- "news"
	for lines.Scan() && lines.Text() != `data: {"data":{"events":"news"}}` {
		if text := lines.Text(); text != "" && text != ":" && text != "event: next" {
			t.Fatalf("got %q", text)
		}
	}
	close(s.events)
	rest := ""
	for lines.Scan() {
		rest += strings.TrimPrefix(lines.Text(), ":")
	}
	if rest != "event: completedata:" {
		t.Errorf("the stream ends with %q", rest)
	}
}

func TestAnEventStreamThatNobodyReadsEnds(t *testing.T) {
	_, _, closed := mustStream(t, graph.EventStreamsConfig{WriteTimeout: 50 * time.Millisecond}, "subscription { big(size: 100000) }")
	select {
	case <-closed:
	case <-time.After(patience):
		t.Fatal("the connection is held")
	}
}
