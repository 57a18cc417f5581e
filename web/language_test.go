package web

import (
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

func TestTheLanguageIsTheChosenOneElseTheOneThatTheBrowserWantsMost(t *testing.T) {
	for _, c := range []struct{ name, cookie, accepted, want string }{
		{"no header", "", "", "en"},
		{"German", "", "de", "de"},
		{"German of Austria", "", "de-AT", "de"},
		{"in another case", "", "DE-at", "de"},
		{"a script between", "", "de-Latn-CH, en;q=0.5", "de"},
		{"a browser's list", "", "de-DE,de;q=0.9,en-US;q=0.8,en;q=0.7", "de"},
		{"English first", "", "en-GB,en;q=0.9,de;q=0.8", "en"},
		{"English first, by its weight", "", "de;q=0.5, en;q=0.9", "en"},
		{"the first of equal weights", "", "de;q=0.5, en;q=0.5", "de"},
		{"German behind languages that the app does not speak", "", "fr-FR, fr;q=0.9, de;q=0.1", "de"},
		{"only languages that the app does not speak", "", "fr, it;q=0.5", "en"},
		{"a language that begins with the same letters", "", "den, deu;q=0.9", "en"},
		{"anything else rather than German", "", "*, de;q=0.5", "en"},
		{"German rather than anything else", "", "de, *;q=0.5", "de"},
		{"refused", "", "de;q=0, en;q=0.1", "en"},
		{"both refused", "", "de;q=0, en;q=0", "en"},
		{"three decimals", "", "en;q=0.998, de;q=0.999", "de"},
		{"blanks and capitals", "", " en ; Q=0.5 ,  de ; q=0.6 ", "de"},
		{"a weight above 1", "", "de;q=1.1, en;q=0.1", "en"},
		{"a negative weight", "", "de;q=-1", "en"},
		{"a weight that is no number", "", "de;q=NaN, de;q=Inf, de;q=much, de;q=", "en"},
		{"a parameter that is no weight", "", "de;level=1", "en"},
		{"garbage", "", ";;,,=;q,-,\x00,;q=1,--de,d e", "en"},
		{"German among garbage", "", ",;q=1,;;,de;q=0.2,=", "de"},
		{"chosen German", "usher_language=de", "en", "de"},
		{"chosen English", "usher_language=en", "de", "en"},
		{"an unknown choice", "usher_language=fr", "de", "de"},
		{"an empty choice", "usher_language=", "de", "de"},
		{"a choice in capitals", "usher_language=EN", "de", "de"},
		{"the choice among other cookies", "a=b; usher_language=de; c=d", "", "de"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := httptest.NewRequest(http.MethodGet, "/join", nil)
			if c.cookie != "" {
				r.Header.Set("Cookie", c.cookie)
			}
			if c.accepted != "" {
				r.Header.Set("Accept-Language", c.accepted)
			}
			if got := Language(r); got != c.want {
				t.Errorf("answered in %s, want %s", got, c.want)
			}
		})
	}
}

func TestHeadersOfSeveralLinesAreOneList(t *testing.T) {
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.Header["Accept-Language"] = []string{"en;q=0.5", "de"}
	if got := Language(r); got != "de" {
		t.Errorf("answered in %s, want de", got)
	}
}

var inTwoLanguages = fstest.MapFS{
	"index.html":           {Data: []byte("<title>app</title>")},
	"index.de.html":        {Data: []byte("<title>App</title>")},
	"favicon.svg":          {Data: []byte("<svg/>")},
	"assets/app-B1d2e3.js": {Data: []byte("console.log(1)")},
}

