package site

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestA11_ALocalSiteAnswersOnlyToLocalNames(t *testing.T) {
	here := []string{"--addr=127.0.0.1:8080"}
	byAddress := []string{"--addr=[::1]:8080"}
	public := []string{"--addr=:8080", "--public-url=https://rooms.example.org"}
	for _, c := range []struct {
		name, host string
		settings   []string
		status     int
	}{
		{"its name", "localhost:8080", here, 200},
		{"its name in capitals", "LOCALHOST:8080", here, 200},
		{"its address", "127.0.0.1:8080", here, 200},
		{"its IPv6 address", "[::1]:8080", here, 200},
		{"another site's name", "evil.example:8080", here, 421},
		{"a name that begins alike", "localhost.evil.example:8080", here, 421},
		{"another port, which something forwards", "localhost:8081", here, 200},
		{"no port", "localhost", here, 200},
		{"nonsense", "[::1", here, 421},
		{"nothing", "", here, 421},
		{"a public URL by address, asked for by name", "localhost:8080", byAddress, 200},
		{"what a proxy writes", "10.0.0.11:8080", public, 200},
		{"any host, behind a proxy", "evil.example", public, 200},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, w := httptest.NewRequest(http.MethodGet, "/graphql", nil), httptest.NewRecorder()
			r.Host = c.host
			ownHosts(mustSettings(t, nil, c.settings...), http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})).ServeHTTP(w, r)
			same(t, "status", w.Code, c.status)
		})
	}
}
