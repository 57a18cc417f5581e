package site

import (
	"log/slog"
	"net/http"
	"net/netip"
	"sync"

	"usher/wire"
)

// clients determines the addresses that requests come from. It logs the first untrusted proxy.
type clients struct {
	wire.Addresses
	log    *slog.Logger
	warned sync.Once
}

func (c *clients) address(r *http.Request) netip.Addr {
	if sender, ok := c.Ignored(r); ok {
		c.warned.Do(func() {
			c.log.WarnContext(r.Context(), "X-Forwarded-For is ignored, because trusted-proxies does not contain its sender; if that is your proxy, add it: until then, "+
				"everyone behind it counts as one address", "address", sender)
		})
	}
	return c.Of(r)
}

func (c *clients) key(r *http.Request) string { return wire.AddressKey(c.address(r)) }
