package site

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"time"

	"usher/room"
	"usher/settings"
	"usher/wire"
)

// A probe is a request of /healthz through the public URL, by which `usher check` finds out which address the server sees behind the proxy.
// It claims to come from an invented address. Only to a probe that the site's key signed does the server say what it saw.
const (
	// probeHeader has the invented address and the code that signs it.
	probeHeader = "Usher-Probe"
	// sawHeader has the address that the server saw, and one of the marks behind it.
	sawHeader = "Usher-Saw"
	// ignoredMark means that the server ignored X-Forwarded-For, because trusted-proxies lacks its sender.
	ignoredMark = "ignored"
	// missingMark means that there was no X-Forwarded-For.
	missingMark = "missing"
	// probeWithin limits how long the site may take to answer a probe.
	probeWithin = 5 * time.Second
)

// prober answers probes.
type prober struct {
	addresses wire.Addresses
	keys      [][]byte
}

func (p prober) answer(answer http.Header, r *http.Request) {
	invented, code, _ := strings.Cut(r.Header.Get(probeHeader), " ")
	signature, err := base64.RawURLEncoding.DecodeString(code)
	if err != nil || !slices.ContainsFunc(p.keys, func(key []byte) bool { return hmac.Equal(signature, signProbe(key, invented)) }) {
		return
	}
	saw, mark := p.addresses.Of(r), ""
	_, ignored := p.addresses.Ignored(r)
	last, forwarded := p.addresses.LastHop(r)
	switch {
	case ignored:
		mark = " " + ignoredMark
	case !forwarded:
		mark = " " + missingMark
	case saw.String() == invented: // where the asker is trusted itself, as on the proxy's machine, its claim counts
		saw = last
	}
	answer.Set(sawHeader, saw.String()+mark)
}

// Seen is what the site's server saw of a probe.
type Seen struct {
	// Address is where the probe came from, as the server counts it.
	Address netip.Addr
	// Forged means that this is the invented address.
	Forged bool
	// Ignored means that the server ignored X-Forwarded-For. Address is then the proxy's.
	Ignored bool
	// Missing means that no X-Forwarded-For arrived. Address is then the proxy's.
	Missing bool
}

// Errors of Probe.
var (
	// ErrNotUsher means that something else answers at the public URL.
	ErrNotUsher = errors.New("this is not the answer of Usher")
	// ErrUnknownKeys means that the server there does not recognise the keys.
	ErrUnknownKeys = errors.New("the server there has other keys, or is an older one")
)

// Probe asks the site at its public URL what it sees of a request that claims to come from another address.
func Probe(ctx context.Context, settings *settings.Settings, keys room.Keys) (Seen, error) {
	ctx, cancel := context.WithTimeout(ctx, probeWithin)
	defer cancel()
	invented := inventAddress()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, string(settings.PublicURL)+"/healthz", nil)
	if err != nil {
		return Seen{}, err
	}
	r.Header.Set("X-Forwarded-For", invented.String())
	r.Header.Set(probeHeader, invented.String()+" "+base64.RawURLEncoding.EncodeToString(signProbe(keys.Probes()[0], invented.String())))
	// A redirect would lead elsewhere, so the transport asks once.
	response, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(r)
	if err != nil {
		return Seen{}, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, 1<<10))
	if err != nil {
		return Seen{}, err
	}
	if response.StatusCode != http.StatusOK || string(body) != Healthy {
		return Seen{}, fmt.Errorf("status %d: %w", response.StatusCode, ErrNotUsher)
	}
	address, mark, _ := strings.Cut(response.Header.Get(sawHeader), " ")
	seen, err := netip.ParseAddr(address)
	if err != nil {
		return Seen{}, ErrUnknownKeys
	}
	return Seen{Address: seen, Forged: seen == invented, Ignored: mark == ignoredMark, Missing: mark == missingMark}, nil
}

func signProbe(key []byte, invented string) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(invented))
	return mac.Sum(nil)
}

// inventAddress returns an address that nobody has, from the network for examples.
func inventAddress() netip.Addr {
	address := [16]byte{0x20, 0x01, 0x0d, 0xb8}
	_, _ = rand.Read(address[4:]) // never fails
	return netip.AddrFrom16(address)
}
