package web

import (
	"net/http"
	"strings"
)

// policy lets pages load what this site serves and nothing else: no inline scripts or styles, no plug-ins, no frames around.
const policy = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// graphiqlPolicy is policy for GraphiQL, whose editor writes styles while it runs and underlines faults with a drawing of its own.
// It shows what its user asks for themselves.
const graphiqlPolicy = policy + "; style-src 'self' 'unsafe-inline'; img-src 'self' data:"

// Headers adds what browsers are asked to hold to on every page. Where the site is reached over https they are told to stay
// with it. Answers under /join are neither stored nor indexed.
func Headers(next http.Handler, https bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Content-Security-Policy", policy)
		header.Set("Cross-Origin-Opener-Policy", "same-origin")
		header.Set("Referrer-Policy", "no-referrer")
		header.Set("X-Content-Type-Options", "nosniff")
		if r.URL.Path == "/graphiql" {
			header.Set("Content-Security-Policy", graphiqlPolicy)
		}
		if https {
			header.Set("Strict-Transport-Security", "max-age=31536000")
		}
		if strings.HasPrefix(r.URL.Path, "/join") {
			header.Set("Cache-Control", "no-store")
			header.Set("X-Robots-Tag", "noindex")
		}
		next.ServeHTTP(w, r)
	})
}
