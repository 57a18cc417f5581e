package auth

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// apostrophes are what people write for one; they split no word.
var apostrophes = strings.NewReplacer("’", "'", "‘", "'", "ʼ", "'", "ʻ", "'", "´", "'", "`", "'", "′", "'")

// unaccented are the letters that are none with an accent to Unicode (I1). Case is folded before, which makes ß ss.
var unaccented = strings.NewReplacer("ø", "o", "ł", "l", "đ", "d", "æ", "ae", "œ", "oe", "þ", "th", "ı", "i")

// fold returns a text as it is searched for: case, accents and the forms of letters that only look otherwise are gone.
func fold(text string) string {
	if ascii(text) {
		return strings.ToLower(apostrophes.Replace(text))
	}
	text = cases.Fold().String(norm.NFKD.String(apostrophes.Replace(text)))
	text = strings.Map(foldCherokee, apostrophes.Replace(text)) // also of those that other characters are made of: ″ of two
	text = strings.Map(dropAccent, norm.NFKD.String(unaccented.Replace(text)))
	return norm.NFC.String(text)
}

// foldCherokee makes capitals of Cherokee letters: Unicode folds them so (CaseFolding.txt), where cases.Fold swaps the two.
func foldCherokee(r rune) rune {
	if unicode.Is(unicode.Cherokee, r) {
		return unicode.ToUpper(r)
	}
	return r
}

// foldedEmail is fold for an email in normal form, which is folded already where it is ASCII.
func foldedEmail(normal string) string {
	if ascii(normal) && !strings.ContainsRune(normal, '`') {
		return normal
	}
	return fold(normal)
}

func ascii(text string) bool {
	for i := range len(text) {
		if text[i] >= 0x80 {
			return false
		}
	}
	return true
}

// dropAccent drops the marks that are accents, by their combining class (Unicode Standard, 4.3): what is written over, under
// or through a letter, and the points of Hebrew and Arabic. Marks that are letters stay: vowels of Indic scripts (0), nuktas
// (7), the voicing of kana (8), viramas (9), vowels and tones of Thai, Lao and Tibetan (84 to 132). Format characters go too.
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

// maxWord is how many characters of a word count.
const maxWord = 64

// words returns the words of a folded text, each once: letters, digits and marks in a row. An apostrophe splits nothing, and
// what follows it is a word too: o'brien is obrien and brien.
func words(folded string) []string {
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
	for token := range strings.FieldsFuncSeq(folded, splitsWords) {
		add(token)
		for rest, ok := afterApostrophe(token); ok; rest, ok = afterApostrophe(rest) {
			add(rest)
		}
	}
	return found
}

func splitsWords(r rune) bool {
	return r != '\'' && !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r)
}

func afterApostrophe(token string) (rest string, ok bool) {
	_, rest, ok = strings.Cut(token, "'")
	return rest, ok
}
