package auth

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"usher/ent"
	"usher/ent/searchword"
	"usher/live"
	"usher/live/livetest"
)

func mustAccounts(t *testing.T, databaseURL string) (*live.Database, *Accounts) {
	t.Helper()
	db := livetest.MustOpen(t, databaseURL)
	return db, NewAccounts(db, db.Log(time.Now, live.NewHub(db)), NewPasswords(1), DefaultTerms())
}

func mustImport(t *testing.T, a *Accounts, people [][3]string) (done Imported) {
	t.Helper()
	rows := make([]*ent.User, len(people))
	for i, u := range people {
		var err error
		if rows[i], err = Person(u[0], u[1], u[2]); err != nil {
			t.Fatal(err)
		}
	}
	done, err := a.Import(t.Context(), NewBatch(rows))
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func mustSearch(t *testing.T, c *ent.Client, query string, first int) (emails []string) {
	t.Helper()
	found, err := SearchUsers(t.Context(), c, query, first)
	if err != nil {
		t.Fatalf("%q: %v", query, err)
	}
	for _, u := range found {
		emails = append(emails, u.Email)
	}
	return emails
}

func TestSearchFindsWhatLookingAtEveryoneFinds(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		db, accounts := mustAccounts(t, databaseURL)
		for _, u := range corpus { // one by one, as accounts are made
			if _, err := accounts.Add(t.Context(), NewUser{Email: u[0], FirstName: u[1], LastName: u[2]}); err != nil {
				t.Fatal(err)
			}
		}
		hits := 0
		for _, query := range queries {
			for _, first := range []int{1, 3, 20} {
				got, want := mustSearch(t, db.Read, query, first), expected(corpus, query, first)
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

func TestSearchRanksWhatWasMeantFirst(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		db, accounts := mustAccounts(t, databaseURL)
		mustImport(t, accounts, corpus)
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
				got := mustSearch(t, db.Read, c.query, 20)
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

func TestOfTooManyTheFirstInRankOrderAreLookedAt(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		db, accounts := mustAccounts(t, databaseURL)
		people := many(lookedAt)
		mustImport(t, accounts, people)
		// The last of them in rank order is looked at.
		if got := mustSearch(t, db.Read, "common user0000", 5); !slices.Equal(got, []string{"user0000@example.com"}) {
			t.Errorf("the last one of %d: found %q", lookedAt, got)
		}
		one := [3]string{"zzz@example.com", "Zacharias", "Common"}
		mustImport(t, accounts, [][3]string{one})
		for query, want := range map[string][]string{
			"common zac":      nil, // one too many, by its name
			"zac":             {"zzz@example.com"},
			"zzz@example.com": {"zzz@example.com"}, // an email is never one too many
			"zzz@exam":        {"zzz@example.com"},
		} {
			if got := mustSearch(t, db.Read, query, 5); !slices.Equal(got, want) {
				t.Errorf("%q finds %q, want %q", query, got, want)
			}
		}
		// Words that begin alike are many words of one account each.
		people = append(people, one)
		for _, query := range []string{"us", "use", "user", "user0", "user00", "na", "name0", "ex", "exam", "example", "co", "common"} {
			if got, want := mustSearch(t, db.Read, query, 8), expected(people, query, 8); !slices.Equal(got, want) {
				t.Errorf("%q finds %q, want %q", query, got, want)
			}
		}
	})
}

func TestSearchFollowsNames(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		db, accounts := mustAccounts(t, databaseURL)
		mustImport(t, accounts, [][3]string{{"ada@example.com", "Ada", "Byron"}, {"bob@example.com", "Bob", "Byron"}})
		done := mustImport(t, accounts, [][3]string{{"Ada@example.com", "Ada", "Lovelace"}, {"bob@example.com", "Bob", "Byron"}})
		if done != (Imported{Changed: 1, Same: 1}) {
			t.Errorf("did %+v", done)
		}
		for query, want := range map[string][]string{"byron": {"bob@example.com"}, "lovelace": {"ada@example.com"}, "ada": {"ada@example.com"}} {
			if got := mustSearch(t, db.Read, query, 8); !slices.Equal(got, want) {
				t.Errorf("%q finds %q, want %q", query, got, want)
			}
		}
		n, err := db.Read.SearchWord.Query().Where(searchword.IDGTE("byron\t1\tada"), searchword.IDLT("byron\t1\tb")).Count(t.Context())
		if err != nil || n != 0 {
			t.Errorf("%d rows are left over: %v", n, err)
		}
	})
}

func TestTheLongestAccountIsFound(t *testing.T) {
	// Letters of four bytes that no compression makes short.
	letters := func(n, from int) string {
		text := make([]rune, n)
		for i := range text {
			text[i] = rune(0x20000 + (from+i)*7919%0xa000)
		}
		return string(text)
	}
	longest := [3]string{
		letters(64, 1) + "@" + strings.Repeat("d", 63) + "." + strings.Repeat("e", 63) + "." + strings.Repeat("f", 57) + ".com",
		letters(100, 100), letters(100, 300),
	}
	unfolding := [3]string{"fdfa@example.com", strings.Repeat("\ufdfa", 100), strings.Repeat("\ufdfa", 100)}
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		db, accounts := mustAccounts(t, databaseURL)
		mustImport(t, accounts, [][3]string{longest, unfolding})
		for query, want := range map[string]string{
			longest[0]: longest[0], longest[1]: longest[0], longest[2] + " " + longest[1]: longest[0], letters(100, 300)[:40]: longest[0],
			"\ufdfa": unfolding[0], "\ufdfa\ufdfa": unfolding[0],
		} {
			found := mustSearch(t, db.Read, query, 2)
			if query == "\ufdfa" { // one character, whatever it stands for
				want = ""
			}
			if strings.Join(found, " ") != want {
				t.Errorf("%q finds %q", query, found)
			}
		}
	})
}
