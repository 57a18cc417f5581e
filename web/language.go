package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// languages are those that the app speaks. The first is for browsers that accept none of them.
var languages = []string{"en", "de"}

// appPages has the page of the app in each language.
var appPages = map[string]string{"en": "index.html", "de": "index.de.html"}

// Language returns the language to answer a request in: the one that the person chose for the browser, else the one of the app's that
// the browser wants most.
func Language(r *http.Request) string {
	if chosen, err := r.Cookie("usher_language"); err == nil && slices.Contains(languages, chosen.Value) {
		return chosen.Value
	}
	return wanted(strings.Join(r.Header.Values("Accept-Language"), ","))
}

// wanted returns the app's language with the greatest weight in the header Accept-Language, and of equal ones the first.
// It ignores what it cannot read.
func wanted(accepted string) string {
	best, most := languages[0], 0.0
	for item := range strings.SplitSeq(accepted, ",") {
		tag, weight, weighted := strings.Cut(item, ";")
		quality := 1.0
		if weighted {
			value, ok := strings.CutPrefix(strings.ToLower(strings.TrimSpace(weight)), "q=")
			number, err := strconv.ParseFloat(value, 64)
			if !ok || err != nil || number > 1 {
				continue
			}
			quality = number
		}
		language, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(tag)), "-")
		if language == "*" {
			language = languages[0]
		}
		if slices.Contains(languages, language) && quality > most {
			best, most = language, quality
		}
	}
	return best
}

// translated returns the app's page in the asker's language. Caches must not give it to others.
func (p *pages) translated(header http.Header, r *http.Request, english *file) *file {
	header.Add("Vary", "Accept-Language, Cookie")
	language := Language(r)
	f, ok := p.files[appPages[language]]
	if !ok {
		f, language = english, languages[0]
	}
	header.Set("Content-Language", language)
	return f
}

// isAppPage reports whether a file is the app. It has no address by its own name.
func isAppPage(name string) bool {
	for _, page := range appPages {
		if page == name {
			return true
		}
	}
	return false
}
