package settings

import (
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Invalid is an error in a setting, in one line. It never contains a secret.
type Invalid string

func (e Invalid) Error() string { return string(e) }

func Invalidf(format string, args ...any) error { return Invalid(fmt.Sprintf(format, args...)) }

// Addr is the host and port to listen on. An empty host, 0.0.0.0 and [::] mean every network of this machine.
type Addr string

// UnmarshalText accepts host:port with a port number.
func (a *Addr) UnmarshalText(text []byte) error {
	_, port, err := net.SplitHostPort(string(text))
	if err != nil {
		return Invalidf("%q is not an address such as 127.0.0.1:8080 or :8080", text)
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return Invalidf("%q has no port from 0 to 65535", text)
	}
	*a = Addr(text)
	return nil
}

// Port returns the port.
func (a Addr) Port() string {
	_, port, _ := net.SplitHostPort(string(a))
	return port
}

// Loopback reports whether only this machine can connect.
func (a Addr) Loopback() bool {
	host, _, _ := net.SplitHostPort(string(a))
	return loopback(host)
}

// localOrigin returns the origin under which a browser on this machine reaches the listener. It returns false if plain http does not
// work there.
func (a Addr) localOrigin() (Origin, bool) {
	host, port, _ := net.SplitHostPort(string(a))
	ip, err := netip.ParseAddr(host)
	switch {
	case host == "" || host == "localhost" || err == nil && (ip.IsUnspecified() || host == "127.0.0.1"):
		host = "localhost"
	case !loopback(host):
		return "", false
	}
	site, err := parseOrigin("http://" + net.JoinHostPort(host, port))
	return site, err == nil
}

func loopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.Unmap().IsLoopback()
}

// DatabaseURL names the database. It may contain a password, which String masks.
type DatabaseURL string

// UnmarshalText accepts sqlite://FILE and postgres://…
func (d *DatabaseURL) UnmarshalText(text []byte) error {
	if file, ok := strings.CutPrefix(string(text), "sqlite://"); ok {
		if file == "" || strings.HasSuffix(file, "/") || strings.ContainsAny(file, "?#:") {
			return Invalidf("%q does not name a file, such as sqlite://data/usher.db", text)
		}
		*d = DatabaseURL(text)
		return nil
	}
	u, err := url.Parse(string(text))
	if err != nil {
		return Invalid("this is not a URL; encode special characters in a password, such as @ as %40")
	}
	if u.Scheme != "postgres" && u.Scheme != "postgresql" {
		return Invalid("write sqlite://FILE or postgres://…")
	}
	*d = DatabaseURL(text)
	return nil
}

// SQLiteFile returns the file of a SQLite database, relative to the working directory. It returns false for PostgreSQL.
func (d DatabaseURL) SQLiteFile() (string, bool) { return strings.CutPrefix(string(d), "sqlite://") }

// String masks passwords. For the URL itself, use string(d).
func (d DatabaseURL) String() string {
	u, err := url.Parse(string(d))
	if err != nil || u.Scheme == "sqlite" {
		return string(d)
	}
	query := u.Query()
	for name := range query {
		if strings.Contains(name, "password") {
			query.Set(name, "xxxxx")
		}
	}
	u.RawQuery = query.Encode()
	return u.Redacted()
}

// Networks is a list of address ranges, written with commas.
type Networks []netip.Prefix

// UnmarshalText appends to the list, so that the flag can be repeated. A single address is a network of one.
func (n *Networks) UnmarshalText(text []byte) error {
	return eachItem(text, func(item string) error {
		network, err := netip.ParsePrefix(item)
		if ip, ipErr := netip.ParseAddr(item); ipErr == nil {
			network, err = netip.PrefixFrom(ip, ip.BitLen()), nil
		}
		if err != nil {
			return Invalidf("%q is not a network such as 10.0.0.0/8", item)
		}
		if network != network.Masked() {
			return Invalidf("%q is not a network; did you mean %s?", item, network.Masked())
		}
		*n = append(*n, network)
		return nil
	})
}

func (n Networks) String() string { return joined(n) }

func eachItem(text []byte, do func(item string) error) error {
	for item := range strings.SplitSeq(string(text), ",") {
		if err := do(strings.TrimSpace(item)); err != nil {
			return err
		}
	}
	return nil
}

func joined[T any](list []T) string {
	texts := make([]string, len(list))
	for i, item := range list {
		texts[i] = fmt.Sprint(item)
	}
	return strings.Join(texts, ",")
}

// RoomCreators are those who may create rooms (R5).
type RoomCreators string

const (
	MembersCreateRooms RoomCreators = "members"
	AdminsCreateRooms  RoomCreators = "admins"
)

// UnmarshalText accepts the words exactly.
func (r *RoomCreators) UnmarshalText(text []byte) error {
	return oneOf(r, text, MembersCreateRooms, AdminsCreateRooms)
}

// LogFormat is how the log is written.
type LogFormat string

const (
	TextLog LogFormat = "text"
	JSONLog LogFormat = "json"
)

// UnmarshalText accepts the words exactly.
func (l *LogFormat) UnmarshalText(text []byte) error { return oneOf(l, text, TextLog, JSONLog) }

// LogLevel is the least level that is logged.
type LogLevel string

const (
	DebugLog LogLevel = "debug"
	InfoLog  LogLevel = "info"
	WarnLog  LogLevel = "warn"
	ErrorLog LogLevel = "error"
)

// UnmarshalText accepts the words exactly.
func (l *LogLevel) UnmarshalText(text []byte) error {
	return oneOf(l, text, DebugLog, InfoLog, WarnLog, ErrorLog)
}

// Level returns the level as the log has it.
func (l LogLevel) Level() (level slog.Level) {
	_ = level.UnmarshalText([]byte(l)) // fails for no level of ours; the zero level is info
	return level
}

func oneOf[T ~string](target *T, text []byte, words ...T) error {
	if !slices.Contains(words, T(text)) {
		return Invalidf("%q is not one of %s", text, strings.ReplaceAll(joined(words), ",", ", "))
	}
	*target = T(text)
	return nil
}

// Count is a limit of 1 or more.
type Count int

// UnmarshalText accepts a decimal number.
func (c *Count) UnmarshalText(text []byte) error {
	n, err := strconv.ParseInt(string(text), 10, 32)
	if err != nil || n < 1 {
		return Invalidf("%q is not a whole number of 1 or more", text)
	}
	*c = Count(n)
	return nil
}

// Term is how long something lasts.
type Term time.Duration

const day = 24 * time.Hour

// UnmarshalText accepts whole days such as 30d, and durations such as 8h or 1h30m, from a second to 100 years.
func (t *Term) UnmarshalText(text []byte) error {
	d, err := time.ParseDuration(string(text))
	if days, ok := strings.CutSuffix(string(text), "d"); ok {
		var n int64
		n, err = strconv.ParseInt(days, 10, 16)
		d = time.Duration(n) * day
	}
	if err != nil || d < time.Second || d > 36_500*day {
		return Invalidf("%q is not a duration such as 30m, 8h or 7d", text)
	}
	*t = Term(d)
	return nil
}

// Duration returns the term as a time.Duration.
func (t Term) Duration() time.Duration { return time.Duration(t) }

func (t Term) String() string {
	if d := time.Duration(t); d%day == 0 {
		return strconv.FormatInt(int64(d/day), 10) + "d"
	}
	text := time.Duration(t).String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}
