package proxies

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io/fs"
	"math/big"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	. "usher/sitetest"
)

// front is a proxy that runs with its file of deploy.
type front struct {
	kind        string
	http, https string // where it listens
	roots       string // a file with the certificates that vouch for it
	reload      func()
	log         string // the file with its log
}

// URL is the address of the site, for people.
func (f *front) URL() string { return "https://localhost" + f.https[strings.LastIndex(f.https, ":"):] }

var fronts = []struct {
	kind  string
	start func(t *testing.T, servers []string, changes ...string) *front
}{{"nginx", startNginx}, {"caddy", startCaddy}, {"haproxy", startHAProxy}}

// newFront chooses where a proxy listens.
func newFront(t *testing.T, kind string) *front {
	f := &front{kind: kind, http: MustFindPort(t), https: MustFindPort(t), log: filepath.Join(t.TempDir(), "log")}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("the log of %s:\n%s", kind, MustReadFile(t, f.log))
		}
	})
	return f
}

// run starts a proxy, waits until it takes connections, and stops it when the test ends.
func (f *front) run(t *testing.T, program *exec.Cmd) {
	t.Helper()
	log, err := os.Create(f.log)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	program.Stdout, program.Stderr = log, log
	program.Cancel = func() error { return program.Process.Signal(syscall.SIGTERM) }
	program.WaitDelay = Patience
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- program.Wait() }()
	t.Cleanup(func() {
		_ = program.Process.Signal(syscall.SIGTERM)
		t.Log(f.kind, "ended:", <-ended)
	})
	WaitUntil(t, f.kind+" takes connections", func() bool {
		select {
		case err := <-ended:
			ended <- err
			t.Fatalf("%s ended: %v", f.kind, err)
		default:
		}
		// A proxy may listen before it has a certificate. Whoever asks later checks that.
		c, err := tls.Dial("tcp", f.https, &tls.Config{ServerName: "localhost", InsecureSkipVerify: true})
		if err == nil {
			_ = c.Close()
		}
		return err == nil
	})
}

// changed returns a file of deploy with texts replaced: pairs of an old text, which must be there, and a new one.
func changed(t *testing.T, file string, changes ...string) string {
	t.Helper()
	text := MustReadFile(t, filepath.Join(Root(t), "deploy", file))
	for i := 0; i < len(changes); i += 2 {
		if !strings.Contains(text, changes[i]) {
			t.Fatalf("deploy/%s has no %q", file, changes[i])
		}
		text = strings.ReplaceAll(text, changes[i], changes[i+1])
	}
	return text
}

func startNginx(t *testing.T, servers []string, changes ...string) *front {
	t.Helper()
	f, dir := newFront(t, "nginx"), t.TempDir()
	mustWriteCertificate(t, f, dir)
	me, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	temporary := "http {\n"
	for _, kind := range []string{"client_body", "proxy", "fastcgi", "uwsgi", "scgi"} {
		temporary += "\t" + kind + "_temp_path " + dir + "/" + kind + ";\n"
	}
	var upstream strings.Builder
	for _, server := range servers {
		upstream.WriteString("server " + server + ";\n")
	}
	text := changed(t, "nginx.conf", append([]string{
		"user www-data;", "user " + me.Username + ";", "pid /run/nginx.pid;", "pid " + dir + "/pid;", "http {\n", temporary,
		"worker_connections 32768", "worker_connections 1024", "worker_rlimit_nofile 65536", "worker_rlimit_nofile 2048",
		"server 127.0.0.1:8080;", upstream.String(), "rooms.example.org;", "localhost;",
		"listen 80;", "listen " + f.http + ";", "listen 443 ", "listen " + f.https + " ",
		"/etc/ssl/rooms.example.org", dir + "/localhost", "worker_shutdown_timeout 20s", "worker_shutdown_timeout " + reloadsWithin,
	}, changes...)...)
	file := MustWrite(t, filepath.Join(dir, "nginx.conf"), text, 0o644)
	program := DebianProgram(t, "nginx", "-e", "stderr", "-c", file, "-g", "daemon off;")
	f.run(t, program)
	f.reload = func() { mustSignal(t, program, syscall.SIGHUP) }
	return f
}

