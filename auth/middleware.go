package auth

import "net/http"

// Middleware finds out who asks each request, and hands the actor and the jar for the answer's cookies on in its context.
// address returns the key that a request's rates are counted under. cookies reports whether the
// answer to a request may set cookies; only answers to a POST do.
func (a *Authenticator) Middleware(
	names CookieNames, address func(*http.Request) string, cookies func(*http.Request) bool,
) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			actor, fault := a.Actor(r.Context(), Request{
				Cookies: r.Cookies(), Authorization: r.Header.Get("Authorization"), Place: r.Header.Get(PlaceHeader),
				UserAgent: r.UserAgent(), Address: address(r),
			}, names)
			e := exchange{actor: actor, fault: fault}
			if r.Method == http.MethodPost && cookies(r) {
				e.jar = &Jar{w.Header(), names}
				for _, c := range actor.outdated {
					e.jar.move(c.name, c.value, c.maxAge)
				}
			}
			next.ServeHTTP(w, r.WithContext(withExchange(r.Context(), e)))
		})
	}
}
