package text

import (
	"slices"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestFold(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"case is gone":     {"ADA Lovelace", "ada lovelace"},
		"accents are gone": {"Éléonore Ångström Nuñez", "eleonore angstrom nunez"},
		"accents are gone where they stand apart":      {"E\u0301le\u0301onore", "eleonore"},
		"Vietnamese is bare":                           {"Nguyễn Đặng", "nguyen dang"},
		"letters that are no accents to Unicode":       {"Søren Łukasz Đorđe Straße Æsir Œuvre Þór Işık", "soren lukasz dorde strasse aesir oeuvre thor isik"},
		"the same in capitals":                         {"SØREN ŁUKASZ STRAẞE İSTANBUL", "soren lukasz strasse istanbul"},
		"both sigmas are one":                          {"Γιώργος ΓΙΏΡΓΟΣ", "γιωργοσ γιωργοσ"},
		"Cyrillic is folded":                           {"Алёна Цой", "алена цои"},
		"points of Hebrew and Arabic are gone":         {"שָׁלוֹם مُحَمَّد أحمد", "שלום محمد احمد"},
		"vowels of Indic scripts stay":                 {"हिन्दी", "हिन्दी"},
		"tones of Thai stay":                           {"น้ำ", "น้ํา"},
		"the voicing of kana stays":                    {"がぎぐ", "がぎぐ"},
		"kana of half width are those of full width":   {"ｶﾞ", "ガ"},
		"Latin of full width is plain":                 {"Ａｄａ", "ada"},
		"Hangul stays whole":                           {"김민수", "김민수"},
		"ligatures are letters":                        {"ﬁnn", "finn"},
		"every apostrophe is one":                      {"O’Brien O‘Brien Oʼbrien O`Brien", "o'brien o'brien o'brien o'brien"},
		"what is invisible is gone":                    {"می\u200cخواهم", "میخواهم"},
		"an accent in plain letters changes no others": {"a´b", "a'b"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Fold(c.text); got != c.want {
				t.Errorf("Fold(%q) = %q, want %q", c.text, got, c.want)
			}
		})
	}
}

func TestWords(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"blanks split":                               {"ada lovelace", []string{"ada", "lovelace"}},
		"the signs of emails split":                  {"ada.love_lace+x-y@example.com", []string{"ada", "love", "lace", "x", "y", "example", "com"}},
		"an apostrophe does not":                     {"conan o'brien", []string{"conan", "obrien", "brien"}},
		"what follows each apostrophe is a word too": {"n'g'o", []string{"ngo", "go", "o"}},
		"quotation marks are none of a word":         {"'ada'", []string{"ada"}},
		"each word counts once":                      {"ada ada@ada.com", []string{"ada", "com"}},
		"digits are letters":                         {"user42 7", []string{"user42", "7"}},
		"marks are letters":                          {"हिन्दी", []string{"हिन्दी"}},
		"nothing has none":                           {" .-' ", nil},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Words(c.text); !slices.Equal(got, c.want) {
				t.Errorf("Words(%q) = %q, want %q", c.text, got, c.want)
			}
		})
	}
}

func TestI1_FoldingTwiceOrInAnotherCaseGivesTheSame(t *testing.T) {
	for r := range unicode.MaxRune {
		if !utf8.ValidRune(r) {
			continue
		}
		folded := Fold(string(r))
		if again := Fold(folded); again != folded {
			t.Errorf("%q folds to %q, which folds to %q", r, folded, again)
		}
		if small := Fold(string(unicode.ToLower(r))); unicode.ToUpper(unicode.ToLower(r)) == r && small != folded {
			t.Errorf("%q folds to %q, its small letter to %q", r, folded, small)
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, seed := range []string{"Ada", "Straße", "İ", "O’Brien", "ﷺ", "ｶﾞ", "ΐ", "ǅ", "\u0345", "\u0130'\u0307", "a\u0300\u0338", "´", "\u200d", "″", "ŉ", "\u1fef"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) || len(text) > maxTypedBytes { // nobody folds more
			return
		}
		folded := Fold(text)
		if again := Fold(folded); again != folded {
			t.Errorf("%q folds to %q, which folds to %q", text, folded, again)
		}
		for _, word := range Words(folded) {
			if word == "" || utf8.RuneCountInString(word) > maxWord || slices.ContainsFunc([]rune(word), SplitsWords) {
				t.Errorf("%q has the word %q", text, word)
			}
		}
	})
}
