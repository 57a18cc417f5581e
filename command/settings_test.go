package command_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"usher/settings"
	"usher/site"
	. "usher/sitetest"
)

func TestAnInvalidSettingStopsTheStartWithOneLine(t *testing.T) {
	t.Chdir(t.TempDir())
	empty := MustWrite(t, "empty", "\n", 0o600)
	secret := "hunter2"
	for _, c := range []struct {
		name string
		args []string
		env  []string
		want string
	}{
		{"an address without a port", []string{"--addr=localhost"}, nil, `--addr: "localhost" is not an address`},
		{"a port out of range", []string{"--addr=:65536"}, nil, `--addr: ":65536" has no port from 0 to 65535`},
		{"a port by name", nil, []string{"USHER_ADDR=:http"}, `USHER_ADDR: ":http" has no port`},
		{"plain http elsewhere than on this machine", []string{"--public-url=http://example.org"}, nil, "use https"},
		{"a public URL with a path", []string{"--public-url=https://example.org/usher"}, nil, "remove the rest"},
		{"a public URL with a query", []string{"--public-url=https://example.org?a"}, nil, "remove the rest"},
		{"a public URL with a fragment", []string{"--public-url=https://example.org/#a"}, nil, "contains a #"},
		{"a public URL with a password", []string{"--public-url=https://me:" + secret + "@example.org"}, nil, "contains a user or password"},
		{"a public URL without a scheme", []string{"--public-url=example.org"}, nil, "is not an http or https URL"},
		{"a public URL of another scheme", nil, []string{"USHER_PUBLIC_URL=ftp://example.org"}, `USHER_PUBLIC_URL: "ftp://example.org" is not an http or https URL`},
		{"a public URL without a host", []string{"--public-url=https://"}, nil, "is not an http or https URL"},
		{"a public URL with a port out of range", []string{"--public-url=https://example.org:99999"}, nil, "has no port"},
		{"a public URL with a host that there can't be", []string{"--public-url=https://exa_mple..org"}, nil, "no valid host name"},
		{"no public URL for an address of the network", []string{"--addr=192.0.2.1:8080"}, nil, "set public-url"},
		{"a page for links with a fragment", []string{"--join-url=https://example.org/join#"}, nil, "contains a #"},
		{"a page for links over plain http", []string{"--join-url=http://example.org/join"}, nil, "use https"},
		{"an unknown kind of database", []string{"--database-url=mysql://me:" + secret + "@db/usher"}, nil, "--database-url: write sqlite://FILE or postgres://"},
		{"an invalid database URL", []string{"--database-url=postgres://me:" + secret + "%zz@db/usher"}, nil, "this is not a URL"},
		{"a SQLite database without a file", []string{"--database-url=sqlite://"}, nil, "does not name a file"},
		{"a SQLite database in memory", []string{"--database-url=sqlite://:memory:"}, nil, "does not name a file"},
		{"PostgreSQL without a key file", []string{"--database-url=postgres://me:" + secret + "@db/usher"}, nil, "set secret-key-file"},
		{"a secret given twice", nil, []string{"USHER_DATABASE_URL=sqlite://a.db", "USHER_DATABASE_URL_FILE=b"}, "are both set"},
		{"a secret in a file that is not there", nil, []string{"USHER_DATABASE_URL_FILE=missing"}, "USHER_DATABASE_URL_FILE: open missing"},
		{"a secret in an empty file", nil, []string{"USHER_DATABASE_URL_FILE=" + empty}, "empty is empty"},
		{"an origin with a path", []string{"--allowed-origins=https://example.org,https://example.com/app"}, nil, `"https://example.com/app" has more than host and port`},
		{"every origin", []string{"--allowed-origins=*"}, nil, "is a wildcard"},
		{"every subdomain", nil, []string{"USHER_ALLOWED_ORIGINS=https://*.example.org"}, "is a wildcard"},
		{"an empty item", []string{"--allowed-origins=https://example.org,"}, nil, `"" is not an http or https URL`},
		{"an invalid network", []string{"--trusted-proxies=10.0.0.0/33"}, nil, `"10.0.0.0/33" is not a network`},
		{"a network with bits of a host", []string{"--trusted-proxies=10.0.0.1/8"}, nil, "did you mean 10.0.0.0/8?"},
		{"introspection half on", nil, []string{"USHER_INTROSPECTION=maybe"}, "USHER_INTROSPECTION: "},
		{"rooms made by guests", []string{"--room-creation=guests"}, nil, `"guests" is not one of members, admins`},
		{"a log in another format", []string{"--log-format=xml"}, nil, `"xml" is not one of text, json`},
		{"a log of another level", []string{"--log-level=trace"}, nil, `"trace" is not one of debug, info, warn, error`},
		{"metrics at an address without a port", []string{"--metrics-addr=localhost"}, nil, `--metrics-addr: "localhost" is not an address`},
		{"nobody may be invited", []string{"--invitations-per-session=0"}, nil, `"0" is not a whole number of 1 or more`},
		{"a limit below zero", nil, []string{"USHER_OPEN_SOCKETS=-1"}, `USHER_OPEN_SOCKETS: "-1" is not`},
		{"a former setting as a flag", []string{"--invites-per-minute=9"}, nil, "--invites-per-minute is no longer a setting, because the limit is fixed: 3,000 invitations per manager per minute; remove it"},
		{"a term without a unit", []string{"--keep-events=30"}, nil, `"30" is not a duration such as 30m, 8h or 7d`},
		{"a term of nothing", []string{"--sign-in-idle=0d"}, nil, `"0d" is not a duration`},
		{"a term without end", []string{"--keep-places=40000d"}, nil, `"40000d" is not a duration`},
		{"a mail server without a sender", []string{"--smtp-url=smtps://mail.example"}, nil, "set mail-from, because smtp-url is set"},
		{"a sender without a mail server", []string{"--mail-from=usher@example.org"}, nil, "set smtp-url, because mail-from is set"},
		{"a mail server of another kind", []string{"--smtp-url=http://me:hunter2@mail.example"}, nil, "write smtp://USER:PASSWORD@HOST:587 or smtps://"},
		{"a mail server with a user alone", []string{"--smtp-url=smtp://me@mail.example"}, nil, "a user needs a password, and a password a user"},
		{"a sender with a name", []string{"--mail-from=Usher <usher@example.org>"}, nil, "is not an email address such as usher@example.org"},
		{"replies to nobody", []string{"--mail-reply-to=nobody"}, nil, `"nobody" is not site, manager or an email address`},
		{"emails in another language", []string{"--mail-language=fr"}, nil, `"fr" is not one of en, de`},
		{"a short key for reports", []string{"--mail-reports-key=hunter5"}, nil, "write 32 to 200 characters without spaces"},
		{"a key for reports without emails", []string{"--mail-reports-key=" + strings.Repeat("k", 32)}, nil, "remove mail-reports-key, or set smtp-url"},
		{"a site name on two lines", []string{"--site-name=a\nb"}, nil, "write 1 to 100 characters, on one line"},
		{"an idle sign-in that outlasts the sign-in", []string{"--sign-in-idle=8d"}, nil, "sign-in-idle (8d) is longer than sign-in-max (7d)"},
		{"a variable with a slip", nil, []string{"USHER_TRUSTED_PROXYS=10.0.0.0/8"}, "USHER_TRUSTED_PROXYS is not a setting; did you mean USHER_TRUSTED_PROXIES?"},
		{"a variable of something else", nil, []string{"USHER_COLOUR_OF_THE_CURTAINS=red"}, "USHER_COLOUR_OF_THE_CURTAINS is not a setting; usher help lists all settings"},
		{"a file for what is no secret", nil, []string{"USHER_ADDR_FILE=a"}, "USHER_ADDR_FILE is not a setting"},
		{"a demo on a database in use", []string{"--demo", "--database-url=sqlite://data/usher.db"}, nil, "remove database-url (--database-url)"},
		{"a demo with a key in use", []string{"--demo"}, []string{"USHER_SECRET_KEY_FILE=k"}, "remove secret-key-file (USHER_SECRET_KEY_FILE)"},
		{"a missing key file", []string{"--addr=127.0.0.1:0", "--secret-key-file=missing"}, nil, "secret-key-file: read keys: open missing"},
		{"a key file that everybody can read", []string{"--addr=127.0.0.1:0", "--secret-key-file=" + MustWrite(t, "open", "1 "+strings.Repeat("A", 43)+"=\n", 0o644)}, nil, "chmod 600 open"},
		{"a key file without a key", []string{"--addr=127.0.0.1:0", "--secret-key-file=" + empty}, nil, "empty: the file contains no key"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := RunProgram(t, c.env, c.args...)
			if got.Status != 1 {
				t.Errorf("status is %d, want 1", got.Status)
			}
			if strings.Count(got.Err, "\n") != 1 || !strings.HasPrefix(got.Err, "usher: ") || !strings.Contains(got.Err, c.want) {
				t.Errorf("printed %q, want one line with %q", got.Err, c.want)
			}
			if strings.Contains(got.Err, secret) {
				t.Errorf("printed the password: %q", got.Err)
			}
			if got.Out != "" {
				t.Errorf("printed %q besides the refusal", got.Out)
			}
		})
	}
}

