package wire

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// Addresses finds the address of the client behind a request.
type Addresses struct {
	// Trusted are the networks of the proxies whose X-Forwarded-For is believed.
	Trusted []netip.Prefix
}

// Of returns the client's address. It believes X-Forwarded-For as far as trusted proxies wrote it: from the right, the first
// address outside of their networks is the client's. It returns the zero Addr if there is none, as with a Unix socket.
func (a Addresses) Of(r *http.Request) netip.Addr {
	client, ok := parseHop(r.RemoteAddr)
	if !ok {
		return netip.Addr{}
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, hop := range slices.Backward(hops) {
		if !a.trusts(client) {
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

// Sent reports whether a trusted proxy sent a request.
func (a Addresses) Sent(r *http.Request) bool {
	sender, ok := parseHop(r.RemoteAddr)
	return ok && a.trusts(sender)
}

// Ignored returns who sent an X-Forwarded-For that is not believed.
func (a Addresses) Ignored(r *http.Request) (sender netip.Addr, ok bool) {
	sender, ok = parseHop(r.RemoteAddr)
	return sender, ok && r.Header.Get("X-Forwarded-For") != "" && !a.trusts(sender)
}

// LastHop returns the address that the last of the proxies wrote into X-Forwarded-For.
func (a Addresses) LastHop(r *http.Request) (hop netip.Addr, ok bool) {
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	return parseHop(hops[len(hops)-1])
}

func (a Addresses) trusts(address netip.Addr) bool {
	return slices.ContainsFunc(a.Trusted, func(network netip.Prefix) bool { return network.Contains(address) })
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

// AddressKey returns what an address counts as: IPv4 by itself, also where it comes mapped into IPv6, and IPv6 by its /64,
// because one customer has as many addresses in it as they please.
func AddressKey(address netip.Addr) string {
	address = address.Unmap().WithZone("")
	if !address.Is6() {
		return address.String()
	}
	network, _ := address.Prefix(64) // fails only for lengths beyond 128
	return network.String()
}
