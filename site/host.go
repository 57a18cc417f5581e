package site

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"usher/settings"
)

// ownHosts answers, on a site that this machine alone reaches, only requests to its own names. Another site whose name is made to
// lead to this machine (DNS rebinding) would get past the browser's wall between origins. The port is no matter: something may
// forward another one. Elsewhere a proxy may name any host.
func ownHosts(settings *settings.Settings, next http.Handler) http.Handler {
	if !settings.PublicURL.Loopback() {
		return next
	}
	var names []string
	for _, origin := range settings.Origins() {
		names = append(names, origin.URL().Hostname())
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := url.URL{Host: r.Host}
		if !slices.Contains(names, strings.ToLower(host.Hostname())) {
			tell(w, http.StatusMisdirectedRequest, "This site is "+string(settings.PublicURL)+". To use another name, set public-url.\n")
			return
		}
		next.ServeHTTP(w, r)
	})
}
