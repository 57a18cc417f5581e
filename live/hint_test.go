package live

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestHintsKeepTheOrderOfWordsAndTheSizeLimit(t *testing.T) {
	for _, n := range []int{0, 1, 90, 91, 10_000} {
		var words []string
		for i := range n {
			words = append(words, personWord(roomPerson{"r_0123456789abcdefghijklmnop", fmt.Sprintf("p_%026d", i)}, i%2 == 0))
		}
		var carried []string
		lines := hints("server", words)
		for _, line := range lines {
			from, rest, _ := strings.Cut(line, " ")
			if from != "server" || len(line) > hintSize {
				t.Errorf("of %d words: %d bytes from %q", n, len(line), from)
			}
			carried = append(carried, strings.Fields(rest)...)
		}
		if !slices.Equal(carried, words) {
			t.Errorf("of %d words %d are carried", n, len(carried))
		}
		if least := 1 + n*59/hintSize; len(lines) > least+1 {
			t.Errorf("%d words need %d hints", n, len(lines))
		}
	}
}

func FuzzHintsOfAnyContentAreAccepted(f *testing.F) {
	f.Add("other room@42 +room/grace -room/grace ~room * . ?")
	f.Add("other @ + - ~ ~/ / room@ room@x +room +/ x@9223372036854775808 *")
	f.Fuzz(func(t *testing.T, hint string) {
		s := &Servers{self: "self", hub: &Hub{rooms: map[string]*channel{}}, presence: NewPresence(AwayAfter, GatherFor), more: make(chan struct{}, 1)}
		s.presence.share(func() {}, func() {})
		s.receive(hint)
		for name, o := range s.presence.shared.servers {
			s.presence.lose(name, o)
		}
		if len(s.presence.rooms) != 0 {
			t.Errorf("after %q %d rooms are left", hint, len(s.presence.rooms))
		}
	})
}
