package site

import (
	"encoding/base64"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"

	"usher/room"
	"usher/wire"
)

func TestOnlyTheSitesOwnProbeLearnsWhichAddressTheServerSees(t *testing.T) {
	keys, err := room.ParseKeys([]byte("1 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n2 BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBA=\n"))
	if err != nil {
		t.Fatal(err)
	}
	second, err := room.ParseKeys([]byte("2 BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBA=\n"))
	if err != nil {
		t.Fatal(err)
	}
	other, err := room.ParseKeys([]byte("1 CCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCA=\n"))
	if err != nil {
		t.Fatal(err)
	}
	const invented, client, proxy = "2001:db8::7", "203.0.113.5", "10.0.0.1"
	signed := func(keys room.Keys, content string) string {
		return invented + " " + base64.RawURLEncoding.EncodeToString(signProbe(keys.Probes()[0], content))
	}
	genuine := signed(keys, invented)
	for _, c := range []struct {
		name, from string
		forwarded  []string
		probe      string
		want       string
	}{
		{"the proxy appends", proxy, []string{invented + ", " + client}, genuine, client},
		{"the proxy appends a line of its own", proxy, []string{invented, client}, genuine, client},
		{"the proxy replaces", proxy, []string{client}, genuine, client},
		{"the proxy passes on what the client wrote", proxy, []string{invented}, genuine, invented},
		{"the proxy writes nothing", proxy, nil, genuine, proxy + " missing"},
		{"the proxy is not trusted", client, []string{invented + ", " + client}, genuine, client + " ignored"},
		{"the asker is trusted itself", proxy, []string{invented + ", " + proxy}, genuine, proxy},
		{"signed by the second key", proxy, []string{client}, signed(second, invented), client},
		{"signed by another key", proxy, []string{client}, signed(other, invented), ""},
		{"signed for another address", proxy, []string{client}, signed(keys, client), ""},
		{"not signed", proxy, []string{client}, invented, ""},
		{"no signature at all", proxy, []string{client}, invented + " !", ""},
		{"no probe", proxy, []string{client}, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := httptest.NewRequest(http.MethodGet, "/healthz", nil)
			r.RemoteAddr = c.from + ":1234"
			r.Header["X-Forwarded-For"] = c.forwarded
			if c.probe != "" {
				r.Header.Set(probeHeader, c.probe)
			}
			answer := http.Header{}
			prober{wire.Addresses{Trusted: []netip.Prefix{netip.MustParsePrefix(proxy + "/32")}}, keys.Probes()}.answer(answer, r)
			if got := answer.Get(sawHeader); got != c.want {
				t.Errorf("answered %q, want %q", got, c.want)
			}
		})
	}
}
