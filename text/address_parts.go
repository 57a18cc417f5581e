package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// specialLower maps two letters whose lower case is not one for one. İ becomes i with a dot of its own, which keeps it apart from
// i. Both lower-case sigmas become one, because a capital's form depends on its position in the word.
var specialLower = strings.NewReplacer("İ", "i̇", "ς", "σ")

// normalizeLocal lower-cases and composes the part before the @. It accepts only a dot-atom (RFC 5322 3.2.3 with the additions of
// RFC 6531): no quotes, blanks or comments.
func normalizeLocal(typed string) (local string, wrong *Mistake) {
	local = norm.NFC.String(strings.ToLower(specialLower.Replace(typed)))
	switch n := utf8.RuneCountInString(local); {
	case n == 0:
		return "", mistake("The part before the @ is missing.")
	case n > maxLocal:
		return "", mistake("The part before the @ has at most %d characters. This one has %d.", maxLocal, n)
	case local[0] == '.', local[len(local)-1] == '.':
		return "", mistake("The part before the @ cannot begin or end with a dot.")
	case strings.Contains(local, ".."):
		return "", mistake("The part before the @ has two dots in a row.")
	}
	for _, r := range local {
		if r != '.' && notAtomText(r) {
			return "", mistake("The part before the @ has %s. Remove it.", described(r))
		}
	}
	return local, nil
}

func notAtomText(r rune) bool {
	switch {
	case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9':
		return false
	case r < utf8.RuneSelf:
		return !strings.ContainsRune("!#$%&'*+-/=?^_`{|}~", r)
	}
	return r == utf8.RuneError || !unicode.IsGraphic(r) || unicode.IsSpace(r) || hidden(r) || unicode.Is(unicode.Variation_Selector, r)
}

// mailDomain returns the normal form of the part behind the @. It has at least two labels.
func mailDomain(typed string) (domain string, wrong *Mistake) {
	domain, ok := NormalizeDomain(typed)
	switch {
	case !ok:
		return "", wrongDomain(typed)
	case !strings.Contains(domain, "."):
		return "", mistake("The part after the @ needs a dot, as in example.com.")
	}
	return domain, nil
}

// wrongDomain reports why NormalizeDomain refuses a domain.
func wrongDomain(typed string) *Mistake {
	if typed == "" {
		return mistake("The part after the @ is missing.")
	}
	for _, r := range typed {
		ascii := r < utf8.RuneSelf && !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '.' && r != '-'
		if ascii || unicode.IsSpace(r) || hiddenInDomain(r) {
			return mistake("The part after the @ has %s. Remove it.", described(r))
		}
	}
	labels := strings.Split(typed, ".")
	for _, label := range labels {
		switch {
		case label == "":
			return mistake("The part after the @ has a dot too many.")
		case strings.HasPrefix(label, "-"), strings.HasSuffix(label, "-"):
			return mistake("The part after the @ has a hyphen beside a dot or at its end.")
		case len(label) > 63 && ascii(label):
			return mistake("The part after the @ has more than 63 characters without a dot.")
		}
	}
	if last := labels[len(labels)-1]; strings.Trim(last, "0123456789") == "" {
		return mistake("The part after the @ ends in a number. Use a name, as in example.com.")
	}
	return mistake("The part after the @ is not a possible domain.")
}
