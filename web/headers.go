package web

import (
	"net/http"
	"strings"
)

// policy lets pages load only files of this site: no inline scripts or styles, no plug-ins, no frames around them.
const policy = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// graphiqlPolicy also lets GraphiQL's editor write styles while it runs, and underline faults with an image of its own. GraphiQL
// shows only what its user asks for.
const graphiqlPolicy = policy + "; style-src 'self' 'unsafe-inline'; img-src 'self' data:"

// Headers adds the security headers to every answer, with Strict-Transport-Security if the site is reached over https. Answers
// under /join are neither stored nor indexed.
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
		if strings.HasPrefix(strings.ToLower(r.URL.Path), "/join") {
			header.Set("Cache-Control", "no-store")
			header.Set("X-Robots-Tag", "noindex")
		}
		next.ServeHTTP(w, r)
	})
}
