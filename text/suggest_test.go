package text

import (
	"slices"
	"strings"
	"testing"
)

func TestI13_ASlipInACommonDomainIsNoticed(t *testing.T) {
	for domain, want := range map[string]string{
		"gmial.com": "gmail.com", "gmail.co": "gmail.com", "gmail.con": "gmail.com", "gmal.com": "gmail.com", "gmaill.com": "gmail.com",
		"hotmial.com": "hotmail.com", "outlok.de": "outlook.de", "gmx.dee": "gmx.de", "gmx.nte": "gmx.net", "yaho.com": "yahoo.com",
		"t-onlin.de": "t-online.de", "icoud.com": "icloud.com", "wbe.de": "web.de",
		// These are right, or too far away.
		"gmail.com": "", "gmx.de": "", "web.de": "", "mail.com": "", "ymail.com": "", "gmil.co": "", "example.org": "", "university.example": "",
		"me.com": "", "gmx.d": "", "xn--bcher-kva.example": "", "": "", "a.de": "",
	} {
		got := Suggest("noor.haddad+x@" + domain)
		if want != "" {
			want = "noor.haddad+x@" + want
		}
		if got != want {
			t.Errorf("for %s the suggestion is %q, want %q", domain, got, want)
		}
	}
	if got := Suggest("no address"); got != "" {
		t.Errorf("for no address the suggestion is %q", got)
	}
}

func TestI13_EverySuggestionIsAnAddress(t *testing.T) {
	for _, domain := range commonDomains {
		if got := Suggest("grace@" + domain); got != "" {
			t.Errorf("for the common %s the suggestion is %s", domain, got)
		}
		for at := range len(domain) {
			slip := domain[:at] + domain[at+1:]
			got := Suggest("grace@" + slip)
			if got == "" && len(slip) >= minGuessed && !slices.Contains(commonDomains, slip) && !rightDomains[slip] {
				t.Errorf("for %s there is no suggestion", slip)
			}
			if normal, ok := NormalizeEmail(got); got != "" && (!ok || normal != got || strings.HasSuffix(got, "@"+slip)) {
				t.Errorf("for %s the suggestion is %s", slip, got)
			}
		}
	}
}
