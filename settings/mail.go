package settings

import (
	"net/mail"
	"net/url"
	"strconv"
	"strings"
)

// Mail is how the site sends emails. It sends none unless SMTPURL and MailFrom are set.
type Mail struct {
	SMTPURL         SMTPURL      `name:"smtp-url" placeholder:"URL" secret:"" help:"The mail server: smtp://USER:PASSWORD@HOST:587 or smtps://…"`
	MailFrom        MailAddress  `placeholder:"EMAIL" help:"The address that emails come from."`
	MailReplyTo     ReplyTo      `default:"site" help:"Where replies go: site, manager, or an address."`
	MailLanguage    MailLanguage `default:"en" help:"The language of emails if nobody chose one: en or de."`
	MailsPerMinute  Count        `default:"300" help:"Emails per minute and server."`
	MailsPerManager Count        `default:"2000" help:"Emails that one manager causes in 24 hours."`
	MailReportsKey  ReportsKey   `placeholder:"KEY" secret:"" help:"The key by which reports of emails that came back are sent to /mail/reports."`
	SiteName        SiteName     `default:"Usher" help:"What emails call this site."`
}

// On reports whether the site sends emails (D1).
func (m Mail) On() bool { return m.SMTPURL != "" && m.MailFrom != "" }

// complete rejects what makes no sense together.
func (m Mail) complete() error {
	switch {
	case m.SMTPURL != "" && m.MailFrom == "":
		return Invalidf("set mail-from, because smtp-url is set: emails need an address that they come from")
	case m.SMTPURL == "" && m.MailReportsKey != "":
		return Invalidf("remove mail-reports-key, or set smtp-url: this site sends no emails that could come back")
	case m.SMTPURL == "" && m.MailFrom != "":
		return Invalidf("set smtp-url, because mail-from is set: emails need a mail server")
	}
	return nil
}

func control(r rune) bool { return r < ' ' || r == 0x7f }

// SMTPURL names the mail server. It may contain a password, which String masks.
type SMTPURL string

// UnmarshalText accepts smtp://[USER:PASSWORD@]HOST[:PORT] and smtps://…. Without TLS, only a server on this machine is accepted.
func (s *SMTPURL) UnmarshalText(text []byte) error {
	u, err := url.Parse(string(text))
	switch {
	case err != nil:
		return Invalid("this is not a URL; encode special characters in a password, such as @ as %40")
	case u.Scheme != "smtp" && u.Scheme != "smtps" || u.Hostname() == "" || u.Path != "" && u.Path != "/" || u.RawQuery != "" || u.Fragment != "":
		return Invalid("write smtp://USER:PASSWORD@HOST:587 or smtps://USER:PASSWORD@HOST:465")
	}
	if port := u.Port(); port != "" {
		if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
			return Invalidf("%q is not a port from 1 to 65535", port)
		}
	}
	if u.User != nil {
		if password, _ := u.User.Password(); u.User.Username() == "" || password == "" {
			return Invalid("a user needs a password, and a password a user")
		}
	}
	*s = SMTPURL(text)
	return nil
}

// Server returns the parts of the URL. plain means that the connection is not encrypted, which only a server on this machine may be
// reached by. direct means TLS from the first byte, otherwise by STARTTLS.
func (s SMTPURL) Server() (host string, port int, user, password string, direct, plain bool) {
	u, err := url.Parse(string(s))
	if err != nil {
		return "", 0, "", "", false, false
	}
	direct = u.Scheme == "smtps"
	host, plain = u.Hostname(), !direct && loopback(u.Hostname())
	port = 587
	if direct {
		port = 465
	}
	if plain {
		port = 25
	}
	if n, err := strconv.Atoi(u.Port()); err == nil {
		port = n
	}
	password, _ = u.User.Password()
	return host, port, u.User.Username(), password, direct, plain
}

// String masks the password. For the URL itself, use string(s).
func (s SMTPURL) String() string {
	u, err := url.Parse(string(s))
	if err != nil {
		return ""
	}
	return u.Redacted()
}

// MailAddress is one email address without a name.
type MailAddress string

// UnmarshalText accepts one address in ASCII.
func (m *MailAddress) UnmarshalText(text []byte) error {
	parsed, err := mail.ParseAddress(string(text))
	if err != nil || parsed.Address != string(text) || len(text) > 254 || strings.ContainsAny(string(text), "\"()<>, ") ||
		strings.ContainsFunc(string(text), func(r rune) bool { return control(r) || r > 0x7e }) {
		return Invalidf("%q is not an email address such as usher@example.org", text)
	}
	*m = MailAddress(text)
	return nil
}

// ReplyTo is where replies to emails go: a word, or an address.
type ReplyTo string

const (
	RepliesToSite    ReplyTo = "site"
	RepliesToManager ReplyTo = "manager"
)

// UnmarshalText accepts the words and an address.
func (r *ReplyTo) UnmarshalText(text []byte) error {
	if word := ReplyTo(text); word == RepliesToSite || word == RepliesToManager {
		*r = word
		return nil
	}
	var address MailAddress
	if err := address.UnmarshalText(text); err != nil {
		return Invalidf("%q is not site, manager or an email address", text)
	}
	*r = ReplyTo(address)
	return nil
}

// SiteName is what emails call the site.
type SiteName string

// UnmarshalText accepts one line.
func (n *SiteName) UnmarshalText(text []byte) error {
	name := string(text)
	if name != strings.TrimSpace(name) || name == "" || len(name) > 100 || strings.ContainsFunc(name, control) {
		return Invalid("write 1 to 100 characters, on one line and without spaces around them")
	}
	*n = SiteName(name)
	return nil
}

// MailLanguage is a language that emails are written in.
type MailLanguage string

// UnmarshalText accepts the words exactly.
func (l *MailLanguage) UnmarshalText(text []byte) error { return oneOf(l, text, "en", "de") }

// ReportsKey is the secret by which reports of emails are sent. String masks it.
type ReportsKey string

// UnmarshalText accepts 32 to 200 printable characters in ASCII, without spaces.
func (k *ReportsKey) UnmarshalText(text []byte) error {
	if len(text) < 32 || len(text) > 200 || strings.ContainsFunc(string(text), func(r rune) bool { return r <= ' ' || r > 0x7e }) {
		return Invalid("write 32 to 200 characters without spaces, such as the output of openssl rand -hex 32")
	}
	*k = ReportsKey(text)
	return nil
}

// String masks the key. For the key itself, use string(k).
func (k ReportsKey) String() string {
	if k == "" {
		return ""
	}
	return "xxxxx"
}
