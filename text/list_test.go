package text_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"usher/text"
	"usher/text/texttest"
)

func TestI12_EveryListOfTheCorpusIsReadAsExpected(t *testing.T) {
	for _, c := range texttest.Lists(t) {
		l, err := text.ReadPeople(c.Content(t), 500)
		if c.Error != "" || err != nil {
			if fmt.Sprint(err) != c.Error {
				t.Errorf("%s: got %v, want %q", c.Name, err, c.Error)
			}
			continue
		}
		got := texttest.List{Name: c.Name, Text: c.Text, Encoding: c.Encoding, Skipped: l.Skipped, Before: l.Before, Windows1252: l.Windows1252}
		for _, p := range l.People {
			got.People = append(got.People, shown(p))
		}
		if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", c) {
			t.Errorf("%s:\n got %+v\nwant %+v", c.Name, got, c)
		}
	}
}

func shown(p text.Person) string {
	s := strings.Join([]string{p.Email, p.First, p.Last, p.Role}, "|")
	if p.Wrong != nil {
		s += "|" + p.Wrong.Error()
	}
	return s
}

func TestI12_AListHasRoomForSoManyPeople(t *testing.T) {
	for name, list := range map[string]func(n int) string{
		"lines":    func(n int) string { return strings.Join(guests(n), "\n") },
		"commas":   func(n int) string { return strings.Join(guests(n), ", ") },
		"a header": func(n int) string { return "email\n" + strings.Join(guests(n), "\n") + "\n\n" },
		"quotes":   func(n int) string { return "note,email\n\"a\nb\"," + strings.Join(guests(n), "\n\"a\nb\",") },
	} {
		for n, more := range map[int]int{499: 0, 500: 0, 501: 1, 612: 112} {
			l, err := text.ReadPeople([]byte(list(n)), 500)
			if err != nil {
				t.Fatalf("%s of %d: %v", name, n, err)
			}
			if len(l.People) != min(n, 500) || l.More != more {
				t.Errorf("%s of %d: %d people, and %d more", name, n, len(l.People), l.More)
			}
		}
	}
}

func guests(n int) []string {
	all := make([]string, n)
	for i := range all {
		all[i] = fmt.Sprintf("guest%d@example.org", i)
	}
	return all
}

func TestI12_AListIsReadInLinearTime(t *testing.T) {
	for _, unit := range []string{
		"a@b.example", "a@b.example,", "a@b.example ", "a <a@b.example>", "\"", "\"\n", "\"a@b.example,", "<", "<a@b.example,", "@", "@;", ";", "a,",
		"\r", "\xff", "\"a\"<a@b.example>", "a@b.example,\n", "a@b.example;\"A\n", "\u3000a@b.example",
	} {
		for _, header := range []string{"", "email,first_name,last_name\n"} {
			start := time.Now()
			_, _ = text.ReadPeople([]byte(header+strings.Repeat(unit, 1<<20/len(unit))), 500)
			if took := time.Since(start); took > 4*time.Second {
				t.Errorf("%q behind %q: %v", unit, header, took)
			}
		}
	}
}

func TestI12_NamesAreGuessedByTheAddress(t *testing.T) {
	for email, want := range map[string]string{
		"noor.haddad@example.org": "Noor|Haddad", "noor_haddad@example.org": "Noor|Haddad", "noor-haddad@example.org": "Noor|Haddad",
		"N.Haddad@example.org": "N.|Haddad", "noor@example.org": "Noor|", "anna-lena.meier@example.org": "Anna-Lena|Meier",
		"jean.paul.dupont@example.org": "Jean Paul|Dupont", "noor.haddad+forum@example.org": "Noor|Haddad", "noor.haddad72@example.org": "Noor|Haddad",
		"noor.haddad.72@example.org": "Noor|Haddad", "o'brien@example.org": "O'brien|", "ольга.петрова@example.org": "Ольга|Петрова",
		"info@example.org": "|", "office.vienna@example.org": "|", "x@example.org": "|", "4711@example.org": "|", "a1b2.c3@example.org": "|",
		"a.b.c.d@example.org": "|", "no address": "|", "": "|",
	} {
		n := text.GuessNames(email)
		if got := n.First + "|" + n.Last; got != want {
			t.Errorf("%s: got %s, want %s", email, got, want)
		}
		if cleaned, wrong := text.CleanNames(n.First, n.Last, true); n.First != "" && (wrong != nil || cleaned != n) {
			t.Errorf("%s: the guess %+v is cleaned to %+v, %v", email, n, cleaned, wrong)
		}
	}
}

func TestI12_RolesAreReadInEnglishAndGerman(t *testing.T) {
	for typed, want := range map[string]string{
		"Viewer": "VIEWER", " SPEAKER ": "SPEAKER", "moderator": "MODERATOR", "Zuschauerin": "VIEWER", "Redner": "SPEAKER",
		"Zuschauen": "VIEWER", "publikum": "VIEWER", "Sprechen": "SPEAKER", "Podium": "SPEAKER", "moderieren": "MODERATOR", "Boss": "", "": "",
	} {
		got, wrong := text.ReadRole(typed)
		if got != want || (wrong == nil) != (want != "") {
			t.Errorf("%q: got %q, %v", typed, got, wrong)
		}
	}
}

func FuzzReadPeople(f *testing.F) {
	for _, c := range texttest.Lists(f) {
		f.Add(c.Content(f))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		l, err := text.ReadPeople(content, 5)
		if err != nil {
			return
		}
		if len(l.People) == 0 || len(l.People) > 5 || l.More > 0 && len(l.People) < 5 {
			t.Fatalf("%d people, and %d more", len(l.People), l.More)
		}
		if !slices.IsSortedFunc(l.People, func(a, b text.Person) int { return a.Line - b.Line }) {
			t.Fatalf("lines are out of order: %+v", l.People)
		}
	})
}