func TestAFormerSettingIsRefusedWithTheLimitThatReplacedIt(t *testing.T) {
	limits := site.DefaultLimits
	thousands := func(n int) string { return fmt.Sprintf("%d,%03d", n/1000, n%1000) }
	for variable, limit := range map[string]string{
		"USHER_INVITES_PER_MINUTE":       thousands(limits.Room.InvitingPerMinute) + " invitations per manager per minute",
		"USHER_FORGED_LINKS_PER_MINUTE":  fmt.Sprint(limits.Room.ForgedPerMinute, " forged links per address per minute"),
		"USHER_SIGN_INS_PER_ACCOUNT":     fmt.Sprint(limits.SignIns.PerAccount, " attempts per account and address in 15 minutes"),
		"USHER_SIGN_INS_PER_ADDRESS":     fmt.Sprint(limits.SignIns.PerAddress, " attempts per address in 15 minutes"),
		"USHER_OPEN_SOCKETS_PER_ADDRESS": thousands(limits.StrangersSockets) + " WebSockets without a credential per address",
	} {
		got := RunProgram(t, []string{variable + "=7"}, "config")
		want := "usher: " + variable + " is no longer a setting, because the limit is fixed: " + limit + "; remove it\n"
		if got.Status != 1 || got.Err != want || got.Out != "" {
			t.Errorf("status %d, said %q %q, want %q", got.Status, got.Out, got.Err, want)
		}
	}
	warnings := (&settings.Settings{PublicURL: "https://example.org"}).Warnings()
	if len(warnings) != 1 || !strings.Contains(warnings[0], fmt.Sprint(limits.SignIns.PerAddress, " wrong passwords")) {
		t.Errorf("the warnings for a site without a proxy are %q", warnings)
	}
}

