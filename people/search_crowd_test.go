package people

import (
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"usher/ent"
	"usher/ent/user"
	"usher/live"
	"usher/live/livetest"
	"usher/text"
)

// The first names of each list are as common as in Spain, Korea and Vietnam; the further along a list, the rarer.
var (
	givenNames = strings.Fields(`María José Thị Văn Kowalina Antonio Minh 민수 지영 Min-ji Ana Carmen Seung-hee Ngọc Juan Łukasz 서연 Zoë Conan Yến
		Đức Jürgen Luciana Kow`)
	familyNames = strings.Fields(`Nguyễn García Kim 김 Łukowska Lee Trần 이 Rodríguez Park Lê López 박 Phạm Fernández Choi Kowalski O'Brien Gómez
		Kuc Luk Ng`)
)

// crowd makes up n people whose names are as common as in whole countries.
func crowd(random *rand.Rand, n int) [][3]string {
	one := func(names []string) string {
		i := int(float64(len(names)) * random.Float64() * random.Float64() * random.Float64())
		return names[i]
	}
	people := make([][3]string, n)
	for i := range people {
		first, last := one(givenNames), one(familyNames)
		switch random.IntN(4) {
		case 0:
			first += " " + one(givenNames)
		case 1:
			last += " " + one(familyNames)
		}
		local := fmt.Sprintf("user%09d", random.IntN(1<<30))
		if plain := strings.Trim(text.Fold(first+"."+last), "'-"); random.IntN(2) == 0 && plain == strings.Map(ascii, plain) {
			local = fmt.Sprintf("%s%d", plain, random.IntN(1<<30))
		}
		people[i] = [3]string{local + "@" + []string{"gmail.com", "naver.example", "bücher.example"}[random.IntN(3)], first, last}
	}
	return people
}

func ascii(r rune) rune {
	if r >= 'a' && r <= 'z' || r == '.' {
		return r
	}
	return -1
}

// everyone is all accounts of a site that searches should find, as the plain way to search.
type everyone []member

type member struct {
	entry
	words []string
}

func mustReadEveryone(t *testing.T, s *site) everyone {
	t.Helper()
	rows, err := s.db.Read.User.Query().Where(user.DisabledAtIsNil()).All(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	all := make(everyone, len(rows))
	for i, u := range rows {
		all[i] = member{entryOf(u), entryOf(u).words()}
	}
	return all
}

// find returns the emails of all that match a query, in order.
func (all everyone) find(query string) (emails []string) {
	var found []Rank
	folded := text.Fold(strings.TrimSpace(query))
	normal, _ := text.NormalizeEmail(query)
	for _, m := range all {
		fits := true
		for _, word := range text.Words(strings.ReplaceAll(folded, "'", "")) {
			fits = fits && slices.ContainsFunc(m.words, func(w string) bool { return strings.HasPrefix(w, word) })
		}
		switch {
		case !fits:
		case m.email == normal:
			found = append(found, Rank{0, m.name, m.email})
		case strings.HasPrefix(text.Fold(m.email), folded):
			found = append(found, Rank{1, m.name, m.email})
		default:
			found = append(found, Rank{2, m.name, m.email})
		}
	}
	slices.SortFunc(found, Rank.compare)
	for _, r := range found {
		emails = append(emails, r.Email)
	}
	return emails
}

// somewhere makes up a query about somebody: beginnings of words, whole words, addresses and beginnings of these.
func (all everyone) somewhere(random *rand.Rand) string {
	m := all[random.IntN(len(all))]
	if random.IntN(4) == 0 {
		return m.email[:2+random.IntN(len(m.email)-1)]
	}
	var words []string
	for range 1 + random.IntN(3) {
		if random.IntN(8) == 0 {
			m = all[random.IntN(len(all))] // somebody else's word
		}
		word := []rune(m.words[random.IntN(len(m.words))])
		words = append(words, string(word[:1+min(random.IntN(len(word)), random.IntN(len(word)))]))
	}
	return strings.Join(words, " ")
}

// mustFindAll reads all pages of an answer.
func mustFindAll(t *testing.T, s *site, query string, size int) (emails []string) {
	t.Helper()
	var after *Rank
	for total := -1; ; {
		found, err := Find(t.Context(), s.db.Read, query, after, size)
		if err != nil {
			t.Fatalf("%q: %v", query, err)
		}
		if total >= 0 && found.Total != total {
			t.Errorf("%q: %d in total, then %d", query, total, found.Total)
		}
		total = found.Total
		for _, u := range found.Users {
			emails = append(emails, u.Email)
		}
		if !found.More {
			if len(emails) != total {
				t.Errorf("%q: the pages have %d of %d", query, len(emails), total)
			}
			return emails
		}
		if len(found.Users) != size {
			t.Fatalf("%q: a page of %d has %d", query, size, len(found.Users))
		}
		after = &found.Ranks[size-1]
	}
}

func (all everyone) mustBeFound(t *testing.T, s *site, queries []string, random *rand.Rand) {
	t.Helper()
	hits := 0
	for _, query := range queries {
		if len([]rune(strings.TrimSpace(query))) < 2 {
			continue
		}
		want := all.find(query)
		hits += len(want)
		size := max(1+random.IntN(40), len(want)/5)
		if got := mustFindAll(t, s, query, size); !slices.Equal(got, want) {
			t.Errorf("%q by %d: found %d, want %d\n%q\n%q", query, size, len(got), len(want), got[:min(5, len(got))], want[:min(5, len(want))])
		}
	}
	if hits < 10*len(queries) {
		t.Errorf("%d queries fit %d times: they show little", len(queries), hits)
	}
}

func TestI1_EverybodyWhoMatchesIsFoundPageByPage(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		s := mustSite(t, databaseURL)
		random := rand.New(rand.NewPCG(3, 4))
		for range 6 { // chunks that overlap
			mustImport(t, s, crowd(random, 500))
		}
		mustImport(t, s, crowd(random, maxFresh/2))
		all := mustReadEveryone(t, s)
		asked := []string{
			"kow łuk", "luk kow", "garcia maria", "nguyen thi", "n t", "g m", "김 민", "김 지", "gmail", "us", "user", "user0", "k l", "kim garcia",
			"a e i", "n n", "ng", "ng ng", "obrien", "brien zo", "min ji kim", "maria maria maria jose jose garcia garcia com", "xn", "bucher",
		}
		for range 60 {
			asked = append(asked, all.somewhere(random))
		}
		all.mustBeFound(t, s, asked, random)
		if n := len(all.find("kow łuk")); n < 5 {
			t.Errorf("%d people match two common words", n)
		}

		// They change: names, disabled and enabled accounts, new ones. Then all of it holds again.
		var renamed [][3]string
		for _, i := range random.Perm(len(all))[:450] {
			renamed = append(renamed, [3]string{all[i].email, "Renata", familyNames[i%5]})
		}
		mustImport(t, s, renamed[:300])
		mustImport(t, s, renamed[300:400])
		mustImport(t, s, renamed[400:])
		for i, m := range all[:60] {
			u, err := s.people.ByEmail(t.Context(), m.email)
			if err != nil {
				t.Fatal(err)
			}
			if err := s.people.Disable(t.Context(), u); err != nil {
				t.Fatal(err)
			}
			if i%3 == 0 {
				if err := s.people.Enable(t.Context(), u); err != nil {
					t.Fatal(err)
				}
			}
		}
		all = mustReadEveryone(t, s)
		all.mustBeFound(t, s, append(asked[:40], "renata", "ren garc", "re n", "renata kim"), random)
	})
}

