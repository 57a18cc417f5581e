package auth

import (
	"cmp"
	"context"
	stdsql "database/sql"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"usher/ent"
	"usher/ent/searchword"
	"usher/live"
	"usher/live/livetest"
	"usher/text"
)

// corpus is people of many scripts.
var corpus = [][3]string{
	{"ada@example.com", "Ada", "Lovelace"},
	{"ada.lovelace@example.org", "Augusta", "King"},
	{"countess+ada@example.com", "A.", "Lovelace"},
	{"lovelace.ada@sample.net", "Zoë", "Adams"},
	{"adam@example.com", "Adam", "Smith"},
	{"smith-jones@example.com", "Mary-Ann", "Smith Jones"},
	{"conan@example.com", "Conan", "O’Brien"},
	{"o'neill@example.com", "Sean", "O'Neill"},
	{"d@example.com", "Charles", "d'Artagnan"},
	{"soren@example.dk", "Søren", "Kierkegaard"},
	{"lukasz@example.pl", "Łukasz", "Żółć"},
	{"dorde@example.rs", "Đorđe", "Đoković"},
	{"gross@example.de", "Jürgen", "Großmann"},
	{"aegir@example.is", "Ægir", "Þórsson"},
	{"oeuvre@example.fr", "Cœur", "Éluard"},
	{"isik@example.tr", "Işıl", "İnönü"},
	{"nguyen@example.vn", "Nguyễn", "Thị Đào"},
	{"nunez@example.es", "Íñigo", "Núñez"},
	{"giorgos@example.gr", "Γιώργος", "Παπαδόπουλος"},
	{"alyona@example.ru", "Алёна", "Цой"},
	{"иван@пример.рф", "Иван", "Йовков"},
	{"shalom@example.il", "שָׁלוֹם", "כהן"},
	{"ahmad@example.eg", "أحمد", "مُحَمَّد"},
	{"hindi@example.in", "प्रिया", "शर्मा"},
	{"tamil@example.in", "கமலா", "ஹாரிஸ்"},
	{"thai@example.th", "สมชาย", "น้ำใจ"},
	{"li@example.cn", "李", "明"},
	{"wang@example.cn", "小明", "王"},
	{"tanaka@example.jp", "タナカ", "がくと"},
	{"kim@example.kr", "민수", "김"},
	{"davit@example.ge", "დავით", "მელიქიშვილი"},
	{"ani@example.am", "Անի", "Սարգսյան"},
	{"abebe@example.et", "አበበ", "ቢቂላ"},
	{"full@example.jp", "Ａｄａ", "Ｗｉｄｅ"},
	{"bücher@bücher.example", "Buch", "Händler"},
	{"user1@example.com", "User", "Two"},
	{"user2@example.com", "User", "One"},
	{"a@b.example", "A", "B"},
	{"x.y@example.com", "X", "Y"},
	{"same1@example.com", "Same", "Name"},
	{"same2@example.com", "same", "NAME"},
}

var queries = []string{
	"ada", "ADA", "ad", "ada@example.com", "ADA@Example.com ", "ada@", "ada.l", "ada lovelace", "lovelace ada", "love ad", "lo ada ex", "adam",
	"smith", "jones", "mary ann", "ann-mary", "obrien", "o'brien", "O’Br", "brien", "o brien", "o'neill@example.com", "neill", "artagnan", "dart", "d'art",
	"soren", "søren", "lukasz", "ŁU", "zolc", "dorde", "đok", "grossmann", "GROSS", "groß", "aegir", "thor", "þór", "coeur", "eluard", "isil", "inonu",
	"nguyen", "dao thi", "inigo nunez", "γιωργοσ", "ΠΑΠΑΔ", "алена", "Цой", "иван", "пример", "рф", "xn", "שלום", "כה", "احمد", "محمد", "प्रि", "शर्मा", "க",
	"கம", "สม", "น้ำ", "李", "李 明", "小", "小明", "王 小明", "タナ", "ﾀﾅ", "がく", "かく", "김", "김 민수", "민수", "დავ", "անի", "አበ", "wide", "bucher",
	"bücher.example", "user", "us", "one", "user one", "ex", "co", "com", "example", "example com", "exampl", "a b", "a@", "x y", "x.y", "y x", "same", "a", "",
	" ", "@@", "''", "nobody", "ada nobody", "lace", "da", "+ada", "countess+", "%", "_", "ada\x00", "\u200bada", strings.Repeat("x", 3000),
}

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
	p, err := Person(u[0], u[1], u[2])
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

func TestI1_SearchFindsWhatLookingAtEveryoneFinds(t *testing.T) {
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

func TestI1_SearchRanksWhatWasMeantFirst(t *testing.T) {
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

func TestI1_OfTooManyTheFirstInRankOrderAreLookedAt(t *testing.T) {
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

// watched notes the statements that run over it.
type watched struct {
	*sql.Driver
	mu  sync.Mutex
	ran []statement
}

type statement struct {
	query string
	args  []any
}

func (w *watched) Query(ctx context.Context, query string, args, v any) error {
	w.mu.Lock()
	w.ran = append(w.ran, statement{query, args.([]any)})
	w.mu.Unlock()
	return w.Driver.Query(ctx, query, args, v)
}

var rangesOnly = map[string]struct {
	explain    string
	good, evil *regexp.Regexp
}{
	dialect.SQLite: {"EXPLAIN QUERY PLAN ", regexp.MustCompile(`SEARCH`), regexp.MustCompile(`SCAN|TEMP B-TREE`)},
	dialect.Postgres: {
		"EXPLAIN ", regexp.MustCompile(`Index (Only )?(Cond|Scan)|Bitmap Index Scan`),
		regexp.MustCompile(`Seq Scan|Sort|Filter: .*(>|<)`),
	},
}

func TestEverySearchReadsRangesOfIndexesAlone(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		_, accounts := mustAccounts(t, databaseURL)
		mustImport(t, accounts, many(12_000))
		mustImport(t, accounts, corpus)
		name, pool := dialect.Postgres, "pgx"
		source := databaseURL
		if file, ok := live.SQLiteFile(databaseURL); ok {
			name, pool, source = dialect.SQLite, "sqlite3", file
		}
		db, err := stdsql.Open(pool, source)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if _, err := db.ExecContext(t.Context(), "ANALYZE"); err != nil {
			t.Fatal(err)
		}
		w := &watched{Driver: sql.OpenDB(name, db)}
		c := ent.NewClient(ent.Driver(w))
		plan := rangesOnly[name]
		for _, query := range append(slices.Clone(queries), "user1", "us ex", "example user1", "user11@exam", "common name") {
			w.ran = nil
			mustSearch(t, c, query, 20)
			if len(w.ran) > readAtMost/lookedAt+2 {
				t.Errorf("%q takes %d statements", query, len(w.ran))
			}
			for _, s := range w.ran {
				text := mustExplain(t, db, plan.explain+s.query, s.args)
				if !plan.good.MatchString(text) || plan.evil.MatchString(text) {
					t.Errorf("%q runs %s\n%s", query, s.query, text)
				}
			}
		}
	})
}

func mustExplain(t *testing.T, db *stdsql.DB, query string, args []any) string {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for rows.Next() {
		line := make([]any, len(columns))
		for i := range line {
			line[i] = new(any)
		}
		if err := rows.Scan(line...); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(&text, *line[len(line)-1].(*any))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return text.String()
}
