package room

import (
	"strings"

	"usher/auth"
)

// NormalizeDomainRule returns the form in which a domain rule, as an administrator typed it, is kept and matched: the
// domain in lower-case ASCII (I8). `@example.com` and `*.example.com` mean example.com too, since a rule covers its domain
// and all subdomains anyway. A single label is a rule for all that ends in it, as in `edu`. Returns false for what is no
// domain: an address, a whole email, a pattern of another kind.
func NormalizeDomainRule(typed string) (rule string, ok bool) {
	rule = strings.TrimSpace(typed)
	if domain, found := strings.CutPrefix(rule, "*."); found {
		rule = domain
	} else {
		rule = strings.TrimPrefix(rule, "@")
	}
	return auth.NormalizeDomain(rule)
}

// DomainAllowed reports whether the rules let an email domain in (I8). A blocking rule wins; where there are allowing rules,
// one must cover the domain. All of them are normal forms: auth.Domain, NormalizeDomainRule.
func DomainAllowed(domain string, blocked, allowed []string) bool {
	if covered(domain, blocked) {
		return false
	}
	return len(allowed) == 0 || covered(domain, allowed)
}

// covered reports whether the domain is that of a rule or lies below it, at a label boundary.
func covered(domain string, rules []string) bool {
	for _, rule := range rules {
		above, ok := strings.CutSuffix(domain, rule)
		if ok && (above == "" || strings.HasSuffix(above, ".")) {
			return true
		}
	}
	return false
}
