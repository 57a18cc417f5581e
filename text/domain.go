package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// hosts converts domains to ASCII after UTS 46 in its strict form. Labels consist of letters, digits and inner hyphens. Labels and
// domains have at most the length of DNS. ß and ς stay apart from ss and σ, as in browsers.
var hosts = idna.New(idna.MapForLookup(), idna.Transitional(false), idna.BidiRule(), idna.VerifyDNSLength(true))

// NormalizeDomain returns a typed domain in lower-case ASCII (IDNA UTS 46, strict), without its one trailing dot. A single label
// is accepted. An IP address is not: the last label begins with a letter, as in DNS.
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

// hiddenInDomain reports invisible characters that a domain must not contain. UTS 46 maps some of them to nothing, but people see
// the domain as typed. Joiners are accepted: UTS 46 checks their context, and words of some scripts need them.
func hiddenInDomain(r rune) bool {
	return r != zeroWidthJoiner && r != zeroWidthNonJoiner && (hidden(r) || unicode.Is(unicode.Variation_Selector, r))
}

// DomainOf returns the domain of a normalized email address, in lower-case ASCII.
func DomainOf(normal string) string {
	return normal[strings.LastIndexByte(normal, '@')+1:]
}

// InternationalDomainOf returns the domain of a normalized email address in the letters of its script. It returns false if the
// domain is plain ASCII.
func InternationalDomainOf(normal string) (domain string, ok bool) {
	if !strings.Contains(normal, "xn--") {
		return "", false
	}
	domain, err := hosts.ToUnicode(DomainOf(normal))
	return domain, err == nil
}

// NormalizeDomainRule returns a typed domain rule in the form that is stored and matched: a domain in lower-case ASCII (I8).
// `@example.com` and `*.example.com` become example.com, because a rule covers its domain and all subdomains. A single label such
// as `edu` covers all domains that end in it. Blanks, invisible characters and separators around it are dropped. It returns false for anything else, such as an IP address, a whole email address
// or another pattern.
func NormalizeDomainRule(typed string) (rule string, ok bool) {
	rule = strings.Trim(strings.Map(narrow, trimEdges(typed)), separators+" ")
	if domain, found := strings.CutPrefix(rule, "*."); found {
		rule = domain
	} else {
		rule = strings.TrimPrefix(rule, "@")
	}
	return NormalizeDomain(rule)
}

// DomainAllowed reports whether the rules allow an email domain (I8). A blocking rule wins. If there are allowing rules, one of
// them must cover the domain. Domain and rules are in the forms of DomainOf and NormalizeDomainRule.
func DomainAllowed(domain string, blocked, allowed []string) bool {
	if covered(domain, blocked) {
		return false
	}
	return len(allowed) == 0 || covered(domain, allowed)
}

// covered reports whether the domain equals a rule or is a subdomain of one.
func covered(domain string, rules []string) bool {
	for _, rule := range rules {
		above, ok := strings.CutSuffix(domain, rule)
		if ok && (above == "" || strings.HasSuffix(above, ".")) {
			return true
		}
	}
	return false
}
