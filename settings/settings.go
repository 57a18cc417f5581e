// Package settings reads the operator's choices from flags and variables. It imports no other package of the
// program. Packages command and site may import it.
package settings

import (
	"fmt"
	"net"
	"path/filepath"
	"strings"

	"github.com/alecthomas/kong"
)

// Settings are all choices of the operator. Each is a flag and an environment variable of the same name: --public-url is
// USHER_PUBLIC_URL. Parse reads them once, at the start, and the program passes them on as values.
type Settings struct {
	Addr           Addr         `default:"127.0.0.1:8080" help:"Host and port to listen on."`
	DatabaseURL    DatabaseURL  `default:"sqlite://data/usher.db" secret:"" help:"sqlite://FILE or postgres://…"`
	PublicURL      Origin       `placeholder:"URL" help:"The address of the site for people. Default: http://localhost with addr's port."`
	JoinURL        JoinURL      `placeholder:"URL" help:"The page that links open. Default: /join of the public URL."`
	SecretKeyFile  string       `placeholder:"FILE" help:"The file with the key that signs links. Default: created beside the SQLite database."`
	AllowedOrigins Origins      `placeholder:"ORIGIN,…" help:"Other sites whose pages may use the API with bearer tokens."`
	TrustedProxies Networks     `placeholder:"CIDR,…" help:"Proxies whose X-Forwarded-For is trusted."`
	Introspection  bool         `negatable:"" help:"Allow introspection and GraphiQL. Default: only if the public URL is loopback."`
	RoomCreation   RoomCreators `default:"members" help:"Who may create rooms: members or admins."`
	LogFormat      LogFormat    `default:"text" help:"Format of the log: text or json."`
	LogLevel       LogLevel     `default:"info" help:"The least level that is logged: debug, info, warn or error."`
	MetricsAddr    Addr         `placeholder:"ADDR" help:"Host and port for /metrics, apart from the site itself. Off by default."`

	Mail   `embed:"" group:"mail"`
	Limits `embed:"" group:"limits"`
	Terms  `embed:"" group:"terms"`

	// sources maps each setting that was given to the flag or variable that set it, by the setting's name.
	sources map[string]string
}

// Limits are the quotas that an operator can choose.
type Limits struct {
	InvitationsPerSession Count `default:"2000" help:"Active invitations per session."`
	OpenSockets           Count `default:"20000" help:"Open WebSockets without a credential per server."`
}

// Terms are how long things last.
type Terms struct {
	SignInIdle       Term `default:"8h" help:"How long a sign-in lasts without use."`
	SignInMax        Term `default:"7d" help:"How long a sign-in lasts in any case."`
	KeepEvents       Term `default:"30d" help:"How long events are kept after their session's end."`
	KeepTalk         Term `default:"30d" help:"How long messages are kept after their session's end, at most as long as its places."`
	KeepPlaces       Term `default:"180d" help:"How long invitations and participants are kept after their session's end."`
	KeepDeletedRooms Term `default:"30d" help:"How long deleted rooms are kept."`
}

// Parse reads the command line and the environment, as "NAME=value" pairs, into program, which embeds the settings. It derives the
// settings that are not given.
func (s *Settings) Parse(program any, args, env []string, options ...kong.Option) (*kong.Context, error) {
	vars := newEnvironment(env)
	parser, err := kong.New(program, append(options, kong.Resolvers(vars))...)
	if err != nil {
		return nil, fmt.Errorf("build command line: %w", err)
	}
	command, err := parser.Parse(args)
	if err != nil {
		return nil, explained(err)
	}
	s.sources = vars.sources
	for _, step := range command.Path {
		if step.Flag != nil && !step.Resolved && IsSetting(step.Flag) {
			s.sources[step.Flag.Name] = "--" + step.Flag.Name
		}
	}
	return command, s.Complete()
}

// followed names the setting that each derived setting depends on.
var followed = map[string]string{
	"public-url":      "addr",
	"join-url":        "public-url",
	"introspection":   "public-url",
	"secret-key-file": "database-url",
}

// Source returns where a setting's value came from: a flag, a variable, the setting that it follows, or the default.
func (s *Settings) Source(setting string) string {
	if source, ok := s.sources[setting]; ok {
		return source
	}
	if other, ok := followed[setting]; ok {
		return "follows " + other
	}
	return "default"
}

func (s *Settings) Given(setting string) bool { return s.sources[setting] != "" }

// Complete derives settings from others and rejects combinations that make no sense.
func (s *Settings) Complete() error {
	if !s.Given("public-url") {
		site, ok := s.Addr.localOrigin()
		if !ok {
			return Invalidf("set public-url, because addr is %s: links need the address at which people reach the site", s.Addr)
		}
		s.PublicURL = site
	}
	if !s.Given("join-url") {
		s.JoinURL = JoinURL(s.PublicURL + "/join")
	}
	s.JoinURL = s.JoinURL.within(s.Origins())
	if !s.Given("introspection") {
		s.Introspection = s.PublicURL.Loopback()
	}
	if !s.Given("secret-key-file") {
		file, ok := s.DatabaseURL.SQLiteFile()
		if !ok {
			return Invalidf("set secret-key-file, because the database is PostgreSQL: all servers of a site must sign links with the same key")
		}
		s.SecretKeyFile = strings.TrimSuffix(file, filepath.Ext(file)) + ".key"
	}
	if s.SignInIdle > s.SignInMax {
		return Invalidf("sign-in-idle (%s) is longer than sign-in-max (%s)", s.SignInIdle, s.SignInMax)
	}
	return s.Mail.complete()
}

// Listening sets the port that the system chose if addr has port 0, so that links lead there.
func (s *Settings) Listening(addr net.Addr) error {
	host, port, err := net.SplitHostPort(string(s.Addr))
	if err != nil || port != "0" {
		return err
	}
	if _, port, err = net.SplitHostPort(addr.String()); err != nil {
		return err
	}
	s.Addr = Addr(net.JoinHostPort(host, port))
	return s.Complete()
}

// Origins returns the origins of the site's own pages. If the public URL is loopback, these are all names of this machine, with its
// port.
func (s *Settings) Origins() []Origin {
	own := []Origin{s.PublicURL}
	if !s.PublicURL.Loopback() {
		return own
	}
	for _, host := range []string{"localhost", "127.0.0.1", "[::1]"} {
		if o := s.PublicURL.at(host); o != s.PublicURL {
			own = append(own, o)
		}
	}
	return own
}

// Warnings lists settings that are valid but usually a mistake, one sentence each.
func (s *Settings) Warnings() []string {
	if !s.PublicURL.Loopback() {
		if len(s.TrustedProxies) == 0 {
			return []string{"trusted-proxies is empty, but https needs a proxy in front of the server: set trusted-proxies, because otherwise everyone " +
				"has the proxy's address, and 30 wrong passwords from anybody keep everybody from signing in"}
		}
		return nil
	}
	var warnings []string
	if host, _, _, _, _, _ := s.SMTPURL.Server(); s.On() && !loopback(host) {
		warnings = append(warnings, "emails leave for "+host+", but their links begin with "+string(s.PublicURL)+
			" and work on this machine only: set public-url")
	}
	if !s.Addr.Loopback() {
		warnings = append(warnings, "addr "+string(s.Addr)+" accepts connections from the network, but links begin with "+string(s.PublicURL)+
			" and work on this machine only: set public-url")
	}
	if s.PublicURL.Port() != s.Addr.Port() {
		warnings = append(warnings, "links begin with "+string(s.PublicURL)+", but the server listens on port "+s.Addr.Port()+
			": this works only if something forwards one to the other")
	}
	return warnings
}
