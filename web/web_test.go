package web

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// built is a small build of the web app.
var built = fstest.MapFS{
	".gitkeep":             {},
	"index.html":           {Data: []byte("<title>app</title>")},
	"graphiql.html":        {Data: []byte("<title>graphiql</title>")},
	"favicon.svg":          {Data: []byte("<svg/>")},
	"assets/app-B1d2e3.js": {Data: []byte(strings.Repeat("console.log(1)\n", 100))},
}

// get requests path, with "Name: value" headers.
func get(t *testing.T, handler http.Handler, path string, headers ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for _, header := range headers {
		name, value, _ := strings.Cut(header, ": ")
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	return w.Result()
}

func mustRead(t *testing.T, r io.Reader) string {
	t.Helper()
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestTheAppIsServed(t *testing.T) {
	app := newPages(built)
	for _, c := range []struct {
		name, path string
		status     int
		body       string
		cache      string
		kind       string
	}{
		{"the front page is revalidated each time", "/", 200, "<title>app</title>", "no-cache", "text/html; charset=utf-8"},
		{"an address within the app is the app", "/rooms/r_0123", 200, "<title>app</title>", "no-cache", "text/html; charset=utf-8"},
		{"the app ignores case and a trailing slash", "/Sign-In/", 200, "<title>app</title>", "no-cache", "text/html; charset=utf-8"},
		{"an unknown address answers 404 with the app, which explains it", "/metrics", 404, "<title>app</title>", "no-cache", "text/html; charset=utf-8"},
		{"an address below a screen is unknown too", "/join/me", 404, "<title>app</title>", "no-cache", "text/html; charset=utf-8"},
		{"the app has no address by its file name", "/index", 404, "<title>app</title>", "no-cache", "text/html; charset=utf-8"},
		{"nor by its file name with an extension", "/index.html", 404, "does not exist", "", "text/plain; charset=utf-8"},
		{"pages of other programs do not exist", "/wp-login.php", 404, "does not exist", "", "text/plain; charset=utf-8"},
		{"the page that links open is the app", "/join", 200, "<title>app</title>", "no-cache", "text/html; charset=utf-8"},
		{"a link in another case is the app", "/Join/", 200, "<title>app</title>", "no-cache", "text/html; charset=utf-8"},
		{"a link whose # was encoded is the app", "/join%23u1_abc.", 200, "<title>app</title>", "no-cache", "text/html; charset=utf-8"},
		{"a link with a bracket behind it is the app", "/join).", 200, "<title>app</title>", "no-cache", "text/html; charset=utf-8"},
		{"a link without its # is the app", "/JOIN/u1_abc", 200, "<title>app</title>", "no-cache", "text/html; charset=utf-8"},
		{"a set-up link whose # was encoded is the app", "/setup/%23usher_a_x", 200, "<title>app</title>", "no-cache", "text/html; charset=utf-8"},
		{"a page needs no .html", "/graphiql", 200, "<title>graphiql</title>", "no-cache", "text/html; charset=utf-8"},
		{
			"a hashed file is immutable", "/assets/app-B1d2e3.js", 200, "console.log(1)", "public, max-age=31536000, immutable",
			"text/javascript; charset=utf-8",
		},
		{"a file without a hash is revalidated", "/favicon.svg", 200, "<svg/>", "no-cache", "image/svg+xml"},
		{"a hashed file of an older build does not exist", "/assets/app-old", 404, "does not exist", "", "text/plain; charset=utf-8"},
		{"a missing file does not answer with the app", "/robots.txt", 404, "does not exist", "", "text/plain; charset=utf-8"},
		{"folders are not listed", "/assets/", 404, "does not exist", "", "text/plain; charset=utf-8"},
		{"hidden files are not served", "/.gitkeep", 404, "does not exist", "", "text/plain; charset=utf-8"},
		{"dots lead nowhere else", "/assets/../../web.go", 404, "does not exist", "", "text/plain; charset=utf-8"},
	} {
		t.Run(c.name, func(t *testing.T) {
			answer := get(t, app, c.path)
			if answer.StatusCode != c.status {
				t.Fatalf("status is %d, want %d", answer.StatusCode, c.status)
			}
			if body := mustRead(t, answer.Body); !strings.Contains(body, c.body) {
				t.Errorf("body is %q, want %q in it", body, c.body)
			}
			if cache := answer.Header.Get("Cache-Control"); cache != c.cache {
				t.Errorf("Cache-Control is %q, want %q", cache, c.cache)
			}
			if kind := answer.Header.Get("Content-Type"); kind != c.kind {
				t.Errorf("Content-Type is %q, want %q", kind, c.kind)
			}
		})
	}
}

var route = regexp.MustCompile(`<Route path=(?:\{screens\.(\w+)\}|"\*") `)

func TestTheRouterAndTheServerHaveOneListOfScreens(t *testing.T) {
	source, err := os.ReadFile("src/App.tsx")
	if err != nil {
		t.Fatal(err)
	}
	routes := route.FindAllStringSubmatch(string(source), -1)
	if n := strings.Count(string(source), "<Route "); n != len(routes) {
		t.Fatalf("%d of %d routes take their path from screens.json", len(routes), n)
	}
	var listed map[string]string
	if err := json.Unmarshal(screensOfApp, &listed); err != nil {
		t.Fatal(err)
	}
	want := append(slices.Sorted(maps.Keys(listed)), "") // "" is the route of everything else
	var got []string
	for _, match := range routes {
		got = append(got, match[1])
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("the router knows %q, screens.json lists %q", got, want)
	}
	known := slices.Sorted(slices.Values(screens()))
	if want := []string{"", "account", "admin", "admin/people", "admin/servers", "join", "password", "rooms/*", "rooms/*/inside", "setup", "sign-in"}; !slices.Equal(known, want) {
		t.Errorf("the server knows %q, want %q", known, want)
	}
}

// withoutApp returns the pages of a binary that was built without the app.
func withoutApp() *pages {
	p := newPages(fstest.MapFS{".gitkeep": {}})
	p.add("index.html", unbuilt)
	return p
}

func TestWithoutTheAppEveryPageExplainsHowToBuildIt(t *testing.T) {
	for path, status := range map[string]int{
		"/": 200, "/join": 200, "/rooms/r_1": 200, "/rooms/r_1/inside": 200, "/sign-in": 200, "/setup": 200, "/admin": 200,
		"/graphiql": 404, "/metrics": 404,
	} {
		answer := get(t, withoutApp(), path)
		body := mustRead(t, answer.Body)
		if answer.StatusCode != status || !strings.Contains(body, "The web app is not built") || !strings.Contains(body, "<pre>make run</pre>") {
			t.Errorf("%s: status is %d, want %d, with the page that explains: %q", path, answer.StatusCode, status, body)
		}
	}
	if answer := get(t, withoutApp(), "/usher.js"); answer.StatusCode != http.StatusNotFound || strings.Contains(mustRead(t, answer.Body), "<") {
		t.Errorf("a file: status is %d, want 404 and no page", answer.StatusCode)
	}
}

func TestTheJoinPageIsTheSameWhateverTheLink(t *testing.T) {
	for name, pages := range map[string]*pages{"the app": newPages(built), "without the app": withoutApp()} {
		want := mustRead(t, get(t, pages, "/join").Body)
		for _, link := range []string{"/join?utm_source=mail", "/join?token=u1_AAAA", "/join/", "//join"} {
			if got := mustRead(t, get(t, pages, link, "User-Agent: Slackbot", "Cookie: a=b").Body); got != want {
				t.Errorf("%s: %s answers other bytes", name, link)
			}
		}
	}
}

var inline = regexp.MustCompile(`(?i)<style|<script[^>]*>[^<]|\sstyle=|\son[a-z]+\s*=|javascript:|https?://`)

func TestPagesKeepToThePolicy(t *testing.T) {
	for _, name := range []string{"unbuilt.html", "index.html", "index.de.html", "graphiql.html"} {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if found := inline.Find(text); found != nil {
			t.Errorf("%s holds %q, but the policy allows only files of this site", name, found)
		}
	}
}

func TestA404AnswersWithTheWholePage(t *testing.T) {
	app := newPages(built)
	tag := get(t, app, "/").Header.Get("ETag")
	for _, header := range []string{"If-None-Match: " + tag, "Range: bytes=0-3"} {
		answer := get(t, app, "/metrics", header)
		body := mustRead(t, answer.Body)
		if answer.StatusCode != http.StatusNotFound || body != "<title>app</title>" || answer.Header.Get("Content-Length") != "18" || answer.Header.Get("ETag") != "" {
			t.Errorf("%s: status is %d, headers %v, body %q", header, answer.StatusCode, answer.Header, body)
		}
	}
}

func TestOnlyGetAndHeadAreAllowed(t *testing.T) {
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodOptions} {
		w := httptest.NewRecorder()
		newPages(built).ServeHTTP(w, httptest.NewRequest(method, "/join", nil))
		if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: status is %d, Allow is %q", method, w.Code, w.Header().Get("Allow"))
		}
	}
	w := httptest.NewRecorder()
	newPages(built).ServeHTTP(w, httptest.NewRequest(http.MethodHead, "/", nil))
	if w.Code != http.StatusOK || w.Body.Len() != 0 || w.Header().Get("Content-Length") != "18" {
		t.Errorf("HEAD: status is %d, %d bytes, Content-Length %q", w.Code, w.Body.Len(), w.Header().Get("Content-Length"))
	}
}