func TestUnknownArgumentsAreUsageErrors(t *testing.T) {
	for _, c := range []struct {
		name string
		args []string
		want string
	}{
		{"an unknown command", []string{"serv"}, "serv"},
		{"an unknown flag", []string{"--adr=:8080"}, `unknown flag --adr, did you mean "--addr"?`},
		{"a flag without its value", []string{"--addr"}, "--addr"},
		{"a word too many", []string{"config", "all"}, "unexpected argument all"},
		{"a flag of another command", []string{"check", "--demo"}, "unknown flag --demo"},
		{"help for an unknown command", []string{"help", "serv"}, "serv"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := RunProgram(t, nil, c.args...)
			if got.Status != 2 || got.Out != "" || strings.Count(got.Err, "\n") != 1 || !strings.Contains(got.Err, c.want) {
				t.Errorf("status %d, out %q, err %q; want 2 and one line with %q", got.Status, got.Out, got.Err, c.want)
			}
		})
	}
}

func TestConfigShowsEverySettingWithItsSource(t *testing.T) {
	secret := MustWrite(t, filepath.Join(t.TempDir(), "database-url"), "postgres://me:hunter2@db/usher?sslpassword=hunter3\n", 0o600)
	reports := MustWrite(t, filepath.Join(t.TempDir(), "reports"), "hunter5"+strings.Repeat("k", 32)+"\n", 0o600)
	got := RunProgram(t, []string{
		"USHER_DATABASE_URL_FILE=" + secret, "USHER_MAIL_REPORTS_KEY_FILE=" + reports, "USHER_SECRET_KEY_FILE=/run/usher.key", "USHER_ADDR=:80", "USHER_KEEP_EVENTS=60d", "USHER_LOG_FORMAT=", "HOME=/root",
	}, "config", "--addr", ":443", "--public-url=https://Example.ORG:443/", "--smtp-url=smtps://me:hunter4@mail.example", "--mail-from=usher@example.org", "--trusted-proxies=10.0.0.0/8", "--trusted-proxies", "192.0.2.7, 2001:db8::/32")
	if got.Status != 0 || got.Err != "" {
		t.Fatalf("status %d: %s", got.Status, got.Err)
	}
	table := map[string][]string{}
	for line := range strings.Lines(got.Out) {
		fields := strings.Fields(line)
		table[fields[0]] = []string{fields[1], strings.Join(fields[2:], " ")}
	}
	for name, want := range map[string][]string{
		"addr":                    {":443", "--addr"},
		"database-url":            {"postgres://me:xxxxx@db/usher?sslpassword=xxxxx", "USHER_DATABASE_URL_FILE"},
		"public-url":              {"https://example.org", "--public-url"},
		"join-url":                {"https://example.org/join", "follows public-url"},
		"secret-key-file":         {"/run/usher.key", "USHER_SECRET_KEY_FILE"},
		"allowed-origins":         {"(none)", "default"},
		"trusted-proxies":         {"10.0.0.0/8,192.0.2.7/32,2001:db8::/32", "--trusted-proxies"},
		"introspection":           {"false", "follows public-url"},
		"room-creation":           {"members", "default"},
		"log-format":              {"text", "default"},
		"log-level":               {"info", "default"},
		"metrics-addr":            {"(none)", "default"},
		"keep-events":             {"60d", "USHER_KEEP_EVENTS"},
		"keep-talk":               {"30d", "default"},
		"smtp-url":                {"smtps://me:xxxxx@mail.example", "--smtp-url"},
		"mail-reply-to":           {"site", "default"},
		"mail-reports-key":        {"xxxxx", "USHER_MAIL_REPORTS_KEY_FILE"},
		"sign-in-idle":            {"8h", "default"},
		"invitations-per-session": {"2000", "default"},
	} {
		if !slices.Equal(table[name], want) {
			t.Errorf("%s is shown as %q, want %q", name, table[name], want)
		}
	}
	if len(table) != allSettings {
		t.Errorf("%d settings are shown, want all %d", len(table), allSettings)
	}
	if strings.Contains(got.Out, "hunter") {
		t.Error("a password is shown")
	}
}

