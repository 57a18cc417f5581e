package text

import (
	"slices"
	"strings"
)

// Searchable returns texts in the form that lists are searched in: folded, without apostrophes. It begins with a blank, so it is never
// empty.
func Searchable(texts ...string) string {
	return " " + withoutApostrophes(Fold(strings.Join(texts, " ")))
}

// SearchableEmail returns the same of a normalized email address. An international domain is in it in both forms.
func SearchableEmail(normal string) string {
	if domain, ok := InternationalDomainOf(normal); ok {
		return Searchable(normal, domain)
	}
	return " " + withoutApostrophes(FoldEmail(normal))
}

// Sought returns the distinct words of what somebody searches for, folded. If it has no letter and no digit, such as a picture, all
// of it counts as one word. So a single apostrophe or an invisible character finds nobody, and only blanks ask for everybody.
func Sought(typed string) []string {
	folded := withoutApostrophes(Fold(strings.TrimSpace(typed)))
	if words := Words(folded); len(words) > 0 {
		return words
	}
	if folded = strings.TrimSpace(folded); folded != "" {
		return []string{folded}
	}
	if typed = strings.TrimSpace(typed); typed != "" {
		return []string{typed}
	}
	return nil
}

// WordsOf returns the words by which a person is found: those of the name and of the normalized email address. An international domain
// counts in both forms.
func WordsOf(name, normal string) []string {
	all := Fold(name) + " " + FoldEmail(normal)
	if domain, ok := InternationalDomainOf(normal); ok {
		all += " " + Fold(domain)
	}
	return Words(all)
}

// Begin reports whether each of the sought words begins one of the words that were found.
func Begin(sought, found []string) bool {
	for _, word := range sought {
		if !slices.ContainsFunc(found, func(one string) bool { return strings.HasPrefix(one, word) }) {
			return false
		}
	}
	return true
}

func withoutApostrophes(folded string) string { return strings.ReplaceAll(folded, "'", "") }
