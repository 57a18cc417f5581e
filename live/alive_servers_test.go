package live_test

import (
	"fmt"
	"testing"
	"time"

	"usher/live"
	"usher/live/livetest"
)

// mustServeAs starts a server that reports itself by that name.
func mustServeAs(t testing.TB, databaseURL, name string) *server {
	begun := time.Now()
	return mustServe(t, databaseURL, func(s *server) {
		s.Introduce(func() live.Server { return live.Server{Name: name, Version: "v1", StartedAt: begun} }, time.Now)
	})
}

// knows describes the servers that a server knows.
func knows(s *server) (names string) {
	for _, other := range s.Servers.Servers() {
		names += other.Name
		if other.Silent {
			names += "(silent)"
		}
		if other.HintLag != nil {
			names += "+"
		}
	}
	return names
}

func TestU5_ServersOfADatabaseKnowEachOther(t *testing.T) {
	livetest.Long(t)
	t.Parallel()
	databaseURL := livetest.Postgres(t)
	var all []*server
	for n := range 3 {
		all = append(all, mustServeAs(t, databaseURL, fmt.Sprint(n)))
	}
	for n, s := range all {
		waitUntil(t, fmt.Sprint(n, " knows all, and that their hints come back"), func() bool { return knows(s) == "0+1+2+" })
	}
	all[1].stop()
	waitUntil(t, "who said goodbye is gone", func() bool { return knows(all[0]) == "0+2+" && knows(all[2]) == "0+2+" })
}
