package wire

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"usher/wire/testdata/mini"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler/transport"
)

// asked is a request. Its defaults are POST, application/json and no Accept.
type asked struct {
	method, query string // query follows the ? in the URL
	header        http.Header
	body          io.Reader
}

// post sends a JSON body: a text unchanged, any other value encoded.
func post(v any) asked {
	if text, ok := v.(string); ok {
		return asked{body: strings.NewReader(text)}
	}
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return asked{body: bytes.NewReader(text)}
}

func document(query string) asked { return post(map[string]any{"query": query}) }

// variables sends one variable, named a.
func variables(query string, a any) asked {
	return post(map[string]any{"query": query, "variables": map[string]any{"a": a}})
}

func get(query string) asked { return asked{method: http.MethodGet, query: query} }

func (a asked) with(name, value string) asked {
	a.header = a.header.Clone()
	if a.header == nil {
		a.header = http.Header{}
	}
	a.header.Set(name, value)
	return a
}

// answered is an answer.
type answered struct {
	*http.Response
	text   string
	Errors []struct {
		Message    string
		Path       []any
		Locations  []map[string]int
		Extensions map[string]any
	}
	Data any
}

// code returns the code of the first error, or "".
func (a answered) code() string {
	if len(a.Errors) == 0 {
		return ""
	}
	code, _ := a.Errors[0].Extensions["code"].(string)
	return code
}

func MustAskHTTP(t testing.TB, address string, a asked) answered {
	t.Helper()
	if a.method == "" {
		a.method = http.MethodPost
	}
	if a.query != "" {
		address += "?" + a.query
	}
	request, err := http.NewRequestWithContext(t.Context(), a.method, address, a.body)
	if err != nil {
		t.Fatal(err)
	}
	if a.method == http.MethodPost {
		request.Header.Set("Content-Type", "application/json")
	}
	for name := range a.header {
		if request.Header[name] = a.header[name]; a.header.Get(name) == "" {
			request.Header.Del(name)
		}
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	answer := answered{Response: response, text: string(text)}
	if len(text) > 0 {
		if err := json.Unmarshal(text, &answer); err != nil {
			t.Fatalf("the answer is not JSON: %v: %.200s", err, text)
		}
	}
	return answer
}

func TestTimeIsLimitedByTheKindOfOperation(t *testing.T) {
	for query, o := range map[string]Options{
		"{slow}":         {QueryTime: time.Millisecond},
		"mutation{slow}": {MutationTime: time.Millisecond},
	} {
		t.Run(query, func(t *testing.T) {
			start := time.Now()
			answer := MustAskHTTP(t, MustServeMini(t, o), document(query))
			want := `{"errors":[{"message":"the service is not available right now; try again later","path":["slow"],` +
				`"locations":[{"line":1,"column":` + map[string]string{"{slow}": "2", "mutation{slow}": "10"}[query] + `}],` +
				`"extensions":{"code":"SERVICE_UNAVAILABLE"}}],"data":{"slow":null}}`
			if answer.StatusCode != http.StatusOK || strings.TrimSpace(answer.text) != want {
				t.Errorf("got %d %s, want %s", answer.StatusCode, answer.text, want)
			}
			if took := time.Since(start); took > 10*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

func TestIntrospectionIsCompleteIfItIsOn(t *testing.T) {
	address := MustServeMini(t, Options{Introspection: true})
	answer := MustAskHTTP(t, address, document(MustReadFile(t, "testdata/introspection.graphql")))
	if len(answer.Errors) > 0 || !strings.Contains(answer.text, `"name":"RenameRoomInput"`) {
		t.Errorf("got %.500s", answer.text)
	}
}

// sees records the requests that reach Authenticate.
func sees(requests *[]*http.Request) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			*requests = append(*requests, r)
			next.ServeHTTP(w, r)
		})
	}
}

func TestCookiesCountOnlyForTheSitesOwnPages(t *testing.T) {
	var requests []*http.Request
	address := MustServeMini(t, Options{Origins: MustOrigins(t, nil, allowedOrigin), Authenticate: sees(&requests)})
	upgrade := get("").with("Connection", "Upgrade").with("Upgrade", "websocket")
	for _, test := range []struct {
		name string
		asked
		cookie string
	}{
		{"a client that is no browser", document("{hello}"), "device=1"},
		{"a page of the site", document("{hello}").with("Origin", address).with("Sec-Fetch-Site", "same-origin"), "device=1"},
		{"a page of the site in an old browser", document("{hello}").with("Origin", address), "device=1"},
		{"an address typed by hand", get("query={hello}").with("Sec-Fetch-Site", "none"), "device=1"},
		{"a WebSocket of the site", upgrade.with("Origin", address), "device=1"},
		{"a page of the allowed origin", document("{hello}").with("Origin", allowedOrigin).with("Sec-Fetch-Site", "cross-site"), ""},
		{"the same in an old browser", document("{hello}").with("Origin", allowedOrigin), ""},
		{"the same from a sister domain", document("{hello}").with("Origin", allowedOrigin).with("Sec-Fetch-Site", "same-site"), ""},
		{"a GET of another site", get("query={hello}").with("Sec-Fetch-Site", "cross-site"), ""},
		{"a WebSocket of the allowed origin", upgrade.with("Origin", allowedOrigin), ""},
		{"a WebSocket of another site", upgrade.with("Origin", "https://evil.example"), ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			requests = nil
			MustAskHTTP(t, address, test.with("Cookie", "device=1").with("Authorization", "Bearer x"))
			if len(requests) != 1 {
				t.Fatalf("%d requests arrived, want 1", len(requests))
			}
			if got := requests[0].Header.Get("Cookie"); got != test.cookie {
				t.Errorf("cookies: got %q, want %q", got, test.cookie)
			}
			if requests[0].Header.Get("Authorization") != "Bearer x" {
				t.Error("the bearer token is gone")
			}
		})
	}
}

