package live_test

import (
	"errors"
	"log/slog"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"usher/live"
)

func TestLongWorkIsLoggedAtItsBeginEveryTenSecondsAndAtItsEnd(t *testing.T) {
	for name, c := range map[string]struct {
		failed error
		want   string
	}{
		"work that ends":  {nil, "preparing 3, still 0/3, still 2/3, prepared 3/3"},
		"work that fails": {errors.New("disk full"), "preparing 3, still 0/3, still 2/3"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var log strings.Builder
				p := live.Begin(slog.New(slog.NewTextHandler(&log, nil)), "count", "accounts", 3)
				time.Sleep(15 * time.Second) // of the bubble's own clock
				p.Add(2)
				time.Sleep(10 * time.Second)
				p.Add(1)
				p.End(c.failed)
				var lines []string
				for line := range strings.Lines(log.String()) {
					line = regexp.MustCompile(`.*work=count of=(\d+) unit=accounts\n`).ReplaceAllString(line, "preparing $1")
					line = regexp.MustCompile(`.*msg="still .*done=(\d+) of=(\d+) unit=accounts\n`).ReplaceAllString(line, "still $1/$2")
					line = regexp.MustCompile(`.*is prepared.*done=(\d+) of=(\d+) unit=accounts\n`).ReplaceAllString(line, "prepared $1/$2")
					lines = append(lines, line)
				}
				if got := strings.Join(lines, ", "); got != c.want {
					t.Errorf("the log has %s, want %s", got, c.want)
				}
			})
		})
	}
}
