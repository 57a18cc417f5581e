package wire

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/gorilla/websocket"
)

// Origins judge which pages may use the API: those of the site itself, with cookies, and those of allowed origins, without.
// The zero value knows only pages of the host that a request asks.
type Origins struct{ own, allowed map[string]bool }

// NewOrigins takes the site's own origins and those that are allowed, each as browsers write it in the header Origin, as in
// https://usher.example: lower case, and no port that is the scheme's. The error names one that is written otherwise.
func NewOrigins(own, allowed []string) (o Origins, err error) {
	if o.own, err = originSet(own); err != nil {
		return o, err
	}
	o.allowed, err = originSet(allowed)
	return o, err
}

func originSet(origins []string) (map[string]bool, error) {
	set := map[string]bool{}
	for _, origin := range origins {
		u, err := url.Parse(origin)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || origin != u.Scheme+"://"+u.Host ||
			strings.ContainsFunc(origin, func(r rune) bool { return r > '~' || 'A' <= r && r <= 'Z' }) ||
			u.Port() == map[string]string{"http": "80", "https": "443"}[u.Scheme] {
			return nil, fmt.Errorf("read origin %q: write only scheme, host and port as browsers do, such as https://usher.example", origin)
		}
		set[origin] = true
	}
	return set, nil
}

// Trusts reports whether a request may be answered. A page of another site may only read, and the browser keeps the answer
// from it. A page could read a foreign WebSocket, so an upgrade needs a known Origin. Its Host header proves nothing.
func (o Origins) Trusts(r *http.Request) bool {
	switch {
	case isUpgrade(r):
		switch origins := r.Header.Values("Origin"); len(origins) {
		case 0: // no browser: one always sends an Origin, so a cookie would come from something else
			return o.isOwn(r) && len(r.Header.Values("Cookie")) == 0
		case 1:
			return o.own[origins[0]] || o.allowed[origins[0]]
		}
		return false
	case r.Method == http.MethodGet, r.Method == http.MethodHead, r.Method == http.MethodOptions:
		return true
	}
	return o.isOwn(r) || o.Allows(r)
}

func isUpgrade(r *http.Request) bool {
	return r.Method == http.MethodGet && websocket.IsWebSocketUpgrade(r)
}

// Cookies reports whether the cookies of a request count, and whether its answer may set some: those of the site's own pages, and
// of clients that are no browsers.
func (o Origins) Cookies(r *http.Request) bool { return o.isOwn(r) }

// Allows reports whether a page of an allowed origin sent the request. Its cookies do not count.
func (o Origins) Allows(r *http.Request) bool {
	origins := r.Header.Values("Origin")
	return len(origins) == 1 && o.allowed[origins[0]]
}

// isOwn reports whether a page of the site itself sent the request, or no page at all. Browsers since 2023 send Sec-Fetch-Site.
// For others an Origin that is the host asked counts as the site's own, as in http.CrossOriginProtection.
func (o Origins) isOwn(r *http.Request) bool {
	origins := r.Header.Values("Origin")
	if len(origins) > 1 {
		return false
	}
	origin := r.Header.Get("Origin")
	if o.own[origin] {
		return true
	}
	switch r.Header.Get("Sec-Fetch-Site") {
	case "same-origin", "none":
		return true
	case "":
		u, err := url.Parse(origin)
		return origin == "" || err == nil && u.Host == r.Host
	}
	return false
}

// withoutForeignCookies returns the request without cookies that do not count.
func (o Origins) withoutForeignCookies(r *http.Request) *http.Request {
	if r.Header.Get("Cookie") == "" || o.Cookies(r) {
		return r
	}
	bare := *r
	bare.Header = r.Header.Clone()
	bare.Header.Del("Cookie")
	return &bare
}
