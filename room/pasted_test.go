package room

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"usher/text/texttest"
)

func TestL9_EveryLinkOfTheCorpusIsFoundOrExplained(t *testing.T) {
	keys := MustParseKeys(t, keyLine(7, 'a'))
	s := &Links{core: &core{options: Options{Keys: keys, JoinURL: "https://usher.example/join"}}}
	with := func(id [16]byte, generation uint32) string {
		return s.options.JoinURL + "#" + keys.Token(id, generation)
	}
	for i := range 60 { // tokens with two hyphens in a row, with hyphens and underscores at each place
		id := somePublicID
		id[3], id[4] = byte(i), byte(i*37)
		links := texttest.LinkSet{Link: with(id, 5), Older: with(id, 4), Another: with([16]byte{1}, 5)}
		for _, c := range texttest.Links(t) {
			found, p := s.genuine(links.Fill(c.Pasted))
			got := "the link"
			if p != nil {
				got = p.Message
			} else if found.publicID != id || found.generation != 5 {
				got = fmt.Sprintf("%v", found)
			}
			if got != links.Fill(c.Want) {
				t.Fatalf("%s: %q gives %q, want %q", c.Name, links.Fill(c.Pasted), got, links.Fill(c.Want))
			}
		}
	}
}

func TestL9_LookingForALinkTakesLinearTime(t *testing.T) {
	keys := MustParseKeys(t, keyLine(7, 'a'))
	for name, unit := range map[string]string{
		"prefixes": "u1_", "coded prefixes": "u1-5F", "tokens": "u1_" + strings.Repeat("A", 71), "percent signs": "%25", "base64": "aHR0cHM6",
		"entities": "&#35;", "equals signs": "=", "hyphens": "-2D", "addresses": "https://a.example/",
	} {
		start := time.Now()
		keys.find(strings.Repeat(unit, maxPasted/len(unit)))
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%s: %v", name, took)
		}
	}
}
