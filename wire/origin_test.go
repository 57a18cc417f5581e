package wire

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"usher/wire/testdata/mini"

	"github.com/99designs/gqlgen/graphql"
)

// carriers are the ways in which a question travels, each as the lines of a request behind its target.
var carriers = map[string]struct {
	method, headers, body string
	status                int // where the page may ask
}{
	"a query by GET":        {"GET /?query={hello}", "", "", 200},
	"a query by POST":       {"POST /", "Content-Type: application/json", `{"query":"{hello}"}`, 200},
	"a mutation":            {"POST /", "Content-Type: application/json", `{"query":"mutation{renameRoom(input:{id:\"r\",title:\"t\"}){__typename}}"}`, 200},
	"server-sent events":    {"POST /", "Content-Type: application/json\r\nAccept: text/event-stream", `{"query":"{hello}"}`, 200},
	"a form by POST":        {"POST /", "Content-Type: text/plain", `a=b`, 415},
	"a WebSocket's upgrade": {"GET /", "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: graphql-transport-ws", "", 101},
}

// Whose page sent a request decides alike for every carrier whether it is answered, and whether cookies count.
func TestA2_OriginsAreJudgedAlikeForEveryCarrier(t *testing.T) {
	type verdict int
	const (
		own     verdict = iota // is answered, with cookies
		allowed                // is answered, without cookies; a bearer token counts
		foreign                // may only read what it is not shown, without cookies
	)
	const host = "usher.example:8443"
	for _, page := range []struct {
		name, headers string
		want, socket  verdict // socket: of a WebSocket with a cookie
	}{
		{"no browser", "", own, foreign},
		{"a page of the site", "Origin: https://usher.example:8443\r\nSec-Fetch-Site: same-origin", own, own},
		{"a page of the site in an old browser", "Origin: https://usher.example:8443", own, own},
		{"a page of the site by another name", "Origin: http://localhost:8080\r\nSec-Fetch-Site: cross-site", own, own},
		{"an address typed by hand", "Sec-Fetch-Site: none", own, foreign},
		{"a page of the host that was asked, which is not named", "Origin: http://usher.example:8443", own, foreign},
		{"the same in a browser that says so", "Origin: http://usher.example:8443\r\nSec-Fetch-Site: same-origin", own, foreign},
		{"a page of the same host without TLS", "Origin: http://usher.example:8443\r\nSec-Fetch-Site: cross-site", foreign, foreign},
		{"an allowed page", "Origin: https://partner.example\r\nSec-Fetch-Site: cross-site", allowed, allowed},
		{"an allowed page of a sister domain", "Origin: https://partner.example\r\nSec-Fetch-Site: same-site", allowed, allowed},
		{"an allowed page in an old browser", "Origin: https://partner.example", allowed, allowed},
		{"a foreign page", "Origin: https://evil.example\r\nSec-Fetch-Site: cross-site", foreign, foreign},
		{"a foreign page in an old browser", "Origin: https://evil.example", foreign, foreign},
		{"a foreign page of a sister domain", "Origin: https://evil.usher.example\r\nSec-Fetch-Site: same-site", foreign, foreign},
		{"a foreign page that sends no Origin", "Sec-Fetch-Site: cross-site", foreign, foreign},
		{"a page without an origin", "Origin: null\r\nSec-Fetch-Site: cross-site", foreign, foreign},
		{"a page without an origin in an old browser", "Origin: null", foreign, foreign},
		{"the same host on another port", "Origin: https://usher.example", foreign, foreign},
		{"an allowed host on another port", "Origin: https://partner.example:8443", foreign, foreign},
		{"an allowed host without TLS", "Origin: http://partner.example", foreign, foreign},
		{"an allowed origin with the port of its scheme", "Origin: https://partner.example:443", foreign, foreign},
		{"an allowed origin in upper case", "Origin: HTTPS://PARTNER.EXAMPLE", foreign, foreign},
		{"an allowed origin with a path", "Origin: https://partner.example/", foreign, foreign},
		{"an allowed origin as the beginning of another", "Origin: https://partner.example.evil.example", foreign, foreign},
		{"two origins", "Origin: https://usher.example:8443\r\nOrigin: https://evil.example", foreign, foreign},
	} {
		t.Run(page.name, func(t *testing.T) {
			for name, carrier := range carriers {
				for credential, line := range map[string]string{"by cookie": "Cookie: device=1", "by bearer token": "Authorization: Bearer x", "by both": "Cookie: device=1\r\nAuthorization: Bearer x"} {
					want, isUpgrade, withCookie := page.want, carrier.status == 101, strings.Contains(line, "Cookie")
					if isUpgrade {
						want = page.socket
						if !withCookie && !strings.Contains(page.headers, "Origin") {
							want = page.want // by no browser
						}
					}
					status, cookie := carrier.status, ""
					switch {
					case want == foreign && (isUpgrade || strings.HasPrefix(carrier.method, "POST")):
						status = 403
					case want == own && withCookie:
						cookie = "device=1"
					}
					got, saw := mustSend(t, host, carrier.method, []string{carrier.headers, page.headers, line}, carrier.body)
					if got != status || status != 403 && saw != cookie {
						t.Errorf("%s %s is answered %d, with the cookie %q; want %d with %q", name, credential, got, saw, status, cookie)
					}
					if status == 403 && !isUpgrade && saw != "nothing" {
						t.Errorf("%s %s is refused and yet arrives", name, credential)
					}
				}
			}
		})
	}
}

// mustSend sends a request as it is written, and returns its status and the cookies that authentication saw, "nothing" if it saw
// no request.
func mustSend(t *testing.T, host, target string, headers []string, body string) (status int, saw string) {
	t.Helper()
	arrived := make(chan string, 1)
	origins := MustOrigins(t, []string{"https://usher.example:8443", "http://localhost:8080"}, "https://partner.example")
	server := httptest.NewServer(NewHandler(mini.New(), Options{
		Origins:    origins,
		Transports: []graphql.Transport{NewWebSocket(WebSocketConfig{Origins: origins}), NewEventStreams(EventStreamsConfig{})},
		Authenticate: func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				arrived <- r.Header.Get("Cookie")
				next.ServeHTTP(w, r)
			})
		},
	}))
	defer server.Close()
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	text := fmt.Sprintf("%s HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\n", target, host, len(body))
	for _, header := range headers {
		if header != "" {
			text += header + "\r\n"
		}
	}
	if _, err := conn.Write([]byte(text + "\r\n" + body)); err != nil {
		t.Fatal(err)
	}
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	select {
	case saw = <-arrived:
	default:
		saw = "nothing"
	}
	return answer.StatusCode, saw
}

func TestAnOriginIsWrittenAsBrowsersWriteIt(t *testing.T) {
	for _, origin := range []string{
		"", "usher.example", "app.example.com", "//usher.example", "ftp://usher.example", "https://", "https://usher.example/path", "https://app.example.com/",
		"https://me@usher.example", "https://usher.example?a", "https://bücher.example", "*", "null", "HTTPS://usher.example", "https://Usher.example",
		"https://usher.example:443", "http://localhost:80",
	} {
		if _, err := NewOrigins([]string{origin}, nil); err == nil {
			t.Errorf("%q is taken as the site's own", origin)
		}
		if _, err := NewOrigins(nil, []string{origin}); err == nil {
			t.Errorf("%q is taken as allowed", origin)
		}
	}
}
