package wire

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestSizeOfAFrame(t *testing.T) {
	for _, size := range []int{0, 1, 124, 125, 126, 127, 65_534, 65_535, 65_536, 70_000, 1 << 20} {
		b := appendFrame(nil, opText, strings.Repeat("x", size))
		if n := frameSize(append(b, "the next one"...)); n != len(b) {
			t.Errorf("a frame with %d bytes is %d long, frameSize returns %d", size, len(b), n)
		}
	}
	for n := range 10 { // never beyond the end
		if size := frameSize(bytes.Repeat([]byte{0xff}, n)); size < 0 {
			t.Errorf("%d bytes of junk make a frame of %d", n, size)
		}
	}
}

func TestRemainingBytesOfAFrame(t *testing.T) {
	frames := []byte{}
	var ends []int
	for _, size := range []int{10, 0, 200, 3, 70_000, 1} {
		frames = appendFrame(frames, opText, strings.Repeat("x", size))
		ends = append(ends, len(frames))
	}
	for n := range len(frames) + 1 {
		want := 0
		for _, end := range ends {
			if end >= n && n != 0 {
				want = end - n
				break
			}
		}
		if got := begun(frames, 0, n); got != want {
			t.Fatalf("%d bytes written: %d left of the frame, want %d", n, got, want)
		}
		// Two steps give the same.
		if half := n / 2; begun(frames[half:], begun(frames, 0, half), n-half) != want {
			t.Fatalf("%d bytes written in two steps: want %d left", n, want)
		}
	}
}

func TestCloseReasonsAreTruncated(t *testing.T) {
	for _, reason := range []string{"", strings.Repeat("x", 123), strings.Repeat("x", 124), strings.Repeat("é", 100), "x" + strings.Repeat("é", 100), strings.Repeat("😀", 40)} {
		b := appendClose(nil, CloseDuplicate, reason)
		if len(b) != frameSize(b) || len(b) > 2+maxControlPayload || b[2] != CloseDuplicate>>8 || b[3] != CloseDuplicate&0xff {
			t.Fatalf("%x is no close frame", b)
		}
		got := string(b[4:])
		if !strings.HasPrefix(reason, got) || !utf8.ValidString(got) || len(got) < min(len(reason), 120) {
			t.Errorf("%q was cut to %q", reason, got)
		}
	}
}
