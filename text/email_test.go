package text

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestE1_NormalizeEmail(t *testing.T) {
	const decomposed, composed = "e\u0301", "\u00e9"
	// Four labels make a domain of 189 characters, so that local part and @ fill up the rest of 254.
	long := strings.Repeat(strings.Repeat("d", 62)+".", 3) + "example"

	for name, c := range map[string]struct{ typed, want string }{
		"a plain address stays as it is":                {"ada@example.com", "ada@example.com"},
		"blanks around it are trimmed":                  {" \t\u00a0ada@example.com\u3000\r\n", "ada@example.com"},
		"the whole address is lower-cased":              {"Ada.Lovelace@Example.COM", "ada.lovelace@example.com"},
		"dots count":                                    {"a.d.a@gmail.com", "a.d.a@gmail.com"},
		"tags count":                                    {"ada+rooms@gmail.com", "ada+rooms@gmail.com"},
		"every character of a dot-atom is fine":         {"!#$%&'*+-/=?^_`{|}~.9@example.com", "!#$%&'*+-/=?^_`{|}~.9@example.com"},
		"one trailing dot of the domain is dropped":     {"ada@example.com.", "ada@example.com"},
		"an ideographic trailing dot is dropped":        {"ada@example.com。", "ada@example.com"},
		"an ideographic dot divides labels":             {"ada@例え。jp", "ada@xn--r8jz45g.jp"},
		"an international domain becomes ASCII":         {"ada@Bücher.Example", "ada@xn--bcher-kva.example"},
		"a decomposed domain gives the same":            {"ada@bu\u0308cher.example", "ada@xn--bcher-kva.example"},
		"a domain in ASCII form stays":                  {"ada@XN--bcher-KVA.example", "ada@xn--bcher-kva.example"},
		"sharp s is kept apart from ss in domains":      {"ada@straße.de", "ada@xn--strae-oqa.de"},
		"full-width letters in domains become plain":    {"ada@ｅｘａｍｐｌｅ.com", "ada@example.com"},
		"a top level in another script is fine":         {"ada@почта.рф", "ada@xn--80a1acny.xn--p1ai"},
		"a right-to-left domain is fine":                {"ada@דוגמה.co.il", "ada@xn--6dbbec0c.co.il"},
		"a joiner between Persian letters is fine":      {"ada@نامه‌ای.com", "ada@xn--mgba3gch31f060k.com"},
		"a local part in another script is fine":        {"Юля@example.com", "юля@example.com"},
		"a local part in Chinese is fine":               {"用户@example.com", "用户@example.com"},
		"an emoji as local part is fine":                {"💌@example.com", "💌@example.com"},
		"a decomposed local part is composed":           {"andr" + decomposed + "@example.com", "andr" + composed + "@example.com"},
		"a decomposed capital is composed and lowered":  {"E\u0301@example.com", composed + "@example.com"},
		"a dotted capital I keeps its dot":              {"İpek@example.com", "i\u0307pek@example.com"},
		"a decomposed dotted capital I gives the same":  {"I\u0307pek@example.com", "i\u0307pek@example.com"},
		"a capital I has a dot in lower case":           {"IPEK@example.com", "ipek@example.com"},
		"a dotless i stays apart":                       {"ıpek@example.com", "ıpek@example.com"},
		"a capital sharp s becomes a small one":         {"GROẞ@example.com", "groß@example.com"},
		"a capital sigma at the end gives one form":     {"ΟΔΥΣΣΕΥΣ@example.com", "οδυσσευσ@example.com"},
		"a final sigma gives the same form":             {"οδυσσευς@example.com", "οδυσσευσ@example.com"},
		"a final sigma before a dot gives the same":     {"οδος.αβ@example.com", "οδοσ.αβ@example.com"},
		"a capital sigma before a dot gives the same":   {"ΟΔΟΣ.ΑΒ@example.com", "οδοσ.αβ@example.com"},
		"a Kelvin sign is a k":                          {"\u212a@example.com", "k@example.com"},
		"a local part of 64 characters is fine":         {strings.Repeat("a", 64) + "@example.com", strings.Repeat("a", 64) + "@example.com"},
		"characters count, not bytes":                   {strings.Repeat("я", 64) + "@example.com", strings.Repeat("я", 64) + "@example.com"},
		"254 characters are fine":                       {strings.Repeat("a", 57) + "@" + long, strings.Repeat("a", 57) + "@" + long},
		"254 characters and a trailing dot are fine":    {strings.Repeat("a", 57) + "@" + long + ".", strings.Repeat("a", 57) + "@" + long},
		"a label of 63 characters is fine":              {"a@" + strings.Repeat("d", 63) + ".com", "a@" + strings.Repeat("d", 63) + ".com"},
		"a domain that only begins with digits is fine": {"a@1.2.3.4.example", "a@1.2.3.4.example"},
		"a hyphen within a label is fine":               {"a@my-site.example", "a@my-site.example"},
	} {
		t.Run(name, func(t *testing.T) {
			got, ok := NormalizeEmail(c.typed)
			if !ok || got != c.want {
				t.Fatalf("NormalizeEmail(%q) = %q, %v; want %q", c.typed, got, ok, c.want)
			}
			if again, ok := NormalizeEmail(got); !ok || again != got {
				t.Errorf("normalising %q again gives %q, %v", got, again, ok)
			}
		})
	}

	for name, typed := range map[string]string{
		"nothing is no address":                            "",
		"blanks are no address":                            " \t ",
		"a word is no address":                             "ada",
		"an address needs a local part":                    "@example.com",
		"an address needs a domain":                        "ada@",
		"an address has one @":                             "ada@home@example.com",
		"a list is refused":                                "ada@example.com,bob@example.com",
		"a quoted local part is refused":                   `"ada lovelace"@example.com`,
		"a comment is refused":                             "ada(home)@example.com",
		"a backslash is refused":                           `ada\@example.com`,
		"a blank in the local part is refused":             "ada lovelace@example.com",
		"a blank before the @ is refused":                  "ada @example.com",
		"a blank after the @ is refused":                   "ada@ example.com",
		"a blank in the domain is refused":                 "ada@exa mple.com",
		"a no-break space in the local part is refused":    "ada\u00a0l@example.com",
		"a line break within is refused":                   "ada@example.com\nbcc:bob@example.com",
		"a NUL is refused":                                 "ada\x00@example.com",
		"a DEL is refused":                                 "ada\x7f@example.com",
		"a C1 control is refused":                          "ada\u0085x@example.com",
		"a zero-width space in the local part is refused":  "a\u200bda@example.com",
		"a zero-width space in the domain is refused":      "ada@exam\u200bple.com",
		"a soft hyphen in the domain is refused":           "ada@exam\u00adple.com",
		"a bidi override is refused":                       "\u202eada@example.com",
		"a bidi isolate in the domain is refused":          "ada@\u2066example.com",
		"a variation selector is refused":                  "ada\ufe0f@example.com",
		"a Hangul filler is refused":                       "ada\u3164@example.com",
		"a private-use character is refused":               "ada\ue000@example.com",
		"bytes that are no UTF-8 are refused":              "ad\xe4@example.com",
		"an empty atom in front is refused":                ".ada@example.com",
		"an empty atom at the end is refused":              "ada.@example.com",
		"an empty atom within is refused":                  "a..da@example.com",
		"a domain of one label is refused":                 "ada@localhost",
		"a domain of one label and a dot is refused":       "ada@localhost.",
		"an empty label in front is refused":               "ada@.example.com",
		"an empty label within is refused":                 "ada@example..com",
		"two trailing dots are refused":                    "ada@example.com..",
		"two trailing dots of two scripts are refused":     "ada@example.com.。",
		"an IPv4 address is refused":                       "ada@192.0.2.1",
		"an IPv4 address in full-width digits is refused":  "ada@１９２.０.２.１",
		"an IPv4 address in hex is refused":                "ada@0x7f.0x1",
		"an address literal is refused":                    "ada@[192.0.2.1]",
		"an IPv6 literal is refused":                       "ada@[IPv6:2001:db8::1]",
		"a numeric top level is refused":                   "ada@example.123",
		"a port is refused":                                "ada@example.com:25",
		"a path is refused":                                "ada@example.com/x",
		"an underscore in the domain is refused":           "ada@my_site.example",
		"a hyphen in front of a label is refused":          "ada@-site.example",
		"a hyphen at the end of a label is refused":        "ada@site-.example",
		"hyphens where Punycode has them are refused":      "ada@ab--cd.example",
		"Punycode that decodes to ASCII is refused":        "ada@xn--example-.com",
		"malformed Punycode is refused":                    "ada@xn--\u00e9.com",
		"Punycode of a capital is refused":                 "ada@xn--bcher-2pa.example",
		"a domain with letters of both directions refused": "ada@aדb.example",
		"a joiner between Latin letters is refused":        "ada@ex\u200cample.com",
		"a label of 64 characters is refused":              "a@" + strings.Repeat("d", 64) + ".com",
		"a local part of 65 characters is refused":         strings.Repeat("a", 65) + "@example.com",
		"255 characters are refused":                       strings.Repeat("a", 58) + "@" + long,
		"a megabyte is refused":                            strings.Repeat("ü", 1<<19) + "@" + strings.Repeat("ü", 1<<19) + ".com",
	} {
		t.Run(name, func(t *testing.T) {
			if got, ok := NormalizeEmail(typed); ok || got != "" {
				t.Errorf("NormalizeEmail(%q) = %q, %v; want a refusal", typed, got, ok)
			}
		})
	}
}

