// Package socket reads and writes WebSocket frames as a client, for the load generators. They poll thousands of connections with one
// thread, which no library for clients does. Only benchmarks import it.
package socket

import (
	"crypto/rand"
	"strings"
)

// Frame splits a complete frame of the server off b.
func Frame(b []byte) (opcode byte, payload, rest []byte, ok bool) {
	if len(b) < 2 {
		return 0, nil, b, false
	}
	head, n := 2, int(b[1])
	switch {
	case n == 126 && len(b) >= 4:
		head, n = 4, int(b[2])<<8|int(b[3])
	case n == 127 && len(b) >= 10:
		head, n = 10, int(b[6])<<24|int(b[7])<<16|int(b[8])<<8|int(b[9])
	case n >= 126:
		return 0, nil, b, false
	}
	if len(b) < head+n {
		return 0, nil, b, false
	}
	return b[0] & 15, b[head : head+n], b[head+n:], true
}

// Masked returns a client's frame.
func Masked(opcode byte, payload []byte) []byte {
	b := []byte{0x80 | opcode, 0x80 | byte(len(payload))}
	if len(payload) > 125 {
		b = []byte{0x80 | opcode, 0x80 | 126, byte(len(payload) >> 8), byte(len(payload))}
	}
	mask := [4]byte{0x1f, 0x2e, 0x3d, 0x4c}
	b = append(b, mask[:]...)
	for i, x := range payload {
		b = append(b, x^mask[i&3])
	}
	return b
}

// UUID returns an id like those of the graphql-ws client.
func UUID() string {
	b := strings.ToLower(rand.Text() + rand.Text())
	return b[:8] + "-" + b[8:12] + "-" + b[12:16] + "-" + b[16:20] + "-" + b[20:32]
}
