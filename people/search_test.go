package people

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"usher/ent"
	"usher/live/livetest"
	"usher/text"
)

// fitsBy is I1 in plain words: each word typed begins a word of the email or the name.
func fitsBy(u [3]string, query string) (class int, ok bool) {
	e := corpusEntry(u)
	folded := text.Fold(strings.TrimSpace(query))
	asked := text.Words(strings.ReplaceAll(folded, "'", ""))
	if len([]rune(strings.TrimSpace(query))) < 2 || len(asked) == 0 || len(query) > maxQuery {
		return 0, false
	}
	for _, word := range asked {
		if !slices.ContainsFunc(e.words(), func(w string) bool { return strings.HasPrefix(w, word) }) {
			return 0, false
		}
	}
	normal, _ := text.NormalizeEmail(query)
	switch {
	case e.email == normal:
		return 0, true
	case strings.HasPrefix(text.Fold(e.email), folded):
		return 1, true
	}
	return 2, true
}

func corpusEntry(u [3]string) entry {
	p, err := Member(NewUser{Email: u[0], FirstName: u[1], LastName: u[2]})
	if err != nil {
		panic(err)
	}
	return entryOf(p)
}

// expected is the answer that looking at everyone gives.
func expected(people [][3]string, query string, first int) (emails []string) {
	type hit struct {
		entry
		class int
	}
	var hits []hit
	for _, u := range people {
		if class, ok := fitsBy(u, query); ok {
			hits = append(hits, hit{corpusEntry(u), class})
		}
	}
	slices.SortFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.class, b.class), cmp.Compare(a.name, b.name), cmp.Compare(a.email, b.email))
	})
	for _, h := range hits[:min(len(hits), first)] {
		emails = append(emails, h.email)
	}
	return emails
}

func mustImport(t *testing.T, s *site, people [][3]string) (done Imported) {
	t.Helper()
	rows := make([]*ent.User, len(people))
	for i, u := range people {
		var err error
		if rows[i], err = Member(NewUser{Email: u[0], FirstName: u[1], LastName: u[2]}); err != nil {
			t.Fatal(err)
		}
	}
	done, err := s.people.Import(t.Context(), NewBatch(rows))
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func mustSearch(t *testing.T, c *ent.Client, query string, first int) (emails []string) {
	t.Helper()
	found, err := Search(t.Context(), c, query, first)
	if err != nil {
		t.Fatalf("%q: %v", query, err)
	}
	for _, u := range found {
		emails = append(emails, u.Email)
	}
	return emails
}

func TestI1_SearchFindsTheSameAsCheckingEveryone(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		s := mustSite(t, databaseURL)
		for _, u := range corpus { // one by one, as accounts are made
			if _, err := s.people.Add(t.Context(), NewUser{Email: u[0], FirstName: u[1], LastName: u[2]}); err != nil {
				t.Fatal(err)
			}
		}
		hits := 0
		for _, query := range queries {
			for _, first := range []int{1, 3, 20} {
				got, want := mustSearch(t, s.db.Read, query, first), expected(corpus, query, first)
				hits += len(want)
				if !slices.Equal(got, want) {
					t.Errorf("%q, first %d: found %q, want %q", query, first, got, want)
				}
			}
		}
		if hits < 200 {
			t.Errorf("the queries fit %d times: they show little", hits)
		}
	})
}

func TestI1_SearchRanksWhatWasMeantFirst(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		s := mustSite(t, databaseURL)
		mustImport(t, s, corpus)
		for name, c := range map[string]struct {
			query string
			want  []string
		}{
			"the exact email, then emails that begin so, then names": {"ada@example.com", []string{"ada@example.com", "countess+ada@example.com", "adam@example.com"}},
			"emails that begin so, by name, then names": {
				"ada",
				[]string{"ada@example.com", "adam@example.com", "ada.lovelace@example.org", "countess+ada@example.com", "full@example.jp", "lovelace.ada@sample.net"},
			},
			"an apostrophe splits nothing":                   {"obrien", []string{"conan@example.com"}},
			"what follows an apostrophe is found too":        {"brien", []string{"conan@example.com"}},
			"one letter beside others counts":                {"conan o", []string{"conan@example.com"}},
			"two words of one letter are two characters":     {"李 明", []string{"li@example.cn"}},
			"one character fits nothing":                     {"李", nil},
			"the middle of a word fits nothing":              {"lace", nil},
			"names alike are ordered by email":               {"same", []string{"same1@example.com", "same2@example.com"}},
			"a domain is found in letters of its own":        {"bücher", []string{"bücher@xn--bcher-kva.example"}},
			"nobody fits two words of which one fits nobody": {"ada nobody", nil},
			"signs fit nothing":                              {"%%", nil},
		} {
			t.Run(name, func(t *testing.T) {
				got := mustSearch(t, s.db.Read, c.query, 20)
				if !slices.Equal(got, c.want) {
					t.Errorf("%q finds %q, want %q", c.query, got, c.want)
				}
			})
		}
	})
}

// Names and emails run against one another, so that an order taken for the other one shows.
func many(n int) [][3]string {
	people := make([][3]string, n)
	for i := range people {
		people[i] = [3]string{fmt.Sprintf("user%04d@example.com", i), fmt.Sprintf("Name%04d", n-i), "Common"}
	}
	return people
}

func TestSearchFollowsNames(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		s := mustSite(t, databaseURL)
		mustImport(t, s, [][3]string{{"ada@example.com", "Ada", "Byron"}, {"bob@example.com", "Bob", "Byron"}})
		done := mustImport(t, s, [][3]string{{"Ada@example.com", "Ada", "Lovelace"}, {"bob@example.com", "Bob", "Byron"}})
		if done != (Imported{Changed: 1, Same: 1}) {
			t.Errorf("did %+v", done)
		}
		for query, want := range map[string][]string{"byron": {"bob@example.com"}, "lovelace": {"ada@example.com"}, "ada": {"ada@example.com"}} {
			if got := mustSearch(t, s.db.Read, query, 8); !slices.Equal(got, want) {
				t.Errorf("%q finds %q, want %q", query, got, want)
			}
		}
	})
}