func startCaddy(t *testing.T, servers []string, changes ...string) *front {
	t.Helper()
	f, dir := newFront(t, "caddy"), t.TempDir()
	_, http, _ := net.SplitHostPort(f.http)
	_, https, _ := net.SplitHostPort(f.https)
	admin := "unix/" + dir + "/admin"
	options := "admin " + admin + "\n\thttp_port " + http + "\n\thttps_port " + https + "\n\tdefault_bind 127.0.0.1\n\tskip_install_trust\n"
	text := changed(t, "Caddyfile", append([]string{"grace_period 20s\n", options + "\tgrace_period " + reloadsWithin + "\n"}, changes...)...)
	file := MustWrite(t, filepath.Join(dir, "Caddyfile"), text, 0o644)
	environment := []string{"SITE_HOST=localhost", "SITE_SERVERS=" + strings.Join(servers, " "), "XDG_DATA_HOME=" + dir, "XDG_CONFIG_HOME=" + dir, "HOME=" + dir}
	program := DebianProgram(t, "caddy", "run", "--config", file, "--adapter", "caddyfile")
	program.Env = append(program.Env, environment...)
	f.run(t, program)
	f.roots = filepath.Join(dir, "caddy/pki/authorities/local/root.crt")
	WaitUntil(t, "caddy has its certificate", func() bool {
		_, err := os.Stat(f.roots)
		return !errors.Is(err, fs.ErrNotExist)
	})
	f.reload = func() {
		again := DebianProgram(t, "caddy", "reload", "--config", file, "--adapter", "caddyfile", "--address", admin, "--force")
		again.Env = append(again.Env, environment...)
		if said, err := again.CombinedOutput(); err != nil {
			t.Fatalf("reload: %v: %s", err, said)
		}
	}
	return f
}

func startHAProxy(t *testing.T, servers []string, changes ...string) *front {
	t.Helper()
	f, dir := newFront(t, "haproxy"), t.TempDir()
	mustWriteCertificate(t, f, dir)
	var lines []string
	for i, server := range servers {
		lines = append(lines, "server usher"+string(rune('1'+i))+" "+server+" check inter 2s")
	}
	text := changed(t, "haproxy.cfg", append([]string{
		"bind :80\n", "bind " + f.http + "\n", "bind :443 ", "bind " + f.https + " ", "/etc/ssl/rooms.example.org.pem", dir + "/localhost.pem",
		"maxconn 32768", "maxconn 500", "server usher1 127.0.0.1:8080 check inter 2s", strings.Join(lines, "\n\t"),
		"hard-stop-after 20s", "hard-stop-after " + reloadsWithin,
	}, changes...)...)
	program := DebianProgram(t, "haproxy", "-W", "-db", "-f", MustWrite(t, filepath.Join(dir, "haproxy.cfg"), text, 0o644))
	f.run(t, program)
	f.reload = func() { mustSignal(t, program, syscall.SIGUSR2) }
	return f
}

func mustSignal(t *testing.T, program *exec.Cmd, signal os.Signal) {
	t.Helper()
	if err := program.Process.Signal(signal); err != nil {
		t.Fatal(err)
	}
}

// mustWriteCertificate makes a certificate for localhost, with its key in the same file and in one of its own.
func mustWriteCertificate(t *testing.T, f *front, dir string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	form := &x509.Certificate{
		SerialNumber: big.NewInt(now.UnixNano()), DNSNames: []string{"localhost"}, NotBefore: now.Add(-time.Hour), NotAfter: now.Add(24 * time.Hour),
		IsCA: true, BasicConstraintsValid: true,
	}
	certificate, err := x509.CreateCertificate(rand.Reader, form, form, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	public := string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate}))
	private := string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret}))
	f.roots = MustWrite(t, filepath.Join(dir, "localhost.pem"), public+private, 0o600)
	MustWrite(t, filepath.Join(dir, "localhost.key"), private, 0o600)
}

// clientsAddress is where the clients of the tests come from. The proxies are at 127.0.0.1.
const clientsAddress = "127.0.0.2"

// wire returns how clients reach the proxy: over TLS, with HTTP/2 as browsers do, and from their own address.
func (f *front) wire(t *testing.T) *http.Transport {
	t.Helper()
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM([]byte(MustReadFile(t, f.roots))) {
		t.Fatalf("%s has no certificate", f.roots)
	}
	dialer := &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(clientsAddress)}}
	return &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}, DialContext: dialer.DialContext, ForceAttemptHTTP2: true}
}
