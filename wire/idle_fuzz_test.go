package wire_test

import (
	"bytes"
	"io"
	"net"
	"testing"
	"time"

	"usher/wire"
)

// FuzzRest sends the same bytes to a connection that rests and to one that waits alone. Both must answer the same.
func FuzzRest(f *testing.F) {
	f.Add(wholeText, uint8(1))
	f.Add(append(append(bytes.Clone(pong), begunText...), goOn...), uint8(3))
	f.Add(append(append(bytes.Clone(wholeText), wholeText...), 0x88, 0x82, 0, 0, 0, 0, 3, 0xe8), uint8(0))
	f.Add([]byte{0x89, 0x83, 1, 2, 3, 4, 'a', 'b', 'c', 0x8a, 0}, uint8(2))
	f.Fuzz(func(t *testing.T, sent []byte, piece uint8) {
		if bytes.Contains(sent, []byte("subscribe")) {
			t.Skip("the order of operations is not fixed")
		}
		answer := func(alone bool) []byte {
			s := MustListen(t, wire.WebSocketConfig{PingInterval: time.Hour})
			if alone {
				s.WaitAlone()
			}
			c := s.MustRest(t)
			conn := c.NetConn().(*net.TCPConn)
			for rest := sent; len(rest) > 0; {
				n := min(len(rest), max(int(piece), 1))
				if _, err := conn.Write(rest[:n]); err != nil {
					break
				}
				rest = rest[n:]
			}
			_ = conn.CloseWrite()
			_ = conn.SetReadDeadline(time.Now().Add(patience))
			got, err := io.ReadAll(conn)
			if err != nil {
				t.Fatal(err)
			}
			return got
		}
		if rest, alone := answer(false), answer(true); !bytes.Equal(rest, alone) {
			t.Errorf("at rest %q, alone %q", rest, alone)
		}
	})
}
