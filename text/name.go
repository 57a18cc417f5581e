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

// CleanName returns a typed name of a person in the form that is stored: trimmed and composed (NFC). It returns false for
// INVALID_NAME (E2): not 1 to 100 characters, nothing visible, or a control, bidi-control or zero-width character.
func CleanName(typed string) (name string, ok bool) {
	return clean(typed, 1, 100, hidden)
}

// FullName joins a person's first and last name for display.
func FullName(first, last string) string { return strings.TrimSpace(first + " " + last) }

// CleanTitle returns a typed title in the form that is stored: one line of 1 to 200 characters (E2).
func CleanTitle(typed string) (title string, ok bool) {
	return clean(typed, 1, 200, unfitForLine)
}

// CleanDescription returns a typed description in the form that is stored: at most 5,000 characters (E2), with \n as line ends.
func CleanDescription(typed string) (description string, ok bool) {
	return clean(lineEnds.Replace(typed), 0, 5000, unfitForText)
}

// CleanMessage returns a typed message in the form that is stored: at most 280 characters (E2), with \n as line ends.
func CleanMessage(typed string) (message string, ok bool) {
	return clean(lineEnds.Replace(typed), 0, 280, unfitForText)
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n")

// clean trims and composes a text. Then it checks each character and their number. If at least one is required, one must be
// visible. Cleaning a clean text changes nothing.
func clean(typed string, least, most int, unfit func(rune) bool) (string, bool) {
	if !utf8.ValidString(typed) {
		return "", false
	}
	text := strings.TrimSpace(norm.NFC.String(strings.TrimSpace(typed)))
	if utf8.RuneCountInString(text) > most || strings.ContainsFunc(text, unfit) {
		return "", false
	}
	if least > 0 && !strings.ContainsFunc(text, visible) {
		return "", false
	}
	return text, true
}

func visible(r rune) bool {
	return unicode.IsGraphic(r) && !unicode.IsSpace(r) && !unicode.IsMark(r) && !hidden(r)
}

// hidden reports invisible characters, which can make two names look alike or change how a line reads: controls, all format
// characters (with bidi controls and zero-width characters), line separators and fillers. Variation selectors are not hidden:
// Japanese names and emoji use them.
func hidden(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Other_Default_Ignorable_Code_Point)
}

// unfitForLine reports characters that one line of text must not contain: controls, line ends, and bidi controls that affect the
// text around them. Direction marks and joiners are fine: Arabic, Hebrew, Persian, Sinhala and emoji need them.
func unfitForLine(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Zl, unicode.Zp) || '\u202a' <= r && r <= '\u202e' || '\u2066' <= r && r <= '\u2069'
}

func unfitForText(r rune) bool { return r != '\n' && r != '\t' && unfitForLine(r) }