func TestUnchangedFilesAreNotSentAgain(t *testing.T) {
	app := newPages(built)
	for _, coding := range []string{"identity", "gzip"} {
		t.Run(coding, func(t *testing.T) {
			first := get(t, app, "/assets/app-B1d2e3.js", "Accept-Encoding: "+coding)
			again := get(t, app, "/assets/app-B1d2e3.js", "Accept-Encoding: "+coding, "If-None-Match: "+first.Header.Get("ETag"))
			if again.StatusCode != http.StatusNotModified || mustRead(t, again.Body) != "" {
				t.Errorf("status is %d, want 304 without a body", again.StatusCode)
			}
			changed := get(t, app, "/assets/app-B1d2e3.js", "Accept-Encoding: "+coding, `If-None-Match: "older"`)
			if changed.StatusCode != http.StatusOK {
				t.Errorf("status of a changed file is %d, want 200", changed.StatusCode)
			}
		})
	}
}

func TestTextIsCompressedIfTheBrowserAcceptsIt(t *testing.T) {
	app := newPages(built)
	for _, c := range []struct {
		name, accept string
		zipped       bool
	}{
		{"a browser's list", "gzip, deflate, br, zstd", true},
		{"with a quality", "br;q=1.0, gzip;q=0.8", true},
		{"refused", "gzip;q=0", false},
		{"refused at length", "gzip; q=0.000", false},
		{"no header", "", false},
		{"only another coding", "br", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			answer := get(t, app, "/assets/app-B1d2e3.js", "Accept-Encoding: "+c.accept)
			if answer.Header.Get("Vary") != "Accept-Encoding" {
				t.Errorf("Vary is %q", answer.Header.Get("Vary"))
			}
			body := mustRead(t, answer.Body)
			if !c.zipped {
				if answer.Header.Get("Content-Encoding") != "" || body != string(built["assets/app-B1d2e3.js"].Data) {
					t.Error("the answer is not the file itself")
				}
				return
			}
			if answer.Header.Get("Content-Encoding") != "gzip" {
				t.Fatal("the answer is not compressed")
			}
			reader, err := gzip.NewReader(bytes.NewReader([]byte(body)))
			if err != nil {
				t.Fatal(err)
			}
			if mustRead(t, reader) != string(built["assets/app-B1d2e3.js"].Data) {
				t.Error("the answer unpacks to something else")
			}
		})
	}
}

func TestSmallFilesAreNotCompressed(t *testing.T) {
	answer := get(t, newPages(built), "/favicon.svg", "Accept-Encoding: gzip")
	if answer.Header.Get("Content-Encoding") != "" || mustRead(t, answer.Body) != "<svg/>" {
		t.Error("six bytes came compressed")
	}
}

func TestTheJoinPageIsNeverStored(t *testing.T) {
	answer := get(t, Headers(newPages(built), false), "/join")
	if cache := answer.Header.Get("Cache-Control"); cache != "no-store" {
		t.Errorf("Cache-Control is %q, want no-store", cache)
	}
}
