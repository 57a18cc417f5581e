package auth

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

// CleanName returns a person's name as it is kept: trimmed, composed (NFC). Returns false for INVALID_NAME (E2): other than
// 1 to 100 characters, nothing visible, or a control, bidi-control or zero-width character.
func CleanName(typed string) (name string, ok bool) {
	return clean(typed, 1, 100, hidden)
}

// CleanTitle returns a room's title as it is kept: one line of 1 to 200 characters (E2).
func CleanTitle(typed string) (title string, ok bool) {
	return clean(typed, 1, 200, unfitForLine)
}

// CleanDescription returns a room's description as it is kept: at most 5,000 characters (E2), lines ended by \n.
func CleanDescription(typed string) (description string, ok bool) {
	return clean(lineEnds.Replace(typed), 0, 5000, unfitForText)
}

// CleanMessage returns the message of an invitee to the host as it is kept: at most 280 characters (E2), lines ended by \n.
func CleanMessage(typed string) (message string, ok bool) {
	return clean(lineEnds.Replace(typed), 0, 280, unfitForText)
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n")

// clean trims and composes, then checks the length in characters and each of them. Where at least one is asked for, one
// must be visible. Cleaning what is clean changes nothing.
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

// hidden reports characters that show nothing and could make two names look alike or a line read otherwise than it is
// written: controls, every format character (bidi controls and zero-width ones among them), line separators, fillers.
// Variation selectors are none: names in Japanese and emoji have them.
func hidden(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Other_Default_Ignorable_Code_Point)
}

// unfitForLine reports what running text must not hold: controls, line ends, and the bidi controls that reach beyond their
// place. Direction marks and joiners stay: Arabic, Hebrew, Persian, Sinhala and emoji are written with them.
func unfitForLine(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Zl, unicode.Zp) || '\u202a' <= r && r <= '\u202e' || '\u2066' <= r && r <= '\u2069'
}

func unfitForText(r rune) bool { return r != '\n' && r != '\t' && unfitForLine(r) }
