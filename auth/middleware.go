package auth

import (
	"net/http"
	"slices"
)

// Middleware finds out who is asking, and puts the actor and the jar for the answer's cookies into the request's context. secure
// means that the site uses https. address returns the key of a request for rates. own are the origins of the site. Only a POST from
// the site's own pages, or from a client that is not a browser, gets cookies.
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
