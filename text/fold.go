package text

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// apostrophes maps the characters that people type as an apostrophe. None of them splits a word.
var apostrophes = strings.NewReplacer("’", "'", "‘", "'", "ʼ", "'", "ʻ", "'", "´", "'", "`", "'", "′", "'")

// unaccented maps letters that Unicode does not decompose into a letter and an accent (I1). Case folding has made ss of ß before.
var unaccented = strings.NewReplacer("ø", "o", "ł", "l", "đ", "d", "æ", "ae", "œ", "oe", "þ", "th", "ı", "i")

// Fold returns a text in the form used for searching: without case, accents and compatibility forms. Folding a folded text
// changes nothing.
func Fold(text string) string {
	if ascii(text) {
		return strings.ToLower(apostrophes.Replace(text))
	}
	text = cases.Fold().String(norm.NFKD.String(apostrophes.Replace(text)))
	text = strings.Map(foldCherokee, apostrophes.Replace(text)) // again, because NFKD decomposes characters into apostrophes: ″ into two
	text = strings.Map(dropAccent, norm.NFKD.String(unaccented.Replace(text)))
	return norm.NFC.String(text)
}

// foldCherokee turns Cherokee letters into capitals, as CaseFolding.txt of Unicode does. cases.Fold swaps the two cases.
func foldCherokee(r rune) rune {
	if unicode.Is(unicode.Cherokee, r) {
		return unicode.ToUpper(r)
	}
	return r
}

// FoldEmail folds a normalized email address. An ASCII address is folded already, except for backticks.
func FoldEmail(normal string) string {
	if ascii(normal) && !strings.ContainsRune(normal, '`') {
		return normal
	}
	return Fold(normal)
}

func ascii(text string) bool {
	for i := range len(text) {
		if text[i] >= 0x80 {
			return false
		}
	}
	return true
}

// dropAccent removes format characters and accents. It recognizes accents by their combining class (Unicode Standard, 4.3): marks
// over, under or through a letter, and the points of Hebrew and Arabic. It keeps marks that count as letters: vowels of Indic
// scripts (0), nuktas (7), the voicing of kana (8), viramas (9), vowels and tones of Thai, Lao and Tibetan (84 to 132).
func dropAccent(r rune) rune {
	if unicode.Is(unicode.Cf, r) {
		return -1
	}
	if !unicode.Is(unicode.Mn, r) {
		return r
	}
	switch class := norm.NFD.PropertiesString(string(r)).CCC(); {
	case class == 1, class >= 10 && class <= 36, class >= 200:
		return -1
	}
	return r
}

// maxWord is the number of characters after which a word is cut.
const maxWord = 64

// Words returns the distinct words of a folded text. A word is a run of letters, digits and marks, cut after 64 characters. An
// apostrophe does not split a word, but the part behind it is a word too: o'brien gives obrien and brien.
func Words(folded string) []string {
	var found []string
	add := func(word string) {
		word = strings.ReplaceAll(word, "'", "")
		if runes := []rune(word); len(runes) > maxWord {
			word = string(runes[:maxWord])
		}
		if word != "" && !slices.Contains(found, word) {
			found = append(found, word)
		}
	}
	for token := range strings.FieldsFuncSeq(folded, SplitsWords) {
		add(token)
		for rest, ok := afterApostrophe(token); ok; rest, ok = afterApostrophe(rest) {
			add(rest)
		}
	}
	return found
}

// SplitsWords reports whether a character of a folded text separates words.
func SplitsWords(r rune) bool {
	return r != '\'' && !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r)
}

func afterApostrophe(token string) (rest string, ok bool) {
	_, rest, ok = strings.Cut(token, "'")
	return rest, ok
}
