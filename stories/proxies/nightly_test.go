//go:build nightly

package proxies

import (
	"testing"
	"time"

	. "usher/sitetest"
)

// reloadsWithin is how long the files let the connections of an old process live after a reload.
const reloadsWithin = "20s"

func TestAnIdleConnectionStaysOpenLongerThanAProxysTimeLimits(t *testing.T) {
	eachFront(t, func(t *testing.T, s *site) {
		socket := s.room.Host.Watch(Watching, s.room.ID, s.room.Revision())
		stream := s.room.Host.Stream(Watching, Object{"room": s.room.ID, "after": s.room.Revision()})
		select {
		case code := <-socket.Closed:
			t.Fatalf("the idle WebSocket is closed with %d", code)
		case <-time.After(2 * 80 * time.Second): // the time limits of the files are 75 seconds
		}
		s.room.Command("startSession")
		socket.Expect("SessionStarted")
		Same(t, "the stream", stream.Until("SessionStarted"), []string{"SessionStarted"})
	})
}
