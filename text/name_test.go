package text

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestE2_CleanName(t *testing.T) {
	for name, c := range map[string]struct{ typed, want string }{
		"a plain name stays":                        {"Ada", "Ada"},
		"blanks around it are trimmed":              {"\u3000 Ada Lovelace\t\n", "Ada Lovelace"},
		"a decomposed name is composed":             {"Jose\u0301", "José"},
		"one character is enough":                   {"O", "O"},
		"a name in Chinese is fine":                 {"李", "李"},
		"an apostrophe and a hyphen are fine":       {"Seán O’Brien-Ó Sé", "Seán O’Brien-Ó Sé"},
		"a name in Arabic is fine":                  {"محمد", "محمد"},
		"marks of Devanagari are fine":              {"नीलम", "नीलम"},
		"a Japanese name keeps its variant form":    {"葛\U000e0100城", "葛\U000e0100城"},
		"an emoji with its selector is fine":        {"Ada ❤\ufe0f", "Ada ❤\ufe0f"},
		"100 characters are fine":                   {strings.Repeat("a", 100), strings.Repeat("a", 100)},
		"100 characters beyond ASCII are fine":      {strings.Repeat("𝄞", 100), strings.Repeat("𝄞", 100)},
		"100 characters and blanks around are fine": {" " + strings.Repeat("a", 100) + " ", strings.Repeat("a", 100)},
		"100 decomposed characters are fine":        {strings.Repeat("e\u0301", 100), strings.Repeat("é", 100)},
	} {
		t.Run(name, func(t *testing.T) {
			if got, wrong := CleanName(c.typed); wrong != nil || got != c.want {
				t.Errorf("CleanName(%q) = %q, %v; want %q", c.typed, got, wrong, c.want)
			}
		})
	}

	for name, typed := range map[string]string{
		"nothing is no name":                       "",
		"blanks are no name":                       " \u00a0\u3000\t",
		"101 characters are too many":              strings.Repeat("a", 101),
		"101 characters beyond ASCII are too many": strings.Repeat("𝄞", 101),
		"a line break within is refused":           "Ada\nLovelace",
		"a tab within is refused":                  "Ada\tLovelace",
		"a NUL is refused":                         "Ada\x00",
		"an escape is refused":                     "\x1b[31mAda",
		"a DEL is refused":                         "Ada\x7f",
		"a C1 control is refused":                  "Ada\u0090",
		"a line separator is refused":              "Ada\u2028Lovelace",
		"a paragraph separator is refused":         "Ada\u2029Lovelace",
		"a zero-width space is refused":            "A\u200bda",
		"a zero-width non-joiner is refused":       "A\u200cda",
		"a zero-width joiner is refused":           "A\u200dda",
		"a word joiner is refused":                 "A\u2060da",
		"a soft hyphen is refused":                 "A\u00adda",
		"a left-to-right override is refused":      "\u202dAda",
		"a right-to-left override is refused":      "\u202eadA",
		"a Hangul filler is refused":               "\u3164",
		"a grapheme joiner is refused":             "A\u034fda",
		"a tag character is refused":               "Ada\U000e0041",
		"a variation selector alone is refused":    "\ufe0f",
		"a combining mark alone is refused":        "\u0301",
		"bytes that are no UTF-8 are refused":      "Jos\xe9",
	} {
		t.Run(name, func(t *testing.T) {
			if got, wrong := CleanName(typed); wrong == nil || got != "" {
				t.Errorf("CleanName(%q) = %q, %v; want a refusal", typed, got, wrong)
			}
		})
	}
}

