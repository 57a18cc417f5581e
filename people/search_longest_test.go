package people

import (
	"strings"
	"testing"

	"usher/live/livetest"
)

func TestTheLongestAccountIsFound(t *testing.T) {
	// Letters of four bytes that no compression makes short.
	letters := func(n, from int) string {
		text := make([]rune, n)
		for i := range text {
			text[i] = rune(0x20000 + (from+i)*7919%0xa000)
		}
		return string(text)
	}
	longest := [3]string{
		letters(64, 1) + "@" + strings.Repeat("d", 63) + "." + strings.Repeat("e", 63) + "." + strings.Repeat("f", 57) + ".com",
		letters(100, 100), letters(100, 300),
	}
	unfolding := [3]string{"fdfa@example.com", strings.Repeat("\ufdfa", 100), strings.Repeat("\ufdfa", 100)}
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		s := mustSite(t, databaseURL)
		mustImport(t, s, [][3]string{longest, unfolding})
		for query, want := range map[string]string{
			longest[0]: longest[0], longest[1]: longest[0], longest[2] + " " + longest[1]: longest[0], letters(100, 300)[:40]: longest[0],
			"\ufdfa": unfolding[0], "\ufdfa\ufdfa": unfolding[0],
		} {
			found := mustSearch(t, s.db.Read, query, 2)
			if query == "\ufdfa" { // one character, whatever it stands for
				want = ""
			}
			if strings.Join(found, " ") != want {
				t.Errorf("%q finds %q", query, found)
			}
		}
	})
}
