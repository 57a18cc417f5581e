package site

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"usher/settings"
	"usher/wire"
)

func TestAnUntrustedProxyIsLoggedOnce(t *testing.T) {
	log := &strings.Builder{}
	trusted := mustSettings(t, nil, "--trusted-proxies=10.0.0.0/8").TrustedProxies
	c := &clients{Addresses: wire.Addresses{Trusted: trusted}, log: newLog(log, settings.TextLog, slog.LevelInfo, new(lines))}
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
