package wire_test

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql/handler"

	"usher/wire"
)

// streams is a server of event streams.
type streams struct {
	*wire.EventStreams
	*schema
	site *httptest.Server
	gone chan struct{} // signalled when a connection has gone
}

func mustServeStreams(t *testing.T, config wire.EventStreamsConfig, timeout time.Duration) *streams {
	t.Helper()
	s := &streams{wire.NewEventStreams(config), newSchema(), nil, make(chan struct{}, 1)}
	h := handler.New(executable{s.schema})
	h.AddTransport(s.EventStreams)
	s.site = httptest.NewUnstartedServer(h)
	s.site.Listener = smallBuffers{s.site.Listener}
	s.site.Config.ReadTimeout, s.site.Config.WriteTimeout = timeout, timeout
	s.site.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateClosed {
			select {
			case s.gone <- struct{}{}:
			default:
			}
		}
	}
	s.site.Start()
	t.Cleanup(s.site.Close)
	return s
}

// mustAsk requests a stream.
func (s *streams) mustAsk(t *testing.T, query string) (*http.Response, *bufio.Reader) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.site.URL, strings.NewReader(`{"query":"`+query+`"}`))
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
	return answer, bufio.NewReader(answer.Body)
}

// mustRead reads a part of a stream, up to an empty line.
func mustRead(t *testing.T, from *bufio.Reader) (part string) {
	t.Helper()
	for {
		line, err := from.ReadString('\n')
		if err != nil {
			t.Fatalf("after %q: %v", part, err)
		}
		if line == "\n" {
			return part
		}
		part += line
	}
}

func TestAnEventStreamOutlivesTheRequestTimeout(t *testing.T) {
	s := mustServeStreams(t, wire.EventStreamsConfig{KeepAlive: 100 * time.Millisecond}, time.Second)
	_, from := s.mustAsk(t, "subscription { events }")
	for signs := 0; signs < 15; { // longer than the server's timeout
		if mustRead(t, from) == ":\n" {
			signs++
		}
	}
	s.events <- "news"
	part := mustRead(t, from)
	for part == ":\n" {
		part = mustRead(t, from)
	}
	if part != "event: next\ndata: {\"data\":{\"events\":\"news\"}}\n" {
		t.Fatalf("got %q", part)
	}
	close(s.events)
	for part = mustRead(t, from); part == ":\n"; {
		part = mustRead(t, from)
	}
	if rest, err := io.ReadAll(from); err != nil || part+string(rest) != "event: complete\ndata:\n" {
		t.Errorf("the stream ends with %q%q, %v", part, rest, err)
	}
}

func TestAnUnreadEventStreamEnds(t *testing.T) {
	s := mustServeStreams(t, wire.EventStreamsConfig{WriteTimeout: 50 * time.Millisecond}, 0)
	s.mustAsk(t, "subscription { big(size: 100000) }")
	select {
	case <-s.gone:
	case <-time.After(patience):
		t.Fatal("the connection stays open")
	}
}

// Each stream gets a different reconnect delay, and its end repeats it.
func TestV9_AnEventStreamEndsWithTheReason(t *testing.T) {
	for name, test := range map[string]struct {
		end      func(s *streams)
		code     string
		comeBack bool
	}{
		"the sign-in has ended": {func(s *streams) { s.EndCredential("u", wire.EndUnauthorized) }, "UNAUTHENTICATED", false},
		"nothing is left":       {func(s *streams) { s.EndCredential("u", wire.EndForbidden) }, "FORBIDDEN", false},
		"a fault":               {func(s *streams) { s.EndCredential("u", wire.EndTryAgainLater) }, "SERVICE_UNAVAILABLE", true},
		"a restart":             {func(s *streams) { _ = s.Shutdown(context.Background()) }, "SERVICE_UNAVAILABLE", true},
	} {
		t.Run(name, func(t *testing.T) {
			asker := func(*http.Request) (string, []string) { return "u", []string{"u", "device"} }
			s := mustServeStreams(t, wire.EventStreamsConfig{Asker: asker}, 0)
			_, from := s.mustAsk(t, "subscription { events }")
			head := mustRead(t, from)
			retry, err := strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(head, "retry: "), "\n"))
			if err != nil || retry < 1000 || retry > 5000 {
				t.Errorf("the stream begins with %q", head)
			}
			s.events <- "news"
			mustRead(t, from)
			test.end(s)
			pattern := `^event: next\ndata: \{"errors":\[\{"message":"[^"]+","extensions":\{"code":"` + test.code + `"`
			if test.comeBack {
				pattern += `,"retryAfterSeconds":` + strconv.Itoa((retry+999)/1000)
			}
			if last := mustRead(t, from); !regexp.MustCompile(pattern + `\}\}\]\}\n$`).MatchString(last) {
				t.Errorf("the last word is %q, want %s", last, pattern)
			}
			if rest, err := io.ReadAll(from); err != nil || string(rest) != "event: complete\ndata:\n\n" {
				t.Errorf("the stream ends with %q, %v", rest, err)
			}
		})
	}
}

func TestV9_ARestartSpreadsTheEndsOfWebSocketsAndEventStreams(t *testing.T) {
	open := &wire.Connections{RestartSpread: time.Second}
	sockets := MustListen(t, wire.WebSocketConfig{Connections: open})
	s := mustServeStreams(t, wire.EventStreamsConfig{Connections: open}, 0)
	const each = 5
	ended := make(chan time.Time, 2*each)
	for range each {
		_, from := s.mustAsk(t, "subscription { events }")
		c := sockets.MustOpen(t)
		go func() {
			_, _ = io.ReadAll(from)
			ended <- time.Now()
		}()
		go func() {
			_, _, _ = c.ReadMessage()
			ended <- time.Now()
			_ = c.NetConn().Close()
		}()
	}
	start := time.Now()
	if err := open.Shutdown(t.Context()); err != nil {
		t.Error(err)
	}
	var last time.Time
	for range 2 * each {
		last = <-ended
	}
	// Ten ends, spread evenly over the time.
	if took := last.Sub(start); took < 850*time.Millisecond {
		t.Errorf("all ended within %v", took)
	}
	if answer, _ := s.mustAsk(t, "subscription { events }"); answer.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("another one is answered %s", answer.Status)
	}
}

func TestOneEventStreamTooManyIsRefusedWithAdvice(t *testing.T) {
	s := mustServeStreams(t, wire.EventStreamsConfig{}, 0)
	for range 16 {
		_, from := s.mustAsk(t, "subscription { events }")
		mustRead(t, from)
	}
	answer, from := s.mustAsk(t, "subscription { events }")
	body, err := io.ReadAll(from)
	const want = `{"errors":[{"message":"16 streams are open, which is the maximum; end one of them first","extensions":{"code":"RATE_LIMITED"}}]}`
	if err != nil || strings.TrimSpace(string(body)) != want || answer.StatusCode != 429 || answer.Header.Get("Retry-After") != "" {
		t.Errorf("answered %s: %s, %v", answer.Status, body, err)
	}
	if answer, _ := s.mustAsk(t, "{ hello }"); answer.StatusCode != http.StatusOK {
		t.Errorf("a query beside them is answered %s", answer.Status)
	}
}
