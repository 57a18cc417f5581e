package auth

import "net/http"

// CookieNames are the names of a site's cookies. A browser keeps the cookies of a host for all its ports. So the names have the port,
// unless that is the scheme's: two sites on one host leave each other's cookies alone.
type CookieNames struct {
	secure bool
	port   string // empty if it is the scheme's
}

// NewCookieNames returns the names for a site with this public URL. If it uses https, they have the prefix __Host-, which binds them to
// the host. port is empty if it is the scheme's.
func NewCookieNames(secure bool, port string) CookieNames { return CookieNames{secure, port} }

const (
	signInCookie = "usher_sign_in"
	deviceCookie = "usher_device"
)

func (n CookieNames) of(name string) string {
	if n.port != "" {
		name += "_" + n.port
	}
	return n.former(name)
}

// former returns the name from before names had the port.
func (n CookieNames) former(name string) string {
	if n.secure {
		return "__Host-" + name
	}
	return name
}

// find returns the value of a cookie that may be a secret with this prefix. isFormer: only the former name has one. It may be the cookie
// of another site on this host, so it counts only if it identifies somebody.
func (n CookieNames) find(cookies []*http.Cookie, name, prefix string) (secret string, isFormer bool) {
	for _, c := range cookies {
		switch {
		case !ValidSecret(prefix, c.Value):
		case c.Name == n.of(name):
			return c.Value, false
		case c.Name == n.former(name):
			secret, isFormer = c.Value, true
		}
	}
	return secret, isFormer
}

// Jar sets the answer's cookies.
type Jar struct {
	header http.Header
	names  CookieNames
}

// set adds a cookie that scripts cannot read and that requests of other sites do not carry. maxAge is in seconds; a negative one
// deletes the cookie.
func (j *Jar) set(name, value string, maxAge int) { j.add(j.names.of(name), value, maxAge) }

// move renames a cookie to its present name, and deletes the former one.
func (j *Jar) move(name, value string, maxAge int) {
	j.set(name, value, maxAge)
	j.add(j.names.former(name), "", -1)
}

func (j *Jar) add(name, value string, maxAge int) {
	c := http.Cookie{
		Name: name, Value: value, Path: "/", MaxAge: maxAge,
		HttpOnly: true, Secure: j.names.secure, SameSite: http.SameSiteStrictMode,
	}
	j.header.Add("Set-Cookie", c.String())
}

// outdated is a cookie of a request that has its former name.
type outdated struct {
	name, value string
	maxAge      int // in seconds
}
