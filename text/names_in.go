package text

import (
	"io"
	"mime"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
)

// namesIn returns the names that stand beside an address, such as `Ada Lovelace` or `"Lovelace, Ada"`, also encoded for mail
// (RFC 2047). They are empty if the text is another address or no name. Both are clean names.
func namesIn(display string) Names {
	if len(display) > 4*utf8.UTFMax*maxName {
		return Names{}
	}
	display = decoded(peeledName(display))
	if at := strings.LastIndexByte(display, '('); at > 0 {
		display = display[:at] // a department or company
	}
	display = peeledName(display)
	if strings.ContainsFunc(display, isAt) {
		return Names{}
	}
	first, last := parted(display)
	n, wrong := CleanNames(first, last, true)
	if wrong != nil {
		return Names{}
	}
	return n
}

func peeledName(display string) string {
	display = strings.NewReplacer(`\"`, `"`, `\\`, `\`).Replace(trimEdges(display))
	return trimEdges(strings.Trim(display, "\"'“”„‘’`«»<"+separators))
}

// mailWords decodes encoded words in any character set that browsers know.
var mailWords = mime.WordDecoder{CharsetReader: func(charset string, input io.Reader) (io.Reader, error) {
	encoding, err := htmlindex.Get(charset)
	if err != nil {
		return nil, err
	}
	return encoding.NewDecoder().Reader(input), nil
}}

func decoded(display string) string {
	if !strings.Contains(display, "=?") {
		return display
	}
	if words, err := mailWords.DecodeHeader(display); err == nil {
		return words
	}
	return ""
}

// degrees are written behind a comma and are no first names.
var degrees = []string{"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "phd", "ph.d.", "md", "m.d.", "msc", "mba", "esq", "esq."}

// parted divides a whole name. `Last, First` has a comma. Otherwise the last word is the last name, with the small words before it:
// Ludwig van Beethoven. Names in Chinese, Japanese and Korean letters begin with the family.
func parted(name string) (first, last string) {
	if family, given, found := strings.Cut(name, ","); found {
		if given = strings.TrimSpace(given); given != "" && !slices.Contains(degrees, strings.ToLower(given)) && !strings.Contains(given, ",") {
			return given, family
		}
		name = family
	}
	words := strings.Fields(name)
	switch {
	case len(words) == 0:
		return "", ""
	case len(words) == 1:
		return words[0], ""
	case !strings.ContainsFunc(name, func(r rune) bool { return unicode.IsLetter(r) && !unicode.In(r, familyFirst...) }):
		return strings.Join(words[1:], " "), words[0]
	}
	at := len(words) - 1
	if !small(words[at]) {
		for at > 1 && small(words[at-1]) {
			at--
		}
	}
	return strings.Join(words[:at], " "), strings.Join(words[at:], " ")
}

func small(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsLower(r)
}

var familyFirst = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul}
