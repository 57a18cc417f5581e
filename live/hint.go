package live

import (
	"strconv"
	"strings"
)

// A hint is a line of words: the sending server, then its news. A hint without news is a sign of life.
//
//	room@42        the room is at revision 42
//	+room/person   the person is connected to that server
//	-room/person   the person is no longer connected there
//	~room          numbers of the room may have changed without an event
//	!room:WHAT=2   it happened twice in the room
//	*  .           enclose the list of everyone connected there
//	?              asks the other servers who is connected to them
//	=name=…&sent=… the server reports itself (Server)
//	_              the server stops
const (
	hintCame  = '+'
	hintWent  = '-'
	hintStir  = '~'
	hintCount = '!'
	hintBegin = "*"
	hintEnd   = "."
	hintAsk   = "?"

	hintReport = '='
	hintLeave  = "_"
)

// hintSize limits the bytes of a hint: PostgreSQL carries less than 8,000.
const hintSize = 7_900

// hints packs words into as few hints as possible, at least one.
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

func personWord(who roomPerson, here bool) string {
	sign := hintWent
	if here {
		sign = hintCame
	}
	return string(sign) + who.room + "/" + who.person
}

// receive applies another server's hint. It ignores words it does not know, which a newer program may send.
func (s *Servers) receive(hint string) {
	from, words, _ := strings.Cut(hint, " ")
	if from == s.self { // PostgreSQL also returns our own hints
		for word := range strings.FieldsSeq(words) {
			if word[0] == hintReport {
				s.signs.returned(word[1:])
			}
		}
		return
	}
	s.metrics.heard.Add(1)
	if s.presence.meet(from) {
		s.exchange(true, false)
	}
	s.signs.alive(from)
	for word := range strings.FieldsSeq(words) {
		room, person, isPerson := strings.Cut(word[1:], "/")
		switch {
		case word == hintAsk:
			s.exchange(false, true)
		case word == hintBegin:
			s.presence.beginList(from)
			s.hub.stirAll() // that server's earlier hints may have been lost
		case word == hintEnd:
			s.presence.endList(from)
		case isPerson && word[0] == hintCame:
			s.presence.heard(from, roomPerson{room, person}, true)
		case isPerson && word[0] == hintWent:
			s.presence.heard(from, roomPerson{room, person}, false)
		case word[0] == hintReport:
			s.signs.reported(from, word[1:], otherServers(s.presence))
		case word == hintLeave:
			s.signs.left(from)
		case word[0] == hintStir:
			s.hub.Stir(word[1:])
		case word[0] == hintCount:
			s.hub.receiveCount(word[1:])
		default:
			roomID, number, _ := strings.Cut(word, "@")
			if revision, err := strconv.Atoi(number); err == nil {
				s.hub.Wake(roomID, revision)
			}
		}
	}
}
