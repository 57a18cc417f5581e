package text

import (
	"strings"
	"unicode"
)

// ReadDigits returns n digits as ASCII from what a person typed: between them may be blanks and hyphens, and they may be full-width. It
// returns false for anything else.
func ReadDigits(typed string, n int) (digits string, ok bool) {
	var b strings.Builder
	for _, r := range typed {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case r >= '０' && r <= '９':
			b.WriteRune(r - '０' + '0')
		case !unicode.IsSpace(r) && !unicode.In(r, unicode.Pd, unicode.Cf):
			return "", false
		}
	}
	return b.String(), b.Len() == n
}
