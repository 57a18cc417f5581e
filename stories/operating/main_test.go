// Package operating tests what operators see of a running site: metrics, the log, and the files of the folder deploy.
// Nothing imports it.
package operating

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"

	. "usher/sitetest"
)

// TestMain lets the test binary run as the program.
func TestMain(m *testing.M) { os.Exit(Main(m)) }

// behind is a site whose metrics are served at an address of their own.
type behind struct {
	*House
	address string // such as http://127.0.0.1:9090
}

// onEach runs a story on a site with metrics, on SQLite and on PostgreSQL.
func onEach(t *testing.T, story func(t *testing.T, b *behind), args ...string) {
	OnEachUnserved(t, func(t *testing.T, h *House) { story(t, serve(h, args...)) })
}

func serve(h *House, args ...string) *behind {
	h.T.Helper()
	address := MustFindPort(h.T)
	h.Serve(append([]string{"--metrics-addr=" + address}, args...)...)
	return &behind{h, "http://" + address}
}

// metrics are what a server measured, by name with labels.
type metrics map[string]string

// read asks for the metrics.
func (b *behind) read() (metrics, string) {
	b.T.Helper()
	answer, text := MustDo(b.T, http.MethodGet, b.address+"/metrics")
	if answer.StatusCode != http.StatusOK {
		b.T.Fatalf("%d %s", answer.StatusCode, text)
	}
	all := metrics{}
	for line := range strings.Lines(text) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), "} "); ok {
			all[name+"}"] = value
		} else if name, value, ok := strings.Cut(strings.TrimSpace(line), " "); ok && !strings.HasPrefix(line, "#") {
			all[name] = value
		}
	}
	return all, text
}

// put sends a body by PUT.
func put(t *testing.T, url, body string) (status int, text string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPut, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	said, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, fmt.Sprint(string(said))
}
