package auth

import (
	"net/http"
	"slices"
)

// Middleware finds out who asks each request, and hands the actor and the jar for the answer's cookies on in its context.
// secure: the site is served over https. address is what a request's rates are counted by; own are the site's
// origins. Cookies are set in answers to a
// POST of the site's own pages, or of no browser, alone.
func (a *Authenticator) Middleware(secure bool, address func(*http.Request) string, own []string) func(http.Handler) http.Handler {
	origins := http.NewCrossOriginProtection()
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			actor, fault := a.Actor(r.Context(), Request{
				Cookies: r.Cookies(), Authorization: r.Header.Get("Authorization"), Place: r.Header.Get(PlaceHeader),
				UserAgent: r.UserAgent(), Address: address(r),
			}, secure)
			e := exchange{actor: actor, fault: fault}
			if r.Method == http.MethodPost && (slices.Contains(own, r.Header.Get("Origin")) || origins.Check(r) == nil) {
				e.jar = NewJar(w.Header(), secure)
			}
			next.ServeHTTP(w, r.WithContext(withExchange(r.Context(), e)))
		})
	}
}
