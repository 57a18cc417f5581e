package text

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// sharedMailboxes are parts of addresses before the @ that belong to no single person.
var sharedMailboxes = []string{
	"admin", "administrator", "buero", "contact", "empfang", "events", "hallo", "hello", "help", "hilfe", "hr", "info", "kontakt", "mail",
	"marketing", "news", "newsletter", "noreply", "office", "poststelle", "post", "presse", "press", "sales", "sekretariat", "service",
	"support", "team", "veranstaltungen", "verwaltung", "vorstand", "webmaster",
}

// GuessNames guesses a person's names by the part of the address before the @: noor.haddad, n.haddad or noor. The names are empty if
// that part could belong to several people, or has something other than two or three words of letters.
func GuessNames(email string) Names {
	a, wrong := ReadAddress(email)
	if wrong != nil {
		return Names{}
	}
	local, _, _ := strings.Cut(a.Normal[:strings.LastIndexByte(a.Normal, '@')], "+")
	words := strings.FieldsFunc(local, func(r rune) bool { return r == '.' || r == '_' })
	if len(words) == 1 {
		words = strings.Split(words[0], "-")
	}
	for i, word := range words {
		word = strings.TrimRightFunc(word, unicode.IsDigit)
		if word == "" && i > 0 && i == len(words)-1 {
			words = words[:i] // noor.haddad.72
			break
		}
		if strings.Trim(word, "-'’") != word || word == "" || strings.ContainsFunc(word, func(r rune) bool { return !nameLetter(r) }) {
			return Names{}
		}
		words[i] = capitalized(word)
	}
	switch n := len(words); {
	case n == 0 || n > 3 || slices.Contains(sharedMailboxes, strings.ToLower(words[0])):
		return Names{}
	case n == 1 && strings.HasSuffix(words[0], "."):
		return Names{} // an initial is no name
	case n == 1:
		return Names{First: words[0]}
	default:
		return Names{First: strings.Join(words[:n-1], " "), Last: words[n-1]}
	}
}

func nameLetter(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsMark(r) || strings.ContainsRune("-'’", r)
}

// capitalized returns a word with capitals where names have them. One letter is an initial.
func capitalized(word string) string {
	if utf8.RuneCountInString(word) == 1 {
		return strings.ToUpper(word) + "."
	}
	upper := true
	return strings.Map(func(r rune) rune {
		if upper {
			r = unicode.ToTitle(r)
		}
		upper = r == '-'
		return r
	}, word)
}
