package site

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"usher/settings"
)

func TestClientAddress(t *testing.T) {
	trusted := mustSettings(t, nil, "--trusted-proxies=10.0.0.0/8,2001:db8:1::/48").TrustedProxies
	for _, c := range []struct {
		name, peer string
		forwarded  []string
		want       string
	}{
		{"a direct connection", "192.0.2.1:4711", nil, "192.0.2.1"},
		{"somebody pretends", "192.0.2.1:4711", []string{"198.51.100.1"}, "192.0.2.1"},
		{"behind a proxy", "10.0.0.1:4711", []string{"198.51.100.1"}, "198.51.100.1"},
		{"behind two proxies", "10.0.0.1:4711", []string{"198.51.100.1, 10.0.0.2"}, "198.51.100.1"},
		{"two proxies, a header each", "10.0.0.1:4711", []string{"198.51.100.1", "10.0.0.2"}, "198.51.100.1"},
		{"a forged header behind a proxy", "10.0.0.1:4711", []string{"203.0.113.9, 198.51.100.1"}, "198.51.100.1"},
		{"somebody pretends to be a proxy", "10.0.0.1:4711", []string{"10.9.9.9, 198.51.100.1, 10.0.0.2"}, "198.51.100.1"},
		{"the proxy itself asks", "10.0.0.1:4711", nil, "10.0.0.1"},
		{"everybody on the way is a proxy", "10.0.0.1:4711", []string{"10.0.0.3, 10.0.0.2"}, "10.0.0.3"},
		{"nonsense ends the way", "10.0.0.1:4711", []string{"198.51.100.1, unknown, 10.0.0.2"}, "10.0.0.2"},
		{"an empty header is ignored", "10.0.0.1:4711", []string{""}, "10.0.0.1"},
		{"a proxy writes the port too", "10.0.0.1:4711", []string{"198.51.100.1:80"}, "198.51.100.1"},
		{"IPv6", "[2001:db8:1::1]:4711", []string{"2001:db8:2::1"}, "2001:db8:2::1"},
		{"IPv6 in brackets with a port", "[2001:db8:1::1]:4711", []string{"[2001:db8:2::1]:80"}, "2001:db8:2::1"},
		{"IPv6 in brackets", "[2001:db8:1::1]:4711", []string{"[2001:db8:2::1]"}, "2001:db8:2::1"},
		{"IPv4 written as IPv6", "[::ffff:10.0.0.1]:4711", []string{"::ffff:198.51.100.1"}, "198.51.100.1"},
		{"a zone is of no use to anybody else", "[fe80::1%eth0]:4711", nil, "fe80::1"},
		{"no network at all", "@", nil, "invalid IP"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := httptest.NewRequest(http.MethodGet, "/", nil)
			r.RemoteAddr = c.peer
			r.Header["X-Forwarded-For"] = c.forwarded
			if got := clientAddress(r, trusted).String(); got != c.want {
				t.Errorf("client is %s, want %s", got, c.want)
			}
		})
	}
}

func TestAnUntrustedProxyIsLoggedOnce(t *testing.T) {
	log := &strings.Builder{}
	trusted := mustSettings(t, nil, "--trusted-proxies=10.0.0.0/8").TrustedProxies
	c := &clients{trusted: trusted, log: newLog(log, settings.TextLog)}
	ask := func(peer, forwarded string) {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = peer
		if forwarded != "" {
			r.Header.Set("X-Forwarded-For", forwarded)
		}
		c.address(r)
	}
	ask("192.0.2.1:1", "")
	ask("10.0.0.1:1", "203.0.113.1")
	same(t, "the log", log.String(), "")
	for range 3 {
		ask("192.0.2.1:1", "203.0.113.1")
		ask("192.0.2.2:1", "203.0.113.1")
	}
	if said := log.String(); strings.Count(said, "\n") != 1 || !strings.Contains(said, "trusted-proxies") || !strings.Contains(said, "address=192.0.2.1") {
		t.Errorf("the log has %q", said)
	}
}
