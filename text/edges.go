package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const (
	zeroWidthNonJoiner = '\u200c'
	zeroWidthJoiner    = '\u200d'
)

func joiner(r rune) bool { return r == zeroWidthJoiner || r == zeroWidthNonJoiner }

// trimEdges removes blanks and invisible characters from both ends. Programs add them to what people copy: chat programs wrap
// names in isolates, spreadsheets begin a text with a byte-order mark. It keeps a joiner behind a virama, which ends words in
// Malayalam. It also keeps overrides and tags, which are refused, because they change what a person sees.
func trimEdges(text string) string {
	text = strings.TrimLeftFunc(text, edge)
	for {
		r, size := utf8.DecodeLastRuneInString(text)
		rest := text[:len(text)-size]
		if size == 0 || !edge(r) || joiner(r) && endsInVirama(rest) {
			return text
		}
		text = rest
	}
}

func edge(r rune) bool {
	switch {
	case r == '\u202d', r == '\u202e', '\U000e0000' <= r && r <= '\U000e007f':
		return false
	case unicode.IsSpace(r):
		return true
	}
	return hidden(r) && !unicode.Is(unicode.Cc, r)
}

// virama is the combining class of the signs that join two letters into one form, in the scripts of India and its neighbours.
const virama = 9

func endsInVirama(text string) bool {
	r, _ := utf8.DecodeLastRuneInString(text)
	return isVirama(r)
}

func isVirama(r rune) bool { return norm.NFD.PropertiesString(string(r)).CCC() == virama }
