package text_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"usher/text"
)

func TestT3_AMessageHasItsLimits(t *testing.T) {
	for name, c := range map[string]struct {
		typed string
		fits  bool
	}{
		"1,000 characters":                  {strings.Repeat("ß", 1000), true},
		"1,001":                             {strings.Repeat("ß", 1001), false},
		"20 lines":                          {strings.Repeat("x\n", 19) + "x", true},
		"21":                                {strings.Repeat("x\n", 20) + "x", false},
		"8 combining marks":                 {"z" + strings.Repeat("\u0335", 8), true},
		"9":                                 {"z" + strings.Repeat("\u0335", 9), false},
		"nothing":                           {"", false},
		"nothing visible":                   {"\u200b \n\u200b", false},
		"a direction override":              {"a\u202eb", false},
		"a control character":               {"a\x07b", false},
		"tabs, and other ends of its lines": {"a\tb\r\nc", true},
	} {
		if _, wrong := text.CleanChat(c.typed); (wrong == nil) != c.fits {
			t.Errorf("%s: %v", name, wrong)
		}
	}
}

func FuzzCleanChat(f *testing.F) {
	for _, seed := range []string{"hello", "a\r\nb", "e\u0301", "z\u0335\u0335", "\u202e", "\u200d"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		clean, wrong := text.CleanChat(typed)
		if wrong != nil {
			return
		}
		if !utf8.ValidString(clean) || utf8.RuneCountInString(clean) > 1000 || strings.ContainsAny(clean, "\r\t\x00\u202e") {
			t.Errorf("%q becomes %q", typed, clean)
		}
		if again, wrong := text.CleanChat(clean); wrong != nil || again != clean {
			t.Errorf("%q becomes %q, then %q, %v", typed, clean, again, wrong)
		}
	})
}
