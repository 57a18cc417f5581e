package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const (
	maxEmail      = 254  // characters of a whole address (E1)
	maxLocal      = 64   // characters before the @ (E1)
	maxTypedBytes = 2048 // bytes of any typed address or domain, because decoding Punycode takes quadratic time
)

// specialLower maps two letters whose lower case is not one for one. İ becomes i with a dot of its own, which keeps it apart from
// i. Both lower-case sigmas become one, because a capital's form depends on its position in the word.
var specialLower = strings.NewReplacer("İ", "i̇", "ς", "σ")

// NormalizeEmail returns the one form of a typed email address by which it is stored, searched and compared (E1). Normalizing a
// normalized address changes nothing. It returns false for an address that is INVALID_EMAIL. The local part may be in any script
// (RFC 6531); dots and +tags count.
func NormalizeEmail(typed string) (normal string, ok bool) {
	typed = strings.TrimSpace(typed)
	at := strings.LastIndexByte(typed, '@')
	if at < 0 || len(typed) > maxTypedBytes || !utf8.ValidString(typed) {
		return "", false
	}
	local, ok := normalizeLocal(typed[:at])
	if !ok {
		return "", false
	}
	domain, ok := NormalizeDomain(typed[at+1:])
	if !ok || !strings.Contains(domain, ".") {
		return "", false
	}
	normal = local + "@" + domain
	if utf8.RuneCountInString(normal) > maxEmail {
		return "", false
	}
	return normal, true
}

// normalizeLocal lower-cases and composes the part before the @. It accepts only a dot-atom (RFC 5322 3.2.3 with the additions of
// RFC 6531): no quotes, display names, blanks or comments.
func normalizeLocal(typed string) (local string, ok bool) {
	local = norm.NFC.String(strings.ToLower(specialLower.Replace(norm.NFC.String(typed))))
	if utf8.RuneCountInString(local) > maxLocal {
		return "", false
	}
	for atom := range strings.SplitSeq(local, ".") {
		if atom == "" || strings.ContainsFunc(atom, notAtomText) {
			return "", false
		}
	}
	return local, true
}

func notAtomText(r rune) bool {
	switch {
	case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9':
		return false
	case r < utf8.RuneSelf:
		return !strings.ContainsRune("!#$%&'*+-/=?^_`{|}~", r)
	}
	return !unicode.IsGraphic(r) || unicode.IsSpace(r) || hidden(r) || unicode.Is(unicode.Variation_Selector, r)
}

// ShownEmail returns a typed email address as it is stored for display: trimmed and composed.
func ShownEmail(typed string) string { return norm.NFC.String(strings.TrimSpace(typed)) }
