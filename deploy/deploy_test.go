// Package deploy has files for those who run Usher, and the tests of those that are not run in stories/proxies.
// Nothing imports it.
package deploy

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	. "usher/sitetest"
)

// mustPrepareUnit returns the service's file, with a program in it that exists on this machine.
func mustPrepareUnit(t *testing.T) (file string) {
	t.Helper()
	text := MustReadFile(t, "usher.service")
	if !strings.Contains(text, "ExecStart=/usr/local/bin/usher\n") {
		t.Fatal("usher.service starts another program than /usr/local/bin/usher")
	}
	return MustWrite(t, filepath.Join(t.TempDir(), "usher.service"), strings.ReplaceAll(text, "/usr/local/bin/usher", "/bin/true"), 0o644)
}

func TestSystemdUnderstandsTheService(t *testing.T) {
	verify := DebianProgram(t, "systemd-analyze", "verify", "--man=no", mustPrepareUnit(t))
	// If systemd is only unpacked, the units that every service needs are there.
	verify.Env = append(verify.Env, "SYSTEMD_UNIT_PATH="+filepath.Join(Root(t), ".bin/debian/systemd/lib/systemd/system")+":")
	if said, err := verify.CombinedOutput(); err != nil || len(said) > 0 {
		t.Errorf("systemd-analyze verify: %v\n%s", err, said)
	}
}

func TestTheServiceIsExposedToLittle(t *testing.T) {
	const most = "20" // of 100; 100 is a service without any protection
	said, err := DebianProgram(t, "systemd-analyze", "security", "--offline=true", "--no-pager", "--threshold="+most, mustPrepareUnit(t)).CombinedOutput()
	if err != nil {
		t.Errorf("systemd-analyze security: %v\n%s", err, said)
	}
}

// composed is what the tests read of compose.yaml.
type composed struct {
	Services map[string]struct {
		Image       string
		Environment map[string]string
		Secrets     []string
		Networks    any
		Volumes     []string
	}
	Secrets map[string]struct{ File string }
}

func mustReadCompose(t *testing.T) (c composed) {
	t.Helper()
	if err := yaml.Unmarshal([]byte(MustReadFile(t, "compose.yaml")), &c); err != nil {
		t.Fatal(err)
	}
	return c
}

func TestTheServersOfComposeAcceptTheirSettings(t *testing.T) {
	c := mustReadCompose(t)
	folder := t.TempDir()
	MustWrite(t, filepath.Join(folder, "database-url"), "postgres://usher:canary@postgres/usher\n", 0o600)
	servers := 0
	for name, service := range c.Services {
		if service.Image != "usher" {
			continue
		}
		servers++
		var environment []string
		for variable, value := range service.Environment {
			value = strings.ReplaceAll(value, "${SITE_HOST:?set SITE_HOST}", "rooms.example.org")
			environment = append(environment, variable+"="+strings.ReplaceAll(value, "/run/secrets", folder))
		}
		got := RunProgram(t, append(environment, "USHER_ADDR=:8080"), "config")
		Same(t, name+" accepts its settings", got.Status, 0)
		Same(t, name+" says", got.Err, "")
		for _, secret := range service.Secrets {
			Same(t, "the file of "+secret, c.Secrets[secret].File, "./secrets/"+secret)
		}
	}
	Same(t, "how many servers there are", servers, 3)
}

func TestCaddyOfComposeIsTrustedAndKnowsTheServers(t *testing.T) {
	c := mustReadCompose(t)
	var servers []string
	for _, name := range slices.Sorted(maps.Keys(c.Services)) {
		if c.Services[name].Image == "usher" {
			servers = append(servers, name+":8080")
		}
	}
	caddy := c.Services["caddy"]
	Same(t, "the servers that Caddy knows", strings.Fields(caddy.Environment["SITE_SERVERS"]), servers)
	Same(t, "Caddy's file", caddy.Volumes[0], "./Caddyfile:/etc/caddy/Caddyfile:ro")
	address := caddy.Networks.(map[string]any)["site"].(map[string]any)["ipv4_address"]
	Same(t, "whom the servers trust", c.Services["usher1"].Environment["USHER_TRUSTED_PROXIES"], address.(string)+"/32")
}
