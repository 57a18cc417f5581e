package text

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const maxName = 100 // characters (E2)

// Names are a person's first and last name. Last is empty for a person with one name.
type Names struct{ First, Last string }

// CleanNames returns typed names in the form that is stored. With oneName the last name may be empty. The mistake names the field.
func CleanNames(first, last string, oneName bool) (n Names, wrong *Mistake) {
	if n.First, wrong = CleanName(first); wrong != nil {
		if trimEdges(first) == "" {
			wrong.Message = "Enter a first name."
		}
		wrong.Field = "firstName"
		return Names{}, wrong
	}
	empty := trimEdges(last) == ""
	if oneName && empty {
		return n, nil
	}
	if n.Last, wrong = CleanName(last); wrong != nil {
		if empty {
			wrong.Message = "Enter a last name, or say that this person has one name."
		}
		wrong.Field = "lastName"
		return Names{}, wrong
	}
	return n, nil
}

// CleanName returns a typed name of a person in the form that is stored: without blanks and invisible characters at its ends, and
// composed (NFC). A name has 1 to 100 characters and at least one letter, digit or picture (E2). Joiners between letters of scripts
// that need them are part of a name. Other invisible characters are a mistake.
func CleanName(typed string) (name string, wrong *Mistake) {
	name, wrong = clean(typed, "A name", maxName, unfitForName)
	switch {
	case wrong != nil:
		return "", wrong
	case name == "":
		return "", mistake("Enter a name.")
	case !strings.ContainsFunc(name, naming):
		return "", mistake("“%s” is not a name.", name)
	}
	return name, nil
}

// naming reports the characters of which a name needs at least one.
func naming(r rune) bool {
	return visible(r) && (unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.So, r))
}

// FullName joins a person's first and last name for display.
func FullName(first, last string) string { return strings.TrimSpace(first + " " + last) }

// CleanTitle returns a typed title in the form that is stored: one line of 1 to 200 characters (E2).
func CleanTitle(typed string) (title string, wrong *Mistake) {
	title, wrong = clean(typed, "A title", 200, unfitForLine)
	if wrong == nil && !strings.ContainsFunc(title, visible) {
		return "", mistake("Enter a title.")
	}
	return title, wrong
}

// CleanDescription returns a typed description in the form that is stored: at most 5,000 characters (E2), with \n as line ends.
func CleanDescription(typed string) (description string, wrong *Mistake) {
	return clean(lineEnds.Replace(typed), "A description", 5000, unfitForText)
}

// CleanMessage returns a typed message in the form that is stored: at most 280 characters (E2), with \n as line ends.
func CleanMessage(typed string) (message string, wrong *Mistake) {
	return clean(lineEnds.Replace(typed), "A message", 280, unfitForText)
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n")

// clean trims and composes a text. Then it checks each character with the text before and behind it, and their number. Cleaning a
// clean text changes nothing.
func clean(typed, what string, most int, unfit func(before string, r rune, behind string) bool) (string, *Mistake) {
	if !utf8.ValidString(typed) {
		return "", mistake("This text is not in UTF-8.")
	}
	text := trimEdges(norm.NFC.String(trimEdges(typed)))
	if n := utf8.RuneCountInString(text); n > most {
		return "", mistake("%s has at most %s characters. This one has %s.", what, thousands(most), thousands(n))
	}
	for i, r := range text {
		if unfit(text[:i], r, text[i+utf8.RuneLen(r):]) {
			return "", mistake("%s cannot have %s. Remove it.", what, described(r))
		}
	}
	return text, nil
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

// unfitForName reports invisible and lost characters, except joiners that a script needs.
func unfitForName(before string, r rune, behind string) bool {
	if joiner(r) {
		return !joins(before, behind)
	}
	return hidden(r) || r == utf8.RuneError
}

// joins reports whether a joiner belongs between two texts: behind a virama, or between letters of a script that connects them.
func joins(before, behind string) bool {
	left, _ := utf8.DecodeLastRuneInString(before)
	right, _ := utf8.DecodeRuneInString(behind)
	return connects(left) && (connects(right) || isVirama(left) && !joiner(right))
}

// connects reports letters and marks of scripts whose letters take other forms beside each other. In all other scripts a joiner
// changes nothing that a person sees.
func connects(r rune) bool {
	return (unicode.IsLetter(r) || unicode.IsMark(r)) && !unicode.In(r, plainScripts...)
}

var plainScripts = []*unicode.RangeTable{
	unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Armenian, unicode.Georgian, unicode.Hebrew, unicode.Ethiopic,
	unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Bopomofo, unicode.Cherokee, unicode.Thai, unicode.Lao,
	unicode.Common, unicode.Inherited,
}

// unfitForLine reports characters that one line of text must not contain: controls, line ends, and bidi controls that affect the
// text around them. Direction marks and joiners are fine: Arabic, Hebrew, Persian, Sinhala and emoji need them.
func unfitForLine(_ string, r rune, _ string) bool {
	return unicode.In(r, unicode.Cc, unicode.Zl, unicode.Zp) || '\u202a' <= r && r <= '\u202e' || '\u2066' <= r && r <= '\u2069'
}

func unfitForText(_ string, r rune, _ string) bool {
	return r != '\n' && r != '\t' && unfitForLine("", r, "")
}

func thousands(n int) string {
	if n < 1000 {
		return strconv.Itoa(n)
	}
	return fmt.Sprintf("%s,%03d", thousands(n/1000), n%1000)
}
