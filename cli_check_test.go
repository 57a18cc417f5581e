package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
)

func TestCheckTellsHowThingsStand(t *testing.T) {
	t.Chdir(t.TempDir())
	mustWrite(t, "good.key", strings.Repeat("ab", 32)+"\n", 0o600)
	mustWrite(t, "bad.key", "short", 0o600)
	for _, c := range []struct {
		name   string
		args   []string
		status int
		want   string
	}{
		{"before the first start", []string{"--addr=127.0.0.1:0"}, 0, "ok    key         data/usher.key is made at the first start"},
		{"a key that can be read", []string{"--addr=127.0.0.1:0", "--secret-key-file=good.key"}, 0, "ok    key         good.key can be read"},
		{"a key that was given and is not there", []string{"--addr=127.0.0.1:0", "--secret-key-file=no.key"}, 1, "FAIL  key "},
		{"a key that is none", []string{"--addr=127.0.0.1:0", "--secret-key-file=bad.key"}, 1, "FAIL  key "},
		{"a port that is free", []string{"--addr=127.0.0.1:0"}, 0, "ok    port        127.0.0.1:0 is free"},
		{"an address of another machine", []string{"--addr=192.0.2.1:0", "--public-url=https://example.org"}, 1, "FAIL  port "},
		{"links that lead to this machine alone", []string{"--addr=:0"}, 0, "note  public URL  addr :0 listens to the network"},
		{
			"links that lead to another port",
			[]string{"--addr=127.0.0.1:0", "--public-url=http://localhost:81"},
			0,
			"note  public URL  links begin with http://localhost:81",
		},
		{
			"a public site",
			[]string{"--addr=:0", "--public-url=https://example.org"},
			0,
			"ok    public URL  links begin with https://example.org/join",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := runProgram(t, nil, append(c.args, "check")...)
			if got.status != c.status || !strings.Contains(got.out, c.want) {
				t.Errorf("status %d, want %d; said\n%s%swant %q in it", got.status, c.status, got.out, got.err, c.want)
			}
		})
	}
	if _, err := os.Stat("data"); err == nil {
		t.Error("looking has made a folder")
	}
}

func TestCheckKnowsARunningUsher(t *testing.T) {
	usher := start(t)
	addr := "--addr=" + strings.TrimPrefix(usher.url, "http://localhost")
	if got := runProgram(t, nil, "check", addr); !strings.Contains(got.out, "is in use by Usher") {
		t.Errorf("said %s", got.out)
	}
	other := httptest.NewServer(http.NotFoundHandler())
	defer other.Close()
	got := runProgram(t, nil, "check", "--addr="+other.Listener.Addr().String())
	if got.status != 1 || !strings.Contains(got.out, "FAIL  port") {
		t.Errorf("status %d, said %s", got.status, got.out)
	}
}