// allSettings is how many settings there are.
const allSettings = 28

func TestHelpAndVersionWorkWithInvalidSettings(t *testing.T) {
	broken := []string{"USHER_ADDR=nowhere", "USHER_INVITES_PER_MINUTE=7"}
	for _, c := range []struct {
		args     []string
		want     string
		settings int
	}{
		{[]string{"help"}, "--database-url", allSettings},
		{[]string{"--help"}, "Commands:", allSettings},
		{[]string{"-h"}, "Commands:", allSettings},
		{[]string{"help", "check"}, "Usage: usher check", allSettings},
		{[]string{"check", "--help"}, "Usage: usher check", allSettings},
		{[]string{"help", "token", "create"}, "--database-url", 2},
		{[]string{"version"}, "usher ", 0},
	} {
		got := RunProgram(t, broken, c.args...)
		if got.Status != 0 || got.Err != "" || !strings.Contains(got.Out, c.want) {
			t.Errorf("%q: status %d, err %q, out %q; want %q in it", c.args, got.Status, got.Err, got.Out, c.want)
		}
		_, settings, _ := strings.Cut(got.Out, "Settings.")
		if n := strings.Count(settings, "\n  --"); n != c.settings {
			t.Errorf("%q shows %d settings, want %d", c.args, n, c.settings)
		}
	}
}

