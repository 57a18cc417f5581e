package text

import (
	"slices"
	"strings"
	"testing"
)

func TestNormalizeDomainRule(t *testing.T) {
	for name, c := range map[string]struct{ typed, want string }{
		"a domain stays":                        {"example.com", "example.com"},
		"blanks around it are trimmed":          {" example.com\n", "example.com"},
		"invisible characters around it":        {"\u202aexample.com\u200b\u202c", "example.com"},
		"separators around it are dropped":      {"example.com;", "example.com"},
		"a full-width @ and dot are plain":      {"＠example．com", "example.com"},
		"it is lower-cased":                     {"EXAMPLE.com", "example.com"},
		"an @ in front is dropped":              {"@example.com", "example.com"},
		"a star and dot in front are dropped":   {"*.example.com", "example.com"},
		"one trailing dot is dropped":           {"example.com.", "example.com"},
		"an international domain is ASCII":      {"Bücher.example", "xn--bcher-kva.example"},
		"a domain in ASCII form stays":          {"XN--bcher-kva.example", "xn--bcher-kva.example"},
		"a subdomain is a rule of its own":      {"mail.example.com", "mail.example.com"},
		"a top level is a rule for all of it":   {"edu", "edu"},
		"a top level may be typed with a star":  {"*.edu", "edu"},
		"an international top level is fine":    {"рф", "xn--p1ai"},
		"a public suffix of two labels is fine": {"ac.uk", "ac.uk"},
	} {
		t.Run(name, func(t *testing.T) {
			if got, ok := NormalizeDomainRule(c.typed); !ok || got != c.want {
				t.Errorf("NormalizeDomainRule(%q) = %q, %v; want %q", c.typed, got, ok, c.want)
			}
		})
	}
	for name, typed := range map[string]string{
		"nothing is no rule":                  "",
		"a blank is no rule":                  " ",
		"a dot is no rule":                    ".",
		"an @ is no rule":                     "@",
		"a star is no rule":                   "*",
		"a star and a dot are no rule":        "*.",
		"a whole email is refused":            "ada@example.com",
		"two @ are refused":                   "@@example.com",
		"an @ and a star are refused":         "@*.example.com",
		"a star within is refused":            "mail.*.example.com",
		"a star as part of a label":           "*example.com",
		"a dot in front is refused":           ".example.com",
		"an empty label is refused":           "example..com",
		"two trailing dots are refused":       "example.com..",
		"a URL is refused":                    "https://example.com",
		"a port is refused":                   "example.com:443",
		"a path is refused":                   "example.com/x",
		"an IPv4 address is refused":          "192.0.2.1",
		"an address literal is refused":       "[192.0.2.1]",
		"a numeric label is refused":          "123",
		"a blank within is refused":           "exam ple.com",
		"a list is refused":                   "example.com,example.org",
		"a zero-width space is refused":       "exam\u200bple.com",
		"a control character is refused":      "example.com\x00",
		"an underscore is refused":            "my_site.example",
		"a label of 64 characters is refused": strings.Repeat("d", 64) + ".com",
		"254 characters are refused":          strings.Repeat("d.", 126) + "dd",
	} {
		t.Run(name, func(t *testing.T) {
			if got, ok := NormalizeDomainRule(typed); ok {
				t.Errorf("NormalizeDomainRule(%q) = %q; want a refusal", typed, got)
			}
		})
	}
}

