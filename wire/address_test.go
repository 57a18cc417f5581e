package wire

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
)

func TestClientAddress(t *testing.T) {
	addresses := Addresses{Trusted: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("2001:db8:1::/48")}}
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
			if got := addresses.Of(r).String(); got != c.want {
				t.Errorf("client is %s, want %s", got, c.want)
			}
		})
	}
}

func TestAddressKey(t *testing.T) {
	for name, c := range map[string]struct{ address, want string }{
		"IPv4 counts by itself":              {"192.0.2.1", "192.0.2.1"},
		"IPv4 mapped into IPv6 is the same":  {"::ffff:192.0.2.1", "192.0.2.1"},
		"IPv6 counts by its /64":             {"2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"},
		"its neighbour counts as the same":   {"2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"},
		"the next /64 counts by itself":      {"2001:db8:1:3::1", "2001:db8:1:3::/64"},
		"a zone makes no difference":         {"fe80::1%eth0", "fe80::/64"},
		"a zone on a mapped one is left out": {"::ffff:192.0.2.1%eth0", "192.0.2.1"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := AddressKey(netip.MustParseAddr(c.address)); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
	if got := AddressKey(netip.Addr{}); got != "invalid IP" {
		t.Errorf("no address gives %q", got)
	}
}
