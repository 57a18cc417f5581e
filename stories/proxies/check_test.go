package proxies

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	. "usher/sitetest"
)

// forgeable has for each proxy what makes its file pass on the address that a client writes: an old text and a new one.
var forgeable = map[string][]string{
	"nginx":   {"proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;", ""},
	"caddy":   {"health_uri /readyz", "health_uri /readyz\n\t\theader_up X-Forwarded-For {http.request.header.X-Forwarded-For}"},
	"haproxy": {"option forwardfor", ""},
}

func (s *site) isChecked(t *testing.T) {
	t.Run("with the file as it is", func(t *testing.T) {
		s.check(t, s.front, 0, "ok    proxy       Usher sees that this request came from 127.0.0.1")
	})
	t.Run("with a file that passes on what clients write", func(t *testing.T) {
		s.check(t, s.variant(t, forgeable[s.kind]...), 1, "FAIL  proxy       clients can choose the address that Usher counts")
	})
	if s.kind != "nginx" { // the rest does not depend on the proxy
		return
	}
	t.Run("with a file that forwards no address", func(t *testing.T) {
		silent := s.variant(t, "X-Forwarded-For $proxy_add_x_forwarded_for", `X-Forwarded-For ""`)
		s.check(t, silent, 0, "note  proxy       the proxy at 127.0.0.1 sends no X-Forwarded-For")
	})
	t.Run("in front of something else", func(t *testing.T) {
		s.check(t, s.variant(t, "proxy_pass http://usher;", "return 200;"), 0, "cannot be checked from here: status 200: this is not the answer of Usher")
	})
	t.Run("with a certificate that this machine does not trust", func(t *testing.T) {
		untrusted := *s.front
		untrusted.roots = os.DevNull
		s.check(t, &untrusted, 0, "cannot be checked from here: ")
	})
	t.Run("with the keys of another site", func(t *testing.T) {
		s.check(t, s.front, 0, "the server there has other keys", "--database-url=sqlite://"+t.TempDir()+"/usher.db", NewHouse(t, "").Storage[1])
	})
	t.Run("where everyone is trusted", func(t *testing.T) {
		s.check(t, s.front, 1, "FAIL  proxy       trusted-proxies names every address", "--trusted-proxies=0.0.0.0/0")
	})
	t.Run("where no server runs", func(t *testing.T) {
		s.check(t, s.front, 0, "ok    proxy       checked while the server", "--addr=127.0.0.1:0")
	})
	t.Run("with a proxy that the server does not trust", func(t *testing.T) {
		addr := MustFindPort(t)
		apart := NewHouse(t, "sqlite://"+t.TempDir()+"/usher.db")
		f := startNginx(t, []string{addr})
		apart.ServeApart("--addr="+addr, "--public-url="+f.URL(), "--trusted-proxies=10.0.0.1/32")
		s.check(t, f, 0, "note  proxy       requests come from 127.0.0.1, which trusted-proxies lacks", append(apart.Storage, "--addr="+addr)...)
	})
}

// variant starts another proxy of the same kind before the server, with changes of its file.
func (s *site) variant(t *testing.T, changes ...string) *front {
	t.Helper()
	for _, f := range fronts {
		if f.kind == s.kind {
			return f.start(t, []string{s.addr}, changes...)
		}
	}
	t.Fatal("there is no such proxy")
	return nil
}

// check runs `usher check` beside the server, through a proxy, and looks for a text in its output. Later arguments win.
func (s *site) check(t *testing.T, f *front, status int, want string, args ...string) {
	t.Helper()
	c := exec.CommandContext(t.Context(), os.Args[0], slices.Concat(s.house.Storage,
		[]string{"check", "--addr=" + s.addr, "--public-url=" + f.URL(), trusting}, args)...)
	c.Env = []string{"TEST_AS_PROGRAM=1", "SSL_CERT_FILE=" + f.roots, "SSL_CERT_DIR=" + os.DevNull}
	said, _ := c.CombinedOutput()
	if got := c.ProcessState.ExitCode(); got != status || !strings.Contains(string(said), want) {
		t.Errorf("status %d, want %d, and printed\n%swant %q in it", got, status, said, want)
	}
}
