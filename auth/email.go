package auth

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
	"golang.org/x/text/unicode/norm"
)

const (
	maxEmail      = 254  // characters of a whole address (E1)
	maxLocal      = 64   // characters before the @ (E1)
	maxTypedBytes = 2048 // of anything that could still be an address: Punycode costs time quadratic in its input
)

// hosts turns domains into their ASCII form as UTS 46 has it, strict: letters, digits and inner hyphens alone, labels and
// whole no longer than DNS allows, ß and ς kept apart from ss and σ as browsers do.
var hosts = idna.New(idna.MapForLookup(), idna.Transitional(false), idna.BidiRule(), idna.VerifyDNSLength(true))

// specialLower holds the two letters whose lower case is not one for one: İ is i with a dot of its own, which keeps it apart
// from i, and both sigmas are one letter, whose form in lower case depends on where in a word it stands.
var specialLower = strings.NewReplacer("İ", "i̇", "ς", "σ")

// NormalizeEmail returns the one form of an email address as somebody typed it, which uniqueness, search, matching and
// domain rules go by (E1). Normalising a normal form changes nothing. Returns false for whatever is INVALID_EMAIL.
// Local parts in any script are fine (RFC 6531); dots and +tags count.
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

// Domain returns what follows the @ of a normal email address: a domain in lower-case ASCII.
func Domain(normal string) string {
	return normal[strings.LastIndexByte(normal, '@')+1:]
}

// NormalizeDomain returns the lower-case ASCII form of a domain as somebody typed it (IDNA UTS 46, strict), without its one
// trailing dot. A single label is fine here, an IP address is not: the last label begins with a letter, as all do in DNS.
func NormalizeDomain(typed string) (ascii string, ok bool) {
	if len(typed) > maxTypedBytes || !utf8.ValidString(typed) || strings.ContainsFunc(typed, hiddenInDomain) {
		return "", false
	}
	if last, size := utf8.DecodeLastRuneInString(typed); strings.ContainsRune(".。．｡", last) {
		typed = typed[:len(typed)-size]
	}
	ascii, err := hosts.ToASCII(typed)
	if err != nil {
		return "", false
	}
	top := ascii[strings.LastIndexByte(ascii, '.')+1:]
	if top == "" || top[0] < 'a' || top[0] > 'z' {
		return "", false
	}
	return ascii, true
}

// normalizeLocal lower-cases and composes the part before the @, and checks that it is a dot-atom (RFC 5322 3.2.3 with the
// additions of RFC 6531): quoted ones, display names, blanks and comments are none.
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

// hiddenInDomain: UTS 46 maps some invisible characters to nothing, but the form as typed is shown to people. The joiners
// it checks by their context, and words of some scripts need them.
func hiddenInDomain(r rune) bool {
	return r != zeroWidthJoiner && r != zeroWidthNonJoiner && (hidden(r) || unicode.Is(unicode.Variation_Selector, r))
}

// ShownEmail is the form of a typed email address that is kept for showing.
func ShownEmail(typed string) string { return norm.NFC.String(strings.TrimSpace(typed)) }
