package text

import (
	"encoding/base64"
	"encoding/hex"
	"html"
	"slices"
	"strings"
	"unicode"
)

// maxTokens limits how many texts of a token's form are looked for in one pasted text.
const maxTokens = 64

// TokensIn returns each different text in a pasted text that has the form of a token: a prefix, then size letters of the alphabet
// of base64url. It undoes what mail and chat programs do to links: line breaks, quoted-printable, percent and HTML encoding, smart
// dashes, invisible characters, and the wrappers of mail filters. What precedes or follows a token does not matter. The caller
// checks that a token is genuine, so a wrong guess here does no harm.
func TokensIn(pasted, prefix string, size int) []string {
	f := finder{prefix: prefix, size: size}
	plain := undone(pasted)
	f.search(plain)
	for _, inner := range base64Addresses(plain) {
		f.search(undone(inner))
	}
	return f.found
}

// HasLinkTo reports whether a pasted text contains a part of a link, by what it must contain.
func HasLinkTo(pasted, part string) bool {
	return strings.Contains(strings.ToLower(undone(pasted)), strings.ToLower(part))
}

type finder struct {
	prefix string
	size   int
	found  []string
}

// search adds the tokens of a text that is written plainly, or as Proofpoint's second version rewrites links.
func (f *finder) search(plain string) {
	for rest := plain; len(f.found) < maxTokens; {
		at := strings.Index(rest, f.prefix)
		if at < 0 {
			break
		}
		if end := at + len(f.prefix) + f.size; end <= len(rest) && !strings.ContainsFunc(rest[at:end], notTokenLetter) {
			f.add(rest[at:end])
		}
		rest = rest[at+1:]
	}
	coded := strings.ReplaceAll(f.prefix, "_", "-5F")
	for rest := plain; len(f.found) < maxTokens; {
		at := strings.Index(rest, coded)
		if at < 0 {
			return
		}
		f.add(hyphenDecoded(rest[at:], len(f.prefix)+f.size))
		rest = rest[at+1:]
	}
}

func (f *finder) add(token string) {
	if len(token) == len(f.prefix)+f.size && !slices.Contains(f.found, token) {
		f.found = append(f.found, token)
	}
}

func notTokenLetter(r rune) bool {
	return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' && r != '_'
}

// hyphenDecoded decodes up to size letters of a link in which a hyphen stands for the percent sign. It stops at anything else.
func hyphenDecoded(coded string, size int) string {
	var plain strings.Builder
	for plain.Len() < size && coded != "" {
		switch {
		case coded[0] == '-':
			b, err := hex.DecodeString(coded[1:min(3, len(coded))])
			if err != nil || len(b) != 1 || notTokenLetter(rune(b[0])) {
				return ""
			}
			plain.WriteByte(b[0])
			coded = coded[3:]
		case notTokenLetter(rune(coded[0])):
			return ""
		default:
			plain.WriteByte(coded[0])
			coded = coded[1:]
		}
	}
	return plain.String()
}

// undone returns a text without the encodings of mail and of addresses, and without characters that are in no token but are
// inserted into one. It passes over the text a fixed number of times. No step changes a letter of a token.
func undone(text string) string {
	text = hexDecoded(html.UnescapeString(text), '=') // quoted-printable
	for range 3 {                                     // a filter encodes the link that another filter encoded
		text = hexDecoded(text, '%')
	}
	return smart.Replace(strings.Map(insertedInLinks, text))
}

// hexDecoded decodes each mark that two hexadecimal digits follow.
func hexDecoded(text string, mark byte) string {
	if strings.IndexByte(text, mark) < 0 {
		return text
	}
	var plain strings.Builder
	plain.Grow(len(text))
	for i := 0; i < len(text); i++ {
		if text[i] == mark && i+2 < len(text) {
			if b, err := hex.DecodeString(text[i+1 : i+3]); err == nil {
				plain.WriteByte(b[0])
				i += 2
				continue
			}
		}
		plain.WriteByte(text[i])
	}
	return plain.String()
}

// insertedInLinks drops blanks, line breaks, invisible characters, the marks of quoted lines, backslashes, and the equals signs that
// break lines in quoted-printable. It maps full-width letters and hyphens of other kinds to plain ones.
func insertedInLinks(r rune) rune {
	switch {
	case r == '>' || r == '=' || r == '\\' || r == '|' || unicode.IsSpace(r) || unicode.Is(unicode.Cf, r):
		return -1
	case r == '\u2010' || r == '\u2011' || r == '\u2212' || r == '\ufe63':
		return '-'
	}
	return narrow(r)
}

// smart undoes smart punctuation: word processors turn two hyphens into a dash.
var smart = strings.NewReplacer("—", "--", "–", "--")

// base64Addresses decodes the addresses in a text that a mail filter encoded in base64. All of them begin with http.
func base64Addresses(text string) (found []string) {
	const http = "aHR0c" // of http, and of the first bits of its next letter
	for len(found) < maxTokens {
		at := strings.Index(text, http)
		if at < 0 {
			return found
		}
		text = text[at:]
		end := strings.IndexFunc(text, func(r rune) bool { return notTokenLetter(r) && r != '+' && r != '/' })
		if end < 0 {
			end = len(text)
		}
		coded := strings.NewReplacer("+", "-", "/", "_").Replace(text[:end])
		if plain, err := base64.RawURLEncoding.DecodeString(coded[:len(coded)-len(coded)%4+keptOf(len(coded)%4)]); err == nil {
			found = append(found, string(plain))
		}
		text = text[end:]
	}
	return found
}

// keptOf returns how many of the last letters of a text in base64 can be decoded: a single one carries no byte.
func keptOf(rest int) int {
	if rest == 1 {
		return 0
	}
	return rest
}
