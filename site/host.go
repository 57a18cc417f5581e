package site

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"usher/settings"
)

// ownHosts accepts only requests to the site's own names, if only this machine can reach the site. Otherwise another site whose name
// resolves to this machine (DNS rebinding) could bypass the browser's same-origin policy. The port is not checked, because something
// may forward another one. On public sites a proxy may use any host name.
func ownHosts(settings *settings.Settings, next http.Handler) http.Handler {
	if !settings.PublicURL.Loopback() {
		return next
	}
	var names []string
	for _, origin := range settings.Origins() {
		names = append(names, origin.URL().Hostname())
	}
	return ownNames(names, "This site is "+string(settings.PublicURL)+". To use another name, set public-url.\n", next)
}

// ownNames accepts only requests to these host names.
func ownNames(names []string, refusal string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := url.URL{Host: r.Host}
		if !slices.Contains(names, strings.ToLower(host.Hostname())) {
			respond(w, http.StatusMisdirectedRequest, refusal)
			return
		}
		next.ServeHTTP(w, r)
	})
}
