package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestA11_ASiteOfThisMachineAnswersToItsOwnNamesAlone(t *testing.T) {
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
		{"what anybody writes, where there is a proxy", "evil.example", public, 200},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, w := httptest.NewRequest(http.MethodGet, "/graphql", nil), httptest.NewRecorder()
			r.Host = c.host
			ownHosts(mustSettings(t, nil, c.settings...), http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})).ServeHTTP(w, r)
			same(t, "status", w.Code, c.status)
		})
	}
}

func TestByWhateverNameHealthIsAnswered(t *testing.T) {
	u := start(t)
	for path, want := range map[string]int{"/healthz": 200, "/readyz": 200, "/join": 421, "/graphql": 421, "/": 421} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, u.url+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Host = "evil.example"
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		same(t, path, answer.StatusCode, want)
	}
}

func TestGraphiQLHasNoAddressWhereIntrospectionIsOff(t *testing.T) {
	with, without := start(t), start(t, "--no-introspection")
	for _, path := range []string{"/graphiql", "/graphiql.html", "/graphiql/", "/x/../graphiql.html", "//graphiql.html", "/GraphiQL.html", "/%67raphiql.html", "/graphiql%2ehtml", "/./graphiql"} {
		answer, _ := mustDo(t, http.MethodGet, without.url+path)
		same(t, path, answer.StatusCode, http.StatusNotFound)
	}
	if answer, _ := mustDo(t, http.MethodGet, with.url+"/graphiql"); answer.StatusCode != http.StatusOK {
		mustHave(t, "the web app (make build)", fmt.Errorf("GraphiQL is answered %d", answer.StatusCode))
	}
}