func TestTheDomainFollowsTheAt(t *testing.T) {
	if got := DomainOf("ada@example.com"); got != "example.com" {
		t.Errorf("got %q", got)
	}
}

func FuzzNormalizeEmail(f *testing.F) {
	for _, seed := range []string{
		"Ada@Example.COM.", "İ@example.com", "ΣΑΣ@example.com", "ẞ@straße.de", "a@xn--bcher-kva.example", "a@。", "e\u0301@нет.рф",
		"a@1.2.3.4", "\"a\"@b.c", "a@b..c", "I\u0323\u0307@x.y", "a\u200d@b.c", "ͅ@b.c", "a@نامه‌ای.com", "a@xn--.com",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		normal, ok := NormalizeEmail(typed)
		if !ok {
			if normal != "" {
				t.Fatalf("%q is refused and still gives %q", typed, normal)
			}
			return
		}
		if again, ok := NormalizeEmail(normal); !ok || again != normal {
			t.Fatalf("%q gives %q, which gives %q, %v", typed, normal, again, ok)
		}
		if upper, ok := NormalizeEmail(strings.ToUpper(normal)); isASCII(normal) && (!ok || upper != normal) {
			t.Fatalf("%q gives %q in capitals", normal, upper)
		}
		local, domain, _ := strings.Cut(normal, "@")
		if local == "" || utf8.RuneCountInString(local) > 64 || utf8.RuneCountInString(normal) > 254 || strings.ContainsAny(normal, " \"<>(),:;[]\\\x00\r\n\t") {
			t.Fatalf("%q gives %q", typed, normal)
		}
		if domain != DomainOf(normal) || !strings.Contains(domain, ".") || !isASCII(domain) || strings.ToLower(domain) != domain {
			t.Fatalf("%q gives the domain %q", typed, domain)
		}
		for label := range strings.SplitSeq(domain, ".") {
			if label == "" || len(label) > 63 {
				t.Fatalf("%q gives the label %q", typed, label)
			}
		}
	})
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf })
}

func BenchmarkNormalizeEmail(b *testing.B) {
	for b.Loop() {
		NormalizeEmail("Ada.Lovelace@Example.com")
	}
}
