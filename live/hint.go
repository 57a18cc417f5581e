package live

import (
	"strconv"
	"strings"
)

// A hint is a line of words: the server that it comes from, and what that says, nothing being a sign of life.
//
//	room@42        the room is at revision 42
//	+room/person   the person is connected there
//	-room/person   not any more
//	*  .           between the two stands everyone who is connected there
//	?              the others are to tell who is connected to them
const (
	hintCame  = '+'
	hintWent  = '-'
	hintBegin = "*"
	hintEnd   = "."
	hintAsk   = "?"
)

// hintSize is the most bytes of a hint: PostgreSQL carries less than 8,000.
const hintSize = 7_900

// hints writes words into as few hints as carry them, one at least.
func hints(self string, words []string) (lines []string) {
	for len(lines) == 0 || len(words) > 0 {
		size, n := len(self), 0
		for n < len(words) && size+1+len(words[n]) <= hintSize {
			size += 1 + len(words[n])
			n++
		}
		lines = append(lines, strings.Join(append([]string{self}, words[:n]...), " "))
		words = words[n:]
	}
	return lines
}

func roomWord(roomID string, revision int) string { return roomID + "@" + strconv.Itoa(revision) }

func personWord(who at, here bool) string {
	sign := hintWent
	if here {
		sign = hintCame
	}
	return string(sign) + who.room + "/" + who.person
}

// hear takes over what another server says. Words that it does not know, of a newer program, it passes over.
func (s *Servers) hear(hint string) {
	words := strings.Fields(hint)
	if len(words) == 0 || words[0] == s.self {
		return
	}
	from := words[0]
	if s.presence.meet(from) {
		s.exchange(true, false)
	}
	for _, word := range words[1:] {
		room, person, isPerson := strings.Cut(word[1:], "/")
		switch {
		case word == hintAsk:
			s.exchange(false, true)
		case word == hintBegin:
			s.presence.beginTelling(from)
		case word == hintEnd:
			s.presence.endTelling(from)
		case isPerson && word[0] == hintCame:
			s.presence.told(from, at{room, person}, true)
		case isPerson && word[0] == hintWent:
			s.presence.told(from, at{room, person}, false)
		default:
			roomID, number, _ := strings.Cut(word, "@")
			if revision, err := strconv.Atoi(number); err == nil {
				s.hub.Wake(roomID, revision)
			}
		}
	}
}