func TestCheckReportsTheStateOfTheSite(t *testing.T) {
	t.Chdir(t.TempDir())
	MustWrite(t, "good.key", "1 "+strings.Repeat("A", 43)+"=\n", 0o600)
	MustWrite(t, "bad.key", "short", 0o600)
	for _, c := range []struct {
		name   string
		args   []string
		status int
		want   string
	}{
		{"before the first start", []string{"--addr=127.0.0.1:0"}, 0, "ok    key         data/usher.key will be created at the first start"},
		{"a key that can be read", []string{"--addr=127.0.0.1:0", "--secret-key-file=good.key"}, 0, "ok    key         good.key can be read"},
		{"a key that was given and is not there", []string{"--addr=127.0.0.1:0", "--secret-key-file=no.key"}, 1, "FAIL  key "},
		{"an invalid key", []string{"--addr=127.0.0.1:0", "--secret-key-file=bad.key"}, 1, "FAIL  key "},
		{"a port that is free", []string{"--addr=127.0.0.1:0"}, 0, "ok    port        127.0.0.1:0 is free"},
		{"an address of another machine", []string{"--addr=192.0.2.1:0", "--public-url=https://example.org"}, 1, "FAIL  port "},
		{"links that lead to this machine alone", []string{"--addr=:0"}, 0, "note  public URL  addr :0 accepts connections from the network"},
		{"links that lead to another port", []string{"--addr=127.0.0.1:0", "--public-url=http://localhost:81"}, 0, "note  public URL  links begin with http://localhost:81"},
		{"a public site without a proxy", []string{"--addr=:0", "--public-url=https://example.org"}, 0, "note  public URL  trusted-proxies is empty"},
		{"a public site", []string{"--addr=:0", "--public-url=https://example.org", "--trusted-proxies=10.0.0.1"}, 0, "ok    public URL  links begin with https://example.org/join"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := RunProgram(t, nil, append(c.args, "check")...)
			if got.Status != c.status || !strings.Contains(got.Out, c.want) {
				t.Errorf("status %d, want %d; printed\n%s%swant %q in it", got.Status, c.status, got.Out, got.Err, c.want)
			}
		})
	}
	if _, err := os.Stat("data"); err == nil {
		t.Error("looking has made a folder")
	}
}

func TestCheckRecognisesARunningServer(t *testing.T) {
	usher := Start(t)
	addr := "--addr=" + strings.TrimPrefix(usher.URL, "http://localhost")
	if got := RunProgram(t, nil, "check", addr); !strings.Contains(got.Out, "is in use by Usher") {
		t.Errorf("printed %s", got.Out)
	}
	other := httptest.NewServer(http.NotFoundHandler())
	defer other.Close()
	if got := RunProgram(t, nil, "check", "--addr="+other.Listener.Addr().String()); got.Status != 1 || !strings.Contains(got.Out, "FAIL  port") {
		t.Errorf("status %d, printed %s", got.Status, got.Out)
	}
}
