package site_test

import (
	"fmt"
	"net/http"
	"testing"

	. "usher/sitetest"
)

func TestHealthIsAnsweredUnderAnyHostName(t *testing.T) {
	u := Start(t)
	for path, want := range map[string]int{"/healthz": 200, "/readyz": 200, "/join": 421, "/graphql": 421, "/": 421} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, u.URL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Host = "evil.example"
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		Same(t, path, answer.StatusCode, want)
	}
}

func TestGraphiQLIsMissingWithoutIntrospection(t *testing.T) {
	with, without := Start(t), Start(t, "--no-introspection")
	for _, path := range []string{"/graphiql", "/graphiql.html", "/graphiql/", "/x/../graphiql.html", "//graphiql.html", "/GraphiQL.html", "/%67raphiql.html", "/graphiql%2ehtml", "/./graphiql"} {
		answer, _ := MustDo(t, http.MethodGet, without.URL+path)
		Same(t, path, answer.StatusCode, http.StatusNotFound)
	}
	if answer, _ := MustDo(t, http.MethodGet, with.URL+"/graphiql"); answer.StatusCode != http.StatusOK {
		MustHave(t, "the web app (make build)", fmt.Errorf("GraphiQL is answered %d", answer.StatusCode))
	}
}
