package settings

import (
	"slices"
	"testing"
)

func TestSettingsDeriveFromOneAnother(t *testing.T) {
	for _, c := range []struct {
		name          string
		args          []string
		public, join  Origin
		key           string
		introspection bool
	}{
		{"nothing given", nil, "http://localhost:8080", "http://localhost:8080/join", "data/usher.key", true},
		{"another port moves the links", []string{"--addr=:9090"}, "http://localhost:9090", "http://localhost:9090/join", "data/usher.key", true},
		{"port 80 needs no naming", []string{"--addr=0.0.0.0:80"}, "http://localhost", "http://localhost/join", "data/usher.key", true},
		{"IPv6 loopback goes by its address", []string{"--addr=[::1]:8080"}, "http://[::1]:8080", "http://[::1]:8080/join", "data/usher.key", true},
		{"a public site", []string{"--public-url=https://meet.example.org"}, "https://meet.example.org", "https://meet.example.org/join", "data/usher.key", false},
		{"a name in another script", []string{"--public-url=https://bücher.example"}, "https://xn--bcher-kva.example", "https://xn--bcher-kva.example/join", "data/usher.key", false},
		{"a page of one's own for links", []string{"--join-url=https://example.org/live?lang=de"}, "http://localhost:8080", "https://example.org/live?lang=de", "data/usher.key", true},
		{"the site's own page for links, with a trailing slash", []string{"--public-url=https://example.org", "--join-url=https://example.org/join/?lang=de"}, "https://example.org", "https://example.org/join?lang=de", "data/usher.key", false},
		{"the same on this machine, by another of its names", []string{"--join-url=http://127.0.0.1:8080/join//"}, "http://localhost:8080", "http://127.0.0.1:8080/join", "data/usher.key", true},
		{"a page of somebody else's keeps its slash", []string{"--join-url=https://example.org/join/"}, "http://localhost:8080", "https://example.org/join/", "data/usher.key", true},
		{"the key lies beside the database", []string{"--database-url=sqlite:///var/lib/usher/site.sqlite"}, "http://localhost:8080", "http://localhost:8080/join", "/var/lib/usher/site.key", true},
		{"introspection off all the same", []string{"--no-introspection"}, "http://localhost:8080", "http://localhost:8080/join", "data/usher.key", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := mustSettings(t, nil, c.args...)
			if s.PublicURL != c.public || Origin(s.JoinURL) != c.join || s.SecretKeyFile != c.key || s.Introspection != c.introspection {
				t.Errorf("public %s, join %s, key %s, introspection %t", s.PublicURL, s.JoinURL, s.SecretKeyFile, s.Introspection)
			}
		})
	}
}

func TestTheSitesOwnOrigins(t *testing.T) {
	for _, c := range []struct {
		public string
		want   []Origin
	}{
		{"http://localhost:8080", []Origin{"http://localhost:8080", "http://127.0.0.1:8080", "http://[::1]:8080"}},
		{"http://[::1]:8080", []Origin{"http://[::1]:8080", "http://localhost:8080", "http://127.0.0.1:8080"}},
		{"http://localhost", []Origin{"http://localhost", "http://127.0.0.1", "http://[::1]"}},
		{"https://example.org:8443", []Origin{"https://example.org:8443"}},
		{"https://Example.org:443/", []Origin{"https://example.org"}},
		{"HTTP://LocalHost:80/", []Origin{"http://localhost", "http://127.0.0.1", "http://[::1]"}},
		{"https://bücher.example", []Origin{"https://xn--bcher-kva.example"}},
	} {
		if got := mustSettings(t, nil, "--public-url="+c.public).Origins(); !slices.Equal(got, c.want) {
			t.Errorf("%s: %s, want %s", c.public, got, c.want)
		}
	}
}

func TestVariablesThatKubernetesSetsAreIgnored(t *testing.T) {
	mustSettings(t, []string{
		"USHER_SERVICE_HOST=10.0.0.1", "USHER_SERVICE_PORT=80", "USHER_SERVICE_PORT_HTTP=80", "USHER_PORT=tcp://10.0.0.1:80",
		"USHER_PORT_80_TCP=tcp://10.0.0.1:80", "USHER_PORT_80_TCP_PROTO=tcp", "USHER_DB_PORT_5432_TCP_ADDR=10.0.0.2",
	})
}

func TestTermsAreParsedAsWritten(t *testing.T) {
	for _, text := range []string{"1m30s", "30m", "8h", "1h30m", "7d", "180d"} {
		var term Term
		if err := term.UnmarshalText([]byte(text)); err != nil || term.String() != text {
			t.Errorf("%s came back as %s: %v", text, term, err)
		}
	}
}

// mustSettings reads the settings of a program that has nothing else.
func mustSettings(t *testing.T, env []string, args ...string) *Settings {
	t.Helper()
	var program struct {
		Settings `embed:"" group:"settings"`
	}
	if _, err := program.Parse(&program, args, env); err != nil {
		t.Fatal(err)
	}
	return &program.Settings
}
