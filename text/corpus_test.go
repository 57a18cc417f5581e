package text_test

import (
	"strings"
	"testing"
	"time"

	"usher/text"
	"usher/text/texttest"
)

func TestE1_EveryAddressOfTheCorpusIsReadAsExpected(t *testing.T) {
	for _, c := range texttest.Addresses(t) {
		a, wrong := text.ReadAddress(c.Typed)
		got := texttest.Address{Name: c.Name, Typed: c.Typed, Email: a.Shown, First: a.Names.First, Last: a.Names.Last}
		if wrong != nil {
			got.Message = wrong.Message
		}
		if got != c {
			t.Errorf("%s:\n got %+q\nwant %+q", c.Name, got, c)
			continue
		}
		if wrong != nil {
			continue
		}
		again, wrong := text.ReadAddress(a.Normal)
		if wrong != nil || again.Normal != a.Normal {
			t.Errorf("%s: normalizing %q again gives %q, %v", c.Name, a.Normal, again.Normal, wrong)
		}
		if shown, wrong := text.ReadAddress(a.Shown); wrong != nil || shown.Normal != a.Normal || shown.Shown != a.Shown {
			t.Errorf("%s: reading %q again gives %q, %v", c.Name, a.Shown, shown.Shown, wrong)
		}
	}
}

func TestE2_EveryNameOfTheCorpusIsCleanedAsExpected(t *testing.T) {
	for _, c := range texttest.Names(t) {
		name, wrong := text.CleanName(c.Typed)
		got := texttest.Name{Name: c.Name, Typed: c.Typed, Want: name}
		if wrong != nil {
			got.Message = wrong.Message
		}
		if got != c {
			t.Errorf("%s:\n got %+q\nwant %+q", c.Name, got, c)
		}
		if again, wrong := text.CleanName(name); c.Message == "" && (wrong != nil || again != name) {
			t.Errorf("%s: cleaning %q again gives %q, %v", c.Name, name, again, wrong)
		}
	}
}

func TestE1_ReadingAnAddressTakesLinearTime(t *testing.T) {
	for _, unit := range []string{"<", "(", "a@b.example,", "mailto:", "@", "\u200b", "xn--", "=?utf-8?b?YQ==?= ", "<a@", "'", ">.", "a <b@c.example>"} {
		start := time.Now()
		_, _ = text.ReadAddress(strings.Repeat(unit, 16<<10/len(unit)))
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%q: %v", unit, took)
		}
	}
}

func FuzzReadAddress(f *testing.F) {
	for _, c := range texttest.Addresses(f) {
		f.Add(c.Typed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		a, wrong := text.ReadAddress(typed)
		if wrong != nil {
			if a != (text.Address{}) || wrong.Message == "" {
				t.Fatalf("%q is refused with %q and still gives %+v", typed, wrong, a)
			}
			return
		}
		for _, form := range []string{a.Shown, a.Normal, " <" + a.Shown + ">, "} {
			if again, wrong := text.ReadAddress(form); wrong != nil || again.Normal != a.Normal {
				t.Fatalf("%q gives %+v; %q gives %+v, %v", typed, a, form, again, wrong)
			}
		}
		if n, wrong := text.CleanNames(a.Names.First, a.Names.Last, true); a.Names != (text.Names{}) && (wrong != nil || n != a.Names) {
			t.Fatalf("%q gives the names %+v, which give %+v, %v", typed, a.Names, n, wrong)
		}
	})
}

func FuzzTokensIn(f *testing.F) {
	links := texttest.LinkSet{
		Link:    "https://usher.example/join#u1_B_sBAgMEBQYHCAkKCwwNDv8AAAABQNR24Cbp-Q8pJNxAgGB7c1Qr2Vo9W1Kf6uDFY9A_VrM",
		Another: "https://usher.example/join#u1_A",
	}
	for _, c := range texttest.Links(f) {
		f.Add(links.Fill(c.Pasted))
	}
	f.Fuzz(func(t *testing.T, pasted string) {
		for _, token := range text.TokensIn(pasted, "u1_", 71) {
			if len(token) != 74 || !strings.HasPrefix(token, "u1_") {
				t.Fatalf("%q gives %q", pasted, token)
			}
			if again := text.TokensIn(token, "u1_", 71); len(again) != 1 || again[0] != token {
				t.Fatalf("%q gives %q, which gives %q", pasted, token, again)
			}
		}
	})
}