func TestA2_AllowedOriginsMayPostWithATokenAndNothingElse(t *testing.T) {
	var requests []*http.Request
	address := MustServeMini(t, Options{Origins: MustOrigins(t, nil, "https://other.example", allowedOrigin), Headers: []string{"Usher-Place"}, Authenticate: sees(&requests)})
	preflight := asked{method: http.MethodOptions}.with("Access-Control-Request-Method", "POST")
	none := map[string]string{"Allow-Origin": "", "Allow-Methods": "", "Allow-Headers": "", "Allow-Credentials": "", "Max-Age": ""}
	for _, test := range []struct {
		name string
		asked
		status  int
		cors    map[string]string
		arrives int
	}{
		{"a preflight", preflight.with("Origin", allowedOrigin), 204, map[string]string{
			"Allow-Origin": allowedOrigin, "Allow-Methods": "POST", "Allow-Headers": "Authorization, Content-Type, Usher-Place", "Allow-Credentials": "",
		}, 0},
		{
			"a POST", document("{hello}").with("Origin", allowedOrigin), 200,
			map[string]string{"Allow-Origin": allowedOrigin, "Allow-Methods": "", "Allow-Credentials": ""},
			1,
		},
		{"a POST that is refused", post("").with("Origin", allowedOrigin), 400, map[string]string{"Allow-Origin": allowedOrigin}, 1},
		{"a GET", get("query={hello}").with("Origin", allowedOrigin), 200, none, 1},
		{"a preflight of another site", preflight.with("Origin", "https://evil.example"), 204, none, 0},
		{"a POST of another site", document("{hello}").with("Origin", "https://evil.example"), 403, none, 0},
		{"OPTIONS without an origin", asked{method: http.MethodOptions}, 204, none, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			requests = nil
			answer := MustAskHTTP(t, address, test.asked)
			if answer.StatusCode != test.status || len(requests) != test.arrives || answer.Header.Get("Vary") != "Origin" {
				t.Errorf("got %d, Vary %q, %d arrived", answer.StatusCode, answer.Header.Get("Vary"), len(requests))
			}
			for name, want := range test.cors {
				if got := answer.Header.Get("Access-Control-" + name); got != want {
					t.Errorf("%s: got %q, want %q", name, got, want)
				}
			}
		})
	}
}

// A streaming transport can be added. It is tried first, its answers are flushed, and its time is not limited.
func TestAStreamingTransportCanBeAdded(t *testing.T) {
	address := MustServeMini(t, Options{
		Transports: []graphql.Transport{transport.SSE{}},
		QueryTime:  time.Nanosecond, MutationTime: time.Nanosecond,
	})
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(`{"query":"subscription{ticks}"}`))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "text/event-stream")
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	ticks := 0
	for lines := bufio.NewScanner(response.Body); ticks < 3 && lines.Scan(); {
		if strings.HasPrefix(lines.Text(), `data: {"data":{"ticks":`) {
			ticks++
		}
	}
	if ticks != 3 {
		t.Errorf("got %d ticks before the stream ended", ticks)
	}
}

func TestTheSitesOwnPagesAreRecognisedBehindAProxyThatRewritesHost(t *testing.T) {
	handler := NewHandler(mini.New(), Options{Origins: MustOrigins(t, []string{"https://rooms.example.org"})})
	for origin, want := range map[string]int{"https://rooms.example.org": 200, "https://evil.example.org": 403} {
		r := httptest.NewRequest(http.MethodPost, "http://127.0.0.1:8080/graphql", strings.NewReader(`{"query":"{hello}"}`))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Origin", origin)
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("%s is answered %d, want %d: %s", origin, w.Code, want, w.Body)
		}
	}
}