func TestE2_CleanTexts(t *testing.T) {
	const family = "👩\u200d👩\u200d👧" // joined by zero-width joiners
	for name, c := range map[string]struct {
		clean       func(string) (string, *Mistake)
		typed, want string
		ok          bool
	}{
		"a title is trimmed":                               {CleanTitle, "  All hands \n", "All hands", true},
		"a title of 200 characters is fine":                {CleanTitle, strings.Repeat("ü", 200), strings.Repeat("ü", 200), true},
		"a title of 201 characters is refused":             {CleanTitle, strings.Repeat("ü", 201), "", false},
		"an empty title is refused":                        {CleanTitle, " ", "", false},
		"a title that shows nothing is refused":            {CleanTitle, "\u200b\u200d", "", false},
		"a title of two lines is refused":                  {CleanTitle, "All\nhands", "", false},
		"a title with a tab is refused":                    {CleanTitle, "All\thands", "", false},
		"a title with a line separator is refused":         {CleanTitle, "All\u2028hands", "", false},
		"a title with a joined emoji is fine":              {CleanTitle, "Parents " + family, "Parents " + family, true},
		"a title in Persian keeps its non-joiner":          {CleanTitle, "جلسه‌ی هفتگی", "جلسه‌ی هفتگی", true},
		"a title with a direction mark is fine":            {CleanTitle, "שלום\u200f!", "שלום\u200f!", true},
		"a title with a bidi override is refused":          {CleanTitle, "sdnah \u202ellA", "", false},
		"a title with a bidi isolate is refused":           {CleanTitle, "All \u2066hands\u2069!", "", false},
		"a title that is no UTF-8 is refused":              {CleanTitle, "All \xff", "", false},
		"an empty description is fine":                     {CleanDescription, " \n ", "", true},
		"a description keeps its lines and tabs":           {CleanDescription, "One\n\n\tTwo", "One\n\n\tTwo", true},
		"line ends of Windows become newlines":             {CleanDescription, "One\r\nTwo\rThree\r\n", "One\nTwo\nThree", true},
		"line separators become newlines":                  {CleanDescription, "One\u2028Two\u2029Three", "One\nTwo\nThree", true},
		"a description of 5,000 characters is fine":        {CleanDescription, strings.Repeat("字", 5000), strings.Repeat("字", 5000), true},
		"a description of 5,001 characters is refused":     {CleanDescription, strings.Repeat("字", 5001), "", false},
		"5,000 characters with Windows line ends are fine": {CleanDescription, strings.Repeat("a\r\n", 2499) + "ab", strings.Repeat("a\n", 2499) + "ab", true},
		"a description with an escape is refused":          {CleanDescription, "\x1b[31mred", "", false},
		"a description with a bidi override is refused":    {CleanDescription, "a\u202eb", "", false},
		"an empty message is fine":                         {CleanMessage, "", "", true},
		"a message of two lines is fine":                   {CleanMessage, "Hello,\nplease let me in", "Hello,\nplease let me in", true},
		"a message of 280 characters is fine":              {CleanMessage, strings.Repeat("é", 280), strings.Repeat("é", 280), true},
		"a message of 281 characters is refused":           {CleanMessage, strings.Repeat("é", 281), "", false},
		"a message with a control character is refused":    {CleanMessage, "bell\a", "", false},
	} {
		t.Run(name, func(t *testing.T) {
			if got, wrong := c.clean(c.typed); (wrong == nil) != c.ok || got != c.want {
				t.Errorf("%.40q gives %.40q, %v; want %.40q, %v", c.typed, got, wrong, c.want, c.ok)
			}
		})
	}
}

func FuzzClean(f *testing.F) {
	for _, seed := range []string{"Ada", " Jose\u0301 ", "\u202eadA", "a\r\n\tb", "葛\U000e0100", "\u0958", "\u2000a", "\xff", strings.Repeat("\ufdfa", 100)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		for _, c := range []struct {
			clean       func(string) (string, *Mistake)
			least, most int
			never       string
		}{
			{CleanName, 1, 100, "\n\t\r\x00\x7f\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"},
			{CleanTitle, 1, 200, "\n\t\r\x00\x7f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"},
			{CleanDescription, 0, 5000, "\r\x00\x7f\u2028\u2029\u202e\u2066"},
			{CleanMessage, 0, 280, "\r\x00\x7f\u2028\u2029\u202e\u2066"},
		} {
			text, wrong := c.clean(typed)
			if wrong != nil {
				continue
			}
			if n := utf8.RuneCountInString(text); n < c.least || n > c.most || !utf8.ValidString(text) || strings.ContainsAny(text, c.never) {
				t.Fatalf("%q gives %q", typed, text)
			}
			if again, wrong := c.clean(text); wrong != nil || again != text {
				t.Fatalf("%q gives %q, which gives %q, %v", typed, text, again, wrong)
			}
		}
	})
}
