package settings

import (
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/idna"
)

// Origin is a scheme, host and port as browsers send them in the Origin header: in lower case, without a default port.
type Origin string

// UnmarshalText accepts https://host[:port], and http only for loopback hosts.
func (o *Origin) UnmarshalText(text []byte) (err error) {
	*o, err = parseOrigin(string(text))
	return err
}

func parseOrigin(text string) (Origin, error) {
	u, err := parseURL(text)
	switch {
	case err != nil:
		return "", err
	case u.Path != "" && u.Path != "/" || u.RawQuery != "" || u.ForceQuery:
		return "", Invalidf("%q has more than host and port; remove the rest", u)
	}
	return Origin(u.Scheme + "://" + u.Host), nil
}

// parseURL checks what all URLs in settings have in common.
func parseURL(text string) (*url.URL, error) {
	u, err := url.Parse(text)
	switch {
	case strings.Contains(text, "*"):
		return nil, Invalidf("%q is a wildcard, which is not supported; list each site", text)
	case err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "":
		return nil, Invalidf("%q is not an http or https URL", text)
	case u.User != nil:
		return nil, Invalidf("%q contains a user or password; remove them", u.Redacted())
	case u.Fragment != "" || strings.Contains(text, "#"):
		return nil, Invalidf("%q contains a #; remove it and everything after it", text)
	}
	host, port := u.Hostname(), u.Port()
	if ip, err := netip.ParseAddr(host); err == nil {
		host = ip.String()
	} else if host, err = idna.Lookup.ToASCII(host); err != nil {
		return nil, Invalidf("%q has no valid host name", text)
	}
	if _, err := strconv.ParseUint(port, 10, 16); port != "" && err != nil {
		return nil, Invalidf("%q has no port from 0 to 65535", text)
	}
	if u.Scheme == "http" && !loopback(host) {
		return nil, Invalidf("%q is plain http, which works for localhost only; use https", text)
	}
	u.Host = hostPort(u.Scheme, host, port)
	return u, nil
}

func hostPort(scheme, host, port string) string {
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if port == "" || scheme == "http" && port == "80" || scheme == "https" && port == "443" {
		return host
	}
	return host + ":" + port
}

// URL parses the origin. It cannot fail, because an Origin comes from parseOrigin.
func (o Origin) URL() *url.URL {
	u, err := url.Parse(string(o))
	if err != nil {
		panic(fmt.Sprintf("parse origin %q: %v", o, err))
	}
	return u
}

// Loopback reports whether only this machine can reach the site.
func (o Origin) Loopback() bool { return loopback(o.URL().Hostname()) }

// Secure reports whether the origin uses https.
func (o Origin) Secure() bool { return o.URL().Scheme == "https" }

// Port returns the port, including the scheme's default.
func (o Origin) Port() string {
	switch port := o.URL().Port(); {
	case port != "":
		return port
	case o.Secure():
		return "443"
	}
	return "80"
}

// at returns the same origin with another host. host may be an IPv6 address in brackets.
func (o Origin) at(host string) Origin {
	return Origin(o.URL().Scheme + "://" + hostPort(o.URL().Scheme, strings.Trim(host, "[]"), o.URL().Port()))
}

// JoinURL is the page that links open. A link adds # and its token.
type JoinURL string

// UnmarshalText accepts a URL without a fragment.
func (j *JoinURL) UnmarshalText(text []byte) error {
	u, err := parseURL(string(text))
	if err != nil {
		return err
	}
	*j = JoinURL(u.String())
	return nil
}

// within returns the URL without a trailing slash if it is the site's own /join, because only there a page reads the token after the #.
func (j JoinURL) within(own []Origin) JoinURL {
	u, err := url.Parse(string(j))
	if err != nil || !slices.Contains(own, Origin(u.Scheme+"://"+u.Host)) || strings.TrimRight(u.Path, "/") != "/join" {
		return j
	}
	u.Path = "/join"
	return JoinURL(u.String())
}

// Origins is a list of origins, written with commas.
type Origins []Origin

// UnmarshalText appends to the list, so that the flag can be repeated.
func (o *Origins) UnmarshalText(text []byte) error {
	return eachItem(text, func(item string) error {
		origin, err := parseOrigin(item)
		if err != nil || slices.Contains(*o, origin) {
			return err
		}
		*o = append(*o, origin)
		return nil
	})
}

func (o Origins) String() string { return joined(o) }
