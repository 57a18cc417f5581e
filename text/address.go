package text

import (
	"net/url"
	"strconv"
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

// Address is an email address that was found in what a person typed or pasted.
type Address struct {
	// Shown is the address as it was typed, composed, without anything around it. Mail is sent to it.
	Shown string
	// Normal is the one form by which the address is stored, searched and compared (E1).
	Normal string
	// Names are what `Name <address>` offers. They are empty otherwise.
	Names Names
}

// ReadAddress finds the one email address in a typed or pasted text (E1). The mistake names the part or the character at fault.
// The address may be surrounded by a name and angle brackets, quotes, brackets, `mailto:`, blanks and invisible characters, and
// followed by a separator. Two different addresses are a mistake. The local part may be in any script (RFC 6531); dots and +tags
// count. Reading a normal form changes nothing.
func ReadAddress(typed string) (Address, *Mistake) {
	if !utf8.ValidString(typed) {
		return Address{}, mistake("This text is not in UTF-8.")
	}
	text := unwrapped(typed)
	if text == "" {
		return Address{}, mistake("Enter an email address.")
	}
	if n := addressesIn(text); n > 1 {
		return Address{}, mistake("There are %s email addresses here. Enter one.", counted(n))
	}
	name, core := "", text
	if at := strings.LastIndexByte(text, '<'); at > 0 && strings.ContainsFunc(text[at:], isAt) {
		name, core = text[:at], unwrapped(text[at+1:])
	} else if at := strings.LastIndexByte(text, '('); at > 0 && !strings.ContainsFunc(text[at:], isAt) {
		name, core = text[at+1:], unwrapped(text[:at]) // the form of early mail programs: address (name)
	}
	a, wrong := readBare(core)
	if wrong == nil {
		a.Names = namesIn(name)
	}
	return a, wrong
}

// NormalizeEmail returns the normal form of the address in a typed text. It returns false for a text that ReadAddress refuses.
func NormalizeEmail(typed string) (normal string, ok bool) {
	a, wrong := ReadAddress(typed)
	return a.Normal, wrong == nil
}

func counted(n int) string {
	if n == 2 {
		return "two"
	}
	return strconv.Itoa(n)
}

// isAt reports the characters that are read as an @.
func isAt(r rune) bool { return r == '@' || r == '＠' || r == '﹫' }

const (
	openers    = "<([{\"“„‚‘«‹"
	closers    = ">)]}\"”“’‘»›'`"
	separators = ",;、，；"
	stops      = ".。．｡"
	scheme     = "mailto:"
)

// unwrapped removes what surrounds an address: blanks, invisible characters, separators, quotes, brackets and `mailto:`. A closing
// bracket within may remain, because its opening one begins an address behind a name.
func unwrapped(text string) string {
	text = peeled(text)
	if len(text) < len(scheme) || !strings.EqualFold(text[:len(scheme)], scheme) {
		return text
	}
	text = text[len(scheme):]
	if end := strings.IndexAny(text, "?|>"); end >= 0 {
		text = text[:end] // fields of a message, or what a chat program shows instead
	}
	if decoded, err := url.PathUnescape(text); err == nil {
		text = decoded
	}
	return peeled(text)
}

// peeled removes layers from both ends until none is left.
func peeled(text string) string {
	for {
		text = strings.TrimLeft(trimEdges(text), openers+separators)
		last, size := utf8.DecodeLastRuneInString(text)
		rest := text[:len(text)-size]
		switch {
		case text == "":
			return ""
		case strings.ContainsRune(stops, last) && strings.LastIndexAny(rest, closers+separators) == len(rest)-lastSize(rest):
			text = rest // the sentence ends behind the bracket; a dot behind the domain is part of it
		case !strings.ContainsRune(closers+separators, last):
			if trimmed := trimEdges(text); len(trimmed) != len(text) {
				text = trimmed
				continue
			}
			return text
		case (last == '\'' || last == '`') && (rest != "" && (rest[0] == '\'' || rest[0] == '`')):
			text = rest[1:] // a pair; one alone in front is part of the address
		default:
			text = rest
		}
	}
}

func lastSize(text string) int {
	_, size := utf8.DecodeLastRuneInString(text)
	return size
}

// addressesIn counts the different valid addresses in a text. A text with one @ has at most one, and is not searched.
func addressesIn(text string) int {
	if first := strings.IndexFunc(text, isAt); first < 0 || first == strings.LastIndexFunc(text, isAt) {
		return 1
	}
	found := map[string]bool{}
	for piece := range strings.FieldsFuncSeq(text, betweenAddresses) {
		if strings.ContainsFunc(piece, isAt) {
			if a, wrong := readBare(unwrapped(piece)); wrong == nil {
				found[a.Normal] = true
			}
		}
	}
	return len(found)
}

func betweenAddresses(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune("<>()[]\"“”"+separators, r)
}

// narrow maps full-width forms of ASCII, which keyboards for Chinese and Japanese write, and the dots of these scripts.
func narrow(r rune) rune {
	switch {
	case '！' <= r && r <= '～':
		return r - '！' + '!'
	case r == '。' || r == '｡' || r == '﹒':
		return '.'
	case r == '﹫':
		return '@'
	}
	return r
}

// readBare reads an address that nothing surrounds.
func readBare(typed string) (a Address, wrong *Mistake) {
	if len(typed) > maxTypedBytes {
		return a, mistake("An email address has at most %d characters.", maxEmail)
	}
	typed = norm.NFC.String(strings.Map(narrow, typed))
	at := strings.LastIndexByte(typed, '@')
	switch {
	case at < 0:
		return a, mistake("An email address has an @, as in name@example.com.")
	case strings.Count(typed, "@") > 1:
		return a, mistake("There is more than one @. Enter one email address.")
	}
	local, wrong := normalizeLocal(typed[:at])
	if wrong != nil {
		return a, wrong
	}
	domain, wrong := mailDomain(typed[at+1:])
	if wrong != nil {
		return a, wrong
	}
	a = Address{Shown: strings.TrimSuffix(typed, "."), Normal: local + "@" + domain}
	if n := utf8.RuneCountInString(a.Normal); n > maxEmail {
		return Address{}, mistake("An email address has at most %d characters. This one has %d.", maxEmail, n)
	}
	return a, nil
}