func TestI8_DomainAllowed(t *testing.T) {
	type rules = []string
	for name, c := range map[string]struct {
		domain           string
		blocked, allowed rules
		want             bool
	}{
		"without rules all are in":                          {"example.com", nil, nil, true},
		"a block holds for its domain":                      {"example.com", rules{"example.com"}, nil, false},
		"a block holds for a subdomain":                     {"mail.example.com", rules{"example.com"}, nil, false},
		"a block holds for a subdomain's subdomain":         {"a.b.example.com", rules{"example.com"}, nil, false},
		"a block leaves another domain alone":               {"example.org", rules{"example.com"}, nil, true},
		"a block ends at a label's boundary":                {"notexample.com", rules{"example.com"}, nil, true},
		"a block with a hyphen before it is another domain": {"not-example.com", rules{"example.com"}, nil, true},
		"a block of a subdomain leaves the domain alone":    {"example.com", rules{"mail.example.com"}, nil, true},
		"a block does not match in the middle":              {"example.com.evil.org", rules{"example.com"}, nil, true},
		"any of several blocks holds":                       {"b.org", rules{"a.org", "b.org"}, nil, false},
		"a block of a top level holds for all of it":        {"anything.xyz", rules{"xyz"}, nil, false},
		"a block of a top level is no ending of letters":    {"example.notxyz", rules{"xyz"}, nil, true},
		"a domain allowed is in":                            {"example.com", nil, rules{"example.com"}, true},
		"a subdomain of one allowed is in":                  {"mail.example.com", nil, rules{"example.com"}, true},
		"where some are allowed, others are out":            {"example.org", nil, rules{"example.com"}, false},
		"an allowance ends at a label's boundary":           {"evilexample.com", nil, rules{"example.com"}, false},
		"an allowance does not match in the middle":         {"example.com.evil.org", nil, rules{"example.com"}, false},
		"an allowance of a subdomain is not for the domain": {"example.com", nil, rules{"mail.example.com"}, false},
		"any of several allowances will do":                 {"b.org", nil, rules{"a.org", "b.org"}, true},
		"a block wins over the same allowance":              {"example.com", rules{"example.com"}, rules{"example.com"}, false},
		"a block wins over a narrower allowance":            {"mail.example.com", rules{"example.com"}, rules{"mail.example.com"}, false},
		"a block within an allowance cuts a hole":           {"guest.example.com", rules{"guest.example.com"}, rules{"example.com"}, false},
		"beside the hole the allowance holds":               {"staff.example.com", rules{"guest.example.com"}, rules{"example.com"}, true},
		"rules match on ASCII forms":                        {"mail.xn--bcher-kva.example", rules{"xn--bcher-kva.example"}, nil, false},
		"an empty list allows like none":                    {"example.com", rules{}, rules{}, true},
	} {
		t.Run(name, func(t *testing.T) {
			if got := DomainAllowed(c.domain, c.blocked, c.allowed); got != c.want {
				t.Errorf("DomainAllowed(%q, %q, %q) = %v", c.domain, c.blocked, c.allowed, got)
			}
		})
	}
}

func FuzzDomainRules(f *testing.F) {
	for _, seed := range [][2]string{
		{"mail.example.com", "example.com"},
		{"notexample.com", "*.Example.com"},
		{"bücher.example", "@XN--bcher-kva.example."},
		{"a.b", "b"},
		{"example.com.", "com"},
		{"a。b", "。b"},
		{"ς.gr", "Σ.gr"},
	} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, typedDomain, typedRule string) {
		domain, ok := NormalizeDomainRule(typedDomain)
		if !ok {
			return
		}
		if again, ok := NormalizeDomainRule(domain); !ok || again != domain {
			t.Fatalf("%q gives %q, which gives %q, %v", typedDomain, domain, again, ok)
		}
		rule, ok := NormalizeDomainRule(typedRule)
		if !ok {
			return
		}
		// The same by labels, from the right.
		labels, of := strings.Split(domain, "."), strings.Split(rule, ".")
		want := len(labels) >= len(of) && slices.Equal(labels[max(len(labels)-len(of), 0):], of)
		if DomainAllowed(domain, nil, []string{rule}) != want || DomainAllowed(domain, []string{rule}, nil) == want {
			t.Fatalf("rule %q covers %q: want %v", rule, domain, want)
		}
		if DomainAllowed(domain, []string{rule}, []string{rule, domain}) == want {
			t.Fatalf("an allowance won over the block %q of %q", rule, domain)
		}
	})
}