func TestTheAppIsServedInTheLanguageOfTheAsker(t *testing.T) {
	app := newPages(inTwoLanguages)
	for _, path := range []string{"/", "/join", "/rooms/r_0123", "/join%23u1_abc.", "/metrics"} {
		english, german := get(t, app, path), get(t, app, path, "Accept-Language: de-DE,de;q=0.9")
		for _, c := range []struct {
			answer         *http.Response
			language, body string
		}{{english, "en", "<title>app</title>"}, {german, "de", "<title>App</title>"}} {
			if body := mustRead(t, c.answer.Body); body != c.body {
				t.Errorf("%s in %s: body is %q", path, c.language, body)
			}
			if got := c.answer.Header.Get("Content-Language"); got != c.language {
				t.Errorf("%s: Content-Language is %q, want %q", path, got, c.language)
			}
			if vary := strings.Join(c.answer.Header.Values("Vary"), ", "); !strings.Contains(vary, "Accept-Language, Cookie") {
				t.Errorf("%s: Vary is %q, so a cache may give it to others", path, vary)
			}
		}
		if english.StatusCode != german.StatusCode {
			t.Errorf("%s: status is %d in English and %d in German", path, english.StatusCode, german.StatusCode)
		}
	}
	if answer := get(t, app, "/", "Accept-Language: de", "If-None-Match: "+get(t, app, "/").Header.Get("ETag")); answer.StatusCode != http.StatusOK {
		t.Errorf("status of the page in another language is %d, want 200", answer.StatusCode)
	}
	for _, path := range []string{"/favicon.svg", "/assets/app-B1d2e3.js"} {
		header := get(t, app, path, "Accept-Language: de").Header
		if header.Get("Content-Language") != "" || strings.Contains(header.Get("Vary"), "Language") {
			t.Errorf("%s depends on the language: %v", path, header)
		}
	}
}

func TestTheGermanPageHasNoAddressOfItsOwn(t *testing.T) {
	for _, path := range []string{"/index.de", "/index.de.html"} {
		if answer := get(t, newPages(inTwoLanguages), path, "Accept-Language: de"); answer.StatusCode != http.StatusNotFound {
			t.Errorf("%s: status is %d, want 404", path, answer.StatusCode)
		}
	}
}

func TestWithoutAGermanPageTheAppIsEnglish(t *testing.T) {
	answer := get(t, newPages(built), "/", "Accept-Language: de")
	if body := mustRead(t, answer.Body); body != "<title>app</title>" || answer.Header.Get("Content-Language") != "en" {
		t.Errorf("the answer is %q in %q", body, answer.Header.Get("Content-Language"))
	}
}

func TestAPreviewInGermanShowsThePictureToo(t *testing.T) {
	page := mustFile(t, "index.de.html")
	p := newPages(fstest.MapFS{"index.html": {Data: []byte("<title>app</title>")}, "index.de.html": {Data: []byte(page)}})
	p.addressPicture("https://usher.example.org")
	if head := mustRead(t, get(t, p, "/join", "Accept-Language: de").Body); !strings.Contains(head, `content="https://usher.example.org/share.png"`) {
		t.Error("the picture has no whole address")
	}
}

var (
	tags  = regexp.MustCompile(`<[^!>][^>]*>`)
	words = regexp.MustCompile(`content="[^"]* [^"]*"|lang="\w+"`)
)

func TestThePagesOfTheLanguagesDifferInTheirWordsAlone(t *testing.T) {
	english, german := mustFile(t, "index.html"), mustFile(t, "index.de.html")
	if !strings.Contains(english, `<html lang="en">`) || !strings.Contains(german, `<html lang="de">`) {
		t.Error("a page names another language than its own")
	}
	bones := func(page string) string {
		return words.ReplaceAllString(strings.Join(tags.FindAllString(page, -1), "\n"), "")
	}
	if bones(english) != bones(german) {
		t.Errorf("index.de.html differs from index.html:\n%s\n\n%s", bones(german), bones(english))
	}
	for _, sentence := range regexp.MustCompile(`>[^<>]*[a-z] [^<>]*<|content="[^"]*[a-z] [A-Za-z][^"]*"`).FindAllString(english, -1) {
		if !strings.Contains(sentence, "width=") && !strings.Contains(sentence, "light dark") && strings.Contains(german, sentence) {
			t.Errorf("index.de.html has the English %q", sentence)
		}
	}
}

func mustFile(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
