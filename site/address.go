package site

import (
	"log/slog"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"

	"usher/auth"
)

// clients determines the addresses that requests come from. It logs the first untrusted proxy.
type clients struct {
	trusted []netip.Prefix
	log     *slog.Logger
	warned  sync.Once
}

func (c *clients) address(r *http.Request) netip.Addr {
	peer, ok := parseHop(r.RemoteAddr)
	if ok && r.Header.Get("X-Forwarded-For") != "" && !contains(c.trusted, peer) {
		c.warned.Do(func() {
			c.log.Warn("X-Forwarded-For is ignored, because trusted-proxies does not contain its sender; if that is your proxy, add it: until then, "+
				"everyone behind it counts as one address", "address", peer)
		})
	}
	return clientAddress(r, c.trusted)
}

func (c *clients) key(r *http.Request) string { return auth.AddressKey(c.address(r)) }

func contains(networks []netip.Prefix, address netip.Addr) bool {
	return slices.ContainsFunc(networks, func(network netip.Prefix) bool { return network.Contains(address) })
}

// clientAddress returns the address that a request comes from. It trusts X-Forwarded-For only as far as trusted networks wrote it: from
// the right, the first address outside of them is the client's. The zero Addr means that there is none, as with a Unix socket.
func clientAddress(r *http.Request, trusted []netip.Prefix) netip.Addr {
	client, ok := parseHop(r.RemoteAddr)
	if !ok {
		return netip.Addr{}
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, hop := range slices.Backward(hops) {
		if !contains(trusted, client) {
			break
		}
		before, ok := parseHop(hop)
		if !ok {
			break
		}
		client = before
	}
	return client
}

// parseHop parses an address with or without a port, because some proxies write one.
func parseHop(text string) (netip.Addr, bool) {
	text = strings.TrimSpace(text)
	if hop, err := netip.ParseAddrPort(text); err == nil {
		return hop.Addr().Unmap().WithZone(""), true
	}
	hop, err := netip.ParseAddr(strings.Trim(text, "[]"))
	return hop.Unmap().WithZone(""), err == nil
}
