package auth

import (
	"cmp"
	"slices"
	"strings"
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
	text := fold(strings.TrimSpace(query))
	asked := words(strings.ReplaceAll(text, "'", ""))
	if len([]rune(strings.TrimSpace(query))) < 2 || len(asked) == 0 || len(query) > maxQuery {
		return 0, false
	}
	for _, word := range asked {
		if !slices.ContainsFunc(e.words(), func(w string) bool { return strings.HasPrefix(w, word) }) {
			return 0, false
		}
	}
	normal, _ := NormalizeEmail(query)
	switch {
	case e.email == normal:
		return 0, true
	case strings.HasPrefix(fold(e.email), text):
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
