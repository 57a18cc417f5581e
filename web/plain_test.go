package web

import (
	"net/http"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

func plainPages(t *testing.T) *pages {
	t.Helper()
	return newPages(sub(plain, "plain"), false)
}

func TestPlainPagesAreServed(t *testing.T) {
	for path, want := range map[string]string{
		"/":          "/home.js",
		"/join":      "/join.js",
		"/setup":     "/setup.js",
		"/usher.css": "color-scheme",
		"/usher.js":  "export async function ask",
	} {
		answer := get(t, plainPages(t), path)
		if answer.StatusCode != http.StatusOK || !strings.Contains(mustRead(t, answer.Body), want) {
			t.Errorf("%s: status is %d, or %q is not in it", path, answer.StatusCode, want)
		}
	}
	if answer := get(t, plainPages(t), "/rooms/r_1"); answer.StatusCode != http.StatusNotFound {
		t.Errorf("an address that no plain page has: status is %d, want 404", answer.StatusCode)
	}
}

func TestTheJoinPageIsTheSameWhateverTheLink(t *testing.T) {
	want := mustRead(t, get(t, plainPages(t), "/join").Body)
	for _, link := range []string{"/join?utm_source=mail", "/join?token=u1_AAAA", "/join/", "//join"} {
		if got := mustRead(t, get(t, plainPages(t), link, "User-Agent: Slackbot", "Cookie: a=b").Body); got != want {
			t.Errorf("%s answers other bytes", link)
		}
	}
}

var (
	inline    = regexp.MustCompile(`(?i)<style|<script[^>]*>[^<]|\sstyle=|\son[a-z]+\s*=|javascript:|https?://`)
	unescaped = regexp.MustCompile(`innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|setAttribute\('(on|style)`)
)

func TestPlainPagesKeepToThePolicy(t *testing.T) {
	for name, f := range plainPages(t).files {
		text := string(f.load().whole)
		if path.Ext(name) == ".html" && inline.MatchString(text) {
			t.Errorf("%s holds %q: the policy allows files of this site alone", name, inline.FindString(text))
		}
		if path.Ext(name) == ".js" && unescaped.MatchString(text) {
			t.Errorf("%s holds %q: text from the API must go through textContent", name, unescaped.FindString(text))
		}
	}
}

var document = regexp.MustCompile("`(?s:((?:query|mutation|fragment) .*?))`")

func TestPlainPagesAskWhatTheContractAnswers(t *testing.T) {
	contract, err := os.ReadFile("../graph/contract.graphql")
	if err != nil {
		t.Fatal(err)
	}
	schema, err := gqlparser.LoadSchema(&ast.Source{Name: "contract.graphql", Input: string(contract)})
	if err != nil {
		t.Fatal(err)
	}
	documents := 0
	for name, f := range plainPages(t).files {
		var fragments string
		found := document.FindAllStringSubmatch(string(f.load().whole), -1)
		for _, match := range found {
			if strings.HasPrefix(match[1], "fragment ") {
				fragments += match[1]
			}
		}
		for _, match := range found {
			text := match[1]
			if strings.HasPrefix(text, "fragment ") {
				continue
			}
			if strings.Contains(text, "...Place") {
				text += fragments
			}
			documents++
			if _, errs := gqlparser.LoadQueryWithRules(schema, text, rules.NewDefaultRules()); len(errs) > 0 {
				t.Errorf("%s: %v in\n%s", name, errs, text)
			}
		}
	}
	if documents < 10 {
		t.Errorf("found %d documents, so the search for them is broken", documents)
	}
}