func TestSearchesFindNothingOfDisabledAccounts(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		s := mustSite(t, databaseURL)
		mustImport(t, s, crowd(rand.New(rand.NewPCG(5, 6)), maxFresh+1))
		before := cellsOfAll(t, s)
		u, err := s.people.Add(t.Context(), NewUser{Email: "unusual@zebra.example", FirstName: "Xenokrates", LastName: "Quintessenz"})
		if err != nil {
			t.Fatal(err)
		}
		mustImport(t, s, crowd(rand.New(rand.NewPCG(7, 8)), maxFresh)) // so that it gets into a chunk
		if got := mustSearch(t, s.db.Read, "quint xeno", 2); len(got) != 1 {
			t.Fatalf("found %q", got)
		}
		if u, err = s.people.ByEmail(t.Context(), u.Email); err != nil || u.SearchPosition <= fresh {
			t.Fatalf("it is at %d: %v", u.SearchPosition, err)
		}
		if err := s.people.Disable(t.Context(), u); err != nil {
			t.Fatal(err)
		}
		if got := mustSearch(t, s.db.Read, "quint xeno", 2); len(got) != 0 {
			t.Errorf("found %q", got)
		}
		for key, people := range cellsOfAll(t, s) {
			if before[key] == nil && (strings.Contains(key, "xenok") || strings.Contains(key, "@unusual") || strings.Contains(string(people), "kra")) {
				t.Errorf("%q is left: %q", key, people)
			}
		}
	})
}

func cellsOfAll(t *testing.T, s *site) map[string][]byte {
	t.Helper()
	rows, err := s.db.Read.SearchCell.Query().All(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	cells := map[string][]byte{}
	for _, c := range rows {
		cells[c.ID] = c.People
	}
	return cells
}

// Accounts that were there before searches had chunks are fresh, as after an upgrade. So are those that come one by one.
func TestFreshAccountsMoveIntoFewChunks(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		s := mustSite(t, databaseURL)
		random := rand.New(rand.NewPCG(9, 10))
		for range 20 {
			var rows []person
			for _, p := range crowd(random, maxFresh+1) {
				u, err := Member(NewUser{Email: p[0], FirstName: p[1], LastName: p[2]})
				if err != nil {
					t.Fatal(err)
				}
				rows = append(rows, persons([]*ent.User{u})...)
			}
			err := s.people.log.Write(t.Context(), func(tx *live.Tx) error { return insertUsers(t.Context(), tx, rows) })
			if err != nil {
				t.Fatal(err)
			}
			if err := s.people.Settle(t.Context(), slog.New(slog.DiscardHandler)); err != nil {
				t.Fatal(err)
			}
		}
		left, err := s.db.Read.User.Query().Where(user.SearchPosition(fresh)).Count(t.Context())
		if err != nil || left > maxFresh {
			t.Errorf("%d are fresh: %v", left, err)
		}
		chunks, err := s.db.Read.SearchChunk.Query().All(t.Context())
		if err != nil || len(chunks) > 5 {
			t.Errorf("%d people are in %d chunks: %v", 20*(maxFresh+1), len(chunks), err)
		}
		all := mustReadEveryone(t, s)
		all.mustBeFound(t, s, []string{"garcia maria", "kow łuk", "nguyen", "k m"}, random)
	})
}
