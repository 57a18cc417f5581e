package web

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestHeaders(t *testing.T) {
	nothing := http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})
	for _, c := range []struct {
		name, path string
		https      bool
		want       map[string]string
	}{
		{"every page has the security headers", "/rooms/r_1", false, map[string]string{
			"Content-Security-Policy":    policy,
			"Cross-Origin-Opener-Policy": "same-origin",
			"Referrer-Policy":            "no-referrer",
			"X-Content-Type-Options":     "nosniff",
			"Strict-Transport-Security":  "",
			"Cache-Control":              "",
			"X-Robots-Tag":               "",
		}},
		{"GraphiQL may also write styles", "/graphiql", false, map[string]string{"Content-Security-Policy": graphiqlPolicy}},
		{"over https browsers keep to https", "/", true, map[string]string{"Strict-Transport-Security": "max-age=31536000"}},
		{"the page that links open is neither stored nor indexed", "/join", false, map[string]string{
			"Cache-Control":   "no-store",
			"X-Robots-Tag":    "noindex",
			"Referrer-Policy": "no-referrer",
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := httptest.NewRecorder()
			Headers(nothing, c.https).ServeHTTP(w, httptest.NewRequest(http.MethodGet, c.path, nil))
			for name, want := range c.want {
				if got := w.Header().Get(name); got != want {
					t.Errorf("%s is %q, want %q", name, got, want)
				}
			}
		})
	}
}
