package wire_test

import (
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"usher/wire"
)

// These are parts of messages in bytes, masked with zeros.
var (
	begunText    = []byte{0x01, 0x80 | 5, 0, 0, 0, 0, 'h', 'e', 'l', 'l', 'o'}       // a message's first frame, with more to come
	goOn         = []byte{0x00, 0x80 | 1, 0, 0, 0, 0, ' '}                           // another of its frames
	halfAFrame   = []byte{0x81, 0x80 | 100, 0, 0, 0, 0, '{', '"'}                    // 2 of 100 bytes
	pong         = []byte{0x8a, 0x80, 0, 0, 0, 0}                                    // a frame that may come between those of a message
	byteOfAFrame = []byte{' '}                                                       // more bytes of a frame
	wholeText    = append([]byte{0x81, 0x80 | 15, 0, 0, 0, 0}, `{"type":"ping"}`...) // a message
)

func TestA10_AMessageMustBeCompleteWithin10Seconds(t *testing.T) {
	for name, c := range map[string]struct{ begin, every []byte }{
		"half a frame, then nothing":              {halfAFrame, nil},
		"half a frame, then a byte a second":      {halfAFrame, byteOfAFrame},
		"a frame, then nothing":                   {begunText, nil},
		"a frame, then another one a second":      {begunText, goOn},
		"a frame, then a sign of life a second":   {begunText, pong},
		"the same after a message that was whole": {append(append([]byte(nil), wholeText...), begunText...), pong},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, wire.WebSocketConfig{}, func(t *testing.T, s *server) {
				c1 := s.MustOpen(t)
				wire := c1.NetConn()
				began := time.Now()
				var writing sync.WaitGroup
				writing.Go(func() {
					_, _ = wire.Write(c.begin)
					tick := time.NewTicker(time.Second)
					defer tick.Stop()
					for range 15 {
						<-tick.C
						if _, err := wire.Write(c.every); err != nil {
							return
						}
					}
				})
				c1.ExpectClose(1013, "Too slow", true)
				if took := time.Since(began); took < 10*time.Second || took > 11*time.Second {
					t.Errorf("closed after %v", took)
				}
				_ = wire.Close()
				writing.Wait()
				synctest.Wait()
				if n := s.Len(); n != 0 {
					t.Errorf("%d connections are left", n)
				}
			})
		})
	}
	t.Run("the time between messages is no matter", func(t *testing.T) {
		bubble(t, wire.WebSocketConfig{}, func(t *testing.T, s *server) {
			c := s.MustOpen(t)
			go func() { // answers pings meanwhile
				time.Sleep(time.Hour)
				_, _ = c.NetConn().Write(wholeText)
			}()
			_ = c.SetReadDeadline(time.Time{})
			if _, text, err := c.ReadMessage(); err != nil || string(text) != `{"type":"pong"}` {
				t.Errorf("got %s, %v", text, err)
			}
		})
	})
}
