package site

import (
	"net/http"

	"usher/problem"
	"usher/web"
)

// inLanguage has problems said in the language of the page that asks. Subscriptions are rendered for many askers at once, so theirs stay
// English; pages show words of their own for them.
func inLanguage(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(problem.Speaking(r.Context(), web.Language(r))))
	})
}
